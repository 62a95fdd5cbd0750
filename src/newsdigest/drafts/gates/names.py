"""names: every person, body and place stands in a source or in the gazetteer; nothing is romanised by us; offices are right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from newsdigest.drafts.draft import RENDITIONS, GateResult, Rendition
from newsdigest.drafts.gates.place import Desk, Place, result, unquoted
from newsdigest.drafts.gates.vocabulary import frame_text, frame_words
from newsdigest.language.lexicon import Entry

_CAPITAL = re.compile(r"\b[A-Z][\w’'&.-]*(?:\s+(?:of|the|and|de|van|von|bin|al)\s+(?=[A-Z]))?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9’'&.-]+")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}(?:[・＝][ァ-ヺー]+)*")
_TITLED = re.compile(r"([一-鿿々]{2,6})(氏|さん)")


def check(desk: Desk) -> GateResult:
    """Look for what reads as a name and is neither a known form nor in any source."""
    texts = _texts(desk)
    offices = {r: _offices(desk, r) for r in RENDITIONS}
    short = {r: _short_forms(desk, r) for r in RENDITIONS}
    faults: list[str] = []
    checked = 0
    for place in desk.places:
        plain = unquoted(place.sentence.text)
        rest, mentions = _without_known(desk, plain, place.rendition, short[place.rendition])
        checked += mentions
        candidates = list(_candidates(rest, place.rendition, desk))
        checked += len(candidates)
        faults.extend(
            place.fault(f"“{name}” stands in no source and in no list of names")
            for name in candidates
            if not _in_source(name, texts)
        )
        faults.extend(_wrong_offices(desk, place, plain, offices[place.rendition], texts))
    return result("names", checked, faults)


def _texts(desk: Desk) -> str:
    parts: list[str] = []
    for member in (*desk.packet.members, *desk.packet.related, *desk.packet.history):
        parts += [member.source.id, *member.source.name.values(), member.source.country, member.source.owner]
        if member.item.statement is not None:
            parts += [member.item.statement.issuer, member.item.statement.speaker or ""]
        for version in member.item.versions:
            parts += [version.title, version.text, version.byline, version.credit]
    return unicodedata.normalize("NFKC", "\n".join(parts)).replace("’", "'")


def _in_source(name: str, texts: str) -> bool:
    plain = unicodedata.normalize("NFKC", name).replace("’", "'").strip(" .'")
    if plain.endswith("'s"):
        plain = plain[:-2]
    if re.fullmatch(r"[\x00-\u024f]+", plain):
        return re.search(rf"(?<![A-Za-z0-9]){re.escape(plain)}(?![A-Za-z0-9])", texts) is not None
    return plain in texts


def _without_known(desk: Desk, text: str, language: Rendition, short: re.Pattern[str]) -> tuple[str, int]:
    """The text with the gazetteer's names, families and offices cut out, and how many names there were."""
    mentions = desk.mentions(text, language)
    out = list(text)
    for mention in mentions:
        out[mention.start : mention.end] = "\x00" * (mention.end - mention.start)
    rest = "".join(out)
    return short.sub(lambda m: "\x00" * len(m.group()), rest), len(mentions)


def _short_forms(desk: Desk, language: Rendition) -> re.Pattern[str]:
    """Families, offices and countries' words of people and places who occur in the event, longest first."""
    style = desk.lexicon.table(f"style/{language}")
    forms = {str(word) for word in style["countries"].values()}
    for entry in present(desk):
        forms |= {form for table in (entry.family, entry.office) if (form := table.get(language))}
        forms |= set(entry.forms.get(language, ()))
    longest_first = "|".join(re.escape(form) for form in sorted((f for f in forms if f), key=len, reverse=True))
    return re.compile(rf"\b(?:{longest_first})\b" if language == "en" else longest_first or r"(?!)")


def present(desk: Desk) -> Iterable[Entry]:
    """The entries of those who act, speak or publish in the event."""
    named = {n.id for c in desk.comparison.claims for n in (c.actor, c.object, *c.parties, c.attribution.holder) if n}
    named |= {q.speaker_name.id for q in desk.comparison.quotes if q.speaker_name}
    if desk.comparison.subject is not None:
        subject = desk.comparison.subject
        named |= {n.id for n in (subject.actor, subject.object, *subject.parties) if n}
    named |= {m.item.statement.issuer for m in desk.packet.members if m.item.statement}
    return [desk.lexicon.entries[i] for i in sorted(i for i in named if i) if i in desk.lexicon.entries]


def _candidates(rest: str, language: Rendition, desk: Desk) -> Iterable[str]:
    known = frame_words(desk.lexicon, language)
    if language == "en":
        for match in _CAPITAL.finditer(rest):
            word = match.group().strip(" .’'")
            word = re.sub(r"\s+(of|the|and|de|van|von|bin|al)$", "", word)
            if word and word.lower() not in known and not word.isdigit():
                yield word
        return
    frames = frame_text(desk.lexicon, "ja")
    for pattern in (_KATAKANA, _LATIN):
        for match in pattern.finditer(rest):
            word = match.group()
            if word not in frames:
                yield word
    for match in _TITLED.finditer(rest):
        if match.group(1) not in frames:
            yield match.group(1)


def _offices(desk: Desk, language: Rendition) -> list[str]:
    words = {office for e in desk.lexicon.entries.values() if e.kind == "person" and (office := e.office.get(language))}
    return sorted(words, key=len, reverse=True)


def _wrong_offices(desk: Desk, place: Place, text: str, offices: list[str], texts: str) -> list[str]:
    faults: list[str] = []
    for mention in desk.mentions(text, place.rendition):
        entry = desk.lexicon.entries[mention.entry]
        own = entry.office.get(place.rendition, "")
        if entry.kind != "person" or mention.others:
            continue
        if place.rendition == "ja":
            held = next((o for o in offices if text.startswith(o, mention.end)), None)
            whole = f"{mention.surface}{held}"
        else:
            before = text[: mention.start].rstrip()
            held = next((o for o in offices if before.lower().endswith(o.lower())), None)
            whole = f"{held} {mention.surface}"
        if held is None or held.lower() in own.lower() or own.lower().endswith(held.lower()) or whole in texts:
            continue
        faults.append(place.fault(f"“{whole}”: the list of names has {own or 'no office'} for {entry.form('en')}"))
    return faults
