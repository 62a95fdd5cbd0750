"""Events against a plain script (all pairs + DBSCAN on the same vectors) and scikit-learn's HDBSCAN, and the cost of a new item.

Quality on ``../shared/clustering/dev.jsonl.gz`` (all three with the same centred vectors; ours with the shipped weights, which have seen
the file: see ``tests.evals clusters`` for the 2-fold figure). Cost: live items are vectors and texts of that file with their sentences
mixed, at 1k, 10k and (with ``EVENTS_LARGE=1``) 50k.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from newsdigest.embedding.bundled_weights import bundled_weights
from newsdigest.events.cluster import cluster
from newsdigest.events.likeness import Vectors, centre
from newsdigest.events.live import LiveEvents
from newsdigest.events.profile import EventDocument
from tests import labelled
from tests.evals.clusters import score
from tests.shared import SHARED

SIZES = (1_000, 10_000)
LARGE = 50_000
TIMED = 100
START = datetime(2031, 3, 3, tzinfo=UTC)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Return quality and seconds of the three, and what one more item costs at each size."""
    path = SHARED / "clustering" / "dev.jsonl.gz"
    if not path.exists():
        raise FileNotFoundError("../shared/clustering/dev.jsonl.gz is not here: the benchmark needs its texts.")
    documents, labels, _ = labelled.read(path)
    began = time.process_time()
    vectors, _ = labelled.encode(documents)
    encoding = (time.process_time() - began) / len(documents)
    sizes = (*SIZES, LARGE) if os.environ.get("EVENTS_LARGE") else SIZES
    return {
        "quality": _quality(documents, vectors, labels),
        "encoding_ms": round(encoding * 1000, 2),
        "live": [_live(documents, vectors, size, options.seed, encoding) for size in sizes],
    }


def _quality(documents: list[EventDocument], vectors: Vectors, labels: dict[str, str]) -> dict[str, Any]:
    from sklearn.cluster import DBSCAN, HDBSCAN

    weights, lexicon = bundled_weights(), labelled.lexicon()
    centred = centre(vectors, [d.language for d in documents], weights.means)
    found: dict[str, Any] = {}

    def take(name: str, began: float, guesses: list[str]) -> None:
        seconds = time.process_time() - began
        predicted = dict(zip((d.key for d in documents), guesses, strict=True))
        scores = score(documents, predicted, labels)
        found[name] = {
            "bcubed_f1": scores["bcubed"]["f1"],
            "pair_precision": scores["pairwise"]["precision"],
            "cpu_seconds": round(seconds, 2),
        }

    began = time.process_time()
    events = cluster(documents, vectors, lexicon=lexicon, weights=weights).events
    home = {key: event.id for event in events for key in event.items}
    take("ours", began, [home[d.key] for d in documents])
    distances = np.clip(1.0 - centred @ centred.T, 0.0, 2.0)
    for name, method in (
        ("dbscan", DBSCAN(eps=0.4, min_samples=2, metric="precomputed")),
        ("hdbscan", HDBSCAN(min_cluster_size=2, metric="precomputed", copy=True)),
    ):
        began = time.process_time()
        numbers = method.fit_predict(distances.astype(np.float64))
        take(name, began, [f"{n}" if n >= 0 else f"alone{i}" for i, n in enumerate(numbers)])
    return found


def _live(documents: list[EventDocument], vectors: Vectors, size: int, seed: int, encoding: float) -> dict[str, Any]:
    draw = random.Random(seed)
    noise = np.random.default_rng(seed)
    live = LiveEvents(labelled.lexicon(), bundled_weights())
    whole = time.process_time()
    last = 0.0
    for number in range(size + TIMED):
        i, j = draw.randrange(len(documents)), draw.randrange(len(documents))
        one, other = documents[i], documents[j]
        text = f"{one.text[: len(one.text) // 2]} {other.text[: len(other.text) // 2]}"
        mixed = replace(
            one,
            key=f"m{number}",
            title=one.title if draw.random() < 0.5 else other.title,
            text=text if one.language == other.language else one.text,
            published=START + timedelta(minutes=draw.randrange(7 * 24 * 60)),
        )
        vector = vectors[i] + 0.7 * vectors[j] + noise.normal(scale=0.02, size=vectors.shape[1]).astype(np.float32)
        began = time.process_time()
        live.assign(mixed, np.asarray(vector / np.linalg.norm(vector), dtype=np.float32))
        if number >= size:
            last += time.process_time() - began
    each = last / TIMED
    return {
        "items": size,
        "ms_per_new_item": round(each * 1000, 2),
        "items_per_cpu_second_with_encoding": round(1 / (each + encoding), 1),
        "cpu_seconds": round(time.process_time() - whole, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
