"""``python -m tests.benchmarks._reader PORT FEEDS FOLDER``: the same rounds with lemon24/reader, as its documentation says (workers)."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from time import perf_counter

from reader import make_reader

from tests.benchmarks._bureau import cpu, peak

WORKERS = 8


def main() -> None:
    """Follow the feeds, then a round a line."""
    port, count, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    logging.disable(logging.CRITICAL)
    with make_reader(str(folder / "reader.sqlite")) as reader:
        for n in range(count):
            reader.add_feed(f"http://127.0.0.1:{port}/{n}")
        print("ready", flush=True)
        for _ in sys.stdin:
            used, begun = cpu(), perf_counter()
            reader.update_feeds(workers=WORKERS, scheduled=False)
            seconds, spent = perf_counter() - begun, cpu() - used
            counts = reader.get_feed_counts()
            row = {
                "seconds": round(seconds, 3),
                "cpu": round(spent, 3),
                "peak_mib": round(peak(), 1),
                "entries": reader.get_entry_counts().total,
                "failed": counts.broken,
            }
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
