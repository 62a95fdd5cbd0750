"""``python -m tests.evals clusters FILE``: B-cubed, pairwise and cross-language scores of the events found.

A file that the shipped weights were trained on is scored 2-fold by event: train on one half, cluster the other. ``--online`` feeds the
documents one at a time in random order. Without labels only predictions come.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from newsdigest.embedding.bundled_weights import bundled_weights
from newsdigest.events.cluster import cluster
from newsdigest.events.likeness import Vectors
from newsdigest.events.live import LiveEvents
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights
from newsdigest.events.training import train
from newsdigest.language.lexicon import Lexicon
from tests import labelled
from tests.training.alterations import altered

Labels = Mapping[str, str]


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the scores and ``{"id", "cluster"}`` a document."""
    documents, labels, found = labelled.read(path)
    began = time.process_time()
    vectors, _ = labelled.encode(documents)
    lexicon, weights = labelled.lexicon(), bundled_weights()
    online, seed = bool(getattr(options, "online", False)), int(getattr(options, "seed", 0))
    if weights.data.get("sha256") == labelled.sha256(path):
        predicted = _two_fold(documents, vectors, labels, lexicon, weights, online, seed)
    else:
        predicted = _events(documents, vectors, lexicon, weights, online, seed)
    seconds = time.process_time() - began
    scores: dict[str, Any] = {"documents": len(documents), "seconds": round(seconds, 2)}
    if labels:
        merges = found.get("acceptable_merge", [])
        scores = {**score(documents, predicted, labels, merges), **scores}
    return scores, [{"id": d.key, "cluster": predicted[d.key]} for d in documents]


def _events(
    documents: Sequence[EventDocument], vectors: Vectors, lexicon: Lexicon, weights: Weights, online: bool, seed: int
) -> dict[str, str]:
    if not online:
        events = cluster(documents, vectors, lexicon=lexicon, weights=weights).events
    else:
        live = LiveEvents(lexicon, weights)
        order = list(range(len(documents)))
        random.Random(seed).shuffle(order)
        for i in order:
            live.assign(documents[i], vectors[i])
        events = live.events()
    return {key: event.id for event in events for key in event.items}


def _two_fold(
    documents: Sequence[EventDocument],
    vectors: Vectors,
    labels: Labels,
    lexicon: Lexicon,
    weights: Weights,
    online: bool,
    seed: int,
) -> dict[str, str]:
    names = sorted({labels[d.key] for d in documents})
    random.Random(seed).shuffle(names)
    half = set(names[::2])
    sides = (
        [i for i, d in enumerate(documents) if labels[d.key] in half],
        [i for i, d in enumerate(documents) if labels[d.key] not in half],
    )
    predicted: dict[str, str] = {}
    made = altered(documents)
    for number, (learned, judged) in enumerate((sides, sides[::-1])):
        place = {i: position for position, i in enumerate(learned)}
        trained = train(
            [documents[i] for i in learned],
            [labels[documents[i].key] for i in learned],
            vectors[np.array(learned)],
            lexicon,
            encoder=weights.encoder,
            data={},
            alterations=[replace(one, origin=place[one.origin]) for one in made if one.origin in place],
        )
        found = _events([documents[i] for i in judged], vectors[np.array(judged)], lexicon, trained, online, seed)
        predicted.update({key: f"{number}:{event}" for key, event in found.items()})
    return predicted


def score(
    documents: Sequence[EventDocument], predicted: Labels, labels: Labels, merges: Sequence[Sequence[str]] = ()
) -> dict[str, Any]:
    """Return the scores over labelled documents; where labels may be merged, those of the better reading (by B-cubed F1).

    A label ``OTHER_…`` marks a document that belongs to no event with another.
    """
    kept = [d for d in documents if d.key in labels]
    guesses = [predicted[d.key] for d in kept]
    single = [f"{labels[d.key]}#{d.key}" if labels[d.key].startswith("OTHER") else labels[d.key] for d in kept]
    readings = [single]
    for together in merges:
        readings += [[together[0] if label in together else label for label in reading] for reading in readings]
        # A case may allow a part of the merge only.
        for leave in together:
            some = [name for name in together if name != leave]
            readings.append([some[0] if label in some else label for label in single])
    languages = [d.language for d in kept]
    best = max(readings, key=lambda gold: bcubed(guesses, gold)["f1"])
    return {"bcubed": bcubed(guesses, best), **pairwise(guesses, best, languages)}


def bcubed(guesses: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin 1998)."""
    by_guess, by_gold = _groups(guesses), _groups(gold)
    shares = [
        (len(by_guess[g] & by_gold[t]) / len(by_guess[g]), len(by_guess[g] & by_gold[t]) / len(by_gold[t]))
        for g, t in zip(guesses, gold, strict=True)
    ]
    precision = sum(p for p, _ in shares) / len(shares)
    recall = sum(r for _, r in shares) / len(shares)
    return _rounded(precision, recall)


def pairwise(guesses: Sequence[str], gold: Sequence[str], languages: Sequence[str]) -> dict[str, Any]:
    """Return precision, recall and F1 over pairs, and the recall of pairs in two languages (None without such pairs)."""
    right = wrong = missed = crossing = found = 0
    for i in range(len(gold)):
        for j in range(i):
            same, together = gold[i] == gold[j], guesses[i] == guesses[j]
            right += same and together
            wrong += together and not same
            missed += same and not together
            if same and languages[i] != languages[j]:
                crossing += 1
                found += together
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return {
        "pairwise": _rounded(precision, recall),
        "cross_language_recall": round(found / crossing, 4) if crossing else None,
    }


def _groups(labels: Sequence[str]) -> dict[str, set[int]]:
    groups: dict[str, set[int]] = {}
    for i, label in enumerate(labels):
        groups.setdefault(label, set()).add(i)
    return groups


def _rounded(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
