"""``python -m tests.training.answers FILE``: fit the weights of ``comparison/answers.py`` and print them.

For each question it also prints what the weights fitted on the other questions score on it: the figure to believe.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from newsdigest.comparison.answers import AnswerReader, Likeness, Reply, Rows, Weights
from newsdigest.embedding.bundled import BundledEmbedder
from tests import labelled
from tests.evals.answers import accuracy, grouped, questions


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.training.answers", description=__doc__)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    items, reader, embedder = questions(options.file), AnswerReader(labelled.lexicon()), BundledEmbedder()
    encoded = [embedder.encode([a["text"] for a in item["answers"]]) for item in items]
    print(
        f"sha256 {labelled.sha256(options.file)}, {len(items)} questions, {sum(len(i['answers']) for i in items)} answers"
    )
    for name, vectors in (("WITH_VECTORS", encoded), ("WITHOUT_VECTORS", [None] * len(items))):
        print(name, fit(reader, items, vectors))
        scores = []
        for out in range(len(items)):
            rest = [i for i in range(len(items)) if i != out]
            weights = fit(reader, [items[i] for i in rest], [vectors[i] for i in rest])
            scores.append(accuracy(items[out], grouped(reader, items[out], vectors[out], weights)))
        print("  left out:", [round(s, 3) for s in scores], "mean", round(float(np.mean(scores)), 4))


def fit(reader: AnswerReader, items: Sequence[dict[str, Any]], vectors: Sequence[Rows | None]) -> Weights:
    """Fit a logistic regression on the pairs that numbers do not decide; each question, and in it each label, counts the same."""
    rows: list[tuple[float, float]] = []
    labels: list[bool] = []
    shares: list[float] = []
    for item, encoded in zip(items, vectors, strict=True):
        pairs = [(like, same) for like, same in _pairs(reader, item, encoded) if like.stated is None]
        alike = sum(same for _, same in pairs)
        if not alike or alike == len(pairs):
            continue
        rows += [(like.vectors, like.words) for like, _ in pairs]
        labels += [same for _, same in pairs]
        shares += [1 / alike if same else 1 / (len(pairs) - alike) for _, same in pairs]
    scaled = np.array(shares) * 200 / sum(shares)
    model = LogisticRegression().fit(np.array(rows), labels, sample_weight=scaled)
    (vector, words), bias = model.coef_[0], model.intercept_[0]
    return Weights(round(float(bias), 2), round(float(vector), 2), round(float(words), 2))


def _pairs(reader: AnswerReader, item: dict[str, Any], vectors: Rows | None) -> list[tuple[Likeness, bool]]:
    answers = item["answers"]
    replies = [Reply(a["text"], item.get("lang", "en")) for a in answers]
    likenesses = reader.likenesses(replies, item["question"], vectors)
    return [
        (likenesses[i, j], answers[i]["group"] == answers[j]["group"]) for i, j in combinations(range(len(answers)), 2)
    ]


if __name__ == "__main__":
    main()
