"""Folding text for searching, with a map back to the stored characters. Evidence never cites a folded copy."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

QUOTE_GLYPHS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "＂": '"', "＇": "'"})
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is folded; character ``i`` of it came from ``origin[i]`` (half-open end in ``origin[i + 1]``) of the source."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of a folded span."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


def fold(text: str, han: dict[int, str] | None = None) -> Folded:
    """Fold width and case (NFKC, lower), straighten quotes, drop invisible characters, keep every position.

    ``han`` optionally maps variant Han characters (shinjitai, traditional) to one form, by ordinal.
    Length may change (``㌔`` becomes ``キロ``); ``origin`` has one entry more than ``text``.
    """
    out: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        if char in INVISIBLE:
            continue
        folded = char.lower() if char.isascii() else unicodedata.normalize("NFKC", char).lower()
        folded = folded.translate(QUOTE_GLYPHS)
        if han:
            folded = folded.translate(han)
        for piece in folded:
            out.append(" " if piece.isspace() else piece)
            origin.append(position)
    origin.append(len(text))
    return Folded("".join(out), tuple(origin))
