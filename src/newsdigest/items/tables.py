"""The language tables that reading needs, made once from the lexicon's files and handed to every reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from newsdigest.errors import LexiconError
from newsdigest.language.calendars import Calendars


@dataclass(frozen=True, slots=True)
class Markers:
    """Words (folded to lower case) and patterns of one kind of sign."""

    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Mapping[str, Any], name: str) -> Markers:
        """Make the markers of ``[name]``; raise LexiconError where a pattern is none."""
        part = table.get(name, {})
        for pattern in part.get("patterns", []):
            try:
                re.compile(pattern)
            except re.error as error:
                raise LexiconError(f"pages.toml: [{name}]: {pattern!r} is no pattern: {error}.", about=name) from error
        return cls(tuple(word.lower() for word in part.get("words", [])), tuple(part.get("patterns", [])))

    def found_in(self, text: str) -> bool:
        """Whether a word or a pattern stands in the text."""
        lowered = text.lower()
        return any(word in lowered for word in self.words) or any(compiled(p).search(text) for p in self.patterns)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern; patterns come from data files, so there are few."""
    return re.compile(pattern)


def credit_of(text: str, tables: ReadingTables) -> str:
    """Return the agency whose text this is, from its dateline or its last line; empty where none is named."""
    lines = text.split("\n")
    for patterns, line in ((tables.credit_first, lines[0]), (tables.credit_last, lines[-1])):
        for pattern in patterns:
            match = compiled(pattern).search(line)
            if match:
                return match["name"].strip()
    return ""


def _instructions(table: Mapping[str, Any]) -> Markers:
    patterns = [f"(?im){pattern}" for language in ("en", "ja", "zh") for pattern in table.get(language, ())]
    return Markers.of({"instruction": {"patterns": patterns}}, "instruction")


@dataclass(frozen=True, slots=True)
class ReadingTables:
    """All that readers of bytes know of languages: ``calendars.toml``, ``pages.toml`` and ``injections.toml``."""

    calendars: Calendars
    paywall: Markers
    cut: Markers
    captcha: Markers
    soft_404: Markers
    instruction: Markers
    correction: Markers
    withdrawal: Markers
    boilerplate: tuple[str, ...]
    tails: tuple[str, ...]
    credit_first: tuple[str, ...] = ()
    credit_last: tuple[str, ...] = ()

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> ReadingTables:
        """Make them from the lexicon's tables (``lexicon.tables``); raise LexiconError where a file is missing."""
        for name in ("calendars", "pages"):
            if name not in tables:
                raise LexiconError(f"The language data lack {name}.toml.", about=name)
        pages = tables["pages"]
        return cls(
            calendars=Calendars.of(tables["calendars"]),
            paywall=Markers.of(pages, "paywall"),
            cut=Markers.of(pages, "cut"),
            captcha=Markers.of(pages, "captcha"),
            soft_404=Markers.of(pages, "soft_404"),
            instruction=_instructions(tables.get("injections", {})),
            correction=Markers.of(pages, "correction"),
            withdrawal=Markers.of(pages, "withdrawal"),
            boilerplate=tuple(word.lower() for word in pages.get("boilerplate", {}).get("starts", [])),
            tails=tuple(pages.get("boilerplate", {}).get("tails", [])),
            credit_first=tuple(pages.get("credit", {}).get("first", [])),
            credit_last=tuple(pages.get("credit", {}).get("last", [])),
        )
