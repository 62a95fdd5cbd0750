"""From an address a person gives to a feed that can be followed, and what polling remembers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsdigest.errors import FetchError, ReadError
from newsdigest.pipeline.following import find_feed
from newsdigest.pipeline.round import open_run, poll_step, run_round
from newsdigest.ports import Request
from tests.pipeline.newsroom import START, MovedClock, Newsroom, bureau_of, served, source

ROOT = "https://town.replay.invalid"
BODY = (
    "The town council of Sole agreed on Monday to rebuild the bridge over the Arn, which a flood destroyed in January.\n"
    * 3
)


def test_a_feed_itself_is_found(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("town", ("bridge", "Council agrees to rebuild bridge", BODY), ("school", "School opens in spring", BODY))
    with served(room), bureau_of(room, tmp_path, MovedClock()) as bureau:
        found = bureau.wait(find_feed(bureau, f"{ROOT}/feed"))
    assert (found.address, found.format, found.language, found.entries) == (f"{ROOT}/feed", "feed", "en", 2)
    assert found.newest == START.replace(hour=5)


def test_a_page_leads_to_the_first_feed_that_can_be_read(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("town", ("bridge", "橋の再建を議会が決定", BODY))
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in ("/gone", "/page", "/feed")
    )
    page = f"<html lang='ja'><head><title>Town</title>{links}</head><body><h1>Hello</h1></body></html>"
    room.serve("town", "/", page)
    room.serve("town", "/page", page)
    with served(room), bureau_of(room, tmp_path, MovedClock()) as bureau:
        found = bureau.wait(find_feed(bureau, f"{ROOT}/"))
    assert (found.address, found.language) == (f"{ROOT}/feed", "ja")
    assert found.others == (f"{ROOT}/gone", f"{ROOT}/page")


def test_a_page_without_a_feed_says_so(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/", "<html><body><p>Nothing to follow here.</p></body></html>")
    with served(room), bureau_of(room, tmp_path, MovedClock()) as bureau:
        with pytest.raises(ReadError, match="offers no feed"):
            bureau.wait(find_feed(bureau, f"{ROOT}/"))
        with pytest.raises(FetchError):
            bureau.wait(find_feed(bureau, f"{ROOT}/missing"))


def test_a_bare_link_waits_for_its_page_though_the_feed_does_not_change(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("town", ("bridge", "", ""))
    served_page = room.pages.pop(("town.replay.invalid", "/bridge"))
    assert served_page[0] == 200
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("town")) as bureau:
        first = run_round(bureau)
        assert (first["sources"]["town"]["entries"], first["sources"]["town"]["new"]) == (1, 0)
        clock.pass_time(hours=3)
        room.serve(
            "town",
            "/bridge",
            "<html><body><article><h1>Council agrees to rebuild bridge</h1>"
            + "".join(f"<p>{line}</p>" for line in BODY.splitlines())
            + "</article></body></html>",
        )
        assert run_round(bureau)["sources"]["town"]["new"] == 1
        (item,) = bureau.store.items_between(START - timedelta(days=9), START + timedelta(days=9))
        assert "rebuild the bridge" in item.latest.text


def test_a_wait_that_a_page_asked_for_is_kept_by_the_next_process(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("town", ("bridge", "Council agrees to rebuild bridge", BODY))
    room.serve("town", "/bridge", "later", "text/plain", status=429)
    room.headers[("town.replay.invalid", "/bridge")] = {"Retry-After": "7200"}
    clock = MovedClock()
    with served(room):
        with bureau_of(room, tmp_path, clock, source("town")) as bureau:
            assert run_round(bureau)["sources"]["town"]["error"] == ""
        clock.pass_time(minutes=100)
        asked = len(room.log)
        with bureau_of(room, tmp_path, clock, source("town")) as bureau, pytest.raises(FetchError, match="left alone"):
            bureau.wait(bureau.fetcher.fetch(Request(f"{ROOT}/feed", "town")))
        assert len(room.log) == asked
        clock.pass_time(minutes=30)
        with bureau_of(room, tmp_path, clock, source("town")) as bureau:
            bureau.wait(bureau.fetcher.fetch(Request(f"{ROOT}/feed", "town")))
        assert len(room.log) > asked


def test_large_captures_are_stored_piece_by_piece_and_found_again(tmp_path: Path) -> None:
    room = Newsroom()
    bodies = [(f"story-{n}", f"Story number {n} of Sole", BODY + f"Paragraph {n}. " * 4) for n in range(12)]
    room.feed("town", *bodies)
    for slug, title, body in bodies:
        padding = f"<!-- {'x' * 400_000} -->"
        room.serve(
            "town", f"/{slug}", f"<html><body><article><h1>{title}</h1><p>{body}</p></article>{padding}</body></html>"
        )
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("town")) as bureau:
        assert run_round(bureau)["sources"]["town"]["new"] == 12
        items = bureau.store.items_between(START - timedelta(days=9), START + timedelta(days=9))
        assert len(items) == 12
        assert {item.latest.state for item in items} == {"full"}
        assert all(bureau.store.document(str(item.latest.document)).size > 400_000 for item in items)


def test_a_withdrawal_finds_an_item_that_needed_no_look(tmp_path: Path) -> None:
    room = Newsroom()
    story = ("bridge", "Council agrees to rebuild bridge", BODY)
    room.feed("town", story)
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("town")) as bureau:
        run_round(bureau)
        clock.pass_time(minutes=50)
        text = "The story “Council agrees to rebuild bridge” is withdrawn. No vote was taken on Monday."
        room.feed("town", story, ("notice", "Withdrawal: Council agrees to rebuild bridge", text))
        with open_run(bureau, "digest") as run:
            poll_step(bureau, run, force=True)
        items = bureau.store.items_between(START - timedelta(days=9), START + timedelta(days=9))
        assert {item.url: item.latest.withdrawn for item in items} == {f"{ROOT}/bridge": True, f"{ROOT}/notice": False}
        assert room.log.count(("town.replay.invalid", "/bridge")) == 1


def test_entries_of_one_answer_with_guids_of_their_own_are_items_of_their_own(tmp_path: Path) -> None:
    rows = "".join(
        f"<item><guid isPermaLink='true'>{ROOT}/2026/03/02.html#a{n}</guid><link>{ROOT}/2026/03/02.html#a{n}</link>"
        f"<title>Note {n} of the day</title><content:encoded>The bridge will be rebuilt, the council said ({n}).</content:encoded></item>"
        for n in range(5)
    )
    rows += "".join(
        f"<item><guid isPermaLink='false'>tag:town,{n}</guid><link>{ROOT}/</link><title>Front {n}</title>"
        f"<content:encoded>The council of Sole has agreed on Monday to rebuild the old bridge, part {n}.</content:encoded></item>"
        for n in range(3)
    )
    room = Newsroom()
    top = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>x</title>"
    room.serve("town", "/feed", f"{top}{rows}</channel></rss>", "application/rss+xml")
    clock = MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("town")) as bureau:
        assert run_round(bureau)["sources"]["town"]["new"] == 8
        clock.pass_time(hours=26)
        room.serve("town", "/feed", f"{top}{rows}</channel></rss> ", "application/rss+xml")
        again = run_round(bureau)["sources"]["town"]
        assert (again["new"], again["changed"]) == (0, 0)
