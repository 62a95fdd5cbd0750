"""How strongly a sentence words a stance: the degrees of ``strengths.toml``, ranked within their scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsdigest.comparison.patterns import Pattern, PatternBook
from newsdigest.language.lexicon import LANGUAGES, Lexicon
from newsdigest.records import Bilingual

_AROUND = 24
"""How far from a word its negation may stand."""


@dataclass(frozen=True, slots=True)
class Degree:
    """One degree of a scale and where a text words it (offsets of the string read)."""

    scale: str
    rank: int
    least: int
    label: Bilingual
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    scale: str
    rank: int
    least: int
    label: Bilingual
    patterns: Mapping[str, tuple[Pattern, ...]]


class Strengths:
    """Reads the degrees of a sentence; one scale's strongest word counts."""

    def __init__(self, lexicon: Lexicon, book: PatternBook) -> None:
        table = lexicon.table("strengths")
        self._book = book
        self._negated: Mapping[str, Any] = table.get("negated", {})
        rows = [_words(scale, degree, book) for scale in table.get("scale", ()) for degree in scale["degree"]]
        self._rows = sorted(rows, key=lambda r: -r.rank)

    def read(self, text: str, language: str) -> tuple[Degree, ...]:
        """The strongest degree of each scale that the text words; none of a scale that it negates somewhere."""
        folded = self._book.fold(text)
        taken: list[tuple[int, int]] = []
        found: dict[str, Degree | None] = {}
        for row in self._rows:
            for start, end in _places(row.patterns.get(language, ()), folded, taken):
                taken.append((start, end))
                if self._denied(folded, start, end, language):
                    found[row.scale] = None
                else:
                    found.setdefault(row.scale, Degree(row.scale, row.rank, row.least, row.label, start, end))
        return tuple(d for d in found.values() if d is not None)

    def _denied(self, folded: str, start: int, end: int, language: str) -> bool:
        before, after = folded[max(0, start - _AROUND) : start], folded[end : end + _AROUND]
        pattern = self._negated.get(language)
        if pattern and self._book.compile(pattern, language).search(before):
            return True
        pattern = self._negated.get(f"{language}_after")
        return bool(pattern) and self._book.compile(pattern, language).search(after) is not None


def _places(patterns: tuple[Pattern, ...], text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                yield match.span()


def _words(scale: Mapping[str, Any], degree: Mapping[str, Any], book: PatternBook) -> _Words:
    patterns = {lang: tuple(book.compile(p, lang) for p in degree["words"].get(lang, ())) for lang in LANGUAGES}
    label = Bilingual(ja=degree["ja"], en=degree["en"])
    return _Words(scale["id"], degree["rank"], scale.get("least", 1), label, patterns)
