"""The daily round: poll, relate, choose, draft. Five tasks a run, whatever the number of items; tasks pass ids, never texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task

import flows.settled  # noqa: F401  (before Prefect)
from newsdigest.pipeline import round as steps
from newsdigest.wiring import open_bureau

# Single requests are retried by the fetcher; a whole stage is tried again only where the machine failed it.
AGAIN = {"retries": 1, "retry_delay_seconds": 30}


@task(name="poll", **AGAIN)
def poll(folder: str, run: str) -> dict[str, Any]:
    """Poll every source that is due."""
    with open_bureau(Path(folder)) as bureau:
        return steps.poll_step(bureau, run)


@task(name="relate", **AGAIN)
def relate(folder: str, run: str) -> dict[str, Any]:
    """Find the events of the window."""
    with open_bureau(Path(folder)) as bureau:
        return steps.relate_step(bureau, run)


@task(name="choose")
def choose(folder: str, run: str) -> list[str]:
    """Choose the events to draft; return their ids."""
    with open_bureau(Path(folder)) as bureau:
        return steps.choose_step(bureau, run)


@task(name="draft", **AGAIN)
def draft(folder: str, run: str, events: list[str]) -> list[str]:
    """Compare and draft the chosen events; return the drafts' ids."""
    with open_bureau(Path(folder)) as bureau:
        return steps.draft_step(bureau, run, events)


@task(name="close")
def close(folder: str, run: str) -> dict[str, Any]:
    """Write the run record."""
    with open_bureau(Path(folder)) as bureau:
        return steps.close_step(bureau, run)


@flow(name="digest", timeout_seconds=3600)
def digest(folder: str = ".") -> dict[str, Any]:
    """Run one daily round; another round under way makes this one say so and end."""
    with open_bureau(Path(folder)) as bureau, steps.open_run(bureau, "digest") as run:
        poll(folder, run)
        relate(folder, run)
        drafts = draft(folder, run, choose(folder, run))
        record = close(folder, run)
    return {"run": run, "drafts": drafts, "errors": len(record["errors"])}
