"""Words of a breaking run: shown in three languages, found in the store, and a page's address as a beginning."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdigest.errors import NotFound
from newsdigest.pipeline.breaking import breaking, expand
from newsdigest.pipeline.explaining import explain
from newsdigest.pipeline.round import run_round
from newsdigest.wiring import packaged_lexicon
from tests.pipeline.newsroom import MovedClock, Newsroom, bureau_of, served, source
from tests.pipeline.test_people import reasons_of

FERRY = (
    "The ferry Marigold ran aground near the northern pier of Sole before dawn on Monday, the operator Varlin Lines said.\n"
    "All 42 passengers were taken ashore by boats, and no one was hurt."
)
MARKET = "The fish market of Sole will close at the end of the summer.\nStall holders protested before the town hall."


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("台湾", [{"台湾", "Taiwan"}]),
        ("Taiwan call", [{"Taiwan", "台湾"}, {"call", "phone call", "電話会談", "通电话"}]),
        ("電話", [{"電話", "電話会談", "phone call", "通电话"}]),
        ("flood in Kohoku", [{"flood", "洪水", "水灾"}, {"Kohoku"}]),
        ("in", [{"in"}]),
    ],
)
def test_words_are_expanded_to_three_languages(words: str, groups: list[set[str]]) -> None:
    found = expand(words, packaged_lexicon())
    assert len(found) == len(groups)
    assert all(wanted <= set(group) for wanted, group in zip(groups, found, strict=True))


def test_words_find_the_event_and_one_voice_is_enough(tmp_path: Path) -> None:
    room, clock = Newsroom(), MovedClock()
    room.feed("one", ("aground", "Ferry Marigold aground at Sole", FERRY), ("market", "Sole market to close", MARKET))
    with served(room), bureau_of(room, tmp_path, clock, source("one")) as bureau:
        assert run_round(bureau)["drafts"] == []
        clock.pass_time(minutes=5)
        asked = len(room.log)
        result = breaking(bureau, "Marigold ferry")
        assert result["draft"]
        # Every source once, though none was due.
        assert ("one.replay.invalid", "/feed") in room.log[asked:]
        (key,) = bureau.store.event(result["event"]).items
        assert bureau.store.item(key).latest.title == "Ferry Marigold aground at Sole"
        with pytest.raises(NotFound, match="zeppelin"):
            breaking(bureau, "zeppelin")


def test_an_address_brings_the_event_it_belongs_to(tmp_path: Path) -> None:
    room, clock = Newsroom(), MovedClock()
    room.feed("one", ("aground", "Ferry Marigold aground at Sole", FERRY), ("market", "Sole market to close", MARKET))
    again = FERRY.replace("ran aground", "went aground").replace("before dawn", "in the dark")
    paragraphs = "".join(f"<p>{line}</p>" for line in again.split("\n"))
    room.serve(
        "elsewhere",
        "/ferry",
        "<html><head><meta property='article:published_time' content='2026-03-02T05:10:00Z'></head>"
        f"<body><article><h1>Marigold aground off Sole</h1>{paragraphs}</article></body></html>",
    )
    with served(room), bureau_of(room, tmp_path, clock, source("one")) as bureau:
        run_round(bureau)
        clock.pass_time(minutes=5)
        result = breaking(bureau, "https://elsewhere.replay.invalid/ferry")
        titles = {i.latest.title for i in bureau.store.items(bureau.store.event(result["event"]).items).values()}
        assert "Ferry Marigold aground at Sole" in titles
        assert len(titles) == 2
        assert result["draft"]


def test_why_tells_copies_apart_from_too_few(tmp_path: Path) -> None:
    room, clock = Newsroom(), MovedClock()
    room.feed("one", ("aground", "Ferry Marigold aground at Sole", FERRY))
    room.feed("two", ("aground", "Ferry aground at Sole", FERRY))
    with served(room), bureau_of(room, tmp_path, clock, source("one"), source("two")) as bureau:
        assert run_round(bureau)["drafts"] == []
        (event,) = bureau.store.events()
        said = "\n".join(explain(bureau.store, event.id, reasons_of(bureau)))
        assert "the 2 items are copies of one voice, 2 needed" in said
        assert "2本とも一つの声の転載" in "\n".join(explain(bureau.store, event.id, reasons_of(bureau, "ja")))
        with pytest.raises(NotFound, match="no item, event or draft"):
            explain(bureau.store, "e-none", reasons_of(bureau))
