"""Which hosts we promised to leave alone, read back from the states of their sources after a restart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from newsdigest.sources.schedule import PollState, poll_address
from newsdigest.sources.source import Source


def host_waits(sources: Iterable[tuple[Source, PollState]], now: datetime) -> dict[str, dict[str, object]]:
    """Return host to ``{"not_before", "reason"}`` for waits that are not over: what the fetcher's ``turns.recall`` takes.

    One source that was told to wait (Retry-After) speaks for all sources of its host.
    """
    waits: dict[str, dict[str, object]] = {}
    for source, state in sources:
        until = state.memory.get("host_wait")
        host = (urlsplit(poll_address(state, source)).hostname or "").lower()
        if not isinstance(until, str) or not host or datetime.fromisoformat(until) <= now:
            continue
        if host not in waits or str(waits[host]["not_before"]) < until:
            waits[host] = {"not_before": until, "reason": "it asked us to wait"}
    return waits
