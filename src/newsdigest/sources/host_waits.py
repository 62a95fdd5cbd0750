"""Which hosts we promised to leave alone, read back from the states of their sources after a restart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from newsdigest.sources.schedule import PollState, poll_address
from newsdigest.sources.source import Source

PAGE_WAITS = "page_waits"
"""In a state's memory: host to the instant (ISO) that an answer to one of its pages named."""


def host_waits(sources: Iterable[tuple[Source, PollState]], now: datetime) -> dict[str, dict[str, object]]:
    """Return host to ``{"not_before", "reason"}`` for waits that are not over: what the fetcher's ``turns.recall`` takes.

    One source that was told to wait (Retry-After) speaks for all sources of its host.
    """
    waits: dict[str, dict[str, object]] = {}
    for source, state in sources:
        for host, until in _promised(source, state):
            if not host or datetime.fromisoformat(until) <= now:
                continue
            if host not in waits or str(waits[host]["not_before"]) < until:
                waits[host] = {"not_before": until, "reason": "it asked us to wait"}
    return waits


def page_waits(waits: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Return those of a state's page waits that are not over."""
    return {host: until for host, until in waits.items() if datetime.fromisoformat(until) > now}


def _promised(source: Source, state: PollState) -> Iterator[tuple[str, str]]:
    until = state.memory.get("host_wait")
    if isinstance(until, str):
        yield (urlsplit(poll_address(state, source)).hostname or "").lower(), until
    yield from state.memory.get(PAGE_WAITS, {}).items()
