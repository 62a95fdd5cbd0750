"""The hour and the zone that stand beside a date: 09:30:00 +0900, 午後9時半, 10:15 p.m. ET, 21点30分, GMT+8."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdigest.language.calendars import Calendars
from newsdigest.moments import Precision

_COLON = re.compile(r"(?<![\d:+-])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?!\d)")
_COMPACT = re.compile(r"^T(\d{2})(\d{2})(\d{2})?(?!\d)")
_HAN = re.compile(r"(?<!\d)(\d{1,2})\s?[時时点點](?!\s?[間间])\s?(?:(\d{1,2})\s?分|(半))?\s?(?:(\d{1,2})\s?秒)?")
_BARE = re.compile(r"(?<![\d:])(\d{1,2})\s?(?=[ap]\.?\s?m)", re.IGNORECASE)
_OFFSET = re.compile(r"^\s?(?:\(?(?:GMT|UTC|UT|Z)\s?)?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)")
_TAIL = 40


@dataclass(frozen=True, slots=True)
class Clocktime:
    """Seconds after midnight, how precisely stated, and the zone stated with it (offset or IANA name), if any."""

    seconds: float
    precision: Precision
    zone: str = ""
    zone_certain: bool = True


def find_clocktime(text: str, after: int, source_zone: str, calendars: Calendars) -> Clocktime | None:
    """Return the hour that belongs to the date ending at ``after``, or None where only a day is stated."""
    found = _hour(text, after, calendars)
    if found is None:
        zone = _zone(text[after:], source_zone, calendars)
        # "2025-11-25+09:00" and "2025-11-25Z" state a zone without an hour
        return Clocktime(0, "day", *zone) if zone else None
    seconds, precision, end = found
    zone = _zone(text[end:], source_zone, calendars) or _named_zone(text, source_zone, calendars) or ("", True)
    return Clocktime(seconds, precision, *zone)


def _hour(text: str, after: int, calendars: Calendars) -> tuple[float, Precision, int] | None:
    """Seconds, precision and the end of the characters."""
    tail = text[after:]
    compact = _COMPACT.match(tail)
    if compact:
        hour, minute, second = int(compact[1]), int(compact[2]), compact[3]
        precision: Precision = "second" if second else "minute"
        return _checked(hour, minute, float(second or 0), precision, after + compact.end())
    for begin, piece in ((after, tail), (0, text[:after])):
        for pattern in (_COLON, _HAN, _BARE):
            match = pattern.search(piece)
            if match:
                return _from_match(pattern, match, begin, text, calendars)
    return _special(text, calendars)


def _from_match(
    pattern: re.Pattern[str], match: re.Match[str], begin: int, text: str, calendars: Calendars
) -> tuple[float, Precision, int] | None:
    groups = [*match.groups(), None, None, None]
    hour, minute, second = int(match[1]), 0, 0.0
    precision: Precision = "hour"
    if pattern is _COLON:
        minute, precision = int(match[2]), "minute"
        if match[3]:
            second, precision = float(f"{match[3]}.{match[4] or 0}"), "second"
    elif pattern is _HAN and (groups[1] or groups[2]):
        minute, precision = int(groups[1]) if groups[1] else 30, "minute"
        if groups[3]:
            second, precision = float(groups[3]), "second"
    start, end = begin + match.start(), begin + match.end()
    half = _half(text[:start], text[end:], calendars)
    if half == "afternoon" and hour < 12:
        hour += 12
    elif half == "morning" and hour == 12:
        hour = 0
    marker = re.match(r"\s?[ap]\.?\s?m\.?", text[end:], re.IGNORECASE)
    return _checked(hour, minute, second, precision, end + (marker.end() if marker else 0))


def _half(before: str, following: str, calendars: Calendars) -> str:
    """Which half of the day the words next to an hour name."""
    before, following = before.rstrip().lower(), following.lstrip().lower()
    for half, words in (("morning", calendars.morning), ("afternoon", calendars.afternoon)):
        for word in words:
            if word.isascii():
                if re.match(re.escape(word) + r"(?![a-z])", following):
                    return half
            elif before.endswith(word):
                return half
    return ""


def _special(text: str, calendars: Calendars) -> tuple[float, Precision, int] | None:
    lowered = text.lower()
    for words, hour in ((calendars.noon, 12), (calendars.midnight, 0)):
        for word in words:
            position = lowered.find(word)
            if position >= 0:
                return hour * 3600.0, "hour", position + len(word)
    return None


def _checked(
    hour: int, minute: int, second: float, precision: Precision, end: int
) -> tuple[float, Precision, int] | None:
    # 24:00 is the next midnight, 25:30 a broadcaster's night; 60 seconds is a leap second
    if hour > 30 or minute > 59 or second >= 61:
        return None
    return hour * 3600 + minute * 60 + min(second, 59.999999), precision, end


def _zone(tail: str, source_zone: str, calendars: Calendars) -> tuple[str, bool] | None:
    """The zone at the beginning of what follows an hour."""
    offset = _OFFSET.match(tail)
    if offset:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours <= 14 and minutes < 60:
            return f"{offset[1]}{hours:02}:{minutes:02}", True
    word = re.match(r"\s?\(?([A-Za-z]{1,5})\b", tail)
    if word:
        return calendars.zone_of(word[1].upper(), source_zone)
    return None


def _named_zone(text: str, source_zone: str, calendars: Calendars) -> tuple[str, bool] | None:
    """A zone's name anywhere in a short string: 日本時間, Beijing time, (GMT+8)."""
    offset = re.search(r"(?:GMT|UTC)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?", text)
    if offset and int(offset[2]) <= 14:
        return f"{offset[1]}{int(offset[2]):02}:{int(offset[3] or 0):02}", True
    for word in re.findall(r"(?<![A-Za-z])[A-Z]{2,5}(?![A-Za-z])", text):
        known = calendars.zone_of(word, source_zone)
        if known:
            return known
    for phrase, zone in calendars.zones.items():
        if len(phrase) >= 4 and not phrase.isupper() and phrase.lower() in text.lower():
            return zone, True
    return None
