"""The language of a text by script and codec, with the source's language as prior: libraries did worse on short titles.

Kana is Japanese. Han alone is told by the character sets that hold all of it: a form simplified in China is in no Japanese set,
one simplified in Japan in no Chinese set (JIS X 0208, GB 2312, Big5). What fits both is the source's language.
"""

from __future__ import annotations

import re
from typing import Literal, cast

Language = Literal["ja", "en", "zh"]

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# A Latin word says about as much as two CJK characters.
_WORD_WEIGHT = 2
_ENOUGH_KANA = 0.08


def detect_language(text: str, prior: str) -> Language:
    """Return ``ja``, ``en`` or ``zh``; ``prior`` (the source's language) decides where the script does not."""
    kana = len(_KANA.findall(text))
    han = _HAN.findall(text)
    words = len(_LATIN.findall(text))
    if not kana and not han:
        return "en" if words and (prior == "en" or words > 1) else _known(prior)
    if words * _WORD_WEIGHT > kana + len(han) and (words > 3 or prior == "en"):
        return "en"
    if kana >= max(1, _ENOUGH_KANA * (kana + len(han))):
        return "ja"
    return _by_codec("".join(han), prior)


def _by_codec(han: str, prior: str) -> Language:
    japanese = _held(han, "shift_jis")
    chinese = max(_held(han, "gb2312"), _held(han, "big5"))
    if japanese != chinese:
        return "ja" if japanese > chinese else "zh"
    return "ja" if prior == "ja" else "zh"


def _held(han: str, codec: str) -> int:
    """How many of the characters the codec's set holds."""
    return len(han.encode(codec, "ignore")) // 2


def _known(prior: str) -> Language:
    return cast(Language, prior) if prior in ("ja", "en", "zh") else "en"
