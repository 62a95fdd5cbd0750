"""Whose turn it is at a host: one request at a time, a pause between two, and promised waits kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from newsdigest.errors import FetchError
from newsdigest.ports import Clock
from newsdigest.sources.back_off import back_off

PAUSE = 2.0
PAUSE_OFFICIAL = 5.0
_OFFICIAL_SUFFIXES = (".gov.cn", ".go.jp")
LONGEST_CRAWL_DELAY = 60.0
LONGEST_RETRY_AFTER = timedelta(days=7)
# A host that cannot be reached is left alone at once; answers of 5xx may be one feed's own fault, so three in a row speak for the host.
FAILURES_THAT_SPEAK_FOR_THE_HOST = 3


@dataclass(slots=True)
class HostState:
    """What we remember of one host: when its last answer ended, until when it is left alone and why, failures in a row."""

    last_end: datetime | None = None
    not_before: datetime | None = None
    reason: str = ""
    failures: int = 0
    crawl_delay: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class HostTurns:
    """Hands out turns at hosts; every wait goes through the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hosts: dict[str, HostState] = defaultdict(HostState)

    @asynccontextmanager
    async def turn(self, host: str, address: str) -> AsyncIterator[None]:
        """Wait for the turn at a host and hold it; raise FetchError where the host is to be left alone for now."""
        state = self._hosts[host]
        async with state.lock:
            self._refuse_while_waiting(state, host, address)
            if state.last_end is not None:
                free = state.last_end + timedelta(seconds=pause_of(host, state.crawl_delay))
                wait = (free - self._clock.now()).total_seconds()
                if wait > 0:
                    await self._clock.sleep(wait)
            try:
                yield
            finally:
                state.last_end = self._clock.now()

    def renew_locks(self) -> None:
        """Make the locks anew for another event loop; what is known of the hosts stays."""
        for state in self._hosts.values():
            state.lock = asyncio.Lock()

    def succeeded(self, host: str) -> None:
        """The host answered as it should: its failures are forgotten."""
        self._hosts[host].failures = 0

    def failed(self, host: str, *, unreachable: bool) -> datetime | None:
        """Count a failure; return the instant until which the host is now left alone, if it is."""
        state = self._hosts[host]
        state.failures += 1
        if not unreachable and state.failures < FAILURES_THAT_SPEAK_FOR_THE_HOST:
            return None
        rounds = state.failures if unreachable else state.failures - FAILURES_THAT_SPEAK_FOR_THE_HOST + 1
        self._leave_alone(state, self._clock.now() + back_off(rounds, host), "it fails")
        return state.not_before

    def told_to_wait(self, host: str, until: datetime) -> None:
        """The host named a time (Retry-After): nothing is asked of it before."""
        self._leave_alone(self._hosts[host], until, "it asked us to wait")

    def slow_down(self, host: str, crawl_delay: float | None) -> None:
        """Take over a robots.txt's Crawl-delay, up to a minute."""
        self._hosts[host].crawl_delay = min(crawl_delay or 0.0, LONGEST_CRAWL_DELAY)

    def memory(self) -> dict[str, dict[str, object]]:
        """What should survive a restart, as JSON: the hosts that are to be left alone."""
        now = self._clock.now()
        return {
            host: {"not_before": state.not_before.isoformat(), "reason": state.reason, "failures": state.failures}
            for host, state in sorted(self._hosts.items())
            if state.not_before is not None and state.not_before > now
        }

    def recall(self, memory: dict[str, dict[str, object]]) -> None:
        """Take up what ``memory`` returned in an earlier process."""
        for host, kept in memory.items():
            state = self._hosts[host]
            state.not_before = datetime.fromisoformat(str(kept["not_before"]))
            state.reason = str(kept.get("reason", ""))
            state.failures = int(str(kept.get("failures", 0)))

    def _leave_alone(self, state: HostState, until: datetime, reason: str) -> None:
        if state.not_before is None or until > state.not_before:
            state.not_before, state.reason = until, reason

    def _refuse_while_waiting(self, state: HostState, host: str, address: str) -> None:
        if state.not_before is None:
            return
        if self._clock.now() < state.not_before:
            raise FetchError(
                f"{host} is left alone until {state.not_before:%Y-%m-%d %H:%M:%S} UTC because {state.reason}.",
                about=address,
                retry_at=state.not_before,
            )
        state.not_before = None


def pause_of(host: str, crawl_delay: float = 0.0) -> float:
    """Seconds between two requests to a host."""
    own = PAUSE_OFFICIAL if host.endswith(_OFFICIAL_SUFFIXES) else PAUSE
    return max(own, crawl_delay)


def retry_instant(value: str | None, now: datetime) -> datetime | None:
    """Return the instant a Retry-After header names (seconds or HTTP date), at most 7 days off; None for garbage or the past."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        wait = (
            timedelta(seconds=min(int(text), LONGEST_RETRY_AFTER.total_seconds()))
            if len(text) < 12
            else LONGEST_RETRY_AFTER
        )
    else:
        try:
            stated = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        if stated.tzinfo is None:
            return None
        wait = min(stated - now, LONGEST_RETRY_AFTER)
    return now + wait if wait > timedelta(0) else None
