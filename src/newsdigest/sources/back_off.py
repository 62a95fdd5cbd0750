"""How long to leave alone what failed, and chance that is the same on every run."""

from __future__ import annotations

from datetime import timedelta

from newsdigest.records import digest

FIRST_BACK_OFF = timedelta(minutes=15)
LONGEST_BACK_OFF = timedelta(hours=24)


def spread(*words: str) -> float:
    """Return a number in [0, 1) from words: spread like a random one, the same for the same words."""
    return int(digest("\x1f".join(words))[:13], 16) / 16**13


def back_off(failures: int, *words: str) -> timedelta:
    """Return the pause after so many failures in a row (1, 2, …): 15 min × 2^(n-1) plus up to half of it, at most 24 h.

    The jitter keeps feeds that fail together from coming back together, at the cap too (there it shortens by up to a tenth).
    """
    chance = spread(*words, str(failures))
    doubled: int = 2 ** min(max(failures, 1) - 1, 20)
    span = FIRST_BACK_OFF * doubled
    return min(span * (1 + 0.5 * chance), LONGEST_BACK_OFF * (1 - 0.1 * chance))
