"""Figures: ``figures FILE``.

A case file (``documents`` of one event) gives the number of series among its figures, the conflicts found and the false ones: with no label
``conflicts`` every conflict is false. A file of pairs (``*.jsonl``: ``{id, conflict, a, b}``) gives the share of planted conflicts found
and of explained pairs accused. ``events`` is how many events the clusterer makes of the documents.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.comparison import figures
from newsdigest.comparison.packet import Member, Packet
from newsdigest.embedding.bundled_weights import bundled_weights
from newsdigest.events.cluster import cluster
from newsdigest.events.event import Event
from tests import labelled
from tests.evals._members import lexicon, member_of


def packet_of(members: list[Member]) -> Packet:
    """A packet of members as one event, in order of publication."""
    ordered = sorted(members, key=lambda m: (m.version.first_seen, m.key))
    event = Event(
        id="e-1",
        items=tuple(m.key for m in ordered),
        first=ordered[0].version.first_seen,
        last=ordered[-1].version.first_seen,
    )
    return Packet(event, tuple(ordered), lexicon(), datetime(2031, 4, 1, tzinfo=UTC))


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score a case of one event, or a file of pairs."""
    if path.suffix == ".jsonl":
        return _pairs([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()])
    case = json.loads(path.read_text(encoding="utf-8"))
    return _case(case)


def _case(case: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    packet = packet_of([member_of(document) for document in case["documents"]])
    found = [figure for member in packet.members for figure in figures.extract(member, packet.lexicon)]
    clashes, rows = figures.conflicts(found, packet), figures.series(found, packet)
    expected = case.get("labels", {}).get("conflicts", [])
    scores = {
        "events": len(_events(case["documents"])),
        "series": len(rows),
        "conflicts_found": len(clashes),
        "false_conflicts": max(0, len(clashes) - len(expected)),
        "figures": len(found),
    }
    predictions: list[dict[str, Any]] = [
        {"series": s.key, "points": [[p.value, p.as_of.raw, p.evidence.item, p.raw] for p in s.points]} for s in rows
    ]
    predictions += [{"conflict": c.key, "answers": [[a.value.en, list(a.items)] for a in c.answers]} for c in clashes]
    return scores, predictions


def _events(rows: list[dict[str, Any]]) -> tuple[Event, ...]:
    documents = [labelled.document_of(row) for row in rows]
    vectors, _ = labelled.encode(documents)
    return tuple(cluster(documents, vectors, lexicon=labelled.lexicon(), weights=bundled_weights()).events)


def _pairs(pairs: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    predictions = []
    for pair in pairs:
        packet = packet_of([member_of(pair["a"]), member_of(pair["b"])])
        found = [figure for member in packet.members for figure in figures.extract(member, packet.lexicon)]
        clashes = figures.conflicts(found, packet)
        predictions.append({"id": pair["id"], "why": pair["why"], "conflict": pair["conflict"], "found": bool(clashes)})
    true = [p for p in predictions if p["conflict"]]
    explained = [p for p in predictions if not p["conflict"]]
    scores = {
        "pairs": len(pairs),
        "found": round(sum(p["found"] for p in true) / len(true), 4),
        "false": round(sum(p["found"] for p in explained) / len(explained), 4),
    }
    return scores, predictions
