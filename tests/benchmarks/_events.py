"""``python -m tests.benchmarks._events encode|ours|dbscan|hdbscan SEED SIZE …``: one contender of ``events``, in a process of its own."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from newsdigest.embedding.bundled_weights import bundled_weights
from newsdigest.events.likeness import centre
from newsdigest.events.live import LiveEvents
from tests import labelled
from tests.benchmarks._worlds import Live, Worlds
from tests.shared import SHARED

# Items measured one by one, and in polls, once a size is reached.
TIMED = 200
POLL = 64


def worlds(seed: int) -> Worlds:
    """The generator over the labelled file."""
    documents, labels, _ = labelled.read(SHARED / "clustering" / "dev.jsonl.gz")
    vectors, _ = labelled.encode(documents)
    return Worlds(documents, vectors, labels, bundled_weights(), seed)


def encode(seed: int, sizes: Sequence[int]) -> dict[str, Any]:
    """What encoding costs, weights loaded."""
    documents, _, _ = labelled.read(SHARED / "clustering" / "dev.jsonl.gz")
    began = time.process_time()
    labelled.encode(documents[:32])
    loading = time.process_time() - began
    began = time.process_time()
    labelled.encode(documents)
    each = (time.process_time() - began) / len(documents)
    return {"ms_per_item": round(each * 1000, 2), "loading_seconds": round(loading, 2), "peak_mib": peak()}


def ours(seed: int, sizes: Sequence[int]) -> dict[str, Any]:
    """One store of live events that grows to each size; there, the cost of more items one by one and in polls."""
    source = worlds(seed).items(max(sizes) + 2 * TIMED * len(sizes) + 1)
    live = LiveEvents(labelled.lexicon(), bundled_weights())
    gold: dict[str, str] = {}
    rows = []
    spent = 0.0
    for size in sizes:
        while len(live) < size:
            spent += _poll(live, list(islice(source, min(POLL, size - len(live)))), gold)
        row = {"cpu_seconds_so_far": round(spent, 1), "peak_mib": peak(), **_score(live.groups(), gold)}
        began = time.process_time()
        for item in (singles := list(islice(source, TIMED))):
            live.assign(item.document, item.vector)
        each = (time.process_time() - began) / TIMED
        gold.update({item.document.key: item.event for item in singles})
        polled = sum(_poll(live, list(islice(source, POLL)), gold) for _ in range(TIMED // POLL))
        in_polls = polled / (TIMED // POLL * POLL)
        spent += each * TIMED + polled
        rows.append(
            row
            | {
                "items_per_cpu_second": round(size / row["cpu_seconds_so_far"], 1),
                "ms_per_new_item": round(each * 1000, 2),
                "ms_per_item_in_polls": round(in_polls * 1000, 2),
            }
        )
    return {"sizes": rows}


def _poll(live: LiveEvents, items: Sequence[Live], gold: dict[str, str]) -> float:
    gold.update({item.document.key: item.event for item in items})
    vectors = np.stack([item.vector for item in items])
    began = time.process_time()
    live.assign_all([item.document for item in items], vectors)
    return time.process_time() - began


def dbscan(seed: int, sizes: Sequence[int]) -> dict[str, Any]:
    """The plain script: the distances of all pairs, then DBSCAN; again whenever something comes."""
    from sklearn.cluster import DBSCAN

    # The radius that does best on the labelled file itself.
    return _script(seed, sizes[0], DBSCAN(eps=0.4, min_samples=2, metric="precomputed"))


def hdbscan(seed: int, sizes: Sequence[int]) -> dict[str, Any]:
    """scikit-learn's HDBSCAN on the same distances."""
    from sklearn.cluster import HDBSCAN

    return _script(seed, sizes[0], HDBSCAN(min_cluster_size=2, metric="precomputed", copy=False))


def _script(seed: int, size: int, method: Any) -> dict[str, Any]:
    items = list(worlds(seed).items(size))
    languages = [item.document.language for item in items]
    vectors = np.stack([item.vector for item in items])
    began = time.process_time()
    centred = centre(vectors, languages, bundled_weights().means)
    distances = centred @ centred.T
    np.subtract(1.0, distances, out=distances)
    np.clip(distances, 0.0, 2.0, out=distances)
    if type(method).__name__ == "HDBSCAN":
        distances = distances.astype(np.float64)
    numbers = method.fit_predict(distances).tolist()
    seconds = time.process_time() - began
    groups: dict[str, list[str]] = {}
    for place, number in enumerate(numbers):
        name = str(number) if number >= 0 else f"alone {place}"
        groups.setdefault(name, []).append(items[place].document.key)
    return {
        "cpu_seconds": round(seconds, 1),
        "items_per_cpu_second": round(size / seconds, 1),
        "ms_per_new_item": round(seconds * 1000, 1),
        "peak_mib": peak(),
        **_score(groups, {item.document.key: item.event for item in items}),
    }


def _score(groups: Mapping[str, Sequence[str]], gold: Mapping[str, str]) -> dict[str, float]:
    """B-cubed F1 and the precision of pairs, by counting: no pair is listed."""
    sizes = Counter(gold[key] for members in groups.values() for key in members)
    total = sum(sizes.values())
    precision = recall = right = paired = 0.0
    for members in groups.values():
        for event, common in Counter(gold[key] for key in members).items():
            precision += common * common / len(members)
            recall += common * common / sizes[event]
            right += common * (common - 1) / 2
        paired += len(members) * (len(members) - 1) / 2
    p, r = precision / total, recall / total
    return {
        "bcubed_f1": round(2 * p * r / (p + r), 4),
        "pair_precision": round(right / paired, 4) if paired else 1.0,
    }


def peak() -> int:
    """The largest resident size of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Run one contender; its figures are the last line."""
    contenders = {"encode": encode, "ours": ours, "dbscan": dbscan, "hdbscan": hdbscan}
    print(json.dumps(contenders[sys.argv[1]](int(sys.argv[2]), [int(size) for size in sys.argv[3:]])))


if __name__ == "__main__":
    main()
