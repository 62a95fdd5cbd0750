"""Dates as the world writes them, from the raw string: feedparser's own reading of them is not trusted.

RFC 822, ISO 8601, 2025/11/25, 2025年11月25日 09:30, 令和7年11月25日, R7.11.25, ９月３０日付 (no year), Nov. 24, 2025 10:15 p.m.,
epoch seconds. The raw string is kept; precision and the zone's origin are recorded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsdigest.items.clocktime import Clocktime, find_clocktime
from newsdigest.language.calendars import Calendars, han_number
from newsdigest.moments import Moment, Precision, ZoneOrigin

LONGEST = 200
FUTURE = timedelta(hours=24)
_HAN = "〇零一二三四五六七八九十"

_EPOCH = re.compile(r"(?:\d{10}(?:\.\d+)?|\d{13})$")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?![\d-])")
_ORDINAL = re.compile(r"^(\d{4})-?(\d{3})(?=T|$)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=T|\D|$)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[/.]\s?(\d{1,2})\s?[/.]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\d)")
_CJK = re.compile(
    rf"(?:(?:(?P<era>[^\d\s{_HAN}]{{2}}))?\s?(?P<year>元|\d{{1,4}}|[{_HAN}]{{2,4}})\s?年\s?)?"
    rf"(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}})\s?月\s?(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})\s?[日号號]"
)
_CJK_MONTH = re.compile(rf"(?P<year>\d{{4}}|[{_HAN}]{{4}})\s?年\s?(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}})\s?月")
_ERA_LETTER = re.compile(r"(?<![A-Za-z])([A-Z])\.?\s?(\d{1,2}|元)[./年-]\s?(\d{1,2})[./月-]\s?(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as stated: ``year`` is None where none is given; ``end`` is where its characters end."""

    year: int | None
    month: int | None
    day: int | None
    end: int


def read_moment(raw: str | None, *, zone: str, now: datetime, calendars: Calendars) -> Moment:
    """Return the moment a raw string states; ``instant`` is None where we cannot tell.

    ``zone`` (IANA or offset) is what a time without zone means there; ``now`` (aware) decides a missing year: the newest
    such day that is not more than two days ahead.
    """
    stated = (raw or "").strip()[:LONGEST]
    if not stated:
        return Moment()
    text = " ".join(unicodedata.normalize("NFKC", stated).split())
    if _EPOCH.match(text):
        return _epoch(text, stated)
    found = _find_day(text, zone, calendars)
    if found is None:
        return Moment(raw=stated)
    clock = find_clocktime(text, found.end, zone, calendars)
    return _moment(found, clock, stated, zone, now)


def doubtful(moment: Moment, now: datetime) -> bool:
    """Whether the moment lies more than a day ahead: kept, shown as doubtful, sorted by when we first saw it."""
    return moment.instant is not None and moment.instant > now + FUTURE


def credible(moment: Moment, first_seen: datetime) -> datetime | None:
    """The instant of a moment; None where it is unknown or was doubtful when we first saw it (then ``first_seen`` stands for it)."""
    return None if doubtful(moment, first_seen) else moment.instant


def zone_info(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or of an offset such as ``+09:00``, or None where it is neither."""
    match = re.fullmatch(r"([+-])(\d{2}):(\d{2})", name)
    if match:
        minutes = int(match[2]) * 60 + int(match[3])
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes < 24 * 60 else None
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _epoch(text: str, raw: str) -> Moment:
    seconds = float(text)
    if len(text.split(".")[0]) == 13:
        seconds /= 1000
    instant = datetime.fromtimestamp(seconds, UTC)
    return Moment(instant=instant, precision="second", zone="UTC", zone_origin="stated", raw=raw)


def _find_day(text: str, zone: str, calendars: Calendars) -> _Day | None:
    return (
        _era_letter_day(text, calendars)
        or _iso_day(text)
        or _slash_day(text, zone)
        or _cjk_day(text, calendars)
        or _named_month_day(text, calendars)
        or _coarse_day(text)
    )


def _era_letter_day(text: str, calendars: Calendars) -> _Day | None:
    match = _ERA_LETTER.search(text)
    if not match or match[1] not in calendars.eras:
        return None
    year = calendars.eras[match[1]] + (han_number(match[2]) or 1) - 1
    return _Day(year, int(match[3]), int(match[4]), match.end())


def _iso_day(text: str) -> _Day | None:
    ordinal = _ORDINAL.match(text)
    if ordinal and 1 <= int(ordinal[2]) <= 366:
        day = datetime(int(ordinal[1]) or 1, 1, 1) + timedelta(days=int(ordinal[2]) - 1)  # noqa: DTZ001
        return _Day(day.year, day.month, day.day, ordinal.end())
    match = _ISO.search(text)
    if match:
        return _Day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None, match.end())
    match = _COMPACT.search(text)
    if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
        return _Day(int(match[1]), int(match[2]), int(match[3]), match.end())
    return None


def _slash_day(text: str, zone: str) -> _Day | None:
    match = _YEAR_FIRST.search(text)
    if match:
        return _Day(int(match[1]), int(match[2]), int(match[3]), match.end())
    match = _YEAR_LAST.search(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
    american = zone.startswith(("America/", "US/")) and "." not in match[0]
    month_first = second > 12 or (american and first <= 12)
    month, day = (first, second) if month_first else (second, first)
    return _Day(year, month, day, match.end())


def _cjk_day(text: str, calendars: Calendars) -> _Day | None:
    for match in _CJK.finditer(text):
        month, day = han_number(match["month"]), han_number(match["day"])
        if month and day and month <= 12 and day <= 31:
            return _Day(_cjk_year(match, calendars), month, day, match.end())
    coarse = _CJK_MONTH.search(text)
    if coarse:
        return _Day(han_number(coarse["year"]), han_number(coarse["month"]), None, coarse.end())
    return None


def _cjk_year(match: re.Match[str], calendars: Calendars) -> int | None:
    if match["year"] is None:
        return None
    number = han_number(match["year"])
    if number is None:
        return None
    era = calendars.eras.get(match["era"] or "")
    if era is not None:
        return era + number - 1
    return number if number > 99 else _full_year(str(number))


def _named_month_day(text: str, calendars: Calendars) -> _Day | None:
    for word in _WORD.finditer(text):
        month = calendars.months.get(word[0].lower())
        if month is None:
            continue
        before = re.search(r"(\d{1,2})(?:st|nd|rd|th)?\.?[\s.-]*(?:of\s|de\s)?$", text[: word.start()])
        after = text[word.end() :]
        if before:
            year = re.match(r"[\s.,'’-]*(?:de\s)?(\d{4}|\d{2})(?![\d:])", after)
            end = word.end() + (year.end() if year else 0)
            return _Day(_full_year(year[1]) if year else _trailing_year(after), month, int(before[1]), end)
        day = re.match(r"[\s.-]*(\d{1,2})(?:st|nd|rd|th)?(?![\d:])", after)
        if day:
            year = re.match(r"[\s,'’-]+(\d{4}|\d{2}(?=$|[\s,]))(?!:)", after[day.end() :])
            end = word.end() + day.end() + (year.end() if year else 0)
            return _Day(_full_year(year[1]) if year else _trailing_year(after), month, int(day[1]), end)
        year = re.match(r"[\s.,-]*(\d{4})(?!\d)", after)
        if year:
            return _Day(int(year[1]), month, None, word.end() + year.end())
    return None


def _trailing_year(after: str) -> int | None:
    """The year of ``Tue Nov 25 09:30:00 JST 2025``."""
    match = re.search(r"(?<![\d:+-])((?:19|20)\d{2})$", after)
    return int(match[1]) if match else None


def _coarse_day(text: str) -> _Day | None:
    year = re.fullmatch(r"(\d{4})年?", text)
    return _Day(int(year[1]), None, None, year.end()) if year else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def _moment(day: _Day, clock: Clocktime | None, raw: str, zone: str, now: datetime) -> Moment:
    name, origin = _zone(clock, zone)
    info = zone_info(name) or UTC
    local = _local(day, clock, now.astimezone(info))
    if local is None:
        return Moment(raw=raw)
    try:
        instant = local.replace(tzinfo=info).astimezone(UTC)
    except (OverflowError, ValueError):
        return Moment(raw=raw)
    precision: Precision = clock.precision if clock and day.day else "day"
    if day.day is None:
        precision = "month" if day.month else "year"
    return Moment(instant=instant, precision=precision, zone=name, zone_origin=origin, raw=raw)


def _zone(clock: Clocktime | None, zone: str) -> tuple[str, ZoneOrigin]:
    if clock and clock.zone and zone_info(clock.zone) is not None:
        return clock.zone, "stated" if clock.zone_certain else "assumed"
    if zone_info(zone) is not None:
        return zone, "source"
    return "UTC", "assumed"


def _local(day: _Day, clock: Clocktime | None, now: datetime) -> datetime | None:
    """The stated local time without zone, or None where there is no such day."""
    seconds = clock.seconds if clock and day.day else 0
    years = [day.year] if day.year is not None else [now.year + 1, now.year, now.year - 1]
    today = now.replace(tzinfo=None)
    for year in years:
        try:
            begin = datetime(year, day.month or 1, day.day or 1)  # noqa: DTZ001
            local = begin + timedelta(seconds=seconds)
        except (ValueError, OverflowError):
            continue
        if year < 1900:
            return None
        if day.year is not None or local <= today + timedelta(days=2):
            return local
    return None
