"""Every number a text states, for the gate that traces a draft's numbers to its cited spans."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from newsdigest.comparison.figures.dates import Calendar
from newsdigest.comparison.figures.measures import Measure, dates_of, measures
from newsdigest.comparison.figures.vocabulary import vocabulary
from newsdigest.comparison.record import Bound
from newsdigest.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Number:
    """``text[start:end] == raw`` states ``value`` in the base unit ``unit`` ("" where none).

    ``kind`` is that of Figure.kind; a date has its parts in ``date`` (year, month, day; None where not stated), a clock time its
    minutes after midnight as ``value``.
    """

    value: Decimal
    start: int
    end: int
    raw: str
    kind: str
    unit: str = ""
    bound: Bound = "exact"
    date: tuple[int | None, int | None, int | None] | None = None
    stated: Decimal = Decimal(0)


def numbers_in(text: str, language: str, lexicon: Lexicon) -> tuple[Number, ...]:
    """Return the numbers, dates, clock times, percentages and sums of a text in order, outside names and codes.

    The pronoun "one" and the articles of Chinese (一个, 一名) are no numbers.
    """
    words = vocabulary(lexicon)
    skip = named_spans(text, lexicon)
    found = [_of_measure(m, text) for m in measures(text, language, words, skip) if not _pronoun(m, text)]
    found += [_of_date(d, text) for d in dates_of(text, words, skip)]
    return tuple(sorted(found, key=lambda number: number.start))


def named_spans(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the spans of the lexicon's names that hold a digit or a numeral (G20, 二十国集团)."""
    if not any(map(str.isnumeric, text)) or not lexicon.matcher.may_number(text):
        return []
    # A term may hold a figure (a one-year pause); a name's number is no figure.
    mentions = [m for m in lexicon.find(text) if lexicon.entries[m.entry].kind != "term"]
    return [(m.start, m.end) for m in mentions if any(c.isnumeric() for c in m.surface)]


def _pronoun(measure: Measure, text: str) -> bool:
    raw = text[measure.core[0] : measure.core[1]].lower()
    return raw == "one" and measure.unit is None and measure.bound == "exact"


def _of_measure(m: Measure, text: str) -> Number:
    unit = m.unit.base if m.unit else ""
    return Number(m.value, m.start, m.end, text[m.start : m.end], m.kind, unit, m.bound, None, m.stated)


def _of_date(d: Calendar, text: str) -> Number:
    raw = text[d.start : d.end]
    if d.kind == "time":
        assert d.minutes is not None
        return Number(Decimal(d.minutes), d.start, d.end, raw, "time", "minute_of_day")
    value = Decimal(d.day or d.month or d.year or 0)
    return Number(value, d.start, d.end, raw, d.kind, "", "exact", (d.year, d.month, d.day))


_SCALES = {"second": Fraction(1), "minute": Fraction(60), "day": Fraction(86400)}
_CALENDAR = {"month": Fraction(1), "year": Fraction(12)}


def same_number(a: Number, b: Number) -> bool:
    """Whether two numbers, of any language, state the same: dates agree in the parts both state, measures in value and dimension.

    Where the languages count differently (the 84th minute, 84分; four days, 4日目; a 115-year-old house, 築115年) the bare number decides.
    """
    if a.date and b.date:
        shared = [(x, y) for x, y in zip(a.date, b.date, strict=True) if x is not None and y is not None]
        return bool(shared) and all(x == y for x, y in shared)
    if a.date or b.date:
        return _date_as_number(*((a, b) if a.date else (b, a)))
    if a.kind == "time" or b.kind == "time":
        return a.kind == b.kind and (a.value - b.value) % 720 == 0
    for scales in (_SCALES, _CALENDAR):
        if a.unit in scales and b.unit in scales:
            return Fraction(a.value) * scales[a.unit] == Fraction(b.value) * scales[b.unit]
    if a.unit == b.unit or not (a.unit and b.unit) or {a.kind, b.kind} & {"count", "ordinal", "age"}:
        return a.value == b.value or (a.kind != b.kind and a.stated == b.stated)
    return False


def _date_as_number(dated: Number, other: Number) -> bool:
    """A date of one part against a number: 1985 and "85年", 3日 and "three days"."""
    stated = [part for part in dated.date or () if part is not None]
    if len(stated) != 1:
        return False
    if dated.date and dated.date[0] and other.unit == "year" and 10 <= other.value <= 99:
        return dated.date[0] % 100 == other.value
    if other.kind in ("count", "ordinal"):
        return other.value == stated[0]
    return bool(dated.date and dated.date[2]) and other.unit == "day" and other.value == stated[0]
