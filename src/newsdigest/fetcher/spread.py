"""Chance without chance: a number that is spread like a random one and the same for the same words."""

from __future__ import annotations

from newsdigest.records import digest


def spread(*words: str) -> float:
    """Return a number in [0, 1) from words."""
    return int(digest("\x1f".join(words))[:13], 16) / 16**13
