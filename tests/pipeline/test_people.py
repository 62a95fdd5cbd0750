"""What people decide holds: merges and splits in every later round, their drafts against the machine's, reasons for all of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from newsdigest.comparison.record import Comparison
from newsdigest.errors import NotFound, ReviewError
from newsdigest.events.event import Event
from newsdigest.events.reasons import Reasons
from newsdigest.pipeline import round as steps
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.curating import merge, split, undo
from newsdigest.pipeline.deciding import adopt, decide
from newsdigest.pipeline.explaining import explain as explained
from newsdigest.pipeline.round import run_round
from newsdigest.review.review import User
from newsdigest.store.backup import backup, restore
from tests.pipeline.newsroom import MovedClock, Newsroom, bureau_of, served, source

FERRY = (
    "The harbour authority of Sole said on Monday that the ferry Marigold ran aground near the northern pier before dawn.\n"
    "All 42 passengers were taken ashore and no one was hurt, the authority said. The cause is being looked into by its inspectors."
)
FERRY_TOO = (
    "The ferry Marigold ran aground near the northern pier of Sole early on Monday, the harbour authority said.\n"
    "Its 42 passengers were taken off in boats. Inspectors of the authority are looking into the cause."
)
CHEESE = (
    "The dairy board of Alm said on Monday that its mountain cheese won the first prize at the spring fair.\n"
    "Forty dairies took part, and the judges tasted for two days before they decided."
)
CHEESE_TOO = (
    "The dairy board of Alm is glad to say that the mountain cheese of its members took the first prize of the spring fair.\n"
    "The board thanks the forty dairies that took part."
)


def reasons_of(bureau: Bureau, language: str = "en") -> Reasons:
    """The words in which this bureau's reasons are told."""
    return Reasons(bureau.lexicon, bureau.weights.background, language)


def explain(bureau: Bureau, key: str, language: str = "en") -> list[str]:
    return explained(bureau.store, key, reasons_of(bureau, language))


def _people(bureau: Bureau) -> None:
    for name in ("tanaka", "smith"):
        now = bureau.clock.now()
        bureau.store.save_user(User(name=name, roles=("ja", "en"), created=now), by="test", at=now)


def _room() -> Newsroom:
    room = Newsroom()
    room.feed(
        "one", ("ferry", "Ferry runs aground near Sole pier", FERRY), ("cheese", "Mountain cheese wins prize", CHEESE)
    )
    room.feed("two", ("marigold", "Ferry Marigold aground off Sole", FERRY_TOO))
    return room


def _events(bureau: Bureau) -> dict[str, str]:
    """The event of each item, by the item's title."""
    record = run_round(bureau)
    items = bureau.store.items([key for row in record["events"] for key in row["items"]])
    return {items[key].latest.title: row["id"] for row in record["events"] for key in row["items"]}


def test_merge_split_and_undo_hold_in_every_later_round(tmp_path: Path) -> None:
    room, clock = _room(), MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("one"), source("two")) as bureau:
        _people(bureau)
        before = _events(bureau)
        ferry, too, cheese = (
            "Ferry runs aground near Sole pier",
            "Ferry Marigold aground off Sole",
            "Mountain cheese wins prize",
        )
        assert before[ferry] == before[too] != before[cheese]
        merge(bureau.store, before[ferry], before[cheese], by="tanaka", at=clock.now())
        clock.pass_time(minutes=1)
        assert len(set(_events(bureau).values())) == 1
        assert any("an editor put it there" in said for said in explain(bureau, before[ferry]))
        key = next(
            i.key
            for i in bureau.store.items(bureau.store.event(before[ferry]).items).values()
            if i.latest.title == cheese
        )
        undo(bureau.store, key, by="smith", at=clock.now())
        clock.pass_time(minutes=1)
        after = _events(bureau)
        assert after[ferry] == after[too] != after[cheese]
        marigold = next(
            i.key for i in bureau.store.items(bureau.store.event(after[ferry]).items).values() if i.latest.title == too
        )
        split(bureau.store, marigold, after[ferry], by="tanaka", at=clock.now())
        clock.pass_time(minutes=1)
        assert len(set(_events(bureau).values())) == 3
        with pytest.raises(ReviewError):
            merge(bureau.store, after[ferry], after[cheese], by="nobody", at=clock.now())
        with pytest.raises(NotFound):
            merge(bureau.store, after[ferry], "i-none", by="tanaka", at=clock.now())


def test_curation_survives_new_items_a_restart_and_a_backup(tmp_path: Path) -> None:
    room, clock = _room(), MovedClock()
    sources = (source("one"), source("two"), source("three"))
    room.feed("three")
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    titles = {"Ferry runs aground near Sole pier", "Ferry Marigold aground off Sole", "Mountain cheese wins prize"}
    with served(room):
        with bureau_of(room, here, clock, *sources) as bureau:
            _people(bureau)
            before = _events(bureau)
            ferry, cheese = before["Ferry runs aground near Sole pier"], before["Mountain cheese wins prize"]
            merge(bureau.store, ferry, cheese, by="tanaka", at=clock.now())
            backup(bureau.store, tmp_path / "kept")
        clock.pass_time(hours=1)
        room.feed("three", ("more", "Cheese of Alm takes first prize", CHEESE_TOO))
        with bureau_of(room, here, clock, *sources) as bureau:
            after = _events(bureau)
            assert len({after[title] for title in titles}) == 1
            said = explain(bureau, after["Mountain cheese wins prize"])
            assert any(line.startswith("tanaka put «") for line in said)
        restore(tmp_path / "kept", there / "newsdigest.sqlite")
        with bureau_of(room, there, clock, *sources) as bureau:
            after = _events(bureau)
            assert len({after[title] for title in titles}) == 1


def test_the_machine_only_proposes_once_a_person_has_decided(tmp_path: Path) -> None:
    room, clock = _room(), MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("one"), source("two")) as bureau:
        _people(bureau)
        (draft,) = run_round(bureau)["drafts"]
        clock.pass_time(hours=26)
        room.feed("two", ("marigold", "Ferry Marigold aground off Sole", FERRY_TOO.replace("42", "43")))
        assert run_round(bureau)["drafts"] == [draft]
        assert bureau.store.draft(draft).version == 2
        decide(bureau.store, draft, "request_changes", by="tanaka", at=clock.now(), reason="count the passengers again")
        clock.pass_time(hours=26)
        room.feed("two", ("marigold", "Ferry Marigold aground off Sole", FERRY_TOO.replace("42", "44")))
        run_round(bureau)
        assert bureau.store.draft(draft).version == 2
        assert bureau.store.review(draft).ja == "changes_requested"
        with pytest.raises(ReviewError):
            adopt(bureau.store, draft, by="nobody", at=clock.now())
        assert adopt(bureau.store, draft, by="smith", at=clock.now()) == 3
        assert bureau.store.draft(draft).version == 3
        assert bureau.store.review(draft).ja == "queued"
        with pytest.raises(ReviewError):
            adopt(bureau.store, draft, by="smith", at=clock.now())


def test_why_says_what_was_left_out(tmp_path: Path) -> None:
    room, clock = _room(), MovedClock()
    with served(room), bureau_of(room, tmp_path, clock, source("one"), source("two")) as bureau:
        events = _events(bureau)
        said = explain(bureau, events["Mountain cheese wins prize"])
        assert any("1 independent voice, 2 needed" in sentence for sentence in said)
        drafted = explain(bureau, events["Ferry runs aground near Sole pier"])
        assert any(sentence.startswith("Importance") for sentence in drafted)
        assert any(sentence.startswith("Draft d-") for sentence in drafted)
        with pytest.raises(NotFound):
            explain(bureau, "nothing")


def test_one_event_that_cannot_be_drafted_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room, clock = _room(), MovedClock()
    room.feed(
        "three", ("prize", "Ferry passengers ashore at Sole", FERRY_TOO.replace("taken off in boats", "brought ashore"))
    )
    room.feed("four", ("prize", "Mountain cheese wins prize at the spring fair", CHEESE_TOO))
    sources = (
        source("one"),
        source("two"),
        source("three"),
        source("four", kind="government", issuer="Alm dairy board"),
    )
    with served(room), bureau_of(room, tmp_path, clock, *sources) as bureau:
        compare = steps.compare_event

        def broken(bureau: Bureau, event: Event, as_of: datetime) -> Comparison:
            if any("cheese" in i.latest.title for i in bureau.store.items(event.items).values()):
                raise ZeroDivisionError("a surprise")
            return compare(bureau, event, as_of)

        monkeypatch.setattr(steps, "compare_event", broken)
        record = run_round(bureau)
        assert len(record["drafts"]) == 1
        (error,) = record["errors"]
        assert "failed unexpectedly" in error["sentence"]
