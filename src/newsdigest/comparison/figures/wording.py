"""Figures in words of the house, exact in both languages: 少なくとも8750万トン, at least 87.5 million metric tons."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from newsdigest.comparison.figures.measures import measures
from newsdigest.comparison.figures.vocabulary import Unit, Vocabulary, vocabulary
from newsdigest.comparison.record import Bound, Figure
from newsdigest.language.lexicon import Lexicon
from newsdigest.records import Bilingual

_LARGE = ((Decimal(10) ** 12, "兆"), (Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "万"))
_MAGNITUDES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_HALF = Decimal("0.5")


def say(figure: Figure, language: str, lexicon: Lexicon) -> str:
    """Return the figure with unit and bound as the bureau prints it in ``ja`` or ``en``.

    The value is said in the unit that the source used; nothing is rounded, so that reading it again gives the same value and bound.
    """
    words = vocabulary(lexicon)
    if figure.kind in ("date", "time", "fiscal_year"):
        return _calendar(figure, language, words)
    unit = stated_unit(figure, words)
    stated = Decimal(figure.value) / (unit.factor if unit else Decimal(1))
    whole = _hours(stated, unit, figure.raw, language)
    if whole:
        return _bounded(whole, figure.bound, language, words, unit)
    amount = _japanese(stated, unit, figure.raw) if language == "ja" else _english(stated, unit)
    if unit is not None and unit.say_before:
        # "magnitude 7.0": its last digit says how well it is known.
        amount = unit.say_before[language] + _as_written(stated, figure.raw)
    return _bounded(amount, figure.bound, language, words, unit)


def _as_written(stated: Decimal, raw: str) -> str:
    """A number with the decimals that the source gave it."""
    found = re.search(r"\d+[.．]\d+", raw)
    decimals = len(found.group()) - 1 - found.group().replace("．", ".").index(".") if found else 0
    return f"{stated:.{decimals}f}"


def _hours(stated: Decimal, unit: Unit | None, raw: str, language: str) -> str:
    """Hours and minutes where the source gave both: 1時間20分, an hour and 20 minutes; else ""."""
    if unit is None or unit.id != "minute" or not re.search(r"時間|小时|小時|hour", raw) or stated % 1:
        return ""
    hours, minutes = divmod(int(stated), 60)
    if not hours or not minutes:
        return ""
    if language == "ja":
        return f"{hours}時間{minutes}分"
    spelled = f"{english_number(Decimal(hours), words=True)} hour{'' if hours == 1 else 's'}"
    rest = f"{english_number(Decimal(minutes), words=True)} minute{'' if minutes == 1 else 's'}"
    return f"{spelled} and {rest}"


def label(figure: Figure, lexicon: Lexicon) -> Bilingual | None:
    """Return what a figure counts as both halves may print it (死者 / deaths; 大豆 / soybeans), None where not known in both languages."""
    subject = next((s for s in vocabulary(lexicon).subjects if s.id == figure.of_id), None)
    if subject:
        return Bilingual(ja=subject.label_ja, en=subject.label_en)
    entry = lexicon.entries.get(figure.of_id or "")
    ja, en = (entry.form("ja"), entry.form("en")) if entry else (None, None)
    return Bilingual(ja=ja, en=en) if ja and en else None


def stated_unit(figure: Figure, words: Vocabulary) -> Unit | None:
    """Return the unit in which the source stated the figure: that of its raw words, else the base unit itself."""
    for language in ("ja", "zh", "en"):
        for measure in measures(figure.raw, language, words):
            if measure.unit and measure.unit.base == figure.unit and measure.value == Decimal(figure.value):
                return measure.unit
    return next((u for u in words.units.values() if u.base == figure.unit and u.factor == 1), None)


def _bounded(amount: str, bound: Bound, language: str, words: Vocabulary, unit: Unit | None) -> str:
    if bound == "exact":
        return amount
    table = words.table["bounds"][bound]
    if language == "en" and bound == "at_most" and (unit is None or unit.kind == "count"):
        return str(table["say_en_count"]).format(amount)
    return str(table[f"say_{language}"]).format(amount)


# ---- Japanese -------------------------------------------------------------------------------------------------------------------


def _japanese(stated: Decimal, unit: Unit | None, raw: str = "") -> str:
    if unit is None:
        return japanese_number(stated)
    if unit.kind == "ordinal":
        return f"第{japanese_number(stated)}"
    if unit.kind == "duration" and stated % 1 == _HALF and unit.id in ("year", "hour", "month"):
        whole = stated - _HALF
        half = {"year": "半年", "hour": "30分", "month": "半月"}[unit.id]
        return f"{japanese_number(whole)}{unit.say_ja}半" if whole else half
    # A Japanese text's own counter says more than the unit's: 戸 is no 世帯, 枚 no 個.
    own = (
        re.search(rf"[0-9０-９〇一二三四五六七八九十百千万億兆]({'|'.join(unit.counters)})", raw)
        if unit.counters
        else None
    )
    # 1600年 is a year; a span of so many years is 1600年間.
    span = "間" if unit.id == "year" and 1000 <= stated < 10_000 else ""
    return japanese_number(stated) + (own.group(1) if own else unit.say_ja) + span


def japanese_number(value: Decimal) -> str:
    """Return a number as Japanese papers print it: 8750万, 1億2000万, 1000, 3.5; no separators."""
    whole, rest = int(value), value - int(value)
    if whole < 10_000:
        return _plain(value)
    parts = []
    remaining = Decimal(whole)
    for size, sign in _LARGE:
        count, remaining = divmod(remaining, size)
        if count:
            parts.append(f"{_plain(count)}{sign}")
    tail = remaining + rest
    return "".join(parts) + (_plain(tail) if tail else "")


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# ---- English --------------------------------------------------------------------------------------------------------------------


def _english(stated: Decimal, unit: Unit | None) -> str:
    if unit is None:
        return english_number(stated, words=True)
    if unit.kind == "ordinal":
        return f"No. {_plain(stated)}"
    if unit.say_prefix and unit.kind == "money":
        shown = english_number(stated, words=False)
        return unit.say_prefix + (
            f"{shown}0" if stated < 1000 and stated * 100 % 100 and stated * 10 % 1 == 0 else shown
        )
    if unit.say_en[0] == "%":
        return f"{english_number(stated * unit.factor, words=False)}%"
    if unit.kind == "duration" and stated == _HALF:
        return (
            f"half {'an' if unit.id == 'hour' else 'a'} {unit.say_en[0]}"
            if unit.id == "hour"
            else f"0.5 {unit.say_en[1]}"
        )
    spelled = not unit.measure and unit.kind in ("count", "duration")
    number = english_number(stated, words=spelled)
    if unit.bare:
        return number
    return f"{number} {unit.say_en[0] if stated == 1 else unit.say_en[1]}"


def english_number(value: Decimal, *, words: bool) -> str:
    """Return a number as English papers print it: four, 25, 1,234, 87.5 million; halves below ten in words."""
    if words and value < 10 and value % 1 == 0:
        return _ONES[int(value)]
    if words and 1 < value < 10 and value % 1 == _HALF:
        return f"{_ONES[int(value)]} and a half"
    for size, name in _MAGNITUDES:
        scaled = (value / size).normalize()
        if value >= size and -int(scaled.as_tuple().exponent) <= 3:
            return f"{_plain(scaled)} {name}"
    whole = int(value)
    fraction = _plain(value - whole)[1:] if value != whole else ""
    return f"{whole:,}{fraction}"


# ---- dates and times ------------------------------------------------------------------------------------------------------------


def _calendar(figure: Figure, language: str, words: Vocabulary) -> str:
    if figure.kind == "time":
        return _clock(int(figure.value), language)
    if figure.kind == "fiscal_year":
        return f"{figure.value}年度" if language == "ja" else f"fiscal {figure.value}"
    digits = figure.value
    if figure.unit == "year":
        return f"{digits}年" if language == "ja" else digits
    if figure.unit == "month":
        year, month = int(digits[:4]), int(digits[4:])
        return (
            f"{year}年{month}月" if language == "ja" else f"{words.table['calendar']['say_months'][month - 1]} {year}"
        )
    day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if language == "ja":
        return f"{day.month}月{day.day}日"
    return f"{words.table['calendar']['say_months'][day.month - 1]} {day.day}"


def _clock(minutes: int, language: str) -> str:
    hour, minute = divmod(minutes, 60)
    if language == "ja":
        half, shown = ("午後", hour - 12) if hour >= 12 else ("午前", hour)
        return f"{half}{shown}時" + (f"{minute}分" if minute else "")
    half, shown = ("p.m.", hour - 12 if hour > 12 else 12) if hour >= 12 else ("a.m.", hour or 12)
    return f"{shown}:{minute:02d} {half}" if minute else f"{shown} {half}"
