"""When a source is polled, whether conditionally, and what a poll changes: decisions on data and ``now``.

The caller keeps the state (``ports.SourceState`` fits ``PollState``), asks ``is_due``, ``poll_address`` and ``may_be_conditional`` before a
poll, and puts the ``Verdict`` of ``after_answer`` or ``after_failure`` into the state after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from newsdigest.errors import FetchError, Gone, NewsdigestError, Refused
from newsdigest.sources.back_off import back_off, spread
from newsdigest.sources.freshness import lifetime
from newsdigest.sources.moves import follow_move, forget_move, moved_to
from newsdigest.sources.source import Source
from newsdigest.sources.staleness import gap_hours, is_frozen, newest_of

Condition = Literal["new", "fine", "frozen", "blocked", "moved", "broken", "gone"]

SHORTEST = timedelta(minutes=15)
SHORTEST_WITHOUT_VALIDATORS = timedelta(minutes=60)
DAILY = timedelta(hours=24)
JITTER = 0.2
NOT_FOUND_IS_GONE = timedelta(days=7)
_OF_FAILURES = ("not_found_since", "refusals", "faults", "host_wait")


class ValidatorPair(Protocol):
    """ETag and Last-Modified as received."""

    @property
    def etag(self) -> str | None: ...
    @property
    def last_modified(self) -> str | None: ...


class PollState(Protocol):
    """What is known of a source between polls; instants are UTC."""

    @property
    def validators(self) -> ValidatorPair: ...
    @property
    def body_sha256(self) -> str | None: ...
    @property
    def last_polled(self) -> datetime | None: ...
    @property
    def next_due(self) -> datetime | None: ...
    @property
    def failures(self) -> int: ...
    @property
    def condition(self) -> Condition: ...
    @property
    def newest_item(self) -> datetime | None: ...
    @property
    def memory(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """One good poll: 304, or 200 whose items could be read.

    ``headers`` have lower-case names; ``permanent`` says that every redirect was 301 or 308; ``item_times`` are the items' publications
    where stated; ``new_items`` counts those not seen before; ``ttl_minutes`` is the feed's own.
    """

    status: int
    address: str
    final_address: str
    headers: Mapping[str, str]
    permanent: bool = False
    body_sha256: str | None = None
    item_times: Sequence[datetime] = ()
    new_items: int = 0
    ttl_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a poll changes in the state. ``next_due`` None means: not by itself again (gone)."""

    next_due: datetime | None
    failures: int
    condition: Condition
    error: str | None
    memory: Mapping[str, Any]
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    newest_item: datetime | None


def is_due(state: PollState, source: Source, now: datetime) -> bool:
    """Whether to poll the source now."""
    if not source.enabled:
        return False
    if state.last_polled is None or _another_address(state, source):
        return True
    if state.condition == "gone":
        return False
    if state.last_polled > now + DAILY:
        # The clock was far ahead when this was written: waiting for it could take years.
        return True
    return state.next_due is None or now >= state.next_due


def poll_address(state: PollState, source: Source) -> str:
    """Where to poll: the catalogue's address, or where it has lastingly moved to."""
    return source.address if _another_address(state, source) else moved_to(state.memory) or source.address


def may_be_conditional(state: PollState, source: Source, now: datetime) -> bool:
    """Whether validators may be sent: they belong to this address, and a full answer was had within a day (± a tenth).

    The daily full fetch survives servers that go on answering 304 while their content changes.
    """
    last_full = _instant(state.memory.get("last_full"))
    if last_full is None or _another_address(state, source):
        return False
    day = DAILY * (0.9 + 0.2 * spread(source.id, last_full.isoformat()))
    return now - last_full < day


def is_same_body(state: PollState, body_sha256: str) -> bool:
    """Whether a 200 brought what was read before: then it is as good as 304 and need not be read again."""
    return state.body_sha256 == body_sha256 and state.condition not in ("broken", "new")


def after_answer(state: PollState, source: Source, answer: Answer, now: datetime) -> Verdict:
    """Decide what a good poll changes."""
    full = answer.status != 304
    kept = {} if _another_address(state, source) else state.memory
    memory: dict[str, Any] = {k: v for k, v in kept.items() if k not in _OF_FAILURES}
    memory["for_address"] = source.address
    if full:
        memory["last_full"] = now.isoformat()
    if answer.new_items or "last_new" not in memory:
        memory["last_new"] = now.isoformat()
    gap = gap_hours(answer.item_times)
    if gap is not None:
        memory["gap_hours"] = gap
    follow_move(memory, answer.address, answer.final_address, answer.permanent, now)
    etag, modified = _validators(state, answer)
    newest = newest_of(answer.item_times, state.newest_item, now)
    return Verdict(
        next_due=now + _interval(source, answer, etag is not None or modified is not None, now),
        failures=0,
        condition=_condition(memory, source, newest, now),
        error=None,
        memory=memory,
        etag=etag,
        last_modified=modified,
        body_sha256=answer.body_sha256 if full and answer.body_sha256 else state.body_sha256,
        newest_item=newest,
    )


def after_failure(state: PollState, source: Source, error: NewsdigestError, now: datetime) -> Verdict:
    """Decide what a failed poll changes. The last good copy, its hash and its newest item stay."""
    memory = dict({} if _another_address(state, source) else state.memory)
    memory["for_address"] = source.address
    if isinstance(error, FetchError) and error.retry_at is not None:
        memory["host_wait"] = error.retry_at.isoformat()
    if isinstance(error, FetchError) and error.status is None and error.retry_at is not None:
        # The fetcher kept a promise to the host and did not ask: no failure of this source.
        return _verdict(
            state, error.retry_at + _jitter(source, SHORTEST), state.failures, state.condition, error, memory
        )
    if moved_to(memory) is not None and isinstance(error, FetchError) and 400 <= (error.status or 0) < 500:
        # The new address does not hold: back to the one in the catalogue, whose sightings count from nothing again.
        forget_move(memory)
        return _verdict(state, now + back_off(1, source.id), state.failures + 1, "broken", error, memory)
    condition = _condition_of_failure(memory, error, now)
    if condition == "gone":
        return _verdict(state, None, state.failures + 1, condition, error, memory)
    if condition == "blocked":
        memory["refusals"] = int(memory.get("refusals", 0)) + 1
        return _verdict(state, now + DAILY + _jitter(source, DAILY), state.failures + 1, condition, error, memory)
    # 4xx and 5xx are counted apart: a server that stumbles must not inherit the pause of an address that was wrong for days.
    family = "wrong" if isinstance(error, FetchError) and 400 <= (error.status or 0) < 500 else "stumbled"
    faults = {family: int(memory.get("faults", {}).get(family, 0)) + 1}
    memory["faults"] = faults
    pause = max(back_off(faults[family], source.id), _shortest(state.validators.etag or state.validators.last_modified))
    due = now + pause
    if isinstance(error, FetchError) and error.retry_at is not None:
        due = max(due, error.retry_at)
    return _verdict(state, due, state.failures + 1, condition, error, memory)


def condition_at(state: PollState, source: Source, now: datetime) -> Condition:
    """The condition as it stands at ``now``: a source that was fine freezes by the mere passing of time."""
    if state.condition in ("fine", "frozen"):
        return _condition(state.memory, source, state.newest_item, now)
    return state.condition


def _condition(memory: Mapping[str, Any], source: Source, newest: datetime | None, now: datetime) -> Condition:
    if is_frozen(source, newest or _instant(memory.get("last_new")), memory.get("gap_hours"), now):
        return "frozen"
    return "moved" if moved_to(memory) is not None else "fine"


def _condition_of_failure(memory: dict[str, Any], error: NewsdigestError, now: datetime) -> Condition:
    if isinstance(error, Refused):
        return "blocked"
    if isinstance(error, Gone):
        return "gone"
    if isinstance(error, FetchError) and error.status == 404:
        since = _instant(memory.setdefault("not_found_since", now.isoformat()))
        return "gone" if since is not None and now - since >= NOT_FOUND_IS_GONE else "broken"
    memory.pop("not_found_since", None)
    return "broken"


def _interval(source: Source, answer: Answer, validated: bool, now: datetime) -> timedelta:
    base = max(timedelta(minutes=source.interval_minutes), _shortest(validated))
    base = max(base, lifetime(answer.headers, now, answer.ttl_minutes))
    return base + _jitter(source, base)


def _shortest(validated: object) -> timedelta:
    return SHORTEST if validated else SHORTEST_WITHOUT_VALIDATORS


def _jitter(source: Source, interval: timedelta) -> timedelta:
    return interval * JITTER * spread(source.id)


def _validators(state: PollState, answer: Answer) -> tuple[str | None, str | None]:
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.status != 304:
        return etag, modified
    return etag or state.validators.etag, modified or state.validators.last_modified


def _another_address(state: PollState, source: Source) -> bool:
    return bool(state.memory.get("for_address", source.address) != source.address)


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def _verdict(
    state: PollState,
    due: datetime | None,
    failures: int,
    condition: Condition,
    error: NewsdigestError,
    memory: Mapping[str, Any],
) -> Verdict:
    return Verdict(
        next_due=due,
        failures=failures,
        condition=condition,
        error=str(error),
        memory=memory,
        etag=state.validators.etag,
        last_modified=state.validators.last_modified,
        body_sha256=state.body_sha256,
        newest_item=state.newest_item,
    )
