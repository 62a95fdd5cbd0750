"""The table of ``readouts.toml``, compiled: by which words a text shows that an official body speaks in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newsdigest.errors import LexiconError

LANGUAGES = ("ja", "en", "zh")
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Readouts:
    """Patterns by part and language, ready to search."""

    table: Mapping[str, Any]

    def part(self, name: str, language: str) -> Patterns:
        """The patterns of a part such as ``outside`` or ``briefing.text`` in a language."""
        return self._compiled.get((name, language), ())

    def found(self, name: str, language: str, text: str) -> bool:
        """Whether any pattern of a part stands in the text."""
        return any(pattern.search(text) for pattern in self.part(name, language))

    def count(self, name: str, language: str, text: str) -> int:
        """How often the patterns of a part stand in the text."""
        return sum(len(pattern.findall(text)) for pattern in self.part(name, language))

    def name_in(self, part: str, language: str, text: str) -> str | None:
        """The first ``name`` that a part's patterns capture."""
        found = [match for pattern in self.part(part, language) if (match := pattern.search(text))]
        return min(found, key=lambda match: match.start())["name"] if found else None

    def occasion(self, language: str, text: str) -> str | None:
        """The occasion that the text names first in the order of the table."""
        for identity, patterns in self._occasions:
            if any(pattern.search(text) for pattern in patterns.get(language, ())):
                return identity
        return None

    @cached_property
    def _compiled(self) -> dict[tuple[str, str], Patterns]:
        found: dict[tuple[str, str], Patterns] = {}
        for name, part in self.table.items():
            if not isinstance(part, Mapping):
                continue
            nested = {f"{name}.{k}": v for k, v in part.items() if isinstance(v, Mapping)} or {name: part}
            for path, languages in nested.items():
                for language in LANGUAGES:
                    found[path, language] = tuple(self._compile(p, language, path) for p in languages.get(language, ()))
        return found

    @cached_property
    def _occasions(self) -> list[tuple[str, dict[str, Patterns]]]:
        return [
            (
                row["id"],
                {lang: tuple(self._compile(p, lang, row["id"]) for p in row.get(lang, ())) for lang in LANGUAGES},
            )
            for row in self.table.get("occasion", ())
        ]

    def _compile(self, pattern: str, language: str, where: str) -> re.Pattern[str]:
        for name in ("office", "says"):
            if f"{{{name}}}" in pattern:
                words = "|".join(self.table.get(name, {}).get(language, ()))
                pattern = pattern.replace(f"{{{name}}}", f"(?:{words})")
        # a pattern that captures a name tells capitals from small letters
        flags = re.IGNORECASE if language == "en" and "?P<name>" not in pattern else re.NOFLAG
        try:
            return re.compile(pattern, flags)
        except re.error as error:
            raise LexiconError(f"readouts.toml: {where}: {pattern!r} is no pattern: {error}.", about=where) from error


_known: dict[str, Readouts] = {}


def readouts_of(digest: str, table: Mapping[str, Any]) -> Readouts:
    """The compiled table of a lexicon, made once for each digest."""
    if digest not in _known:
        if len(_known) > 8:
            _known.clear()
        _known[digest] = Readouts(table)
    return _known[digest]
