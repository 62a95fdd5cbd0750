"""Dates as sources write them, with zone, precision and the missing year."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdigest.items.dates import doubtful, read_moment
from newsdigest.moments import Moment
from tests.reading import NOW, packaged_tables


def read(raw: str, zone: str = "UTC", now: datetime = NOW) -> Moment:
    return read_moment(raw, zone=zone, now=now, calendars=packaged_tables().calendars)


@pytest.mark.parametrize(
    ("raw", "zone", "expected"),
    [
        ("2025/11/25 09:30:00", "Asia/Tokyo", "2025-11-25T00:30:00+00:00"),
        ("2025年11月25日 09:30", "Asia/Shanghai", "2025-11-25T01:30:00+00:00"),
        ("2025/1/10 14:33:00", "Asia/Tokyo", "2025-01-10T05:33:00+00:00"),
        ("2016/6/29 15:07:41", "UTC", "2016-06-29T15:07:41+00:00"),
        ("令和7年11月25日", "Asia/Tokyo", "2025-11-24T15:00:00+00:00"),
        ("令和７年１１月２５日", "Asia/Tokyo", "2025-11-24T15:00:00+00:00"),
        ("令和元年５月１日", "Asia/Tokyo", "2019-04-30T15:00:00+00:00"),
        ("平成31年4月30日", "Asia/Tokyo", "2019-04-29T15:00:00+00:00"),
        ("R7.11.25", "Asia/Tokyo", "2025-11-24T15:00:00+00:00"),
        ("民國114年11月25日", "Asia/Taipei", "2025-11-24T16:00:00+00:00"),
        ("二〇二五年十一月二十五日", "Asia/Shanghai", "2025-11-24T16:00:00+00:00"),
        ("11月25日（火）午後9時半", "Asia/Tokyo", "2025-11-25T12:30:00+00:00"),
        ("2025年11月25日（火曜日）18時05分 日本時間", "UTC", "2025-11-25T09:05:00+00:00"),
        ("Tue, 25 Nov 2025 09:30:00 JST", "UTC", "2025-11-25T00:30:00+00:00"),
        ("Tue, 25 Nov 2025 09:30:00 CST", "Asia/Shanghai", "2025-11-25T01:30:00+00:00"),
        ("Tue, 25 Nov 2025 09:30:00 CST", "America/Chicago", "2025-11-25T15:30:00+00:00"),
        ("Tue, 25 Nov 2025 09:30:00 GMT+8", "UTC", "2025-11-25T01:30:00+00:00"),
        ("Tue,25 Nov 2025 09:30:00 +0800", "UTC", "2025-11-25T01:30:00+00:00"),
        ("Mon, 24 Nov 25 10:00 GMT", "UTC", "2025-11-24T10:00:00+00:00"),
        ("Tue Nov 25 09:30:00 JST 2025", "UTC", "2025-11-25T00:30:00+00:00"),
        ("Nov. 24, 2025 10:15 p.m.", "America/New_York", "2025-11-25T03:15:00+00:00"),
        ("Nov. 24, 2025 at 10:15 p.m. ET", "UTC", "2025-11-25T03:15:00+00:00"),
        ("25 novembre 2025", "Europe/Rome", "2025-11-24T23:00:00+00:00"),
        ("25/11/2025 10:00", "Europe/London", "2025-11-25T10:00:00+00:00"),
        ("11/25/2025 10:00 AM", "America/New_York", "2025-11-25T15:00:00+00:00"),
        ("1764030600", "Asia/Tokyo", "2025-11-25T00:30:00+00:00"),
        ("1764030600000", "Asia/Tokyo", "2025-11-25T00:30:00+00:00"),
        ("2025-11-25 09:30:00", "Asia/Tokyo", "2025-11-25T00:30:00+00:00"),
        ("2025-11-25T24:00:00Z", "UTC", "2025-11-26T00:00:00+00:00"),
        ("20251125T093000Z", "UTC", "2025-11-25T09:30:00+00:00"),
        ("2003-335", "UTC", "2003-12-01T00:00:00+00:00"),
    ],
)
def test_reads_what_the_string_states(raw: str, zone: str, expected: str) -> None:
    moment = read(raw, zone)
    assert moment.instant == datetime.fromisoformat(expected)
    assert moment.raw == raw


@pytest.mark.parametrize("raw", ["", "昨天", "Thu, 32 Foo 2025", "2025-13-40", "just now", "第3回"])
def test_what_is_no_date_has_no_instant(raw: str) -> None:
    assert read(raw).instant is None


@pytest.mark.parametrize(
    ("now", "raw", "year"),
    [
        ("2026-01-02T03:00:00+00:00", "12月28日", 2025),
        ("2026-01-02T03:00:00+00:00", "1月2日", 2026),
        ("2025-12-31T20:00:00+00:00", "1月1日付", 2026),
        ("2025-11-26T03:00:00+00:00", "９月３０日付", 2025),
        ("2025-11-26T03:00:00+00:00", "12月1日", 2024),
        ("2026-01-02T03:00:00+00:00", "December 30", 2025),
    ],
)
def test_a_missing_year_is_the_newest_that_is_not_ahead(now: str, raw: str, year: int) -> None:
    moment = read(raw, "Asia/Tokyo", datetime.fromisoformat(now))
    assert moment.instant is not None
    local = datetime.fromtimestamp(moment.instant.timestamp() + 9 * 3600, UTC)
    assert local.year == year


@pytest.mark.parametrize(
    ("raw", "precision", "origin"),
    [
        ("2025-11-25T09:30:00+09:00", "second", "stated"),
        ("2025-11-25 09:30", "minute", "source"),
        ("2025年11月25日", "day", "source"),
        ("2025-11", "month", "source"),
        ("2025", "year", "source"),
        ("午後9時 11月25日", "hour", "source"),
    ],
)
def test_says_how_precise_and_whose_zone(raw: str, precision: str, origin: str) -> None:
    moment = read(raw, "Asia/Tokyo")
    assert (moment.precision, moment.zone_origin) == (precision, origin)


def test_an_ambiguous_zone_word_is_assumed_where_the_source_does_not_decide_it() -> None:
    assert read("Tue, 25 Nov 2025 09:30:00 CST", "UTC").zone_origin == "assumed"
    assert read("Tue, 25 Nov 2025 09:30:00 CST", "Asia/Shanghai").zone_origin == "stated"


def test_a_date_more_than_a_day_ahead_is_doubtful_and_kept() -> None:
    ahead = read("2025-11-28T00:00:00Z")
    assert ahead.instant is not None
    assert doubtful(ahead, NOW)
    assert not doubtful(read("2025-11-26T20:00:00Z"), NOW)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_no_string_breaks_it(raw: str) -> None:
    moment = read(raw, "Asia/Tokyo")
    assert moment.instant is None or moment.instant.tzinfo is not None


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2099, 12, 31)),
    st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]),
)
def test_iso_instants_come_back(when: datetime, zone: str) -> None:
    stamp = when.replace(microsecond=0, tzinfo=UTC)
    assert read(stamp.isoformat(), zone).instant == stamp
