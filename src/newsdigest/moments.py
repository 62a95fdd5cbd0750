"""Time as the newsroom needs it: an instant, how precise it is, and where its zone came from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import AwareDatetime

from newsdigest.records import Record

Precision = Literal["second", "minute", "hour", "day", "month", "year", "unknown"]
ZoneOrigin = Literal["stated", "source", "assumed", "unknown"]


class Moment(Record):
    """A point in time as somebody stated it.

    ``instant`` is UTC (the beginning of the stated period where ``precision`` is a day or more, in the
    zone given); ``zone`` is an IANA name or an offset such as ``+09:00``; ``zone_origin`` says whether the text
    stated it, the source's catalogue entry supplied it, or we assumed it; ``raw`` is the string as it stood.
    """

    instant: AwareDatetime | None = None
    precision: Precision = "unknown"
    zone: str | None = None
    zone_origin: ZoneOrigin = "unknown"
    raw: str = ""


def at(instant: datetime, precision: Precision = "second", zone: str = "UTC") -> Moment:
    """Return the moment of a clock reading of our own (zone UTC, stated)."""
    utc = instant.astimezone(UTC)
    return Moment(instant=utc, precision=precision, zone=zone, zone_origin="stated", raw=utc.isoformat())
