"""Names across scripts by their consonants: ベッセント and Bessent both are ``bsnt``.

A skeleton is a likeness, no proof of identity: events use it as one feature among many, no name is ever printed from it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsdigest.language.transliteration import heard

_KANA = {
    **dict.fromkeys("カキクケコヵヶ", "k"),
    **dict.fromkeys("ガギグゲゴ", "g"),
    **dict.fromkeys("サシスセソ", "s"),
    **dict.fromkeys("ザジズゼゾ", "s"),
    **dict.fromkeys("タチツテト", "t"),
    **dict.fromkeys("ダヂヅデド", "d"),
    **dict.fromkeys("ナニヌネノン", "n"),
    **dict.fromkeys("ハヒヘホ", "h"),
    "フ": "f",
    **dict.fromkeys("バビブベボヴ", "b"),
    **dict.fromkeys("パピプペポ", "p"),
    **dict.fromkeys("マミムメモ", "m"),
    **dict.fromkeys("ラリルレロ", "r"),
}
_DIGRAPHS = (
    (re.compile(r"sch|sh|ch|tch|ci(?=[ao])"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th(?=[aeiou])"), "s"),
    (re.compile(r"th"), "s"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"v"), "b"),
    (re.compile(r"[zj]"), "s"),
    (re.compile(r"l"), "r"),
    (re.compile(r"g(?=[ei])"), "s"),
    (re.compile(r"gh"), "g"),
)
_DROPPED_R = re.compile(r"(?<=[aeo])r(?=[^aeiouy]|$)")
_SOUND_SHIFTS = (("チ", "s"), ("ツ", "s"), ("シ", "s"), ("ヂ", "s"), ("ヅ", "s"), ("ジ", "s"))


@lru_cache(maxsize=50_000)
def skeleton_of_katakana(word: str) -> str:
    """Return the consonants of a katakana word, repeats collapsed."""
    for sign, sound in _SOUND_SHIFTS:
        word = word.replace(sign, sound)
    return _collapsed("".join(_KANA.get(sign, sign if sign == "s" else "") for sign in word).replace("m", "n"))


@lru_cache(maxsize=50_000)
def skeletons_of_latin(word: str) -> tuple[str, ...]:
    """Return the consonants of a Latin name as katakana would keep them, repeats collapsed; twice where a script may keep an r that
    another drops (Corvina is コルビナ and 科尔维纳, Carter is カーター)."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    for pattern, sound in _DIGRAPHS:
        plain = pattern.sub(sound, plain)
    return tuple(dict.fromkeys((_bones(_DROPPED_R.sub("", plain)), _bones(plain))))


@lru_cache(maxsize=50_000)
def skeleton_of_hanzi(name: str) -> str:
    """Return the consonants of a foreign name's transcription in (simplified) hanzi, as a Latin spelling would have them."""
    # What is written with w is a v as often as a w: 维 for vi.
    plain = heard(name).replace("w", "b")
    for pattern, sound in _DIGRAPHS:
        plain = pattern.sub(sound, plain)
    return _bones(plain)


def _bones(plain: str) -> str:
    return _collapsed(re.sub(r"[aeiouyw]", "", plain).replace("m", "n"))


def _collapsed(consonants: str) -> str:
    return re.sub(r"(.)\1+", r"\1", consonants)
