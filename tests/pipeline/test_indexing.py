"""One index version a round: the means are frozen, a new version is made by a command, and every event of a round names the one it is of."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from newsdigest.embedding.hashed import HashedEmbedder
from newsdigest.events.means import LEAST
from newsdigest.pipeline.indexing import note_vectors, renew, standing, weights_now
from newsdigest.pipeline.round import run_round
from tests.pipeline.newsroom import MovedClock, Newsroom, bureau_of, served, source

LINES = "The ferry Marigold ran aground near the pier of Sole before dawn.\nAll 42 passengers were taken ashore."


def test_a_round_compares_under_one_version_and_a_person_may_renew_it(tmp_path: Path) -> None:
    room, clock = Newsroom(), MovedClock()
    room.feed("one", ("aground", "Ferry runs aground at Sole", LINES), ("fair", "Fair opens in Alm", LINES[::-1]))
    with served(room), bureau_of(room, tmp_path, clock, source("one")) as bureau:
        run_round(bureau)
        encoder = bureau.embedder()
        version, running, moved = standing(bureau.store, encoder, bureau.weights)
        assert version.number == 0
        assert running["en"].documents == 2
        assert moved > 0
        assert {event.encoder for event in bureau.store.events()} == {encoder.identity}
        assert renew(bureau.store, encoder, bureau.weights, clock.now()).number == 1
        assert renew(bureau.store, encoder, bureau.weights, clock.now()).number == 1
        clock.pass_time(hours=2)
        room.feed("one", ("aground", "Ferry runs aground at Sole", LINES), ("rain", "Rain in Alm", LINES[5:]))
        run_round(bureau)
        assert {event.encoder for event in bureau.store.events()} == {f"{encoder.identity}#1"}
        # What arrives does not move the means that comparisons are made under.
        frozen = bureau.store.means(encoder.identity)[1]["en"].vector
        assert np.array_equal(weights_now(bureau, encoder, clock.now()).means["en"], frozen)


def test_another_encoder_brings_no_trained_means_and_takes_its_own_once_it_has_enough(tmp_path: Path) -> None:
    room, clock = Newsroom(), MovedClock()
    with served(room), bureau_of(room, tmp_path, clock) as bureau:
        encoder = HashedEmbedder(64)
        assert weights_now(bureau, encoder, clock.now()).means == {}
        rows = encoder.encode([f"Ship number {n} docked at pier {n % 7}" for n in range(LEAST)])
        note_vectors(bureau.store, encoder.identity, [("en", row) for row in rows], clock.now())
        found = weights_now(bureau, encoder, clock.now())
        assert found.encoder == "hashed@1#1"
        assert found.means["en"].shape == (64,)
