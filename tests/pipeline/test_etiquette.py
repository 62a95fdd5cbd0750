"""Whole polls over loopback: what is asked of a server, how often, and what happens when it lies, moves, refuses or is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from newsdigest.isolation.workers import WorkerReader
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.health import source_health
from newsdigest.pipeline.poll_report import SourceReport
from newsdigest.pipeline.polling import poll_sources
from newsdigest.ports import SourceState
from tests.pipeline.newsroom import START, MovedClock, Newsroom, bureau_of, served, source
from tests.reading import packaged_lexicon

HOST = "town.replay.invalid"
FEED = (HOST, "/feed")
LINE = "The council of Sole has agreed on Monday to rebuild the bridge over the Arn, number {} of its plans."


def feed(*numbers: int, text: str = LINE, day: str = "Mon, 02 Mar 2026 05:00:00 GMT") -> bytes:
    """A feed that carries the whole text of its items, so that no page is asked for."""
    rows = "".join(
        f"<item><guid isPermaLink='false'>town-{n}</guid><title>Plan {n}</title><link>https://{HOST}/{n}</link>"
        f"<pubDate>{day}</pubDate><content:encoded>{text.format(n)}</content:encoded></item>"
        for n in numbers
    )
    top = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Town</title>"
    return f"{top}{rows}</channel></rss>".encode()


def poll(bureau: Bureau, *, force: bool = False) -> SourceReport | None:
    """One round of polling; None where the town's feed was not due."""
    return bureau.wait(poll_sources(bureau, force=force)).sources.get("town")  # type: ignore[no-any-return]


def state(bureau: Bureau) -> SourceState:
    return bureau.store.source_state("town")


def stored(bureau: Bureau) -> int:
    return len(bureau.store.items_between(START - timedelta(days=30), START + timedelta(days=90)))


def asked(room: Newsroom, path: str = "/feed", host: str = HOST) -> int:
    return room.log.count((host, path))


def test_20_polls_carry_the_validators_as_received_and_get_304(tmp_path: Path) -> None:
    room, tag, stamp = Newsroom(), 'W/"a-1 ü;x"', "Sun, 01 Mar 2026 23:59:60 GMT"
    answered: Counter[int] = Counter()

    def answer(headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        same = (
            headers.get("if-none-match") == tag.encode().decode("latin-1") and headers.get("if-modified-since") == stamp
        )
        answered[304 if same else 200] += 1
        more = {"ETag": tag.encode().decode("latin-1"), "Last-Modified": stamp, "Content-Type": "application/rss+xml"}
        return (304 if same else 200), more, b"" if same else feed(1)

    room.live[FEED] = answer
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for _ in range(20):
            poll(bureau, force=True)
            clock.pass_time(minutes=65)
        assert answered == {200: 1, 304: 19}
        elsewhere = source("town", address=f"https://{HOST}/other")
        room.live[(HOST, "/other")] = answer
    with served(room), bureau_of(room, tmp_path, clock, elsewhere) as bureau:
        poll(bureau, force=True)
        assert answered == {200: 2, 304: 19}  # validators belong to an address


def test_a_server_that_sticks_at_304_is_asked_in_full_within_a_day(tmp_path: Path) -> None:
    room = Newsroom()
    current = [feed(1)]

    def answer(headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        known = "if-none-match" in headers
        return (304 if known else 200), {"ETag": '"stuck"'}, b"" if known else current[0]

    room.live[FEED] = answer
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        poll(bureau)
        current[0] = feed(1, 2)
        for _ in range(28):
            clock.pass_time(hours=1)
            poll(bureau)
        assert stored(bureau) == 2
        full = [headers for (_, path), headers in zip(room.log, room.sent, strict=True) if path == "/feed"]
        assert sum("if-none-match" not in headers for headers in full) == 2


def test_the_same_body_with_200_is_not_read_again(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", feed(1), "application/rss+xml")
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        first = poll(bureau)
        clock.pass_time(hours=3)
        second = poll(bureau)
        assert first is not None
        assert second is not None
        assert (first.unchanged, first.entries) == (False, 1)
        assert (second.unchanged, second.entries) == (True, 0)


def test_a_restart_makes_no_burst(tmp_path: Path) -> None:
    room = Newsroom()
    names = [f"town{n}" for n in range(6)]
    for name in names:
        room.serve(name, "/feed", feed(1), "application/rss+xml")
    with served(room):
        clock = MovedClock()
        for _ in range(5):
            with bureau_of(room, tmp_path, clock, *map(source, names)) as bureau:
                bureau.wait(poll_sources(bureau))
            clock.pass_time(minutes=5)
        assert Counter(host for host, path in room.log if path == "/feed") == {
            f"{name}.replay.invalid": 1 for name in names
        }


def test_no_scheduled_poll_comes_within_the_minimum_interval(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", feed(1), "application/rss+xml")
    room.serve("valid", "/feed", feed(1), "application/rss+xml")
    room.headers[("valid.replay.invalid", "/feed")] = {"ETag": '"1"'}
    hasty = [source(name, interval_minutes=15) for name in ("town", "valid")]
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), *hasty) as bureau:
        for _ in range(240):
            bureau.wait(poll_sources(bureau))
            clock.pass_time(minutes=1)
    # four hours: without validators no more than one an hour, with them no more than four
    assert 3 <= asked(room) <= 4
    assert 12 <= asked(room, host="valid.replay.invalid") <= 16


def test_of_a_feed_of_thousands_2000_entries_are_kept(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", feed(*range(2100)), "application/rss+xml")
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("town")) as bureau:
        row = poll(bureau)
        assert row is not None
        assert (row.entries, row.new, row.error) == (2000, 2000, "")


def test_an_xml_bomb_ends_alone(tmp_path: Path) -> None:
    room = Newsroom()
    levels = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 12}'>" for n in range(1, 10))
    bomb = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY l0 'ha'>{levels}]><rss><channel><title>&l9;</title></channel></rss>"
    deep = f"<rss><channel><item><title>x</title><description>{'<div>' * 300_000}</description></item></channel></rss>"
    room.serve("bomb", "/feed", bomb, "application/rss+xml")
    room.serve("deep", "/feed", deep, "application/rss+xml")
    room.serve("town", "/feed", feed(1), "application/rss+xml")
    reader = WorkerReader(packaged_lexicon().tables, seconds=8.0)
    sources = [source(name) for name in ("bomb", "deep", "town")]
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), *sources, reader=reader) as bureau:
        report = bureau.wait(poll_sources(bureau))
        assert (report.sources["town"].new, report.sources["town"].error) == (1, "")
        assert report.sources["bomb"].new == 0
        clock.pass_time(hours=30)
        room.serve("town", "/feed", feed(1, 2), "application/rss+xml")
        row = poll(bureau)
        assert row is not None
        assert row.new == 1


def test_a_move_for_good_is_believed_after_three_sightings_over_two_days(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", "", status=301)
    room.headers[FEED] = {"Location": f"https://{HOST}/new"}
    room.serve("town", "/new", feed(1), "application/rss+xml")
    slow = source("town", expected={"usual_gap_hours": 72})
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), slow) as bureau:
        for _ in range(3):
            poll(bureau, force=True)
            clock.pass_time(hours=20)
        before = asked(room)
        assert (before, state(bureau).condition) == (3, "fine")
        poll(bureau, force=True)
        assert state(bureau).condition == "moved"
        assert state(bureau).memory["move"]["from"] == f"https://{HOST}/feed"
        clock.pass_time(hours=2)
        poll(bureau, force=True)
        assert (asked(room), asked(room, "/new")) == (before + 1, 5)


@pytest.mark.parametrize(
    ("status", "target"), [(302, feed(1)), (307, feed(1)), (301, b"<html><body>Welcome to our new home</body></html>")]
)
def test_a_move_for_now_or_to_what_is_no_feed_is_never_believed(status: int, target: bytes, tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", "", status=status)
    room.headers[FEED] = {"Location": f"https://{HOST}/new"}
    room.serve("town", "/new", target, "application/rss+xml")
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for _ in range(6):
            poll(bureau, force=True)
            clock.pass_time(hours=20)
        assert state(bureau).condition != "moved"
        assert asked(room) == 6


def test_410_ends_the_polling_and_tells_the_editor(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", "", status=410)
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for _ in range(10):
            poll(bureau)
            clock.pass_time(days=3)
        assert asked(room) == 1
        (row,) = source_health(bureau, clock.now())
        assert (row.condition, "gone for good (410)" in row.error) == ("gone", True)


def test_404_ends_the_polling_after_a_week(tmp_path: Path) -> None:
    room = Newsroom()
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for _ in range(20 * 4):
            poll(bureau)
            if clock.now() - START < timedelta(days=6):
                assert state(bureau).condition == "broken"
            clock.pass_time(hours=6)
        assert state(bureau).condition == "gone"
        last = asked(room)
        clock.pass_time(days=9)
        poll(bureau)
        assert asked(room) == last


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (401, {}, b"who are you"),
        (403, {}, b"no"),
        (200, {"cf-mitigated": "challenge"}, b"<html>prove it</html>"),
        (200, {}, b"<html><head><title>Just a moment...</title></head></html>"),
    ],
)
def test_who_refuses_us_is_shown_as_blocked_and_asked_daily_under_our_own_name(
    status: int, headers: Mapping[str, str], body: bytes, tmp_path: Path
) -> None:
    room = Newsroom()
    room.live[FEED] = lambda _: (status, headers, body)
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for _ in range(24 * 6):
            poll(bureau)
            clock.pass_time(hours=1)
        assert state(bureau).condition == "blocked"
        assert 5 <= asked(room) <= 6
        assert len({sent["user-agent"] for sent in room.sent}) == 1
        assert not any({"cookie", "referer"} & set(sent) for sent in room.sent)


def test_a_source_that_says_nothing_new_is_shown_as_frozen_with_its_newest_date(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", feed(1, 2, 3), "application/rss+xml")
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        poll(bureau)
        (row,) = source_health(bureau, clock.now())
        assert row.condition == "fine"
        clock.pass_time(hours=46)
        assert source_health(bureau, clock.now())[0].condition == "fine"
        clock.pass_time(hours=2)
        poll(bureau)
        (row,) = source_health(bureau, clock.now())
        assert (row.condition, row.newest_item) == ("frozen", "2026-03-02T05:00:00+00:00")


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_an_hour_off_asks_no_more_often(hours: int, tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/feed", feed(1), "application/rss+xml")
    room.headers[FEED] = {
        "ETag": '"1"',
        "Expires": "Mon, 02 Mar 2026 12:00:00 GMT",
        "Date": "Mon, 02 Mar 2026 11:00:00 GMT",
    }
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for _ in range(4 * 24):
            poll(bureau)
            clock.pass_time(minutes=15)
            if clock.now() - START == timedelta(hours=12):
                clock.pass_time(hours=hours)
        assert asked(room) <= 24
