"""Polling: each source's feed or listing, the pages it links to, the items they come down to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from urllib.parse import urlsplit

from newsdigest.pipeline.bureau import Bureau, Progress
from newsdigest.pipeline.citations import Citations
from newsdigest.pipeline.committing import Committing
from newsdigest.pipeline.poll_report import PollReport, SourceReport
from newsdigest.pipeline.source_poll import SourcePoll
from newsdigest.ports import SourceState
from newsdigest.sources import schedule
from newsdigest.sources.source import Source

__all__ = ["PollReport", "SourceReport", "poll_sources"]

# Sources in hand at once. It bounds the bytes held in memory; the fetcher has its own, smaller limit of hosts asked at once.
AT_HAND = 48


async def poll_sources(bureau: Bureau, *, only: Sequence[str] | None = None, force: bool = False) -> PollReport:
    """Poll the enabled sources that are due (``force``: all of them), side by side; one that fails stops no other."""
    states = bureau.store.source_states()
    now = bureau.clock.now()
    wanted = [
        source
        for source in bureau.sources.values()
        if (source.enabled or (only and source.id in only)) and source.address and (not only or source.id in only)
    ]
    due = [s for s in wanted if force or schedule.is_due(states.get(s.id, SourceState(s.id)), s, now)]
    report = PollReport()
    waiting = iter(hosts_apart(due, states))
    committing = Committing(bureau.store)
    cited = Citations(bureau.store, now)

    async def hand() -> None:
        for source in waiting:
            poll = SourcePoll(bureau, source, states.pop(source.id, None), report, committing, cited)
            report.sources[source.id] = await poll.run()
            bureau.progress(Progress("poll", len(report.sources), len(due)))

    await asyncio.gather(*(hand() for _ in range(min(AT_HAND, len(due)))))
    report.sources = dict(sorted(report.sources.items()))
    return report


def hosts_apart(due: Iterable[Source], states: Mapping[str, SourceState]) -> list[Source]:
    """The sources in an order that takes one of each host in turn: one busy host must not hold all hands."""
    by_host: dict[str, list[Source]] = {}
    for source in due:
        address = schedule.poll_address(states.get(source.id, SourceState(source.id)), source)
        by_host.setdefault(urlsplit(address).netloc.lower(), []).append(source)
    return [source for turn in zip_longest(*by_host.values()) for source in turn if source is not None]
