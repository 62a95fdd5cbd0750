"""Articles that go on over several pages are read to their end, politely; what could not be had makes them partial."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsdigest.items.continuation import MOST_PAGES
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau, Policy
from newsdigest.pipeline.intake import add_address
from newsdigest.pipeline.polling import poll_sources
from newsdigest.records import digest
from newsdigest.settings import RoundSettings, Settings
from tests.pipeline.newsroom import START, MovedClock, Newsroom, bureau_of, served, source

HOST = "ministry.replay.invalid"
TITLE = "Spokesperson holds regular press conference"
LINES = [
    "The spokesperson said that the ferry line to Sole opens in April and that tickets are sold from Monday on.",
    "Asked about the harbour fees, the spokesperson answered that the council decides on them in its next sitting.",
    "On the bridge over the Arn the spokesperson said that the work ends in autumn, two months later than planned.",
]


def serve(room: Newsroom, pages: int = 3, *, missing: int = 0) -> None:
    """A conference over some pages, each linking to the next."""
    room.feed("ministry", ("t1.html", TITLE, ""))
    for number in range(1, pages + 1):
        words = f"{LINES[(number - 1) % 3]} Part {number} of the record ends with round {number * 37}. "
        page = "".join(f"<p>{words} Question {number * 10 + n} was put by a reporter of Sole.</p>" for n in range(4))
        link = f"<a href='t1_{number + 1}.html'>{number + 1}</a>" if number < pages else ""
        path = "/t1.html" if number == 1 else f"/t1_{number}.html"
        html = f"<html><body><nav>Home</nav><article><h1>{TITLE}</h1>{page}</article>{link}</body></html>"
        room.serve("ministry", path, html)
        if number == missing:
            del room.pages[(HOST, path)]


def held(bureau: Bureau) -> Item:
    (item,) = bureau.store.items_between(START - timedelta(days=9), START + timedelta(days=9))
    return item


def asked(room: Newsroom) -> list[str]:
    return [path for host, path in room.log if host == HOST and path.startswith("/t1")]


def poll(bureau: Bureau) -> list[str]:
    return bureau.wait(poll_sources(bureau, force=True)).sources["ministry"].notes  # type: ignore[no-any-return]


def test_an_article_is_read_to_its_last_page_and_each_capture_is_kept(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room)
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("ministry")) as bureau:
        poll(bureau)
        item, store = held(bureau), bureau.store
        version = item.latest
        assert (version.state, version.complete, len(item.versions)) == ("full", True, 1)
        assert all(line in version.text for line in LINES)
        assert version.text.index(LINES[0]) < version.text.index(LINES[1]) < version.text.index(LINES[2])
        captures = [store.document(str(version.document)), *map(store.document, version.further)]
        assert [capture.address for capture in captures] == [
            f"https://{HOST}/{name}" for name in ("t1.html", "t1_2.html", "t1_3.html")
        ]
        for capture, line in zip(captures, LINES, strict=True):
            body = store.body(capture.sha256)
            assert digest(body) == capture.sha256
            assert line.encode() in body
        assert asked(room) == ["/t1.html", "/t1_2.html", "/t1_3.html"]
        # robots.txt, the feed and three pages: a pause between any two of them
        assert clock.now() - START >= timedelta(seconds=4 * 2)
        clock.pass_time(hours=2)
        poll(bureau)
        assert len(held(bureau).versions) == 1


@pytest.mark.parametrize("missing", [2, 3])
def test_a_page_that_cannot_be_had_makes_the_item_partial_until_it_can(missing: int, tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, missing=missing)
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("ministry")) as bureau:
        notes = poll(bureau)
        first = held(bureau).latest
        assert (first.state, first.complete) == ("cut", False)
        assert all((line in first.text) is (n < missing) for n, line in enumerate(LINES, 1))
        assert any(f"t1_{missing}.html" in note for note in notes)
        clock.pass_time(hours=2)
        serve(room)
        poll(bureau)
        item = held(bureau)
        assert item.latest.complete
        assert all(line in item.latest.text for line in LINES)
        clock.pass_time(days=1)
        serve(room, missing=2)
        poll(bureau)
        assert held(bureau).versions == item.versions  # fewer pages than before take nothing back


def test_a_further_page_that_robots_closes_is_not_asked_for(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room)
    room.serve("ministry", "/robots.txt", "User-agent: *\nDisallow: /t1_2", "text/plain")
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("ministry")) as bureau:
        poll(bureau)
        assert held(bureau).latest.state == "cut"
        assert asked(room) == ["/t1.html"]


def test_an_article_without_end_stops_and_is_partial(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, pages=MOST_PAGES + 4)
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("ministry")) as bureau:
        poll(bureau)
        assert held(bureau).latest.state == "cut"
        assert len(asked(room)) == MOST_PAGES


def test_further_pages_of_one_poll_are_counted(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, pages=6)
    settings = Settings(root=tmp_path, round=RoundSettings(pages_per_source=2))
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("ministry"), settings=settings) as bureau:
        assert bureau.policy.pages_per_source == 2 < Policy().pages_per_source
        poll(bureau)
        assert asked(room) == ["/t1.html", "/t1_2.html", "/t1_3.html"]
        assert held(bureau).latest.state == "cut"


def test_a_next_page_that_is_the_same_again_or_leads_elsewhere_is_none(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, pages=2)
    status, media, body = room.pages[(HOST, "/t1.html")]
    room.pages[(HOST, "/t1_2.html")] = (status, media, body.replace(b"t1_2.html'>2", b"t1_3.html'>3"))
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("ministry")) as bureau:
        poll(bureau)
        assert held(bureau).latest.complete
        assert held(bureau).latest.text.count(LINES[0]) == 4
        assert asked(room) == ["/t1.html", "/t1_2.html"]


@pytest.mark.parametrize("target", [f"https://{HOST}/t1.html", "https://other.replay.invalid/t1_2.html"])
def test_a_next_page_that_leads_back_or_away_is_no_further_page(target: str, tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, pages=2)
    room.pages[("other.replay.invalid", "/t1_2.html")] = room.pages[(HOST, "/t1_2.html")]
    room.serve("ministry", "/t1_2.html", "", status=302)
    room.headers[(HOST, "/t1_2.html")] = {"Location": target}
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("ministry")) as bureau:
        poll(bureau)
        assert held(bureau).latest.state == "cut"
        assert LINES[1] not in held(bureau).latest.text


def test_an_address_handed_in_is_read_to_its_last_page(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room)
    with served(room), bureau_of(room, tmp_path, MovedClock(), source("ministry")) as bureau:
        item = bureau.wait(add_address(bureau, f"https://{HOST}/t1.html"))
        assert item.latest.complete
        assert LINES[2] in item.latest.text
        assert len(held(bureau).latest.further) == 2


def test_a_removal_takes_the_bytes_of_every_page(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room)
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("ministry")) as bureau:
        poll(bureau)
        item = held(bureau)
        before = [bureau.store.document(key) for key in (str(item.latest.document), *item.latest.further)]
        bureau.store.remove_item(item.key, "order of a court", "tanaka", clock.now())
        for capture in before:
            with pytest.raises(Exception, match="order of a court"):
                bureau.store.body(capture.sha256)
