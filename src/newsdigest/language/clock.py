"""Instants as people read them, in a zone they know."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def local_short(instant: datetime, zone: ZoneInfo) -> str:
    """Return ``11-25 06:30`` of an instant (aware) in a zone."""
    return instant.astimezone(zone).strftime("%m-%d %H:%M")
