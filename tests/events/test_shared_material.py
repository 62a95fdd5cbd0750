"""On real and replayed material beside the checkout: floors of quality, skipped where it is absent."""

from __future__ import annotations

import argparse
import json

import pytest

from newsdigest.events.cluster import cluster
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon
from tests import labelled
from tests.evals import clusters, copies
from tests.shared import shared

OPTIONS = argparse.Namespace(online=False, seed=0)


def test_the_replay_gives_its_events(lexicon: Lexicon, weights: Weights) -> None:
    documents, _, _ = labelled.read(shared("replay/replay.json"))
    expected = json.loads(shared("replay/expected.json").read_text(encoding="utf-8"))
    run = [d for d in documents if d.key in expected["base_run"]]
    vectors, _ = labelled.encode(run)
    found = {frozenset(e.items) for e in cluster(run, vectors, lexicon=lexicon, weights=weights).events}
    wanted = {name: frozenset(items) for name, items in expected["clusters"].items()}
    merged = {frozenset(wanted["CALL"] | wanted["JP_US_CALL"])} | {
        items for name, items in wanted.items() if name not in ("CALL", "JP_US_CALL")
    }
    assert found in (set(wanted.values()), merged)


@pytest.mark.slow
def test_clusters_of_a_real_week_hold_their_floor() -> None:
    scores, _ = clusters.evaluate(shared("cases/apec_2025_stream.json"), OPTIONS)
    assert scores["bcubed"]["f1"] >= 0.95
    assert scores["cross_language_recall"] >= 0.85
    assert scores["pairwise"]["precision"] >= 0.93


@pytest.mark.slow
def test_clusters_of_the_training_file_hold_their_floor() -> None:
    scores, _ = clusters.evaluate(shared("clustering/dev.jsonl.gz"), OPTIONS)
    assert scores["bcubed"]["f1"] >= 0.925
    assert scores["pairwise"]["precision"] >= 0.91


@pytest.mark.slow
def test_clusters_of_a_mixed_day_hold_their_floor() -> None:
    scores, _ = clusters.evaluate(shared("cases/consulates_2020_ja_en_zh.json"), OPTIONS)
    assert scores["bcubed"]["f1"] >= 0.93
    assert scores["pairwise"]["precision"] >= 0.93


def test_copies_of_a_real_week_are_all_found_and_no_report_is_a_copy() -> None:
    scores, _ = copies.evaluate(shared("cases/apec_2025_stream.json"), OPTIONS)
    assert scores["precision"] == 1.0
    assert scores["f1"] >= 0.95
