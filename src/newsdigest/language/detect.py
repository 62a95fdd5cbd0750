"""The language of a text by its script, with the source's language as prior: libraries did worse on short titles."""

from __future__ import annotations

import re
from typing import Literal, cast

Language = Literal["ja", "en", "zh"]

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]+")


def detect_language(text: str, prior: str) -> Language:
    """Return ``ja``, ``en`` or ``zh``; ``prior`` (the source's language) decides where the script does not."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    latin = len(_LATIN.findall(text))
    cjk = kana + han
    if cjk == 0 and latin == 0:
        return _known(prior)
    if cjk < 2 * latin * 0.5 and latin > 3:
        return "en" if prior != "en" or latin else _known(prior)
    if kana >= max(2, 0.05 * cjk):
        return "ja"
    if prior == "ja" and kana == 0 and han >= 40:
        return "zh"
    return "ja" if prior == "ja" else ("zh" if cjk else "en")


def _known(prior: str) -> Language:
    return cast(Language, prior) if prior in ("ja", "en", "zh") else "en"
