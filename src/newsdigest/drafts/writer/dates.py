"""Dates and hours in the house's forms: absolute, with the zone, and the date in Japan where it is another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsdigest.moments import Moment

JAPAN = "Asia/Tokyo"
_COARSE = ("day", "month", "year", "unknown")


def local(moment: Moment, zone: str | None) -> datetime | None:
    """The instant in ``zone``, or in the moment's own zone; None where there is no instant."""
    if moment.instant is None:
        return None
    for name in (zone, moment.zone, "UTC"):
        if not name:
            continue
        if name[0] in "+-":
            return moment.instant.astimezone(datetime.strptime(name.replace(":", ""), "%z").tzinfo)
        try:
            return moment.instant.astimezone(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return moment.instant


def say_date(moment: Moment, zone: str | None, style: Mapping[str, Any]) -> str | None:
    """The date where it was said, with Japan's date where that is another day."""
    here = local(moment, zone)
    if here is None or moment.precision in ("month", "year", "unknown"):
        return None
    forms = style["dates"]
    japan = local(moment, JAPAN)
    if japan is not None and moment.precision not in _COARSE and japan.date() != here.date():
        key = "other_day" if japan.month == here.month else "other_month"
        return str(forms[key].format(**_parts(here, style), **_japan(japan, style)))
    return str(forms["day"].format(**_parts(here, style)))


def say_clock(moment: Moment, style: Mapping[str, Any]) -> str | None:
    """Date and hour in Japan, named as such; the plain date where no hour is known."""
    japan = local(moment, JAPAN)
    if japan is None:
        return None
    if moment.precision in _COARSE:
        return say_date(moment, None, style)
    key = "clock_hour" if japan.minute == 0 else "clock"
    return str(style["dates"][key].format(**_parts(japan, style)))


def _parts(at: datetime, style: Mapping[str, Any]) -> dict[str, str]:
    return {
        "year": str(at.year),
        "month": str(style["months"][at.month - 1]),
        "day": str(at.day),
        "hour": str(at.hour),
        "hour12": str((at.hour - 1) % 12 + 1),
        "half": "a.m." if at.hour < 12 else "p.m.",
        "minute": str(at.minute),
        "minute2": f"{at.minute:02d}",
    }


def _japan(at: datetime, style: Mapping[str, Any]) -> dict[str, str]:
    return {f"jp_{key}": value for key, value in _parts(at, style).items()}
