"""Whether a source that still answers has stopped saying anything new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from newsdigest.sources.source import Source

SHORTEST_SILENCE = timedelta(hours=48)
GAPS = 3
_DOUBTFUL = timedelta(hours=24)


def gap_hours(times: Sequence[datetime]) -> float | None:
    """Return the usual gap between two items in hours (the median), or None with fewer than three dated items."""
    ordered = sorted(times)
    if len(ordered) < 3:
        return None
    return median((later - earlier).total_seconds() for earlier, later in pairwise(ordered)) / 3600


def newest_of(times: Iterable[datetime], known: datetime | None, now: datetime) -> datetime | None:
    """Return the newest publication seen so far; a date more than a day ahead is doubtful and does not count."""
    credible = [time for time in times if time <= now + _DOUBTFUL]
    return max([*credible, *([known] if known else [])], default=None)


def is_frozen(source: Source, newest: datetime | None, learned_gap: float | None, now: datetime) -> bool:
    """Whether the newest item is older than three usual gaps and than 48 hours.

    The gap is the catalogue's where it states one, else the one learned from the items.
    """
    if newest is None:
        return False
    expected = source.expected
    gap = expected.usual_gap_hours
    if gap is None and expected.items_per_day:
        gap = 24 / expected.items_per_day
    if gap is None:
        gap = learned_gap or 0.0
    return now - newest > max(timedelta(hours=GAPS * gap), SHORTEST_SILENCE)
