"""How long a server says its answer stays fresh: ttl, Cache-Control, Expires."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_LIFE = timedelta(hours=24)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NOTHING = timedelta(0)


def lifetime(headers: Mapping[str, str], now: datetime, ttl_minutes: float | None = None) -> timedelta:
    """Return how long not to ask again, at most 24 h; zero where the server says nothing.

    ``headers`` have lower-case names; ``ttl_minutes`` is the feed's own ttl. max-age stands before Expires (RFC 9111 5.3); Expires counts
    from the server's Date, so that a wrong clock on either side does not matter.
    """
    stated = [_cache_life(headers, now)]
    if ttl_minutes is not None and 0 < ttl_minutes < 10**7:
        stated.append(timedelta(minutes=ttl_minutes))
    return max(_NOTHING, min(max(stated), LONGEST_LIFE))


def _cache_life(headers: Mapping[str, str], now: datetime) -> timedelta:
    control = headers.get("cache-control", "")
    if re.search(r"no-store|no-cache", control, re.IGNORECASE):
        return _NOTHING
    found = _MAX_AGE.search(control)
    if found is not None:
        return min(timedelta(seconds=int(found.group(1))) - _age(headers), LONGEST_LIFE)
    expires = _date(headers.get("expires"))
    if expires is None:
        return _NOTHING
    return min(expires - (_date(headers.get("date")) or now), LONGEST_LIFE)


def _age(headers: Mapping[str, str]) -> timedelta:
    age = headers.get("age", "").strip()
    return timedelta(seconds=int(age)) if age.isascii() and age.isdigit() and len(age) < 10 else _NOTHING


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        stated = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return stated if stated.tzinfo is not None else None
