"""The replay as it is served: each format, each instant, through the real fetcher."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newsdigest.demo.replay import Replay, load_replay
from newsdigest.demo.server import ReplayServer
from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.rounds import fetch_all
from newsdigest.ports import Request, Response, Validators
from tests.demo.test_replay_file import document, feed

FORMATS = ("rss2", "rss1", "atom", "json", "html_list")
LONG = "First words & more. " * 30
HOSTILE = 'Shown.\n\n<script>alert(1)</script>\n\n<p style="display:none">hidden</p>\n\nTail <b>bold</b>.'
EARLY, EDIT, END = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (6, 8, 9))


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    feeds = [feed(id=form.replace("_", "-"), format=form) for form in FORMATS]
    documents = []
    for entry in feeds:
        name = str(entry["id"])
        common = {"feed": name, "guid": f"urn:{name}"}
        documents += [
            document(id=f"{name}-1", title="A < B & C", body=LONG, url=f"/{name}/1.html", **common),
            document(id=f"{name}-2", title="Edited", body=HOSTILE, url=f"/{name}/2.html", **common)
            | {"published": "２日 8時", "served_at": EDIT.isoformat()},
            document(id=f"{name}-3", feed=name, guid="", url="", published="2026-03-02T09:00:00Z", title="Third"),
        ]
    path = tmp_path / "formats.json"
    path.write_text(json.dumps({"feeds": feeds, "documents": documents}), "utf-8")
    return load_replay(path)


def fetched(replay: Replay, instant: datetime, *requests: Request) -> list[Response]:
    clock = replay.clock()
    clock.move_to(instant)

    async def run() -> list[Response]:
        with ReplayServer(replay, clock) as server:
            fetcher = HttpFetcher(clock, "newsdigest/0.1 (+https://bureau.example)", host_map=server.host_map)
            try:
                return [await fetcher.fetch(request) for request in requests]
            finally:
                await fetcher.close()

    return asyncio.run(run())


def feed_of(replay: Replay, form: str, instant: datetime) -> Response:
    name = form.replace("_", "-")
    return fetched(replay, instant, Request(f"https://{name}.replay.invalid/feed", name))[0]


def entries(form: str, response: Response) -> list[tuple[str, str, str]]:
    """(guid, link, title) of each entry, read independently of the product's readers."""
    body = response.body.decode()
    if form == "json":
        return [(item["id"], item["url"], item["title"]) for item in json.loads(body)["items"]]
    if form == "html_list":
        page = ElementTree.fromstring(body.removeprefix("<!DOCTYPE html>\n").replace('<meta charset="utf-8">', ""))
        return [(a.get("data-guid", ""), a.get("href", ""), a.text or "") for a in page.iter("a") if a.get("data-guid")]
    root = ElementTree.fromstring(body)
    found = [node for node in root.iter() if node.tag.split("}")[-1] in ("item", "entry")]
    return [_xml_entry(node) for node in found]


def _xml_entry(node: ElementTree.Element) -> tuple[str, str, str]:
    parts = {child.tag.split("}")[-1]: child for child in node}
    link = parts["link"].get("href") or parts["link"].text or ""
    about = node.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    identity = about or (parts.get("guid", parts.get("id", node)).text or "")
    return identity, link, parts["title"].text or ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_later_text_takes_the_place_of_the_earlier_from_its_moment_on(replay: Replay, form: str) -> None:
    name = form.replace("_", "-")
    base = "" if form == "html_list" else f"https://{name}.replay.invalid"
    assert entries(form, feed_of(replay, form, EARLY)) == [(f"urn:{name}", f"{base}/{name}/1.html", "A < B & C")]
    assert entries(form, feed_of(replay, form, EDIT)) == [(f"urn:{name}", f"{base}/{name}/2.html", "Edited")]
    third = f"https://{name}.replay.invalid/{name}-3.html"
    assert entries(form, feed_of(replay, form, END)) == [
        (third, f"{base}/{name}-3.html", "Third"),
        (f"urn:{name}", f"{base}/{name}/2.html", "Edited"),
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_published_is_handed_out_as_it_stands_and_only_a_summary_of_the_text(replay: Replay, form: str) -> None:
    early = feed_of(replay, form, EARLY).body.decode()
    assert "2026-03-02T06:00:00Z" in early
    assert "２日 8時" in feed_of(replay, form, EDIT).body.decode()
    assert (early.count("First words") > 15) is (form == "json")


def test_a_page_is_ordinary_and_its_body_is_handed_out_as_it_stands(replay: Replay) -> None:
    first, second = fetched(
        replay,
        EDIT,
        Request("https://rss2.replay.invalid/rss2/1.html", "rss2", page=True),
        Request("https://rss2.replay.invalid/rss2/2.html", "rss2", page=True),
    )
    page = first.body.decode()
    assert all(
        part in page
        for part in ("<nav>", "<header>", "<footer>", "<h1>A &lt; B &amp; C</h1>", "<p>First words &amp; more.")
    )
    hostile = second.body.decode()
    assert "<script>alert(1)</script>" in hostile
    assert '<p style="display:none">hidden</p>' in hostile
    assert "<p>Tail <b>bold</b>.</p>" in hostile


def test_what_did_not_change_answers_304(replay: Replay) -> None:
    address = "https://atom.replay.invalid/feed"
    first = fetched(replay, EARLY, Request(address, "atom"))[0]
    tag, modified = first.header("etag"), first.header("last-modified")
    for validators in (Validators(tag, modified), Validators(tag), Validators(None, modified)):
        assert fetched(replay, EARLY, Request(address, "atom", validators=validators))[0].not_modified
        assert not fetched(replay, EDIT, Request(address, "atom", validators=validators))[0].not_modified


def test_the_packaged_replay_is_polled_in_full_at_each_moment_without_waiting() -> None:
    replay = load_replay()
    clock = replay.clock()

    async def run() -> list[list[str]]:
        seen = []
        with ReplayServer(replay, clock) as server:
            fetcher = HttpFetcher(clock, "newsdigest/0.1 (+https://bureau.example)", host_map=server.host_map)
            for moment in replay.moments():
                clock.move_to(moment)
                requests = [Request(source.address, source.id) for source in replay.sources()]
                outcomes = [outcome async for _, outcome in fetch_all(fetcher, requests)]
                assert len(outcomes) == len(replay.feeds)
                assert all(isinstance(outcome, Response) and outcome.received == moment for outcome in outcomes)
                seen.append([outcome.body.decode() for outcome in outcomes if isinstance(outcome, Response)])
            await fetcher.close()
        return seen

    before, end = asyncio.run(run())
    assert clock.slept > 0
    assert any("/en-readout.html" in body for body in before)
    assert not any("/en-readout.html" in body for body in end)
