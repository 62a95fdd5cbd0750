"""Measured numbers in text: a numeral with its unit and its bound, as one span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from newsdigest.comparison.figures.dates import Calendar, Spans, calendar
from newsdigest.comparison.figures.numerals import Numeral, numerals
from newsdigest.comparison.figures.vocabulary import Unit, Vocabulary, level
from newsdigest.comparison.record import Bound

_REACH = 24
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "she",
        "than",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "when",
        "which",
        "who",
        "will",
        "with",
        "would",
        "about",
        "after",
        "before",
        "during",
        "over",
        "per",
        "said",
        "says",
        "more",
        "less",
        "least",
        "most",
        "out",
        "up",
        "down",
    ]
)
_WORDS_BETWEEN = {count: re.compile(rf"\s+((?:[A-Za-z][A-Za-z.'-]*\s+){{{count}}})") for count in (1, 2)}
_PREFIX = 18
"""The longest sign or word that names a number's unit before it."""
_LASTING = re.compile(r"\b(?:for|just|well|lasted|lasting|took|takes|after|spent|waited)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Measure:
    """``text[start:end]`` is the figure with unit and bound; ``core`` the numeral's span.

    ``stated`` counts in ``unit`` as written, ``value`` in its base; ``step`` is the base-unit size of the last stated digit.
    """

    start: int
    end: int
    core: tuple[int, int]
    stated: Decimal
    value: Decimal
    unit: Unit | None
    kind: str
    bound: Bound
    step: Decimal
    style: str


def measures(text: str, language: str, words: Vocabulary, skip: Sequence[tuple[int, int]] = ()) -> list[Measure]:
    """Return the measured numbers of a text; ``skip`` are spans of names. Dates and clock times are not among them."""
    return list(_measures(text, language, words, tuple(skip)))


# Each figure of a sentence asks for the sentence's measures again when figures are held against one another.
@lru_cache(maxsize=4096)
def _measures(text: str, language: str, words: Vocabulary, skip: tuple[tuple[int, int], ...]) -> tuple[Measure, ...]:
    plain = level(text)
    dates = calendar(plain, words)
    blocked = [*skip, *((d.start, d.end) for d in dates), *_skipped(plain, words)]
    closed = Spans(blocked)
    found: list[Measure] = []
    for numeral in numerals(plain, words):
        if closed.meet(numeral.start, numeral.end):
            continue
        measure = _measure(plain, numeral, language, words, closed)
        if measure is not None and not (found and measure.start < found[-1].end):
            found.append(measure)
    return tuple(_joined(_ranges(found, plain), plain))


def dates_of(text: str, words: Vocabulary, skip: Sequence[tuple[int, int]] = ()) -> list[Calendar]:
    """Return the dates and clock times of a text outside names."""
    plain = level(text)
    found = calendar(plain, words)
    if not found:
        return []
    blocked = Spans([*skip, *_skipped(plain, words)])
    return [d for d in found if not blocked.meet(d.start, d.end)]


@lru_cache(maxsize=4096)
def _skipped(text: str, words: Vocabulary) -> tuple[tuple[int, int], ...]:
    """The spans of levelled text whose digits are no number: names, codes, addresses."""
    return tuple(match.span() for match in words.skipped.finditer(text))


def _measure(text: str, numeral: Numeral, language: str, words: Vocabulary, blocked: Spans) -> Measure | None:
    if numeral.style == "han" and (
        language == "en" or text[numeral.start - 1 : numeral.start] in words.table["numerals"]["vague_before"]
    ):
        return None
    prefix = words.prefix.search(text[max(0, numeral.start - _PREFIX) : numeral.start])
    if numeral.style == "digits" and prefix is None and _inside_code(text, numeral):
        return None
    start, end, bound = numeral.start, numeral.end, None
    unit, extra = None, Decimal(0)
    if prefix:
        unit = words.units[words.prefix_of[prefix.group(1)]]
        start -= len(prefix.group())
    inner = _after(text, end, words)
    if inner and text[inner[1] : inner[1] + 1] not in ("", " "):
        after_unit = _suffix(text, inner[1], language, words)
        if after_unit:
            bound, end = inner[0], inner[1]
    suffix = _suffix(text, end, language, words)
    free = suffix and not blocked.meet(end, suffix[1])
    if suffix and free and (unit is None or unit.kind == suffix[0].kind == "money"):
        unit, end, extra = _by_thing(suffix[0], text[max(0, start - 40) : suffix[1] + 12], words), *suffix[1:]
    if numeral.style == "han" and unit is None and not text[numeral.start].isascii():
        return None
    if unit is None and _is_age(text, numeral):
        unit = words.units["age"]
    if _is_ordinal(text, numeral):
        unit = words.units["rank"]
    before = _before(text, start, words)
    if before and not (unit and unit.kind == "duration" and _period_word(text, before[1], start)):
        bound, start = before
    after = _after(text, end, words)
    if after:
        bound, end = bound or after[0], after[1]
    stated = numeral.value + extra
    factor = unit.factor if unit else Decimal(1)
    return Measure(
        start, end, (numeral.start, numeral.end), stated, _exact(stated * factor), unit, unit.kind if unit else "count",
        bound or "exact", numeral.step * factor, numeral.style,
    )  # fmt: skip


def _by_thing(unit: Unit, near: str, words: Vocabulary) -> Unit:
    """The unit of a counter of many things: 台 counts vehicles where one stands near, else machines."""
    table = words.table["by_thing"].get(unit.id)
    return words.units[table["unit"]] if table and any(word in near for word in table["near"]) else unit


def _exact(value: Decimal) -> Decimal:
    """The shortest form of a value, without an exponent."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal


def _inside_code(text: str, numeral: Numeral) -> bool:
    before, after = text[numeral.start - 1 : numeral.start], text[numeral.end : numeral.end + 1]
    return (
        (before.isascii() and before.isalpha())
        or (before in ("/", "_", "#", "@") and before != "")
        or after in ("_", "@")
    )


def _is_age(text: str, numeral: Numeral) -> bool:
    """Whether a bare number stands behind a name as an age: "Dana Whitlock, 43, a nurse"."""
    if (
        re.search(r"[一-龯ァ-ヴー]\($", text[max(0, numeral.start - 2) : numeral.start])
        and text[numeral.end : numeral.end + 1] == ")"
        and numeral.value < 120
    ):
        return True
    return bool(re.search(r"[A-Z][a-z]+, $", text[max(0, numeral.start - 40) : numeral.start])) and text[
        numeral.end : numeral.end + 1
    ] in (
        ",",
        ".",
        ")",
    )


def _is_ordinal(text: str, numeral: Numeral) -> bool:
    return text[numeral.start - 1 : numeral.start] == "第" or bool(
        re.search(
            r"(?:レベル|Level\s|No\.\s?|Article\s|Chapter\s|級)$", text[max(0, numeral.start - 12) : numeral.start]
        )
    )


def _suffix(text: str, at: int, language: str, words: Vocabulary) -> tuple[Unit, int, Decimal] | None:
    """The unit that follows, the end of it, and the half that it brings (3年半, 一个半小时)."""
    if language != "en":
        half = Decimal("0.5") if text.startswith("个半", at) else Decimal(0)
        match = words.suffix_cjk[language].match(text, at + (2 if half else 0))
        if match:
            unit, end = words.units[words.unit_of[language][match.group(1).lower()]], match.end()
            if (
                not half
                and unit.kind == "duration"
                and text[end : end + 1] == "半"
                and text[end + 1 : end + 2] not in ("ば", "期")
            ):
                return unit, end + 1, Decimal("0.5")
            return unit, end, half
    match = words.suffix_en.match(text, at)
    if match is None:
        match = _past_words(text, at, words)
    if match is None or (match.start(1) == at and match.group(1)[0].isalpha() and len(match.group(1)) < 2):
        return None
    unit = words.units[words.unit_of["en"][re.sub(r"\s+", " ", match.group(1).lower())]]
    return unit, match.end(), Decimal(0)


def _past_words(text: str, at: int, words: Vocabulary) -> re.Match[str] | None:
    """A counted noun behind one or two adjectives: "12 Chinese fishing boats"."""
    for count in (1, 2):
        gap = _WORDS_BETWEEN[count].match(text, at)
        if gap is None or any(word.lower().strip(".,") in _STOP for word in gap.group(1).split()):
            return None
        match = words.suffix_en.match(text, gap.end() - 1)
        if match and words.units[words.unit_of["en"][re.sub(r"\s+", " ", match.group(1).lower())]].kind == "count":
            return match
    return None


def _before(text: str, start: int, words: Vocabulary) -> tuple[Bound, int] | None:
    """The bound whose words reach farthest back: "no more than" is no "more than"."""
    window = text[max(0, start - _REACH) : start]
    found = [(match.start(), bound) for bound, pattern in words.bounds_before if (match := pattern.search(window))]
    if not found:
        return None
    begin, bound = min(found)
    return bound, start - len(window) + begin  # type: ignore[return-value]


def _period_word(text: str, begin: int, end: int) -> bool:
    """Whether "over" means "in the course of" here: it does unless something lasted or took over so long."""
    return text[begin:end].strip().lower() == "over" and not _LASTING.search(text[max(0, begin - 40) : begin])


def _after(text: str, end: int, words: Vocabulary) -> tuple[Bound, int] | None:
    for bound, pattern in words.bounds_after:
        match = pattern.match(text, end)
        if match:
            return bound, match.end()  # type: ignore[return-value]
    return None


def _ranges(found: list[Measure], text: str) -> list[Measure]:
    """The two ends of "10 to 15 people" share the unit; the lower is a least, the upper a most."""
    out = list(found)
    for index in range(len(out) - 1):
        low, high = out[index], out[index + 1]
        gap = text[low.end : high.start]
        if (
            re.fullmatch(r"\s?(?:to|-|–|~|〜|~|から|至|到|,|、)\s?", gap)
            and low.unit is None
            and high.unit
            and low.stated < high.stated
            and not (gap.strip() in ("-", "–") and gap != gap.strip() and _apart(low, high, text))
        ):
            if gap.strip() in (",", "、") and high.stated - low.stated != 1:
                continue
            factor = high.unit.factor
            out[index] = replace(
                low,
                unit=high.unit,
                kind=high.kind,
                value=_exact(low.stated * factor),
                step=low.step * factor,
                bound="at_least",
            )
            out[index + 1] = replace(high, bound="at_most")
    return out


def _apart(low: Measure, high: Measure, text: str) -> bool:
    """Whether a spaced dash parts two numbers: one is exact to another digit, or the first belongs to the word before it (M 7.0)."""
    decimals = {stated.as_tuple().exponent for stated in (low.stated, high.stated)}
    return len(decimals) > 1 or bool(re.search(r"\b[A-Z]\w*\s$", text[max(0, low.start - 24) : low.start]))


def _joined(found: list[Measure], text: str) -> list[Measure]:
    """One duration said in two units (1時間20分, an hour and 20 minutes) is one figure."""
    out: list[Measure] = []
    for measure in found:
        last = out[-1] if out else None
        if (
            last and last.unit and measure.unit and last.kind == measure.kind in ("duration", "money")
            and last.unit.factor > measure.unit.factor and last.unit.base == measure.unit.base
            and re.fullmatch(r"\s?(?:and|,|と|零)?\s?", text[last.end : measure.start])
        ):  # fmt: skip
            value = _exact(last.value + measure.value)
            # Hours and minutes count as minutes, dollars and cents as dollars.
            unit = measure.unit if measure.kind == "duration" else last.unit
            out[-1] = replace(
                last, end=measure.end, core=(last.core[0], measure.core[1]), value=value, stated=value / unit.factor,
                unit=unit, step=measure.step, bound=last.bound if last.bound != "exact" else measure.bound,
            )  # fmt: skip
        else:
            out.append(measure)
    return out
