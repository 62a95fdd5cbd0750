"""Dates, years, fiscal years and clock times in text: never counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsdigest.comparison.figures.numerals import han_value
from newsdigest.comparison.figures.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Calendar:
    """``text[start:end]`` states a date (parts may be None), a fiscal year, or a clock time (``minutes`` after midnight)."""

    kind: Literal["date", "fiscal_year", "time"]
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    minutes: int | None = None


class Spans:
    """Spans of a text, asked by bisection whether one of them meets another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def meet(self, start: int, end: int) -> bool:
        """Whether one of the spans shares a character with ``[start, end)``."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start


_HAN_DATE = re.compile(r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")


# A sentence is asked for its dates once by each of its figures.
@lru_cache(maxsize=4096)
def calendar(text: str, words: Vocabulary) -> tuple[Calendar, ...]:
    """Return the dates and times of levelled text in order, without overlaps."""
    found: list[Calendar] = []
    taken = Spans(())
    for name in ("en", "iso", "cjk", "fiscal", "clock", "year"):
        for match in words.dates[name].finditer(text):
            entry = _read(name, match, words)
            if entry and not taken.meet(entry.start, entry.end):
                found.append(entry)
        taken = Spans((entry.start, entry.end) for entry in found)
    for match in _HAN_DATE.finditer(text):
        month, day = (int(han_value(part, words.table["numerals"])[0]) for part in match.groups())
        found.append(Calendar("date", match.start(), match.end(), None, month, day))
    return tuple(sorted(found, key=lambda entry: entry.start))


def _read(name: str, match: re.Match[str], words: Vocabulary) -> Calendar | None:
    parts = {key.rstrip("123456"): value for key, value in match.groupdict().items() if value}
    if name == "clock":
        return _clock(match, parts, words)
    if name == "year" and words.suffix_en.match(match.string, match.end()) and not match.group().endswith("年"):
        return None  # "2000 people"
    year = _year(parts, words)
    if name == "fiscal":
        return Calendar("fiscal_year", match.start(), match.end(), year=year)
    month = parts.get("month")
    number = None
    if month:
        number = int(month) if month.isdigit() else int(words.table["calendar"]["months"][month.lower()])
    day = int(parts["day"]) if "day" in parts else None
    if (number is not None and not 1 <= number <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return Calendar("date", match.start(), match.end(), year, number, day)


def _year(parts: dict[str, str], words: Vocabulary) -> int | None:
    era, count = parts.get("era"), parts.get("era_year")
    if era and count:
        return int(words.table["calendar"]["eras"][era]) + (1 if count == "元" else int(count))
    year = parts.get("year")
    if year is None:
        return None
    return int(year) if len(year) == 4 else 2000 + int(year)


def _clock(match: re.Match[str], parts: dict[str, str], words: Vocabulary) -> Calendar | None:
    hour, minute = int(parts["hour"]), int(parts.get("minute", 0))
    if parts.get("thirty"):
        minute = 30
    if hour > 24 or minute > 59:
        return None
    half = (parts.get("half") or "").lower()
    if hour < 12 and (half.startswith("p") or half in words.table["calendar"]["afternoon"]):
        hour += 12
    elif hour == 12 and (half.startswith("a") or half in words.table["calendar"]["morning"]):
        hour = 0
    return Calendar("time", match.start(), match.end(), minutes=hour * 60 + minute)
