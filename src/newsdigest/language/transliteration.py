"""How a name sounds, across scripts: readings of katakana, hanzi and Latin spellings, and how alike two of them are.

A reading is for comparing and is never printed. Latin spellings are folded toward sound (ph, ck, accents), katakana to
romaji without the vowels that only fill a cluster, hanzi to toneless pinyin (pypinyin). Likeness is the mean of the likeness of
the letters and that of the consonants, by rapidfuzz; see notes on thresholds in ``linking``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_ROWS = (
    ("", "アイウエオ"),
    ("k", "カキクケコ"),
    ("g", "ガギグゲゴ"),
    ("s", "サシスセソ"),
    ("z", "ザジズゼゾ"),
    ("t", "タチツテト"),
    ("d", "ダヂヅデド"),
    ("n", "ナニヌネノ"),
    ("h", "ハヒフヘホ"),
    ("b", "バビブベボ"),
    ("p", "パピプペポ"),
    ("m", "マミムメモ"),
    ("r", "ラリルレロ"),
)
_KANA = {kana: onset + vowel for onset, row in _ROWS for kana, vowel in zip(row, "aiueo", strict=True)}
_KANA |= {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "bu", "シ": "shi", "チ": "chi"}
_KANA |= {"ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo"}
_LATIN = (
    (r"[^a-z]", ""),
    (r"eaux?|aux?$|eau", "o"),
    (r"tsch|tch", "ch"),
    (r"sch", "sh"),
    (r"sz|ś|š", "sh"),
    (r"cz", "ch"),
    (r"ph", "f"),
    (r"gh(?=[aeiou])", "g"),
    (r"gh", ""),
    (r"th", "s"),
    (r"wh", "w"),
    (r"ck|cq|qu?", "k"),
    (r"x", "ks"),
    (r"c(?=[eiy])", "s"),
    (r"c(?!h)", "k"),
    (r"dge?", "dg"),
    (r"v", "b"),
    (r"l", "r"),
    (r"ee", "i"),
    (r"oo|ou", "u"),
    (r"(.)\1", r"\1"),
)
_CLASSES = str.maketrans(
    {"g": "k", "q": "k", "z": "s", "j": "s", "c": "s", "v": "b", "p": "b", "l": "r", "d": "t", "f": "h"}
)
# Characters whose sound in transcriptions is not that of today's Mandarin: a homophone of the sound meant.
_HEARD = str.maketrans(
    {
        "加": "嘎",
        "基": "ki",
        "吉": "ki",
        "希": "hi",
        "西": "si",
        "谢": "舍",
        "夏": "沙",
        "伽": "嘎",
        "惠": "wi",
        "弗": "f",
        "夫": "f",
    }
)
_VOWELS = re.compile("[aeiouyw]")


def is_katakana(text: str) -> bool:
    """Whether a name is written in katakana (with middle dots)."""
    return bool(text) and all("\u30a1" <= char <= "\u30ff" or char in "=＝・" for char in text)


def is_han(text: str) -> bool:
    """Whether a name is written in Han characters (with middle dots)."""
    return bool(text) and all("\u3400" <= char <= "\u9fff" or char in "々〇·・" for char in text)


@lru_cache(maxsize=8192)
def romaji(katakana: str) -> str:
    """A katakana spelling's sounds, without the vowels that only fill a cluster of consonants."""
    out: list[str] = []
    for char in unicodedata.normalize("NFKC", katakana):
        if char in _SMALL and out:
            out[-1] = _joined(out[-1], _SMALL[char])
        elif char == "ッ" or char == "ー":
            continue
        else:
            out.append(_KANA.get(char, ""))
    syllables = "".join(piece + "." for piece in out)
    syllables = re.sub(r"(?<=[kgszbpmrfh])u\.(?=[^aeiou])", ".", syllables)
    syllables = re.sub(r"tsu\.", "ts.", syllables)
    syllables = re.sub(r"(?<=[td])o\.(?=[^aeiou])", ".", syllables)
    syllables = re.sub(r"(?<=[kgszbpmrf])u\.$|(?<=[td])o\.$", "", syllables)
    return re.sub(r"(.)\1", r"\1", syllables.replace(".", ""))


def _joined(before: str, small: str) -> str:
    onset = re.sub(r"[aeiou]$", "", before)
    if small.startswith("y") and onset in ("sh", "ch", "j"):
        return onset + small[1:]
    return (onset or "w" if before == "u" else onset) + small


@lru_cache(maxsize=8192)
def latin(spelling: str) -> str:
    """A Latin spelling folded toward its sound."""
    plain = "".join(c for c in unicodedata.normalize("NFD", spelling.lower()) if not unicodedata.combining(c))
    for pattern, sound in _LATIN:
        plain = re.sub(pattern, sound, plain)
    return plain


@lru_cache(maxsize=8192)
def pinyin(hanzi: str) -> str:
    """Hanzi in toneless pinyin, one run of letters; for comparing with pinyin spellings letter by letter."""
    from pypinyin import lazy_pinyin  # its tables take long to load and most events need none

    return "".join(lazy_pinyin(re.sub(r"[·・]", "", hanzi))).replace("ü", "v")


@lru_cache(maxsize=8192)
def heard(hanzi: str) -> str:
    """A foreign name's transcription in hanzi, folded like a Latin spelling (x and q as sh and ch)."""
    plain = pinyin(hanzi.translate(_HEARD))
    for pattern, sound in (
        (r"ao", "o"),
        (r"x", "sh"),
        (r"q", "ch"),
        (r"zh", "j"),
        (r"er$", "r"),
        (r"er(?=[^aeiou])", "r"),
        (r"ng", "n"),
    ):
        plain = re.sub(pattern, sound, plain)
    return latin(plain)


def reading(name: str) -> str:
    """The comparable reading of a name in katakana, hanzi or an alphabet."""
    if is_katakana(name):
        return romaji(re.sub("[・=＝]", "", name))
    return heard(name) if is_han(name) else latin(name)


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> float:
    """How alike two names sound, from 0 to 1, whatever their scripts."""
    return max(
        (_closeness(first, second) for first in _variants(one) for second in _variants(other)),
        default=0.0,
    )


def _variants(name: str) -> tuple[str, ...]:
    """A name's reading, and that without the r that katakana and hanzi leave out; a Latin v also as w (瓦, 沃)."""
    plain = reading(name)
    found = [plain]
    if not is_katakana(name):
        found.append(re.sub(r"r(?=[^aeiouy]|$)", "", plain))
    if not is_katakana(name) and not is_han(name):
        # A v is w in 瓦 and 沃, f at the end (彼得罗夫); a th is t as often as s (タリア).
        found += [latin(re.sub(*change, name.lower())) for change in (("v", "w"), (r"v(?![aeiou])", "f"), ("th", "t"))]
    return tuple(dict.fromkeys(filter(None, found)))


def _closeness(first: str, second: str) -> float:
    letters = Levenshtein.normalized_similarity(first, second)
    bones, others = _skeleton(first), _skeleton(second)
    start = 0.0 if first[0] == second[0] or bones[:1] == others[:1] else 0.1
    return max(0.0, 0.5 * letters + 0.5 * Levenshtein.normalized_similarity(bones, others) - start)


def _skeleton(sounds: str) -> str:
    initial = "a" if sounds[0] in "aeiouyw" else ""
    bones = _VOWELS.sub("", sounds.replace("sh", "s").replace("ch", "t").replace("ts", "s")).translate(_CLASSES)
    bones = re.sub(r"(?<=.)h", "", bones)
    return initial + re.sub(r"(.)\1", r"\1", bones)
