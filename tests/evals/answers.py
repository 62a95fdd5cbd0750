"""``python -m tests.evals answers FILE``: which answers of outlets to one question say the same, against human groups.

Balanced accuracy over the pairs of a question's answers, averaged over questions (the measure of Laban et al. 2022); ``without_vectors`` is
the same by words alone.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from newsdigest.comparison.answers import AnswerReader, Reply, Rows, Weights
from newsdigest.embedding.bundled import BundledEmbedder
from tests.evals._members import lexicon


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Group the answers of every question."""
    reader, embedder = AnswerReader(lexicon()), BundledEmbedder()
    rows, plain = [], []
    for item in questions(path):
        vectors = embedder.encode([a["text"] for a in item["answers"]])
        groups = grouped(reader, item, vectors)
        rows.append(
            {"id": item["qid"], "balanced_accuracy": accuracy(item, groups), "groups": [list(g) for g in groups]}
        )
        plain.append(accuracy(item, grouped(reader, item, None)))
    scores = {
        "balanced_accuracy": round(float(np.mean([r["balanced_accuracy"] for r in rows])), 4),
        "without_vectors": round(float(np.mean(plain)), 4),
        "questions": len(rows),
    }
    return scores, rows


def questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a file, with their answers."""
    return list(json.loads(path.read_text(encoding="utf-8"))["items"])


def grouped(
    reader: AnswerReader, item: dict[str, Any], vectors: Rows | None, weights: Weights | None = None
) -> tuple[tuple[int, ...], ...]:
    """The product's groups of a question's answers."""
    replies = [Reply(a["text"], item.get("lang", "en")) for a in item["answers"]]
    return reader.groups(replies, item["question"], vectors, weights)


def accuracy(item: dict[str, Any], groups: tuple[tuple[int, ...], ...]) -> float:
    """Balanced accuracy over pairs of answers."""
    of = {position: number for number, group in enumerate(groups) for position in group}
    found: dict[bool, list[bool]] = {True: [], False: []}
    for i, j in combinations(range(len(item["answers"])), 2):
        same = item["answers"][i]["group"] == item["answers"][j]["group"]
        found[same].append((of[i] == of[j]) is same)
    return float(np.mean([np.mean(right) for right in found.values() if right]))
