"""Random ``kill -9`` during polling: items lost, items doubled, validators ahead of items (all must be none)."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from newsdigest.store.doctor import doctor
from newsdigest.store.sql import open_store
from tests.pipeline.growing import faults, growing
from tests.pipeline.killing import moments, nursery
from tests.pipeline.newsroom import START


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Kill ``options.kills`` rounds, look into the store after each, then let one run to its end."""
    found: list[str] = []
    killed = 0
    begun = perf_counter()
    with tempfile.TemporaryDirectory() as name, growing() as room, nursery("poll", room.port, Path(name)) as rounds:
        place = Path(name) / "newsdigest.sqlite"
        for seconds in moments(options.kills, 0.6, options.seed):
            killed += rounds.kill_after(seconds, room.asked.total)
            found += _look(place)
        status = rounds.run()
        found += _look(place, whole=True)
        asked = sum(room.asked.values())
    return {
        "kills": killed,
        "ended_before": options.kills - killed,
        "faults": sorted(set(found)),
        "last_status": status,
        "polls": asked,
        "seconds": round(perf_counter() - begun, 1),
    }


def _look(place: Path, *, whole: bool = False) -> list[str]:
    store = open_store(place)
    found = faults(store) + ([str(fault) for fault in doctor(store, START)] if whole else [])
    store.close()
    return found
