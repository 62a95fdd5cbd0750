"""Pages are visited again on a schedule that decays with age; what a draft cites, twice as often, longer, and though no feed lists it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.polling import poll_sources
from newsdigest.pipeline.removal import cited_items
from newsdigest.pipeline.round import run_round
from newsdigest.sources.revisits import CITED_WATCHED, LONGEST, WATCHED
from tests.pipeline.newsroom import START, MovedClock, Newsroom, bureau_of, served, source

STORY = (
    "The ferry Alba ran aground near the northern pier of Sole before dawn on Monday, the harbour authority said.\n"
    "All 42 passengers were taken ashore and no one was hurt. The authority said its inspectors look into the cause."
)
OTHER = (
    "A ferry with 42 people on board ran aground off the northern pier of Sole early on Monday.\n"
    "Nobody was injured, according to the harbour authority, which has begun to look into the cause with its inspectors."
)
ALONE = "The bakers of Hallin will show their longest loaf at the spring fair, the guild said. It measures nine metres."
FERRY = ("harbour.replay.invalid", "/ferry")
LOAF = ("harbour.replay.invalid", "/loaf")
STEP = timedelta(hours=2)


def newsroom() -> Newsroom:
    room = Newsroom()
    room.feed(
        "harbour", ("ferry", "Ferry runs aground near Sole pier", STORY), ("loaf", "Bakers show long loaf", ALONE)
    )
    room.feed("courier", ("ferry", "Ferry with 42 aboard runs aground off Sole", OTHER))
    return room


def visits(bureau: Bureau, room: Newsroom, clock: MovedClock, days: int) -> dict[tuple[str, str], list[timedelta]]:
    """The ages at which each page was asked for, polled every two hours."""
    found: dict[tuple[str, str], list[timedelta]] = {}
    begun = clock.now()
    for n in range(1, int(timedelta(days=days) / STEP)):
        clock.instant = begun + n * STEP
        before = len(room.log)
        bureau.wait(poll_sources(bureau, force=True))
        for page in room.log[before:]:
            found.setdefault(page, []).append(clock.now() - START)
    return found


def cited(bureau: Bureau) -> set[str]:
    (row,) = bureau.store.queue()
    return {bureau.store.item(key).url for key in cited_items(bureau.store.draft(row.draft))}


@pytest.mark.slow
def test_what_a_draft_cites_is_visited_more_often_and_longer(tmp_path: Path) -> None:
    room, clock = newsroom(), MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("harbour"), source("courier")) as bureau:
        run_round(bureau)
        assert cited(bureau) == {f"https://{host}.replay.invalid/ferry" for host in ("harbour", "courier")}
        found = visits(bureau, room, clock, 70)
    ferry, loaf = found[FERRY], found[LOAF]
    # more often while both are watched, and longer
    assert len([age for age in ferry if age < WATCHED]) > 1.3 * len(loaf)
    assert loaf[-1] < WATCHED < ferry[-1] < CITED_WATCHED
    assert ferry[-1] > CITED_WATCHED - 2 * LONGEST
    # the waits grow with age
    for ages in (ferry, loaf):
        waits = [later - earlier for earlier, later in pairwise(ages)]
        assert waits[-1] > 10 * waits[0]
        assert all(later >= earlier - STEP for earlier, later in pairwise(waits))
    assert 15 <= len(loaf) <= 30
    assert len(ferry) <= 60


def test_what_a_draft_cites_is_watched_though_the_feed_lists_it_no_more(tmp_path: Path) -> None:
    room, clock = newsroom(), MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("harbour"), source("courier")) as bureau:
        run_round(bureau)
        kept = {page: room.pages[page] for page in (FERRY, LOAF)}
        room.feed("harbour", ("market", "Market opens later", "The market of Sole opens an hour later on Tuesdays."))
        room.pages |= kept
        clock.pass_time(hours=3)
        bureau.wait(poll_sources(bureau, force=True))
        clock.pass_time(days=3)
        status, media, body = kept[FERRY]
        room.pages[FERRY] = (status, media, body.replace(b"no one was hurt", b"two people were hurt"))
        before = len(room.log)
        bureau.wait(poll_sources(bureau, force=True))
        assert FERRY in room.log[before:]
        assert LOAF not in room.log[before:]
        (item,) = [
            item
            for item in bureau.store.items_between(START - timedelta(days=2), START + timedelta(days=9))
            if item.url.endswith("harbour.replay.invalid/ferry")
        ]
        assert len(item.versions) == 2
        assert "two people were hurt" in item.latest.text
