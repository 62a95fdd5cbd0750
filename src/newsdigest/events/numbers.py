"""Numbers of a text in one form for all three languages: 8750万, 87.5 million and 8,750万 are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "mn": 1e6, "bn": 1e9,
    "千": 1e3, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
}  # fmt: skip
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])({_PLAIN})\s?(thousand|million|billion|trillion|mn|bn|m(?![a-z])|[千万萬億亿兆])?", re.I
)
_FOLLOWED = re.compile(rf"({_PLAIN})([万萬億亿兆])?")
_SPELLED = {
    w: n
    for n, w in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        1,
    )
}
_SPELLED_WORD = re.compile(rf"\b({'|'.join(_SPELLED)})\b", re.I)
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "两": 2, "兩": 2}
_KANJI_NUMBER = re.compile(
    r"([一二三四五六七八九两兩]?十[一二三四五六七八九]?|[一二三四五六七八九两兩])(?=[人名个個年回次度位日月歳岁艘台件])"
)


def numbers_in(text: str, language: str) -> Iterator[str]:
    """Yield each number as a decimal string without separators; ``text`` is NFKC."""
    for match in _NUMBER.finditer(text):
        value = float(match.group(1).replace(",", "")) * _SCALES.get((match.group(2) or "").lower(), 1.0)
        rest = match.end()
        # 3億5000万 is one number.
        while match.group(2) and match.group(2) in "万萬億亿兆千" and (more := _FOLLOWED.match(text, rest)):
            value += float(more.group(1).replace(",", "")) * _SCALES.get(more.group(2) or "", 1.0)
            rest = more.end()
        yield f"{value:.6g}" if value < 1e5 else f"{value:.4g}"
    if language == "en":
        yield from (str(_SPELLED[m.group(1).lower()]) for m in _SPELLED_WORD.finditer(text))
    else:
        yield from (str(_kanji(m.group(1))) for m in _KANJI_NUMBER.finditer(text))


def _kanji(digits: str) -> int:
    if "十" not in digits:
        return _KANJI[digits]
    tens, _, ones = digits.partition("十")
    return (_KANJI[tens] if tens else 1) * 10 + (_KANJI[ones] if ones else 0)
