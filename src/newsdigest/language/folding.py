"""Folding text for searching, with a map back to the stored characters. Evidence never cites a folded copy."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

QUOTE_GLYPHS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "＂": '"', "＇": "'"})
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is folded; character ``i`` of it came from ``origin[i]`` (half-open end in ``origin[i + 1]``) of the source."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of a folded span."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


class _Folds(dict[str, str]):
    """What each character folds to, worked out once: texts repeat few characters, and NFKC a character is slow."""

    def __missing__(self, char: str) -> str:
        if char in INVISIBLE:
            folded = ""
        else:
            folded = char.lower() if char.isascii() else unicodedata.normalize("NFKC", char).lower()
            folded = "".join(" " if piece.isspace() else piece for piece in folded.translate(QUOTE_GLYPHS))
        self[char] = folded
        return folded


_FOLDS = _Folds()
_KEPT = 2000
"""The length up to which a text's fold is kept: a sentence's."""


def fold(text: str, han: dict[int, str] | None = None) -> Folded:
    """Fold width and case (NFKC, lower), straighten quotes, drop invisible characters, keep every position.

    ``han`` optionally maps variant Han characters (shinjitai, traditional) to one form, by ordinal.
    Length may change (``㌔`` becomes ``キロ``); ``origin`` has one entry more than ``text``.
    """
    plain = _fold(text) if len(text) <= _KEPT else _fold.__wrapped__(text)
    return Folded(plain.text.translate(han), plain.origin) if han else plain


# A comparison asks for the same sentences many times.
@lru_cache(maxsize=4096)
def _fold(text: str) -> Folded:
    pieces = [_FOLDS[char] for char in text]
    folded = "".join(pieces)
    if len(folded) == len(pieces) and "" not in pieces:
        origin: Sequence[int] = range(len(text) + 1)
    else:
        origin = [position for position, piece in enumerate(pieces) for _ in piece]
        origin.append(len(text))
    return Folded(folded, origin)
