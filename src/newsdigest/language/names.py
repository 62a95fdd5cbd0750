"""Sightings: one place in a text where a name shows itself, and what kind of thing its surroundings say that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import Mention

PROPER = ("person", "body", "place", "country")

FoundKind = Literal["person", "body", "company", "outlet", "organisation", "place", "country", "ship"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """``name`` is letter for letter a part of the text. ``office`` is a lexicon id; ``owner`` the country's or town's name or its
    lexicon id; ``body`` a kind of body of ``discovery.toml``; ``gloss`` the same name in another script given beside it.
    ``weak`` sightings only support others (a title that a country may have as well).
    """

    kind: FoundKind
    name: str
    language: str
    key: str
    office: str = ""
    office_text: str = ""
    owner: str = ""
    body: str = ""
    gloss: str = ""
    weak: bool = False


@dataclass(frozen=True)
class Reading:
    """One text under the eye of a spotter: its known mentions, and the words of ``discovery.toml``."""

    key: str
    language: str
    text: str
    lexicon: Lexicon
    words: Mapping[str, Any]
    mentions: Sequence[Mention] = field(default_factory=tuple)

    def kind(self, mention: Mention) -> str:
        """The kind of a mention's entry."""
        return self.lexicon.entries[mention.entry].kind

    def known(self, start: int, end: int, kinds: Sequence[str] = PROPER) -> Mention | None:
        """The first known name that overlaps a span."""
        return next(
            (m for m in self.mentions if m.start < end and start < m.end and self.kind(m) in kinds),
            None,
        )

    def office_of(self, title: str) -> str:
        """The office entry whose form a title is, or an empty string."""
        for identity in self.lexicon.matcher.owners(title):
            if self.lexicon.entries[identity].kind == "office":
                return identity
        return ""

    def country_before(self, position: int, joint: str) -> str:
        """The id of a known country that ends at ``position``, with nothing or ``joint`` between."""
        for mention in self.mentions:
            if self.kind(mention) == "country" and self.text[mention.end : position] in ("", joint):
                return mention.entry
        return ""


def titles(lexicon: Lexicon, language: str) -> tuple[str, ...]:
    """The forms of offices that stand beside one person's name, longest first."""
    found = {
        form
        for entry in lexicon.entries.values()
        if entry.kind == "office" and "title" in entry.tags
        for form in entry.forms.get(language, ())
        if "（" not in form
    }
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def longest_first(words: Sequence[str]) -> list[str]:
    """Words for an alternation."""
    return sorted(set(words), key=lambda word: (-len(word), word))
