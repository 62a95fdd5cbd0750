"""Numbers in text, in digits, Han numerals and English words, as spans with exact decimal values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from newsdigest.comparison.figures.vocabulary import Vocabulary
from newsdigest.comparison.needles import lowered

_HAN = "〇零一二三四五六七八九十百千万萬億亿兆两兩"
_START = re.compile(rf"[0-9{_HAN}]")
_COMPOUND = re.compile(
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?:[十百千]?[万萬億亿兆]|[百千]|\s[万萬億亿兆])(?:[0-9{_HAN}][0-9,{_HAN}]*)?(?:(?<=[0-9])\.[0-9]+)?"
    rf"|[{_HAN}]+"
)
_PLAIN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_WORD = re.compile(r"[a-z]+")
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


@dataclass(frozen=True, slots=True)
class Numeral:
    """``text[start:end]`` states ``value``; ``step`` is the size of its last stated digit."""

    value: Decimal
    start: int
    end: int
    style: Literal["digits", "han", "words"]
    step: Decimal


def may_count(text: str, words: Vocabulary) -> bool:
    """Whether a text may state a number in English words: it has a word that each such number has."""
    plain = lowered(text)
    return plain is None or not words.counting_words.isdisjoint(_WORD.findall(plain))


def numerals(text: str, words: Vocabulary) -> Iterator[Numeral]:
    """Yield the numerals of levelled text in order, without overlaps.

    A pure Han numeral is yielded wherever it stands: whether it is a number the caller sees by its counter.
    """
    position = 0
    english = words.words_en.search(text) if may_count(text, words) else None
    while True:
        if english and english.start() < position:
            english = words.words_en.search(text, position)
        digits = _START.search(text, position)
        if english and (digits is None or english.start() <= digits.start()):
            yield _from_words(english, words.table["numerals"]["en"])
            position = english.end()
        elif digits:
            numeral = _from_digits(text, digits.start(), words)
            yield numeral
            position = numeral.end
        else:
            return


def _from_digits(text: str, start: int, words: Vocabulary) -> Numeral:
    compound = _COMPOUND.match(text, start)
    if compound:
        raw = compound.group().rstrip(",")
        value, step = han_value(raw, words.table["numerals"])
        return Numeral(value, start, start + len(raw), "digits" if raw[0].isascii() else "han", step)
    plain = _PLAIN.match(text, start)
    assert plain is not None  # _START found a digit, and _PLAIN matches any
    raw, end = plain.group(), plain.end()
    value, step = Decimal(raw.replace(",", "")), _step(raw)
    if text[end : end + 1] in _FRACTIONS:
        value, step, end = value + _FRACTIONS[text[end]], Decimal("0.25"), end + 1
    factor, end = _magnitude(text, start, end, words)
    return Numeral(value * factor, start, end, "digits", step * factor)


def _magnitude(text: str, start: int, end: int, words: Vocabulary) -> tuple[int, int]:
    """The factor of "million" after digits; of "m" or "bn" only behind a sign of currency."""
    en = words.table["numerals"]["en"]
    long = words.magnitude.match(text, end)
    if long:
        return int(en["magnitudes"][long.group(1).lower()]), long.end()
    short = words.short_magnitude.match(text, end)
    if short and start and text[start - 1] in "$¥€£₩":
        return int(en["short_magnitudes"][short.group(1).lower()]), short.end()
    return 1, end


def _step(raw: str) -> Decimal:
    """The size of the last stated digit; trailing zeros of a whole number may be rounding."""
    if "." in raw:
        return Decimal(1).scaleb(-len(raw.split(".")[1]))
    bare = raw.replace(",", "")
    return Decimal(1).scaleb(len(bare) - len(bare.rstrip("0"))) if bare.strip("0") else Decimal(1)


def han_value(raw: str, table: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Return value and step of a number such as ``1億2000万``, ``8,750万``, ``二千五百`` or ``二〇二五``."""
    digits, small, large = table["digits"], table["small"], table["large"]
    if len(raw) > 1 and all(char in digits for char in raw):
        text = "".join(str(digits[char]) for char in raw)
        return Decimal(text), _step(text)
    total = section = Decimal(0)
    current: Decimal | None = None
    step = Decimal(1)
    for token in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|\D", raw):
        if token.isspace():
            continue
        if token[0].isascii():
            current, step = Decimal(token.replace(",", "")), _step(token)
        elif token in digits:
            current, step = (current or Decimal(0)) * 10 + digits[token], Decimal(1)
        elif token in small:
            step = Decimal(small[token]) * (step if current is not None else 1)
            section += (Decimal(1) if current is None else current) * small[token]
            current = None
        elif token in large:
            total += (section + (current or Decimal(0)) or Decimal(1)) * large[token]
            step *= large[token]
            section, current = Decimal(0), None
    return total + section + (current or Decimal(0)), step


def _from_words(match: re.Match[str], en: Mapping[str, Any]) -> Numeral:
    tokens = re.findall(r"[a-z]+", match.group().lower())
    halved = tokens[0] == "half"
    flat = {**en["units"], **en["teens"], **en["tens"], **en["times"]}
    total = group = Decimal(0)
    for index, token in enumerate(tokens):
        if token == "half" and index:
            group += Decimal("0.5")
        elif token in flat:
            group += flat[token]
        elif token in ("hundred", "dozen"):
            group = (group or Decimal(1)) * (100 if token == "hundred" else 12)
        elif token in en["magnitudes"]:
            total += (group or Decimal(1)) * en["magnitudes"][token]
            group = Decimal(0)
    value = Decimal(1) if tokens in (["an"], ["a"]) else total + group
    if halved:
        value = (value or Decimal(1)) / 2
    step = Decimal("0.5") if "half" in tokens else _step(f"{value:f}")
    return Numeral(value, match.start(), match.end(), "words", step)
