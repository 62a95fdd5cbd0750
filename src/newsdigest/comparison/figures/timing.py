"""When a figure held: the text's own words, else the moment of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsdigest.comparison.figures.dates import Calendar
from newsdigest.comparison.figures.measures import Measure, dates_of
from newsdigest.comparison.figures.vocabulary import Vocabulary
from newsdigest.comparison.packet import Member
from newsdigest.moments import Moment


def as_of(measure: Measure, sentence: str, member: Member, words: Vocabulary) -> Moment:
    """Return the moment that the sentence states for its figures ("as of 6 p.m. Nov. 26", 26日午後6時現在), else the publication's."""
    marks = words.table["as_of"]
    stated = [d for d in dates_of(sentence, words) if d.kind in ("date", "time")]
    marked = [d for d in stated if _marked(d, stated, sentence, marks["before"], marks["after"])]
    if not marked:
        return member.version.published
    day = next((d for d in stated if d.kind == "date" and d.day), None)
    clock = next((d for d in marked if d.kind == "time"), None) or next((d for d in stated if d.kind == "time"), None)
    return _moment(day, clock, sentence, member)


def _marked(entry: Calendar, stated: list[Calendar], sentence: str, before: list[str], after: list[str]) -> bool:
    """Whether a word of dating stands at a date or time, or at the one that it touches."""
    begin = min((d.start for d in stated if 0 <= entry.start - d.end <= 2), default=entry.start)
    end = max((d.end for d in stated if 0 <= d.start - entry.end <= 6), default=entry.end)
    ahead, behind = sentence[:begin].rstrip().lower(), sentence[end:].lstrip()
    return any(ahead.endswith(word) for word in before) or any(behind.startswith(word) for word in after)


def _moment(day: Calendar | None, clock: Calendar | None, sentence: str, member: Member) -> Moment:
    published = local_day(member)
    on = full_date(day, published) if day else published
    if on is None:
        return member.version.published
    zone = zone_of(member)
    at = (
        time((clock.minutes or 0) // 60 % 24, (clock.minutes or 0) % 60)
        if clock and clock.minutes is not None
        else time(0)
    )
    instant = datetime.combine(on, at, tzinfo=zone).astimezone(UTC)
    raw = " ".join(sentence[d.start : d.end] for d in (day, clock) if d)
    return Moment(
        instant=instant, precision="minute" if clock else "day", zone=member.source.zone, zone_origin="source", raw=raw
    )


def zone_of(member: Member) -> ZoneInfo:
    """Return the source's zone, UTC where its name is not known."""
    try:
        return ZoneInfo(member.source.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def resolve(entry: Calendar, member: Member) -> tuple[str, str] | None:
    """Return (digits, precision) of a date: parts not stated are those nearest to the item's publication, in the source's zone."""
    if entry.month is None and entry.day is None:
        return (f"{entry.year:04d}", "year") if entry.year else None
    published = local_day(member)
    if entry.day is None:
        year = entry.year or (published.year if published else None)
        return (f"{year:04d}{entry.month:02d}", "month") if year else None
    found = full_date(entry, published)
    return (found.strftime("%Y%m%d"), "date") if found else None


def local_day(member: Member) -> date | None:
    """Return the day of publication in the source's zone."""
    instant = member.version.published.instant
    if instant is None:
        return None
    return instant.astimezone(zone_of(member)).date()


def full_date(entry: Calendar, published: date | None) -> date | None:
    """Return the day that a date means: year and month not stated are those nearest to publication."""
    assert entry.day is not None
    try:
        if entry.year and entry.month:
            return date(entry.year, entry.month, entry.day)
        if published is None:
            return None
        if entry.month:
            around = [date(published.year + shift, entry.month, entry.day) for shift in (-1, 0, 1)]
            return min(around, key=lambda day: abs((day - published).days))
    except ValueError:
        return None
    latest = published + timedelta(days=1)
    return next((day for day in (latest - timedelta(days=n) for n in range(40)) if day.day == entry.day), None)
