"""The mutation harness over three events, and what the texts of the two newer ones say before anything is changed."""

from __future__ import annotations

import argparse
import json
from functools import cache
from typing import Any

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.comparison.record import Comparison
from tests.evals import mutations
from tests.evals.mutations import EVENTS, FILES

# By class: how many mutations change all that they must, and at most how many move what nobody named.
FLOORS = {
    "number": (15, 0),
    "actor": (12, 7),
    "negate": (11, 2),
    "speaker": (10, 3),
    "hedge": (14, 1),
    "quote": (10, 0),
    "remove": (15, 3),
}


@pytest.mark.slow
def test_what_must_change_changes_and_nothing_else_does() -> None:
    scores, rows = mutations.evaluate(FILES, argparse.Namespace())
    told = [row for row in rows if row["unseen"] or row["unexpected"]]
    for name, (seen, moved) in FLOORS.items():
        assert scores[name]["changed_as_expected"] >= seen, (name, [r["find"] for r in told if r["class"] == name])
        assert scores[name]["unexpected"] <= moved, (name, [r["find"] for r in told if r["class"] == name])
    assert sum(score["applied"] for score in scores.values()) >= 60


class Told:
    """An event as compared, with what is expected of it."""

    def __init__(self, name: str) -> None:
        spec = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
        packet, self.slug = mutations.packet_of_event(spec)
        self.comparison: Comparison = compare(packet)
        self.expected: dict[str, Any] = json.loads((EVENTS / f"{name}.expected.json").read_text(encoding="utf-8"))


@cache
def told(name: str) -> Told:
    return Told(name)


SHELLED = pytest.mark.xfail(
    strict=True,
    reason="shelling and firing on a village are read as an attack in some languages only, and one country stays unlinked across them",
)
LENGTH = pytest.mark.xfail(
    strict=True, reason="a length told in a sentence that names one party only is not held against the other side's"
)


@pytest.mark.parametrize("name", [pytest.param("ridge_shelling", marks=SHELLED), "nickel_call"])
def test_each_side_says_that_the_other_did_it(name: str) -> None:
    event = told(name)
    who = event.expected["who"]
    (dispute,) = [d for d in event.comparison.disagreements if d.slot == who["slot"] and d.kind == "who"]
    groups = [set(answer.sources) for answer in dispute.answers]
    assert any(set(who["one"]) <= g for g in groups)
    assert any(set(who["other"]) <= g for g in groups)
    assert not any(set(who["one"]) & g and set(who["other"]) & g for g in groups)


@pytest.mark.parametrize(
    "name", [pytest.param("ridge_shelling", marks=LENGTH), pytest.param("nickel_call", marks=LENGTH)]
)
def test_the_lengths_differ(name: str) -> None:
    event = told(name)
    wanted = set(event.expected["lengths"]["sources"])
    found = [{s for a in d.answers for s in a.sources} for d in event.comparison.disagreements if d.kind == "number"]
    assert any(wanted <= sources for sources in found)


@pytest.mark.parametrize("name", ["ridge_shelling", "nickel_call"])
def test_quotes_views_and_silences(name: str) -> None:
    event = told(name)
    quotes = {(event.slug[q.carrier], q.text.rstrip(",")): q for q in event.comparison.quotes}
    for wanted in event.expected["quotes"]:
        quote = quotes[(wanted["item"], wanted["text"].rstrip(","))]
        names = (
            [quote.speaker, *(n for n in (quote.speaker_name.ja, quote.speaker_name.en) if n)]
            if quote.speaker_name
            else []
        )
        assert wanted["speaker"] is None or any(wanted["speaker"] in (n or "") for n in names), wanted
    views = {event.slug[c.item] for c in event.comparison.claims if c.kind == "interpretation"}
    assert set(event.expected["views"]) <= views
    silent = {(event.slug[i], s.topic.en) for s in event.comparison.silences for i in s.items}
    assert not {item for item, _ in silent} & set(event.expected["must_not_be_silent"])
    for item, topics in event.expected.get("silent", {}).items():
        assert {(item, topic) for topic in topics} <= silent


@pytest.mark.parametrize("name", ["ridge_shelling", "nickel_call"])
def test_what_a_text_orders_its_reader_is_flagged_and_found_nowhere(name: str) -> None:
    event = told(name)
    hostile = event.expected["hostile"]
    assert {f.kind for f in event.comparison.flags if event.slug[f.item] == hostile["item"]} >= {"instruction"}
    said = event.comparison.model_dump_json()
    assert not [words for words in hostile["never"] if words in said]
