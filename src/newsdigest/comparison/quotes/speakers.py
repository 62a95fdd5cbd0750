"""Who is who in one item: names as the text has them, full names for surnames, entries of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from newsdigest.comparison.packet import Member
from newsdigest.comparison.quotes.speech import Speech
from newsdigest.comparison.record import Name
from newsdigest.language.lexicon import Entry, Lexicon

_SHORT = r"(?:Capt|Cmdr|Gen|Sen|Sens|Rep|Reps|Gov|Adm|Col|Lt|Sgt|Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Supt)\."
_CAPITAL = rf"(?:[A-Z]\.(?:[A-Z]\.)*|{_SHORT}|[A-Z][\w'’&-]*)"
NAME_EN = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:of|for|the|de|la|le|von|van|bin|al|del|du|der)[ ])?{_CAPITAL})*")

_HONORIFICS = ("Mr.", "Ms.", "Mrs.", "Miss")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks: the surface in the text with its span in the frame, the name, the office as the text has it."""

    name: Name
    office: str | None
    sort: Literal["person", "body", "role", "text"]
    country: str | None = None


class Names:
    """The names of one item. Knows the person behind a surname, and the lexicon's entries."""

    def __init__(self, member: Member, lexicon: Lexicon, words: Speech, present: frozenset[str] | None = None) -> None:
        self.member = member
        self.lexicon = lexicon
        self.words = words
        # An office stands only for a person whom a source of the event names: who holds it in the gazetteer may have left it.
        self.present = named_persons((member,), lexicon) if present is None else present
        # Whom a phrase of the item's language describes; each figure and quote of a sentence asks again.
        self.described: dict[str, Speaker | None] = {}
        self._full: dict[str, str] = {}
        self._titled: dict[str, list[str]] = {}
        self._she: dict[str, bool] = {}
        if member.language == "en":
            for text in (member.text, member.title):
                self._learn(text)

    def _learn(self, text: str) -> None:
        for match in NAME_EN.finditer(text):
            office, name = self.split(match.group())
            parts = name.split()
            if name and office:
                if not re.search(r"\b(?:Vice|Deputy|Former|Ex)\b", office):
                    self._titled.setdefault(office.split()[-1].lower(), []).append(match.group())
                self._she.setdefault(parts[-1], office.endswith(("Ms.", "Mrs.", "Miss"))) if office.endswith(
                    _HONORIFICS
                ) else None
            if len(parts) >= 2 and not self.is_body(name):
                last = parts[-2] if parts[-1] in ("Jr.", "Sr.") and len(parts) > 2 else parts[-1]
                self._full.setdefault(last, name)

    def titled(self, title: str) -> Speaker | None:
        """Whom "the president" means: the one person of the source's country whom the item names with the title.

        In an official source's own text that names none, it is the one who holds the office in the lexicon.
        """
        home = code(self.member.source.country)
        named = {
            s.name.en: s for surface in self._titled.get(title.lower(), ()) if (s := self.person(surface)) is not None
        }
        found = [s for s in named.values() if home is None or s.country in (None, home)]
        if found or not (self.member.source.official or self.member.item.statement is not None):
            return found[0] if len(found) == 1 else None
        holders = [
            entry for entry in self._persons if home and code(entry.country) == home and self._holds(entry, title)
        ]
        return self.of_entry(holders[0], title) if len(holders) == 1 else None

    @staticmethod
    def _holds(entry: Entry, title: str) -> bool:
        office = entry.office.get("en", "").lower()
        return office.endswith(title.lower()) and not re.search(r"\b(?:vice|deputy|former|ex)\b", office)

    def suits(self, speaker: Speaker, pronoun: str) -> bool:
        """Whether "he" or "she" can stand for a person: only an honorific in the item speaks against it."""
        she = self._she.get((speaker.name.en or "").split()[-1] if speaker.name.en else "")
        return she is None or pronoun.lower() not in ("he", "she") or she == (pronoun.lower() == "she")

    def split(self, surface: str) -> tuple[str, str]:
        """Return (office, name) of an English surface: "Treasury Secretary Scott Bessent" → ("Treasury Secretary", "Scott Bessent")."""
        words = surface.replace("\u00a0", " ").split()
        while words and words[0].rstrip(".,") in self.words.not_names:
            words = words[1:]
        words = [re.sub(r"[’']s$", "", word) if i == len(words) - 1 else word for i, word in enumerate(words)]
        cut = 0
        for index, word in enumerate(words):
            if word in self.words.titles or word.rstrip(".") in self.words.titles:
                cut = index + 1
        if "of" in words[cut + 2 :] and not any(
            word in self.words.bodies for word in words[cut : words.index("of", cut)]
        ):
            words = words[: words.index("of", cut)]  # "Darrell Issa of California" is Darrell Issa
        return (" ".join(words[:cut]), " ".join(words[cut:])) if cut < len(words) else (" ".join(words), "")

    def is_body(self, name: str) -> bool:
        """Whether a capitalised name is a body's rather than a person's."""
        parts = name.split()
        return any(part in self.words.bodies for part in parts) or any(
            len(p) > 1 and p.isupper() and "." not in p for p in parts
        )

    def person(self, surface: str, *, office: str = "") -> Speaker | None:
        """The speaker of an English surface with a proper name in it; None where it has none."""
        stated, name = self.split(surface)
        office = " ".join(filter(None, (office, stated))).strip()
        entry = self.entry(surface) or (self.entry(self._full.get(name, name)) if name else None)
        if entry is not None and entry.kind in ("person", "body") and self._same_person(entry, name):
            return self.of_entry(entry, surface, office)
        if not name:
            return None
        known = None if office or " " in self._full.get(name, "") else self.whole(name)
        if known is not None and known.kind not in ("person", "body"):  # a country or place may speak, but is nobody
            return (
                Speaker(self.of_entry(known, surface).name, office or None, "body", code(known.country))
                if known.kind == "country"
                else None
            )
        body = self.is_body(name)
        full = name if body else self._full.get(name.split()[-1], name)
        kind: Literal["person", "body"] = "body" if body else "person"
        return Speaker(
            Name(en=full, surface=surface, kind=kind), office or None, kind, self.country_of(office or surface)
        )

    def entry(self, surface: str, language: str | None = None) -> Entry | None:
        """The lexicon's person in a surface, else its body, else None."""
        mentions = [self.lexicon.entries[m.entry] for m in self.lexicon.find(surface, language or self.member.language)]
        people = [entry for entry in mentions if entry.kind == "person"]
        bodies = [entry for entry in mentions if entry.kind == "body"]
        chosen = people or bodies
        return chosen[-1] if chosen else None

    def _same_person(self, entry: Entry, name: str) -> bool:
        """Whether the item's full name for a surname can be the entry's: Jay Carney is no Mark Carney."""
        parts = (self._full.get(name.split()[-1], name) if name else "").split()
        if entry.kind != "person" or len(parts) < 2:
            return True
        firsts = {form.split()[0][0] for form in entry.forms.get("en", ()) if " " in form}
        family_first = {form.split()[-1][0] for form in entry.forms.get("en", ()) if " " in form}
        return not firsts or parts[0][0] in firsts | family_first

    def whole(self, name: str) -> Entry | None:
        """The lexicon's entry of another kind than a person or body whose form is the whole name."""
        mention = next((m for m in self.lexicon.find(name, self.member.language) if m.surface == name), None)
        return self.lexicon.entries[mention.entry] if mention else None

    def certain(self, speaker: Speaker) -> bool:
        """Whether a name is a person's beyond a capital letter: known to the lexicon, with an office, or of two words."""
        return bool(speaker.name.id or speaker.office or " " in (speaker.name.en or speaker.name.ja or ""))

    def of_entry(self, entry: Entry, surface: str, office: str = "") -> Speaker:
        """The speaker of a lexicon entry."""
        name = Name(
            id=entry.id,
            ja=entry.form("ja"),
            en=entry.form("en"),
            surface=surface,
            kind=entry.kind,
            guessed=entry.guessed,
        )
        sort: Literal["person", "body"] = "person" if entry.kind == "person" else "body"
        return Speaker(name, office or None, sort, code(entry.country) or self.country_of(surface))

    def by_office(self, office: str) -> Speaker | None:
        """The one person whose office in the lexicon is printed so (米財務長官), None where two or none."""
        holders = [e for e in self._persons if office in (e.office.get("ja"), e.office.get("en"))]
        return self.of_entry(holders[0], office, office) if len(holders) == 1 else None

    @cached_property
    def _persons(self) -> list[Entry]:
        """The persons whom the event names."""
        entries = (self.lexicon.entries.get(identity) for identity in sorted(self.present))
        return [entry for entry in entries if entry is not None and entry.kind == "person"]

    def country_of(self, text: str) -> str | None:
        """The country code named in a description: by name, else by the one-character form before an office (米財務長官)."""
        for mention in self.lexicon.find(text, self.member.language):
            entry = self.lexicon.entries[mention.entry]
            if entry.kind == "country" or entry.country:
                return code(entry.country or entry.id)
        if self.member.language != "en" and text:
            initials = self.lexicon.tables.get("attribution", {}).get("initials", {}).get(self.member.language, {})
            return code(initials.get(text[0], ""))
        return None


def named_persons(members: Iterable[Member], lexicon: Lexicon) -> frozenset[str]:
    """The persons of the lexicon whom the texts of some items name, or in whose name they are issued."""
    found: set[str] = set()
    for member in members:
        for text in (member.title, member.text):
            found.update(m.entry for m in lexicon.find(text, member.language))
        statement = member.item.statement
        if statement is not None:
            found.update(filter(None, (statement.issuer, statement.speaker)))
        found.add(member.source.issuer or "")
    return frozenset(e for e in found if e in lexicon.entries and lexicon.entries[e].kind == "person")


def code(country: str) -> str | None:
    """Return the bare code of a country entry: ``country.jp`` → ``jp``; None where empty."""
    return country.lower().removeprefix("country.") or None
