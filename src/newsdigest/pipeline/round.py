"""The daily round, step by step. Each step reads the run's row, does its work, and writes what it found back."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter
from typing import Any

from newsdigest.errors import NewsdigestError, NotFound
from newsdigest.events.event import Event
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau, Progress
from newsdigest.pipeline.choosing import choose_events
from newsdigest.pipeline.drafting import compare_event, draft_event
from newsdigest.pipeline.polling import poll_sources
from newsdigest.pipeline.relating import relate_items
from newsdigest.pipeline.retention import retention_step
from newsdigest.records import short_key

LOG = logging.getLogger("newsdigest.round")
LEASE = "round"
LEASE_SECONDS = 900
WORDING = {"first", "wording"}


@contextmanager
def open_run(bureau: Bureau, kind: str) -> Iterator[str]:
    """Hold the round's lease and a run row while the steps run; yield the run's id. Raises LeaseHeld where another round runs."""
    started = bureau.clock.now()
    run = short_key("r", kind, started.isoformat(), bureau.owner)
    with bureau.store.lease(LEASE, bureau.owner, started, LEASE_SECONDS):
        bureau.store.save_run(run, _empty(run, kind, started.isoformat()), started, None)
        yield run


def run_round(bureau: Bureau, kind: str = "digest") -> dict[str, Any]:
    """Run one whole round in this process and return its record."""
    with open_run(bureau, kind) as run:
        poll_step(bureau, run)
        return finish_round(bureau, run)


def finish_round(bureau: Bureau, run: str) -> dict[str, Any]:
    """The steps after polling: relate, choose, compare, draft, close."""
    relate_step(bureau, run)
    draft_step(bureau, run, choose_step(bureau, run))
    return close_step(bureau, run)


def poll_step(bureau: Bureau, run: str, *, force: bool = False) -> dict[str, Any]:
    """Poll the sources that are due (``force``: all) and store what came; return counts."""
    record = _record(bureau, run)
    begun = perf_counter()
    report = bureau.wait(poll_sources(bureau, force=force))
    spent = perf_counter() - begun
    _add_seconds(record, "read", min(report.reading, spent))
    _add_seconds(record, "poll", max(0.0, spent - report.reading))
    record["sources"] |= {source: row.as_json() for source, row in report.sources.items()}
    record["errors"] = [error for error in record["errors"] if error.get("source") not in report.sources] + [
        {"source": source, "sentence": row.error} for source, row in report.sources.items() if row.error
    ]
    record["arrived"] = sorted({*record["arrived"], *report.arrived})
    facts = {
        "polled": len(report.sources),
        "arrived": len(record["arrived"]),
        "changed": report.changed,
        "failed": report.failed,
    }
    return _keep(bureau, run, record, "poll", facts)


def relate_step(bureau: Bureau, run: str, *, also: Sequence[str] = ()) -> dict[str, Any]:
    """Find the events of the window's items, of those that arrived and ``also`` of these; return counts."""
    record = _record(bureau, run)
    begun = perf_counter()
    events = relate_items(bureau, bureau.clock.now(), [*record["arrived"], *also])
    _add_seconds(record, "events", perf_counter() - begun)
    record["window"] = [event.id for event in events]
    facts = {"events": len(events), "items": sum(len(event.items) for event in events)}
    return _keep(bureau, run, record, "relate", facts)


def choose_step(bureau: Bureau, run: str) -> list[str]:
    """Choose the events to draft; what is left out goes to the record with its reason."""
    record = _record(bureau, run)
    choice = choose_events(bureau, [bureau.store.event(key) for key in record["window"]])
    record["left_out"] = [{"event": event, "reason": reason} for event, reason in choice.left_out]
    _keep(bureau, run, record, "choose", {"chosen": len(choice.chosen), "left_out": len(choice.left_out)})
    return [candidate.event.id for candidate in choice.chosen]


def draft_step(bureau: Bureau, run: str, events: Sequence[str]) -> list[str]:
    """Compare and draft each event; one that fails is an error of the record and stops no other. Return the drafts' ids."""
    record = _record(bureau, run)
    drafts: list[str] = []
    new = 0
    for number, key in enumerate(events, 1):
        try:
            fresh = _draft_one(bureau, record, bureau.store.event(key), drafts)
        except NewsdigestError as error:
            LOG.error("drafting %s", key, exc_info=error)
            record["errors"].append({"event": key, "sentence": str(error)})
        except Exception as error:
            LOG.exception("drafting %s", key)
            sentence = f"Drafting {key} failed unexpectedly ({type(error).__name__}: {error})."
            record["errors"].append({"event": key, "sentence": sentence})
        else:
            new += fresh
        bureau.progress(Progress("draft", number, len(events)))
    record["drafts"] = drafts
    _keep(bureau, run, record, "draft", {"drafts": len(drafts), "new": new})
    return drafts


def close_step(bureau: Bureau, run: str) -> dict[str, Any]:
    """Write the finished run record and return it."""
    record = _record(bureau, run)
    events = [bureau.store.event(key) for key in record["window"]]
    drafted = {event: draft for draft, event in ((d, bureau.store.draft(d).event) for d in record["drafts"])}
    items = bureau.store.items({key for event in events for key in event.items})
    record["items"] = len(items)
    record["events"] = [_event_row(event, drafted.get(event.id)) for event in events]
    record["versions"] = [row for item in items.values() if (row := _version_row(item))]
    record["let_go"] = retention_step(bureau)
    record["seconds"]["total"] = round(sum(v for k, v in record["seconds"].items() if k != "total"), 3)
    finished = bureau.clock.now()
    record["finished"] = finished.isoformat()
    bureau.store.save_run(run, record, datetime.fromisoformat(record["started"]), finished)
    bureau.progress(
        Progress("close", finished=True, facts={"drafts": len(record["drafts"]), "errors": len(record["errors"])})
    )
    return record


def _draft_one(bureau: Bureau, record: dict[str, Any], event: Event, drafts: list[str]) -> bool:
    now = bureau.clock.now()
    begun = perf_counter()
    comparison = compare_event(bureau, event, now)
    compared = perf_counter()
    draft, fresh = draft_event(bureau, event, comparison, now)
    _add_seconds(record, "compare", compared - begun)
    _add_seconds(record, "draft", perf_counter() - compared)
    drafts.append(draft.id)
    return fresh


def _empty(run: str, kind: str, started: str) -> dict[str, Any]:
    return {
        "id": run,
        "kind": kind,
        "started": started,
        "finished": None,
        "seconds": {"poll": 0.0, "read": 0.0, "events": 0.0, "compare": 0.0, "draft": 0.0, "total": 0.0},
        "items": 0,
        "sources": {},
        "arrived": [],
        "window": [],
        "events": [],
        "left_out": [],
        "versions": [],
        "drafts": [],
        "let_go": 0,
        "errors": [],
    }


def _record(bureau: Bureau, run: str) -> dict[str, Any]:
    found = next((dict(row) for row in bureau.store.runs(50) if row.get("id") == run), None)
    if found is None:
        raise NotFound(f"There is no run {run}.", about=run)
    return found


def _keep(bureau: Bureau, run: str, record: dict[str, Any], step: str, facts: dict[str, Any]) -> dict[str, Any]:
    bureau.store.save_run(run, record, datetime.fromisoformat(record["started"]), None)
    bureau.progress(Progress(step, finished=True, facts=facts))
    return facts


def _add_seconds(record: dict[str, Any], step: str, spent: float) -> None:
    record["seconds"][step] = round(record["seconds"][step] + spent, 3)


def _event_row(event: Event, draft: str | None) -> dict[str, Any]:
    copies = [list(copy.items) for copy in event.copies]
    return {
        "id": event.id,
        "items": list(event.items),
        "copies": copies,
        "related": list(event.related),
        "draft": draft,
    }


def _version_row(item: Item) -> dict[str, Any] | None:
    if len(item.versions) < 2:
        return None
    changes = {change for version in item.versions[1:] for change in version.changes}
    kind = "wording" if changes <= WORDING else "substance"
    return {"item": item.key, "count": len(item.versions), "kind": kind}
