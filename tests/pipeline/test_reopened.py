"""An edit and a removal between two comparisons, through the store: the finding is reopened, and the draft, the desk and ``show`` say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from newsdigest.cli.main import app
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Comparison
from newsdigest.desk.app import desk_app
from newsdigest.drafts.draft import Draft
from newsdigest.events.event import Event
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.drafting import compare_event, draft_event
from newsdigest.pipeline.packets import packet_of
from newsdigest.pipeline.removal import remove_item
from newsdigest.ports import PollOutcome, SourceState
from newsdigest.review.review import User
from tests.comparison.invented import KORSUND, VELDAN, WORDS, document, reported, spoken
from tests.comparison.test_courses import BARE, NAMED, OTHER
from tests.pipeline.newsroom import MovedClock, Newsroom, bureau_of

NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
TITLE = "Statement on the collision"
TOLD = "The Korsund Coast Guard rammed the Veldan Coast Guard near the fishing grounds, Ilse Marden said."


def veldan(*texts: str) -> Member:
    return spoken("v", VELDAN, *(document("en", TITLE, t, f"01T0{n}:00") for n, t in enumerate(texts, 1)))


KORSUNDS = spoken("k", KORSUND, document("en", TITLE, OTHER, "01T00:30"))
PAPER = reported("paper", document("en", "Ships collide in Halden Strait", TOLD, "01T05:00"), name="Coast Daily")


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    sources = [m.source for m in (veldan(BARE), KORSUNDS, PAPER)]
    with bureau_of(Newsroom(), tmp_path, MovedClock(), *sources) as made:
        yield replace(made, lexicon=WORDS)


def stored(bureau: Bureau, *members: Member) -> None:
    for member in members:
        bureau.store.commit_poll(PollOutcome(SourceState(member.source.id), items=(member.item,)))


def compared(bureau: Bureau, event: Event) -> tuple[Comparison, Draft]:
    comparison = compare_event(bureau, event, NOW)
    draft, _ = draft_event(bureau, event, comparison, NOW)
    return comparison, draft


def event_of(bureau: Bureau, *keys: str) -> Event:
    event = Event(id="e-collision", items=keys, first=NOW, last=NOW)
    bureau.store.replace_events([event], {}, NOW)
    return event


def test_an_edit_reopens_a_silence_and_everybody_is_told(bureau: Bureau, tmp_path: Path) -> None:
    stored(bureau, veldan(BARE), KORSUNDS, PAPER)
    event = event_of(bureau, "k", "v", "paper")
    before, draft = compared(bureau, event)
    (silence,) = [s for s in before.silences if s.topic_id == "term.fishing_grounds"]
    assert before.reopened == ()
    assert not any(s.id == "reopened" for s in draft.sections)

    stored(bureau, veldan(BARE, NAMED))
    after, second = compared(bureau, event)
    (held,) = [r for r in after.reopened if r.finding == silence.id]
    assert (held.reason, held.item, held.stands) == ("edited", "v", False)
    assert after.previous == before.id
    assert second.version == 2
    told = next(s for s in second.sections if s.id == "reopened").sentences
    assert any("見直しました" in s.text for s in told.ja)
    assert any("was reopened because" in s.text for s in told.en)
    assert [g.faults for g in second.gates if g.passed is False] == []

    bureau.store.save_user(User(name="smith", roles=("ja", "en"), created=NOW), by="test", at=NOW)
    desk = TestClient(
        desk_app(bureau.store, bureau.clock, ZoneInfo("UTC"), {"v": "Veldan"}), base_url="http://127.0.0.1"
    )
    page = desk.get(f"/drafts/{second.id}?lang=en").text
    assert "Its words were edited" in page
    assert "Not found in the latest version" in page
    shown = CliRunner().invoke(app, ["-C", str(tmp_path), "show", second.id]).output
    assert "reopened silence (fishing grounds): v was edited" in shown


def test_a_removal_reopens_what_rested_on_the_item_and_shows_none_of_its_words(bureau: Bureau) -> None:
    stored(bureau, veldan(BARE), KORSUNDS, PAPER)
    before, _ = compared(bureau, event_of(bureau, "k", "v", "paper"))
    bureau.store.save_user(User(name="smith", roles=("ja", "en"), created=NOW), by="test", at=NOW)
    remove_item(bureau.store, "paper", reason="court order", by="smith", at=NOW)
    after, draft = compared(bureau, event_of(bureau, "k", "v"))
    rested = {r.finding for r in after.reopened if r.reason == "removed"}
    assert {c.id for c in before.claims if c.item == "paper" and c.kind == "slot"} <= rested
    assert all(r.lost == () for r in after.reopened)
    assert "removed_since" in {c.kind for c in draft.caveats}
    assert "Marden" not in draft.model_dump_json()


def test_a_round_without_a_change_compares_to_the_same_record(bureau: Bureau) -> None:
    stored(bureau, veldan(BARE), KORSUNDS)
    event = event_of(bureau, "k", "v")
    first, draft = compared(bureau, event)
    again, same = compared(bureau, event)
    assert (again.id, same.version, same.model_dump_json()) == (first.id, draft.version, draft.model_dump_json())


def test_the_packet_holds_the_issuers_earlier_statements_and_the_vectors_of_editions(bureau: Bureau) -> None:
    then = spoken("then", VELDAN, document("en", "Statement on trade", "Veldan opposes the joint drill.", "01T00:10"))
    ja = spoken(
        "v-ja",
        VELDAN,
        document(
            "ja", "衝突に関する声明", "ベルダンは衝突が海上で起きたと説明した。ベルダンは調査を求めた。", "01T01:30"
        ),
    )
    stored(bureau, then, veldan(BARE), ja)
    made = packet_of(bureau, event_of(bureau, "v", "v-ja"), NOW)
    assert [m.key for m in made.earlier] == ["then"]
    assert len(made.vectors) == 4
