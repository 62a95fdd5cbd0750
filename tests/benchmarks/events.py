"""Events against a plain script (all pairs + DBSCAN on the same vectors) and scikit-learn's HDBSCAN, and the cost of a new item.

The items are those of ``../shared/clustering/dev.jsonl.gz`` in as many worlds as are needed: a world turns every (centred) vector by
one signed permutation of its dimensions and swaps every word and number for another of like frequency. Inside a world the spread of the
vectors is the original's to the digit and events are as large; what worlds share is chance. Each item mixes the sentences of its own
event, and all fall into one week. (Names no longer match across scripts, so ours does worse here than on the file itself, whose events the
shipped weights have seen: ``tests.evals clusters`` gives the 2-fold figure.) Every contender runs in a process of its own: its peak is its own. ``EVENTS_SIZES=1000,10000`` asks for less.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from tests.shared import SHARED

SIZES = (1_000, 10_000, 50_000)
PROCESS = "tests.benchmarks._events"
# Bytes a plain script needs for all pairs, of which we give it so many.
MOST_BYTES = 4 << 30


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Return, size by size, what each contender found, how fast and in how much memory; and what encoding costs."""
    path = SHARED / "clustering" / "dev.jsonl.gz"
    if not path.exists():
        raise FileNotFoundError("../shared/clustering/dev.jsonl.gz is not here: the benchmark needs its texts.")
    sizes = tuple(int(n) for n in os.environ.get("EVENTS_SIZES", "").split(",") if n) or SIZES
    encoding = _run("encode", sizes[:1], options.seed)
    ours = _run("ours", sizes, options.seed)
    rows = [{"items": size, "ours": row} for size, row in zip(sizes, ours["sizes"], strict=True)]
    for row in rows:
        size = row["items"]
        for name, bytes_a_pair in (("dbscan", 4), ("hdbscan", 16)):
            needed = size * size * bytes_a_pair
            row[name] = (
                _run(name, (size,), options.seed)
                if needed <= MOST_BYTES
                else {"not_run": f"all pairs of {size} items take {needed / 1e9:.0f} GB"}
            )
    first, last = rows[0]["ours"], rows[-1]["ours"]
    with_encoding = last["ms_per_item_in_polls"] + encoding["ms_per_item"]
    return {
        "encoding": encoding,
        "sizes": rows,
        "cost_at_largest_to_smallest": round(last["ms_per_new_item"] / first["ms_per_new_item"], 2),
        "cost_at_largest_to_smallest_in_polls": round(last["ms_per_item_in_polls"] / first["ms_per_item_in_polls"], 2),
        "items_per_cpu_second_with_encoding": round(1000 / with_encoding, 1),
        "cpu_seconds_for_5000_items_a_day": round(5 * with_encoding, 1),
    }


def _run(contender: str, sizes: tuple[int, ...], seed: int) -> Any:
    call = [sys.executable, "-m", PROCESS, contender, str(seed), *map(str, sizes)]
    # One thread: what is reported is CPU time, and two threads that wait for each other spend it.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    found: Any = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps({contender: found}), file=sys.stderr)
    return found
