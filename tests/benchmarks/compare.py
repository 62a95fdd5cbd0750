"""Seconds and peak memory of one comparison at 5, 20 and 100 items of 1,000 words, with and without encoding, on one core.

Each size runs in a process of its own, pinned to one core. ``seconds`` is the processor's time of the first comparison in that process
(nothing compiled or cached, the lexicon loaded), ``again`` of a second one over other texts of the same size; ``encoding`` adds the bundled
encoder's time for every item, its weights' loading included. ``growth`` is the exponent k of time ~ sentences^k fitted over the sizes to
``again``, beside the exponent that n log n has over the same sizes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SIZES = (5, 20, 100)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Return a row a size and the growth."""
    rows = [_in_own_process(size, options.seed) for size in SIZES]
    return {"sizes": rows, "growth": growth(rows)}


def growth(rows: list[dict[str, Any]]) -> dict[str, float]:
    """The exponents of time and of n log n over sentences, by least squares on logarithms."""
    sentences = [row["sentences"] for row in rows]
    ours = _slope(sentences, [row["again"] for row in rows])
    reference = _slope(sentences, [n * math.log(n) for n in sentences])
    return {"exponent": round(ours, 3), "n_log_n": round(reference, 3)}


def _slope(sizes: list[int], values: list[float]) -> float:
    xs, ys = [math.log(n) for n in sizes], [math.log(max(v, 1e-6)) for v in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def _in_own_process(items: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.compare", str(items), str(seed)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


def one_size(items: int, seed: int) -> dict[str, Any]:
    """Measure one size here: twice without encoding (different texts), then the encoding of the same items."""
    from newsdigest.comparison.compare import compare
    from newsdigest.embedding.bundled import BundledEmbedder
    from newsdigest.events.encoding import text_for_encoding
    from newsdigest.language.sentences import sentences
    from tests.benchmarks._accounts import accounts
    from tests.shipped import shipped_lexicon

    words = shipped_lexicon()
    _ = words.matcher
    packets = [accounts(items, seed + n, words) for n in (0, 1)]
    before = _peak_mb()
    took = []
    for packet in packets:
        began = time.process_time()
        compare(packet)
        took.append(time.process_time() - began)
    peak = _peak_mb()
    members = packets[0].members
    began = time.process_time()
    BundledEmbedder().encode([text_for_encoding(m.title, m.text, m.language) for m in members])
    encoding = time.process_time() - began
    return {
        "items": items,
        "words_each": 1000,
        "sentences": sum(len(sentences(m.text, m.language)) for m in members),
        "seconds": round(took[0], 2),
        "again": round(took[1], 2),
        "with_encoding": round(took[0] + encoding, 2),
        "peak_mb": peak,
        "peak_mb_before": before,
        "peak_mb_with_encoding": _peak_mb(),
    }


def _peak_mb() -> int:
    """The most memory this process held so far; the kernel's own count, which a parent's does not enter."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(json.dumps(one_size(int(sys.argv[1]), int(sys.argv[2]))))
