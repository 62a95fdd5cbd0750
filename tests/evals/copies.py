"""``python -m tests.evals copies FILE``: pairs of items counted as one voice, against ``labels.near_duplicate_groups``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from newsdigest.events.copies import copy_groups
from newsdigest.events.wording import wording_of
from tests import labelled


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return pair scores (with labels) and the groups found."""
    documents, _, labels = labelled.read(path)
    groups = [g.record(documents) for g in copy_groups(documents, wording_of(labelled.lexicon()))]
    scores: dict[str, Any] = {"documents": len(documents), "groups": len(groups)}
    if "near_duplicate_groups" in labels:
        scores = {**score([g.items for g in groups], labels["near_duplicate_groups"]), **scores}
    return scores, [{"items": list(g.items), "kind": g.kind, "reason": g.reason} for g in groups]


def score(found: Iterable[Sequence[str]], gold: Iterable[Sequence[str]]) -> dict[str, float]:
    """Return precision, recall and F1 over pairs."""
    guessed, wanted = _pairs(found), _pairs(gold)
    right = len(guessed & wanted)
    precision = right / len(guessed) if guessed else 1.0
    recall = right / len(wanted) if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {(a, b) for group in groups for a in group for b in group if a < b}
