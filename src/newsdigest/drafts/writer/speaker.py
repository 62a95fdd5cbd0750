"""Saying a point in one language: frames of the style table filled with printed arguments."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Claim, Name, Voice
from newsdigest.drafts.amounts import amount
from newsdigest.drafts.draft import Rendition
from newsdigest.drafts.writer.dates import say_clock, say_date
from newsdigest.drafts.writer.material import said_already
from newsdigest.drafts.writer.names import Namer, printable_name
from newsdigest.drafts.writer.point import (
    Amount,
    Arg,
    Asked,
    Clause,
    Count,
    Many,
    Nested,
    Outlet,
    Pairs,
    Phrase,
    Point,
    Reserved,
    Said,
    Topics,
    When,
    Who,
    Word,
    Words,
)
from newsdigest.language.lexicon import Lexicon

_BARE = 4
"""A topic of at most as many words is a thing's name."""
_INNER = str.maketrans({"「": "『", "」": "』", "“": "‘", "”": "’"})
"""Marks inside a quotation, one level down."""


class Speaker:
    """One rendition's voice. ``say`` returns None where this half lacks a name or a word: the point is then dropped from both."""

    def __init__(self, language: Rendition, packet: Packet, voices: Sequence[Voice] = ()) -> None:
        self.language = language
        self.style: Mapping[str, Any] = packet.lexicon.table(f"style/{language}")
        self._packet = packet
        members = (*packet.members, *packet.related)
        self._namer = Namer(
            language, packet.lexicon, self.style, members, {v.lead: v.name for v in voices if v.official}
        )
        self._used: Counter[str] = Counter()
        self._sayers: dict[type, Callable[[Any, Namer], str | None]] = {
            Who: lambda arg, namer: namer.say(arg.name, short=arg.short),
            Outlet: lambda arg, namer: self._outlet(arg, namer),
            Clause: lambda arg, namer: self.clause(arg.claim, namer),
            Topics: lambda arg, namer: self._topics(arg.ids, namer),
            Pairs: lambda arg, namer: self._pairs(arg, namer),
            Amount: lambda arg, namer: amount(arg.figure, self.language, packet.lexicon),
            Words: lambda arg, namer: self.quoted(arg.quote.text, arg.quote.lang),
            Phrase: lambda arg, namer: self.quoted(arg.text, arg.lang),
            When: lambda arg, namer: self._when(arg),
            Count: lambda arg, namer: self._count(arg),
            Said: lambda arg, namer: namer.definite_places(self._said(arg)) or None,
            Asked: lambda arg, namer: self._asked(arg, namer),
            Word: lambda arg, namer: self.style.get(arg.table, {}).get(arg.key),
            Many: lambda arg, namer: self._many(arg, namer),
            Nested: lambda arg, namer: self._fill(arg.frame, arg.args, namer, 0),
            Reserved: lambda arg, namer: self._reserved(arg, namer),
        }

    def say(self, point: Point) -> tuple[str, Namer] | None:
        """The sentence and what it introduced; keep it with ``keep`` where both halves can say it."""
        namer = self._namer.copy()
        text = self._fill(point.frame, point.args, namer, self._used[point.frame])
        if text is None:
            return None
        return self._finish(text, point.frame), namer

    def keep(self, point: Point, namer: Namer) -> None:
        """Take a said point into what has been said: names are introduced, its frame was used in this section."""
        if point.frame.startswith(("h_", "label_")):
            self._used.clear()
        self._used[point.frame] += 1
        self._namer = namer

    def quoted(self, text: str, lang: str) -> str:
        """A verbatim string between the marks of this half."""
        marks = self.style["marks"]
        opening, closing = marks.get(lang, marks["other"])
        inner = text.strip().translate(_INNER)
        return f"{opening}{inner}{closing}"

    def clause(self, claim: Claim, namer: Namer) -> str | None:
        """A claim's proposition, or None where its slot has no words or lacks a part."""
        frame = slot_frame(self._packet.lexicon.tables.get("slots", {}), claim, self.language)
        if frame is None:
            return None
        for words, better in self.style.get("clauses", {}).items():
            frame = frame.replace(words, better)
        if claim.actor is None and not claim.parties:
            frame = self.style.get("clauses_without_actor", {}).get(claim.slot, frame)
        parts: dict[str, str | None] = {}
        for field in fields_of(frame):
            parts[field] = self._part(field, claim, namer)
            if not parts[field]:
                return None
        return self._joined(frame, parts)

    def _outlet(self, arg: Outlet, namer: Namer) -> str | None:
        member = self._packet.member(arg.item)
        if arg.listed:
            return namer.catalogued(member)
        if arg.described:
            return namer.what(member)
        owner = namer.owner(member) if arg.owner else namer.outlet(member)
        return owner.removeprefix("the ") if owner and arg.short else owner

    def _said(self, arg: Said) -> str:
        text = self._counted(self._typeset(str(getattr(arg.text, self.language))))
        if arg.inside:
            text = text.rstrip("。.")
            text = text[:1].lower() + text[1:] if self.language == "en" and text[1:2].islower() else text
        return text

    def _counted(self, text: str) -> str:
        """A thing that is counted with its article ("a fire alarm"); only bare topics, no sentence."""
        words = text.split(" ")
        heads = self.style["words"].get("indefinite_heads", ())
        if len(words) > _BARE or words[-1].lower() not in heads or words[0].lower() in ("a", "an", "the"):
            return text
        return f"{'an' if text[:1].lower() in 'aeiou' else 'a'} {text}"

    def _reserved(self, arg: Reserved, namer: Namer) -> str | None:
        said = self.clause(arg.claim, namer)
        for hedge in arg.claim.hedges:
            if said_already(arg.claim, hedge.id):
                continue
            frame = self.style["hedges"].get(hedge.id)
            if said is None or frame is None:
                return None
            said = frame.format(clause=said)
        return said

    def _part(self, field: str, claim: Claim, namer: Namer) -> str | None:
        if field == "actor_of" and claim.actor is not None:
            return namer.adjective(claim.actor) or namer.say(claim.actor)
        if field == "actor":
            return self._named(claim.actor, claim.parties, namer)
        if field == "object":
            return self._named(claim.object, (), namer)
        if field == "parties":
            return self._named(None, claim.parties, namer)
        if field == "what":
            aside = {n.id for n in (claim.actor, claim.object, *claim.parties) if n is not None}
            return self._topics(tuple(t for t in claim.topics if t not in aside), namer)
        return None

    def _named(self, name: Name | None, parties: Sequence[Name], namer: Namer) -> str | None:
        if name is not None:
            return namer.say(name)
        said = [namer.say(party) for party in parties]
        return self.listed([s for s in said if s]) if said and all(said) else None

    def _topics(self, ids: Sequence[str], namer: Namer) -> str | None:
        said = [word for identity in ids if (word := namer.topic(identity))]
        return self._typeset(self.listed(list(dict.fromkeys(said)))) if said else None

    def _pairs(self, arg: Pairs, namer: Namer) -> str | None:
        said: list[str] = []
        for head, found in paired(arg.ids, self._packet.lexicon):
            places = found if (arg.lang == "en") == (self.language == "en") else found[::-1]
            word = self._visit(head, places, namer) if places else None
            where = [p for place in places if (p := namer.entry(place))]
            name = self.style["summits"].get(head) or namer.topic(head)
            if word is None and name is not None and where:
                word = self.style["frames"]["pair"][0].format(name=name, place=self.style["joins"]["place"].join(where))
            if word or name:
                said.append(word or name or "")
        return self._typeset(self.listed(list(dict.fromkeys(said)))) if said else None

    def _visit(self, head: str, places: Sequence[str], namer: Namer) -> str | None:
        """A visit with its place: 訪米, "a visit to the United States"."""
        pattern = self.style["visits"].get(head)
        entry = self._packet.lexicon.entries.get(places[0])
        if pattern is None or entry is None:
            return None
        country = entry.id if entry.kind == "country" else entry.country
        word = self.style["visit_words"].get(country.rsplit(".", 1)[-1].upper(), "")
        if "{word}" in pattern and not word:
            return None
        return str(pattern.format(word=word, place=namer.entry(places[0]) or ""))

    def _typeset(self, text: str) -> str:
        """Parentheses and apostrophes as this half sets them."""
        if self.language == "en":
            return re.sub(r"(?<=\w)'(?=\w|\s|$)", "’", text)
        return re.sub(r"\(([^()]*)\)", r"（\1）", text)

    def _many(self, arg: Many, namer: Namer) -> str | None:
        said = [self._arg(part, namer) for part in arg.parts]
        kept = list(dict.fromkeys(s for s in said if s))
        if not kept or not all(said):
            return None
        if arg.dash and (self.language == "ja" or all(" " not in word for word in kept)):
            return str(self.style["joins"]["dash"]).join(kept)
        return self.listed(kept, sides=arg.sides, either=arg.either)

    def _asked(self, arg: Asked, namer: Namer) -> str | None:
        """A question as a part of a sentence, by the patterns of the style table; None where none fits."""
        text = self._typeset(str(getattr(arg.text, self.language)))
        answer = self._typeset(str(getattr(arg.answer, self.language))) if arg.answer else None
        for pattern, words in self.style["answered" if answer else "asked"]:
            if match := re.match(pattern, text):
                said = match.expand(words).replace("{answer}", answer or "")
                break
        else:
            return None
        noun = namer.say(arg.noun, short=True) if arg.noun is not None else None
        subject = self._arg(arg.subject, namer) if arg.subject is not None else None
        said = namer.definite_places(said)
        if noun and subject:
            # Only a noun that stands by itself: 「衝突した」 is no 衝突 to be told whose it was.
            return re.sub(rf"{re.escape(noun)}(?={self.style['noun_end']})", lambda _: subject, said, count=1)
        return said

    def listed(self, words: Sequence[str], *, sides: bool = False, either: bool = False) -> str:
        """Words as a list in this half's manner."""
        joins = self.style["joins"]
        if either and len(words) > 1:
            return f"{joins['comma'].join(words[:-1])}{joins['or']}{words[-1]}"
        if sides:
            return str(joins["sides"]).join(words)
        if len(words) == 1:
            return words[0]
        last = joins["two"] if len(words) == 2 else joins["last"]
        return f"{joins['comma'].join(words[:-1])}{last}{words[-1]}"

    def _when(self, arg: When) -> str | None:
        if arg.clock:
            return say_clock(arg.moment, self.style)
        return say_date(arg.moment, arg.zone, self.style)

    def _count(self, arg: Count) -> str:
        nouns = self.style["counts"].get(arg.noun)
        number = str(self.style["numbers"].get(str(arg.value), arg.value))
        if nouns is None:
            return number
        return str(nouns[0 if arg.value == 1 else 1]).format(n=number)

    def _arg(self, arg: Arg, namer: Namer) -> str | None:
        return self._sayers[type(arg)](arg, namer)

    def _fill(self, key: str, args: Mapping[str, Arg], namer: Namer, turn: int) -> str | None:
        variants = self.style["frames"].get(key)
        if not variants:
            return None
        own = [arg for arg in args.values() if isinstance(arg, Words)]
        if own and all(arg.quote.lang == self.language for arg in own):
            variants = self.style["frames"].get(f"{key}_own", variants)
        listed = [arg.item for arg in args.values() if isinstance(arg, Outlet) and arg.listed]
        if any(printable_name(self._packet.member(item), self.language) is None for item in listed):
            variants = self.style["frames"].get(f"{key}_described", variants)
        frame = variants[turn % len(variants)]
        parts: dict[str, str | None] = {}
        for field in fields_of(frame):
            parts[field] = self._arg(args[field], namer) if field in args else None
            if not parts[field]:
                return None
        if not _is_person(args.get("who")):
            parts["clause"] = self._of_itself(frame, parts.get("who"), parts.get("clause"))
        return self._joined(frame, parts)

    def _of_itself(self, frame: str, who: str | None, clause: str | None) -> str | None:
        """The clause with its actor left to the sentence's own subject: "the city said it ordered an evacuation"."""
        if not who or not clause or frame.find("{who}") > frame.find("{clause}"):
            return clause
        # The first mention of a name linked across scripts carries a mark.
        mark = re.escape(str(self.style["words"]["guessed"]))
        bare = re.escape(re.sub(rf"{mark}$", "", who))
        found = re.match(rf"{bare}(?:{mark})?{self.style['itself']['follows']}", clause)
        return f"{self.style['itself']['word']}{clause[found.end() :]}" if found else clause

    def _joined(self, frame: str, parts: Mapping[str, str | None]) -> str:
        inner = parts.get("inner")
        if inner is not None:
            parts = {**parts, "inner": inner.rstrip("。.")}
        return frame.format(**parts)

    def _finish(self, text: str, key: str) -> str:
        if self.language == "en":
            if key.startswith(("h_voice", "source", "unused")):
                text = text.removeprefix("the ")
            text = re.sub(r"\s+", " ", text).strip()
            text = _outside_quotes(text, self._namer.possessives)
            text = re.sub(r"\bthat that\b", "that", text)
            text = re.sub(r"(?<=[?!] )[a-z]", lambda m: m.group().upper(), text)
            return text[:1].upper() + text[1:]
        return text


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    """The text with its own words changed and every quotation left as it is."""
    return "".join(part if part.startswith("“") else change(part) for part in re.split(r"(“[^”]*”)", text))


def _is_person(who: Arg | None) -> bool:
    """Whether a subject is or may be a person, of whom English would have to know he or she."""
    return isinstance(who, Who) and who.name.kind not in ("body", "country", "outlet")


def paired(ids: Sequence[str], lexicon: Lexicon) -> list[tuple[str, list[str]]]:
    """Occasions, bodies and terms with the places that follow each."""
    out: list[tuple[str, list[str]]] = []
    for identity in ids:
        entry = lexicon.entries.get(identity)
        if entry is not None and entry.kind in ("place", "country") and out:
            out[-1][1].append(identity)
        elif entry is not None and entry.kind not in ("place", "country", "person"):
            out.append((identity, []))
    return out


def fields_of(frame: str) -> tuple[str, ...]:
    """The field names of a frame in order of appearance."""
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(frame) if name))


def slot_frame(slots: Mapping[str, Any], claim: Claim, language: str) -> str | None:
    """The clause frame of a claim's slot and polarity."""
    if claim.slot is None:
        return None
    entry = slots.get(claim.slot) or slots.get("slot", {})
    if isinstance(entry, list):
        entry = next((e for e in entry if e.get("id") == claim.slot), {})
    # Without words of its own a negated clause is said as it stands, in a frame that denies it.
    says = (entry.get("say_not") if claim.polarity == "negated" else None) or entry.get("say")
    frame = says.get(language) if isinstance(says, Mapping) else None
    return frame if isinstance(frame, str) else None
