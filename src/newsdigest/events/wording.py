"""The wording by which the event stage tells collections, running reports, anniversaries, credits and wrappers (``data/events.toml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsdigest.errors import LexiconError
from newsdigest.language.lexicon import Lexicon

Kind = Literal["report", "collection", "live", "anniversary"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Compiled patterns; each is None where the language data name none."""

    collection: re.Pattern[str] | None = None
    live: re.Pattern[str] | None = None
    anniversary: re.Pattern[str] | None = None
    wrapper: re.Pattern[str] | None = None
    credits: tuple[re.Pattern[str], ...] = ()

    def kind(self, title: str) -> Kind:
        """Return what kind of item has this title."""
        plain = unicodedata.normalize("NFKC", title)
        for kind, pattern in (("collection", self.collection), ("live", self.live), ("anniversary", self.anniversary)):
            if pattern is not None and pattern.search(plain):
                return kind  # type: ignore[return-value]
        return "report"

    def recalls(self, text: str) -> bool:
        """Return whether a text mentions an anniversary."""
        return bool(self.anniversary and self.anniversary.search(unicodedata.normalize("NFKC", text)))

    def unwrapped(self, text: str) -> str:
        """Return a text without what outlets put around another's."""
        return self.wrapper.sub(" ", text) if self.wrapper else text

    def credit(self, text: str) -> str:
        """Return the agency that the beginning or the end of a text credits, or nothing."""
        edges = f"{text[:300]}\n{text[-200:]}"
        for pattern in self.credits:
            if found := pattern.search(edges):
                return found.group("agency")
        return ""


def wording_of(lexicon: Lexicon) -> Wording:
    """Return the wording of a lexicon; without ``events.toml`` everything is an ordinary report."""
    table = lexicon.tables.get("events", {})

    def lines(section: str, field: str) -> tuple[str, ...]:
        return tuple(table.get(section, {}).get(field, ()))

    return _compiled(
        lines("collection", "title"),
        lines("live", "title"),
        lines("anniversary", "title"),
        lines("wrapper", "text"),
        lines("credit", "text"),
    )


@lru_cache(maxsize=8)
def _compiled(
    collection: tuple[str, ...],
    live: tuple[str, ...],
    anniversary: tuple[str, ...],
    wrapper: tuple[str, ...],
    credit: tuple[str, ...],
) -> Wording:
    return Wording(
        _one(collection), _one(live), _one(anniversary), _one(wrapper), tuple(_pattern(line) for line in credit)
    )


def _one(lines: Iterable[str]) -> re.Pattern[str] | None:
    found = [_pattern(line).pattern for line in lines]
    return re.compile("|".join(f"(?:{line})" for line in found), re.IGNORECASE | re.MULTILINE) if found else None


def _pattern(line: str) -> re.Pattern[str]:
    try:
        return re.compile(line, re.IGNORECASE | re.MULTILINE)
    except re.error as cause:
        raise LexiconError(f"events.toml: {line!r} is no regular expression ({cause}).", about="events") from cause
