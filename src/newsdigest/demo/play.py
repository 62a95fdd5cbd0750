"""Playing a replay: the real pipeline against its own feeds on loopback, in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from newsdigest.demo.replay import load_replay
from newsdigest.demo.server import ReplayServer
from newsdigest.fetcher.client import HttpFetcher
from newsdigest.pipeline.bureau import Bureau, Progress, unheard
from newsdigest.pipeline.round import finish_round, open_run, poll_step
from newsdigest.settings import Settings
from newsdigest.wiring import assembled, kinds, packaged_lexicon, user_agent


@contextmanager
def played(
    settings: Settings,
    file: Path | None = None,
    *,
    until: datetime | None = None,
    extended: bool = False,
    progress: Callable[[Progress], None] = unheard,
) -> Iterator[tuple[Bureau, dict[str, Any]]]:
    """Poll every feed before each revision and once at the end, run the rest of the round, yield the bureau and the run's record.

    ``until`` plays only what was served by then; ``extended`` the late documents too. Raises ReplayError in one sentence.
    """
    table = kinds(packaged_lexicon())
    replay = load_replay(file, table)
    clock = replay.clock(until, extended)
    with ReplayServer(replay, clock, extended) as server:
        fetcher = HttpFetcher(clock, user_agent(settings), host_map=server.host_map)
        with assembled(settings, clock, fetcher, replay.sources(table), progress=progress) as bureau:
            with open_run(bureau, "demo") as run:
                for instant in replay.moments(until, extended):
                    clock.move_to(instant)
                    poll_step(bureau, run, force=True)
                record = finish_round(bureau, run)
            yield bureau, record
