"""When a source is polled and what a poll changes, on a clock we move."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.errors import FetchError, Gone, NewsdigestError, ReadError, Refused
from newsdigest.ports import SourceState, Validators
from newsdigest.sources.back_off import back_off
from newsdigest.sources.freshness import lifetime
from newsdigest.sources.host_waits import host_waits
from newsdigest.sources.schedule import (
    Answer,
    Verdict,
    after_answer,
    after_failure,
    condition_at,
    is_due,
    is_same_body,
    may_be_conditional,
    poll_address,
)
from newsdigest.sources.source import Source, Yield

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
FEED = "https://alba.example/feed"
NEW_HOME = "https://news.alba.example/feed"
HOUR = timedelta(hours=1)


def source(**changes: Any) -> Source:
    entry = {"id": "alba", "name": {"en": "Alba"}, "kind": "wire", "language": "en", "address": FEED}
    return Source(**{**entry, **changes})


def answer(status: int = 200, **changes: Any) -> Answer:
    given: dict[str, Any] = {"headers": {"etag": '"1"'}, "body_sha256": "a", "item_times": [NOW], "new_items": 1}
    return Answer(status, changes.pop("address", FEED), changes.pop("final_address", FEED), **{**given, **changes})


def put(state: SourceState, verdict: Verdict, now: datetime) -> SourceState:
    return replace(
        state,
        validators=Validators(verdict.etag, verdict.last_modified),
        body_sha256=verdict.body_sha256,
        last_polled=now,
        next_due=verdict.next_due,
        failures=verdict.failures,
        condition=verdict.condition,
        error=verdict.error,
        newest_item=verdict.newest_item,
        memory=verdict.memory,
    )


def polled(state: SourceState, of: Source, given: Answer, now: datetime) -> SourceState:
    return put(state, after_answer(state, of, given, now), now)


def failed(state: SourceState, of: Source, error: NewsdigestError, now: datetime) -> SourceState:
    return put(state, after_failure(state, of, error, now), now)


def status_error(status: int, **more: Any) -> FetchError:
    kind = {403: Refused, 401: Refused, 410: Gone}.get(status, FetchError)
    return kind(f"{FEED} answers {status}.", about=FEED, status=status, **more)


def test_a_new_source_is_due_and_a_disabled_one_never() -> None:
    assert is_due(SourceState("alba"), source(), NOW)
    assert not is_due(SourceState("alba"), source(enabled=False), NOW)


def test_it_is_due_after_its_interval_and_not_before() -> None:
    state = polled(SourceState("alba"), source(interval_minutes=30), answer(), NOW)
    assert state.next_due is not None
    assert timedelta(minutes=30) <= state.next_due - NOW <= timedelta(minutes=36)
    assert not is_due(state, source(), state.next_due - timedelta(seconds=1))
    assert is_due(state, source(), state.next_due)
    # The state alone decides: a restart makes no burst.
    assert not is_due(SourceState("alba", last_polled=state.last_polled, next_due=state.next_due), source(), NOW)


def test_a_clock_that_was_wrong_neither_bursts_nor_silences_for_ever() -> None:
    state = polled(SourceState("alba"), source(), answer(), NOW + HOUR)
    assert not is_due(state, source(), NOW)
    ahead = polled(SourceState("alba"), source(), answer(), NOW + timedelta(days=900))
    assert is_due(ahead, source(), NOW)


@pytest.mark.parametrize(
    ("interval", "headers", "ttl", "least", "most"),
    [
        (1, {"etag": "x"}, None, 15, 18),
        (1, {"last-modified": "x"}, None, 15, 18),
        (15, {}, None, 60, 72),
        (15, {"etag": "x"}, 120, 120, 144),
        (15, {"etag": "x", "cache-control": "public, max-age=7200"}, 10, 120, 144),
        (15, {"etag": "x", "cache-control": "max-age=99999999"}, None, 1440, 1728),
        (15, {"etag": "x", "cache-control": "no-cache, max-age=7200"}, None, 15, 18),
        (15, {"etag": "x", "expires": "0"}, None, 15, 18),
        (15, {"etag": "x"}, 10**9, 15, 18),
        (15, {"etag": "x"}, -5, 15, 18),
        (300, {"etag": "x", "cache-control": "max-age=60"}, 5, 300, 360),
    ],
)
def test_the_interval_heeds_what_the_server_says(
    interval: int, headers: dict[str, str], ttl: float | None, least: int, most: int
) -> None:
    verdict = after_answer(
        SourceState("alba"), source(interval_minutes=interval), answer(headers=headers, ttl_minutes=ttl), NOW
    )
    assert verdict.next_due is not None
    assert timedelta(minutes=least) <= verdict.next_due - NOW <= timedelta(minutes=most)


def test_expires_counts_from_the_servers_own_clock() -> None:
    theirs = NOW + timedelta(hours=1)
    headers = {"expires": format_datetime(theirs + 2 * HOUR, usegmt=True), "date": format_datetime(theirs, usegmt=True)}
    assert lifetime(headers, NOW) == 2 * HOUR
    assert lifetime({"expires": format_datetime(NOW - HOUR, usegmt=True)}, NOW) == timedelta(0)
    assert lifetime({"expires": format_datetime(NOW + 90 * HOUR, usegmt=True)}, NOW) == timedelta(hours=24)


def test_a_thousand_feeds_do_not_come_back_at_one_instant() -> None:
    due = [
        after_answer(SourceState(name), source(id=name), answer(), NOW).next_due
        for name in (f"s{n}" for n in range(1000))
    ]
    offsets = [(instant - NOW - HOUR).total_seconds() for instant in due if instant is not None]
    assert len(offsets) == 1000
    assert min(offsets) >= 0
    assert max(offsets) - min(offsets) >= 0.1 * 3600
    assert max(Counter(int(offset) for offset in offsets).values()) <= 50
    buckets = Counter(int(offset / 72) for offset in offsets)
    assert all(60 <= buckets[n] <= 140 for n in range(10))


def test_back_off_doubles_with_jitter_up_to_a_day() -> None:
    pauses = [back_off(n, "alba") for n in range(1, 13)]
    assert timedelta(minutes=15) <= pauses[0] <= timedelta(minutes=22.5)
    assert all(15 * 2**n <= pause.total_seconds() / 60 <= 22.5 * 2**n for n, pause in enumerate(pauses[:6]))
    assert max(pauses) <= timedelta(hours=24)
    for failures in (1, 20):
        assert len({back_off(failures, f"s{n}") for n in range(100)}) > 90


def test_failures_wait_longer_and_longer_and_a_good_answer_ends_it() -> None:
    state = polled(SourceState("alba"), source(), answer(), NOW)
    now, gaps = NOW, []
    for _ in range(8):
        state = failed(state, source(), status_error(500), now)
        assert state.condition == "broken"
        assert state.error is not None
        assert state.next_due is not None
        gaps.append(state.next_due - now)
        now = state.next_due
    assert all(later > earlier for earlier, later in pairwise(gaps[:7]))
    assert gaps[0] >= timedelta(minutes=15)
    assert state.body_sha256 == "a"
    assert state.validators.etag == '"1"'
    state = polled(state, source(), answer(item_times=[now]), now)
    assert (state.failures, state.condition, state.error) == (0, "fine", None)
    state = failed(state, source(), status_error(500), now)
    assert state.next_due is not None
    assert state.next_due - now < timedelta(minutes=23)


def test_4xx_and_5xx_are_counted_apart() -> None:
    state = polled(SourceState("alba"), source(), answer(), NOW)
    for _ in range(6):
        state = failed(state, source(), status_error(404), NOW)
    state = failed(state, source(), status_error(502), NOW)
    assert state.next_due is not None
    assert state.next_due - NOW < timedelta(minutes=23)


def test_a_promised_wait_is_kept_and_is_no_failure_where_nobody_asked() -> None:
    state = polled(SourceState("alba"), source(), answer(), NOW)
    until = NOW + 5 * HOUR
    told = failed(state, source(), status_error(429, retry_at=until), NOW)
    assert told.next_due is not None
    assert told.next_due >= until
    assert told.failures == 1
    left_alone = failed(state, source(), FetchError("left alone", about=FEED, retry_at=until), NOW)
    assert left_alone.next_due is not None
    assert left_alone.next_due >= until
    assert (left_alone.failures, left_alone.condition) == (0, "fine")


def test_after_a_restart_the_wait_of_one_source_holds_for_its_host() -> None:
    until = NOW + 5 * HOUR
    told = failed(SourceState("alba"), source(), status_error(429, retry_at=until), NOW)
    other = source(id="other", address="https://alba.example/other")
    pairs = [(source(), told), (other, SourceState("other"))]
    assert host_waits(pairs, NOW) == {
        "alba.example": {"not_before": until.isoformat(), "reason": "it asked us to wait"}
    }
    assert host_waits(pairs, until) == {}
    assert host_waits([(source(), polled(told, source(), answer(), until))], NOW) == {}


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_is_shown_and_asked_again_daily(status: int) -> None:
    state = SourceState("alba")
    for _ in range(3):
        state = failed(state, source(), status_error(status), NOW)
        assert state.condition == "blocked"
        assert state.next_due is not None
        assert timedelta(hours=24) <= state.next_due - NOW <= timedelta(hours=29)


def test_410_ends_the_polling_until_an_editor_changes_the_address() -> None:
    state = failed(polled(SourceState("alba"), source(), answer(), NOW), source(), status_error(410), NOW)
    assert state.condition == "gone"
    assert not is_due(state, source(), NOW + timedelta(days=400))
    assert is_due(state, source(address=NEW_HOME), NOW)


def test_404_ends_it_after_a_week_without_a_break() -> None:
    state, now = SourceState("alba"), NOW
    for day in range(8):
        state = failed(state, source(), status_error(404), now)
        assert state.condition == ("broken" if day < 7 else "gone")
        now += timedelta(days=1)
    state, now = SourceState("alba"), NOW
    for day in range(14):
        state = failed(state, source(), status_error(500 if day == 5 else 404), now)
        now += timedelta(days=1) if day < 10 else timedelta(hours=1)
    assert state.condition == "broken"


def test_what_could_not_be_read_is_broken_and_read_again() -> None:
    state = polled(SourceState("alba"), source(), answer(), NOW)
    assert is_same_body(state, "a")
    assert not is_same_body(state, "b")
    broken = failed(state, source(), ReadError("no items: layout changed"), NOW)
    assert broken.condition == "broken"
    assert not is_same_body(broken, "a")


def test_one_full_fetch_a_day_survives_a_lying_304() -> None:
    of, now = source(), NOW
    state = polled(SourceState("alba"), of, answer(), now)
    full = 0
    for _ in range(72):
        now += HOUR
        conditional = may_be_conditional(state, of, now)
        full += not conditional
        state = polled(state, of, answer(304 if conditional else 200), now)
    assert 2 <= full <= 3
    assert not may_be_conditional(SourceState("alba"), of, now)


def test_validators_belong_to_the_address() -> None:
    state = polled(SourceState("alba"), source(), answer(), NOW)
    assert may_be_conditional(state, source(), NOW + HOUR)
    assert not may_be_conditional(state, source(address=NEW_HOME), NOW + HOUR)


def test_304_keeps_validators_or_takes_new_ones_and_200_replaces_them() -> None:
    state = polled(SourceState("alba"), source(), answer(headers={"etag": "A", "last-modified": "B"}), NOW)
    kept = after_answer(state, source(), answer(304, headers={}), NOW)
    assert (kept.etag, kept.last_modified, kept.body_sha256) == ("A", "B", "a")
    assert after_answer(state, source(), answer(304, headers={"last-modified": "C"}), NOW).last_modified == "C"
    replaced = after_answer(state, source(), answer(headers={"etag": "D"}), NOW)
    assert (replaced.etag, replaced.last_modified) == ("D", None)


def test_a_move_is_believed_after_three_sightings_over_two_days() -> None:
    of, state = source(), SourceState("alba")
    moved = answer(final_address=NEW_HOME, permanent=True)
    for hours in (0, 1, 2, 47):
        state = polled(state, of, moved, NOW + hours * HOUR)
        assert poll_address(state, of) == FEED
    state = polled(state, of, moved, NOW + 48 * HOUR)
    assert state.condition == "moved"
    assert poll_address(state, of) == NEW_HOME
    assert state.memory["move"]["from"] == FEED
    there = answer(address=NEW_HOME, final_address=NEW_HOME, item_times=[NOW + 48 * HOUR])
    state = polled(state, of, there, NOW + 49 * HOUR)
    assert (state.condition, poll_address(state, of)) == ("moved", NEW_HOME)
    assert poll_address(state, source(address="https://other.example/")) == "https://other.example/"
    back = failed(state, of, status_error(404), NOW + 50 * HOUR)
    assert poll_address(back, of) == FEED
    assert back.condition == "broken"
    stumbled = failed(state, of, status_error(503), NOW + 50 * HOUR)
    assert poll_address(stumbled, of) == NEW_HOME


def test_two_sightings_are_too_few_however_far_apart() -> None:
    of, state = source(), SourceState("alba")
    for days in (0, 30):
        state = polled(state, of, answer(final_address=NEW_HOME, permanent=True), NOW + timedelta(days=days))
    assert poll_address(state, of) == FEED


@pytest.mark.parametrize(
    "between",
    [
        answer(final_address=NEW_HOME, permanent=False),
        answer(final_address=FEED),
        answer(final_address="https://third.example/", permanent=True),
    ],
)
def test_a_move_that_wavers_is_not_believed(between: Answer) -> None:
    of, state = source(), SourceState("alba")
    moved = answer(final_address=NEW_HOME, permanent=True)
    for hours, one in ((0, moved), (24, moved), (30, between), (49, moved), (60, moved)):
        state = polled(state, of, one, NOW + hours * HOUR)
    assert poll_address(state, of) == FEED


def test_a_source_that_answers_but_says_nothing_new_is_frozen() -> None:
    weekly = [NOW - timedelta(days=10 + 7 * n) for n in range(7)]
    state = polled(SourceState("alba"), source(), answer(item_times=weekly), NOW)
    assert state.condition == "fine"
    busy = [NOW - timedelta(days=60, hours=n) for n in range(7)]
    assert polled(SourceState("alba"), source(), answer(item_times=busy), NOW).condition == "frozen"
    assert (
        polled(SourceState("alba"), source(expected=Yield(items_per_day=24)), answer(item_times=weekly), NOW).condition
        == "frozen"
    )


@pytest.mark.parametrize(
    ("gap", "hours", "condition"), [(1, 47, "fine"), (1, 49, "frozen"), (24, 71, "fine"), (24, 73, "frozen")]
)
def test_silence_is_measured_in_usual_gaps(gap: float, hours: float, condition: str) -> None:
    of = source(expected=Yield(usual_gap_hours=gap))
    state = polled(SourceState("alba"), of, answer(item_times=[NOW]), NOW)
    assert condition_at(state, of, NOW + hours * HOUR) == condition
    assert polled(state, of, answer(304), NOW + hours * HOUR).condition == condition


def test_without_dates_the_first_sight_of_something_new_counts() -> None:
    state = polled(SourceState("alba"), source(), answer(item_times=[], new_items=299), NOW)
    assert state.condition == "fine"
    state = polled(state, source(), answer(item_times=[], new_items=0), NOW + 49 * HOUR)
    assert state.condition == "frozen"
    state = polled(state, source(), answer(item_times=[], new_items=1), NOW + 50 * HOUR)
    assert state.condition == "fine"


def test_a_date_far_ahead_does_not_hide_a_frozen_source() -> None:
    times = [NOW - timedelta(days=9), NOW - timedelta(days=9, hours=1), NOW + timedelta(days=300)]
    state = polled(SourceState("alba"), source(expected=Yield(usual_gap_hours=1)), answer(item_times=times), NOW)
    assert state.newest_item == NOW - timedelta(days=9)
    assert state.condition == "frozen"


@given(st.lists(st.sampled_from([200, 304, 403, 404, 429, 500, 0]), max_size=30), st.integers(1, 2000))
def test_no_course_of_answers_polls_more_than_every_15_minutes(statuses: list[int], interval: int) -> None:
    of, state, now = source(interval_minutes=interval), SourceState("alba"), NOW
    for status in statuses:
        if status in (200, 304):
            state = polled(state, of, answer(status, item_times=[now]), now)
        else:
            error = status_error(status) if status else ReadError("unreadable")
            state = failed(state, of, error, now)
        if state.condition == "gone":
            return
        assert state.next_due is not None
        assert timedelta(minutes=15) <= state.next_due - now <= timedelta(hours=max(29, interval / 60 * 1.2))
        now = state.next_due
