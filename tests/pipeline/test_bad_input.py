"""One bad source never stops the round; the last good copy stays; the record names each failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdigest.errors import LeaseHeld
from newsdigest.items.entry import ParsedEntry
from newsdigest.items.identity import lookup_aliases
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.round import open_run, poll_step, run_round
from tests.pipeline.newsroom import MovedClock, Newsroom, bureau_of, served, source

STORY = (
    "The harbour authority of Sole said on Monday that a ferry ran aground near the northern pier before dawn.\n"
    "All 42 passengers were taken ashore and no one was hurt, the authority said. The cause is being looked into by its inspectors."
)


def stored(bureau: Bureau) -> list[Item]:
    """The items of the ferry's page."""
    return bureau.store.items_of_source("good", lookup_aliases(ParsedEntry(url="https://good.replay.invalid/ferry")))


def test_the_round_goes_on_past_every_kind_of_bad_source(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY))
    room.serve("fails", "/feed", "broken", "text/plain", status=500)
    room.serve("page", "/feed", "<html><body><h1>Welcome</h1><p>No feed here.</p></body></html>")
    room.serve("broken", "/feed", b"<rss><channel><item><title>cut", "application/rss+xml")
    room.serve(
        "empty", "/feed", "<rss version='2.0'><channel><title>Nothing</title></channel></rss>", "application/rss+xml"
    )
    room.feed("textless", ("blank", "Title without a text", "x"))
    room.serve("textless", "/blank", "<html><body></body></html>")
    names = ("good", "fails", "page", "broken", "empty", "textless", "gone")
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, *(source(name) for name in names)) as bureau:
        record = run_round(bureau)
        states = bureau.store.source_states()
        assert record["sources"]["good"]["new"] == 1
        assert {error["source"] for error in record["errors"]} >= {"fails", "page", "gone"}
        assert all(error["sentence"].strip() and "\n" not in error["sentence"] for error in record["errors"])
        assert states["fails"].condition == "broken"
        assert states["fails"].error
        assert states["empty"].error is None
        assert len(bureau.store.items_between(clock.now().replace(year=2025), clock.now().replace(year=2027))) >= 1


def test_a_failure_keeps_the_last_good_copy(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY))
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("good")) as bureau:
        run_round(bureau)
        kept = bureau.store.source_state("good")
        clock.pass_time(hours=30)
        room.serve("good", "/feed", "oops", "text/plain", status=503)
        record = run_round(bureau)
        assert record["errors"][0]["source"] == "good"
        after = bureau.store.source_state("good")
        assert after.body_sha256 == kept.body_sha256
        assert after.last_good == kept.last_good
        assert after.failures == 1


def test_a_source_is_not_asked_before_it_is_due(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY))
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("good")) as bureau:
        run_round(bureau)
        asked = len(room.log)
        run_round(bureau)
        assert len(room.log) == asked
        clock.pass_time(hours=26)
        run_round(bureau)
        assert len(room.log) > asked


def test_polling_twice_stores_nothing_twice_and_an_edit_is_a_version(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY))
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("good")) as bureau:
        run_round(bureau)
        clock.pass_time(hours=26)
        room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY.replace("42", "43")))
        run_round(bureau)
        items = stored(bureau)
        assert len(items) == 1
        assert [version.n for version in items[0].versions] == [1, 2]
        assert "43 passengers" in items[0].latest.text
        assert "number" in items[0].latest.changes


def test_a_silent_edit_of_a_page_is_found_though_the_feed_does_not_change(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY))
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("good")) as bureau:
        run_round(bureau)
        clock.pass_time(hours=26)
        status, media, body = room.pages[("good.replay.invalid", "/ferry")]
        room.pages[("good.replay.invalid", "/ferry")] = (
            status,
            media,
            body.replace(b"no one was hurt", b"two people were hurt"),
        )
        run_round(bureau)
        (item,) = stored(bureau)
        assert len(item.versions) == 2
        assert "two people were hurt" in item.latest.text


def test_a_second_round_says_who_holds_the_lease(tmp_path: Path) -> None:
    room = Newsroom()
    clock = MovedClock()
    good = source("good")
    with (
        served(room),
        bureau_of(room, tmp_path, clock, good) as bureau,
        open_run(bureau, "digest"),
        pytest.raises(LeaseHeld),
    ):
        run_round(bureau)


def test_a_failing_poll_leaves_the_step_record_whole(tmp_path: Path) -> None:
    room = Newsroom()
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("nowhere")) as bureau, open_run(bureau, "digest") as run:
        facts = poll_step(bureau, run)
        assert facts["failed"] == 1
        (row,) = [row for row in bureau.store.runs() if row["id"] == run]
        assert row["sources"]["nowhere"]["condition"] == "broken"


def test_a_withdrawal_marks_the_item_it_takes_back(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY))
    clock = MovedClock()
    notice = (
        "notice",
        "Withdrawal: Ferry runs aground near Sole pier",
        "The story “Ferry runs aground near Sole pier” is withdrawn. It rested on a drill that was taken for an accident.",
    )
    with served(room), bureau_of(room, tmp_path, clock, source("good")) as bureau:
        run_round(bureau)
        clock.pass_time(hours=26)
        room.feed("good", ("ferry", "Ferry runs aground near Sole pier", STORY), notice)
        run_round(bureau)
        (item,) = stored(bureau)
        assert item.latest.withdrawn
        assert item.latest.text.startswith("The harbour authority")
        assert bureau.store.event_of_item(item.key) is not None
