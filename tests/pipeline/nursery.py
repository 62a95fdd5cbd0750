"""``python -m tests.pipeline.nursery poll|draft PORT FOLDER``: forks a round for every line of its input, so that one can be killed soon.

For each line the child prints its process id once its bureau is open and, once it has ended, the nursery prints ``ended STATUS``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.host_map import HostMap
from newsdigest.isolation.inline import InlineReader
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.round import finish_round, open_run, poll_step
from newsdigest.settings import Settings
from newsdigest.sources.source import Source
from newsdigest.wiring import assembled, event_weights, packaged_lexicon
from tests.pipeline.growing import outlets
from tests.pipeline.newsroom import START, MovedClock, source

TWO = ("harbour", "courier")
POLLS = 6


def poll(bureau: Bureau) -> None:
    """Poll again and again, each poll an hour after the last."""
    assert isinstance(bureau.clock, MovedClock)
    with open_run(bureau, "digest") as run:
        for _ in range(POLLS):
            poll_step(bureau, run, force=True)
            bureau.clock.pass_time(hours=1)


def draft(bureau: Bureau) -> None:
    """One whole round; the hour of what follows the poll does not hang on how much there was to fetch."""
    assert isinstance(bureau.clock, MovedClock)
    with open_run(bureau, "digest") as run:
        poll_step(bureau, run, force=True)
        bureau.clock.instant = START + timedelta(hours=1)
        finish_round(bureau, run)


def main() -> None:
    """Read the call, import everything once, then fork."""
    work, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    steps: dict[str, tuple[Callable[[Bureau], None], list[Source]]] = {
        "poll": (poll, outlets()),
        "draft": (draft, [source(name) for name in TWO]),
    }
    step, sources = steps[work]
    tables = packaged_lexicon().tables
    event_weights()
    if work == "draft":
        from newsdigest.embedding.bundled import BundledEmbedder

        assert BundledEmbedder
    print("ready", flush=True)
    for number, _ in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            clock = MovedClock()
            if work == "poll":
                # hundreds of rounds of one and the same second could not be told apart in the list of runs
                clock.pass_time(seconds=number)
            fetcher = HttpFetcher(clock, "newsdigest-tests/1 (desk@bureau.example)", host_map=HostMap(port))
            with assembled(Settings(root=folder), clock, fetcher, sources, reader=InlineReader(tables)) as bureau:
                print(os.getpid(), flush=True)
                step(bureau)
            os._exit(0)
        print("ended", os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
