"""Run the digest flow against the packaged replay on a Prefect server: ``python -m tests.flows.replayed_digest FOLDER``.

Only this script's wiring maps the replay's names to loopback; the flow is the one that the schedule serves.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flows.digest

from newsdigest.demo.replay import load_replay
from newsdigest.demo.server import ReplayServer
from newsdigest.fetcher.client import HttpFetcher
from newsdigest.pipeline.bureau import Bureau
from newsdigest.settings import Settings
from newsdigest.wiring import assembled, kinds, packaged_lexicon


def main(folder: Path) -> None:
    """Play all of the replay, run the flow, print its result as one JSON line."""
    table = kinds(packaged_lexicon())
    replay = load_replay(None, table)
    clock = replay.clock()
    clock.move_to(clock.end)
    with ReplayServer(replay, clock) as server:

        @contextmanager
        def open_replayed(place: Path) -> Iterator[Bureau]:
            fetcher = HttpFetcher(clock, "newsdigest-tests/1 (desk@bureau.example)", host_map=server.host_map)
            with assembled(Settings(root=place), clock, fetcher, replay.sources(table)) as bureau:
                yield bureau

        flows.digest.open_bureau = open_replayed
        print(json.dumps(flows.digest.digest(str(folder))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
