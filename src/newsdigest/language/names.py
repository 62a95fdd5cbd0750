"""Sightings: one place in a text where a name shows itself, and what kind of thing its surroundings say that it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
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
        last = bisect_left(self._starts, end)
        first = last
        while first and self.mentions[first - 1].end > start:
            first -= 1
        return next((m for m in self.mentions[first:last] if self.kind(m) in kinds), None)

    def beside(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that overlap a span, with the last one before it and the first one behind it."""
        last = bisect_left(self._starts, end)
        first = last
        while first and self.mentions[first - 1].end > start:
            first -= 1
        return self.mentions[max(0, first - 1) : last + 1]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [m.start for m in self.mentions]

    def office_of(self, title: str) -> str:
        """The office entry whose form a title is, or an empty string."""
        for identity in self.lexicon.matcher.owners(title):
            if self.lexicon.entries[identity].kind == "office":
                return identity
        return ""

    def country_before(self, position: int, joint: str) -> str:
        """The id of a known country that ends at ``position``, with nothing or ``joint`` between."""
        first = bisect_left(self._starts, position)
        while first and self.mentions[first - 1].end >= position - len(joint):
            first -= 1
        for mention in self.mentions[first:]:
            if mention.end > position:
                break
            if self.kind(mention) == "country" and self.text[mention.end : position] in ("", joint):
                return mention.entry
        return ""


def titles(lexicon: Lexicon, language: str) -> tuple[str, ...]:
    """The forms of offices that stand beside one person's name, longest first."""
    found = {form for form in lexicon.titles.get(language, ()) if "（" not in form}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def longest_first(words: Sequence[str]) -> list[str]:
    """Words for an alternation."""
    return sorted(set(words), key=lambda word: (-len(word), word))


def any_of(words: Sequence[str]) -> str:
    """An alternation of literal words, longest first."""
    return _any_of(tuple(words))


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in longest_first(words))


# The spotters' shapes hold the words of the data: a few hundred, more than the standard library keeps compiled.
@lru_cache(maxsize=1024)
def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A compiled pattern."""
    return re.compile(source, flags)


@lru_cache(maxsize=16)
def _parts(forms: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, list[str]], ...]:
    return tuple((kind, form.lower().split()) for kind, some in forms for form in some)


def body_forms(reading: Reading, language: str) -> tuple[tuple[str, list[str]], ...]:
    """The kinds of body with each of their forms as lowered words, in the order of the data."""
    return _parts(tuple((kind, tuple(forms[language])) for kind, forms in reading.words["body"].items()))
