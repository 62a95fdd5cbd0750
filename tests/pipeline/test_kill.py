"""``kill -9`` at random moments of a round: started again, nothing is lost, nothing is there twice, the drafts are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsdigest.store.doctor import doctor
from newsdigest.store.sql import open_store
from tests.pipeline.growing import HOSTS, MOST, faults, growing
from tests.pipeline.killing import moments, nursery
from tests.pipeline.newsroom import START, Newsroom, served

KILLS = 10
MANY_KILLS = 200


@pytest.mark.parametrize("kills", [KILLS, pytest.param(MANY_KILLS, marks=pytest.mark.long)])
def test_kills_while_polling_lose_nothing_and_double_nothing(kills: int, tmp_path: Path) -> None:
    killed = 0
    with growing() as room, nursery("poll", room.port, tmp_path) as rounds:
        for seconds in moments(kills, 0.6, seed=kills):
            killed += rounds.kill_after(seconds, room.asked.total)
            store = open_store(tmp_path / "newsdigest.sqlite")
            assert faults(store) == []
            store.close()
        # the dead held the round's lease for a quarter of an hour: it is taken over at once
        assert rounds.run() == 0
        asked = dict(room.asked)
    print(f"{killed} rounds killed of {kills}")
    assert killed >= kills * 0.7
    store = open_store(tmp_path / "newsdigest.sqlite")
    assert faults(store) == []
    assert doctor(store, START) == []
    states = store.source_states()
    assert {host: int(str(states[host].validators.etag).strip('"')) for host in HOSTS} == {
        host: min(asked[host], MOST) for host in HOSTS
    }
    store.close()


STORY = (
    "The ferry Alba ran aground near the northern pier of Sole before dawn on Monday, the harbour authority said.\n"
    "All 42 passengers were taken ashore and no one was hurt. The authority said its inspectors look into the cause."
)
OTHER = (
    "A ferry with 42 people on board ran aground off the northern pier of Sole early on Monday.\n"
    "Nobody was injured, according to the harbour authority, which has begun to look into the cause with its inspectors."
)


def drafts(folder: Path) -> list[dict[str, Any]]:
    """Every draft of the store, whole."""
    store = open_store(folder / "newsdigest.sqlite")
    found = [store.draft(row.draft, row.version).model_dump(mode="json") for row in store.queue()]
    assert doctor(store, START) == []
    store.close()
    return found


def test_kills_while_relating_and_drafting_leave_the_same_drafts(tmp_path: Path) -> None:
    room = Newsroom()
    room.feed("harbour", ("ferry", "Ferry runs aground near Sole pier", STORY))
    room.feed("courier", ("ferry", "Ferry with 42 aboard runs aground off Sole", OTHER))
    quiet, loud = tmp_path / "quiet", tmp_path / "loud"
    quiet.mkdir()
    loud.mkdir()
    with served(room):
        with nursery("draft", room.port, quiet) as rounds:
            assert rounds.run() == 0
        with nursery("draft", room.port, loud) as rounds:
            killed = sum(rounds.kill_after(seconds) for seconds in moments(8, 1.5, seed=3))
            assert rounds.run() == 0
    assert killed >= 4
    assert len(drafts(quiet)) == 1
    assert drafts(loud) == drafts(quiet)
