"""On demand: a page's address or words become one queued draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task

import flows.settled  # noqa: F401  (before Prefect)
from newsdigest.pipeline.breaking import breaking as run_breaking
from newsdigest.wiring import open_bureau


@task(name="breaking")
def draft_breaking(folder: str, what: str) -> dict[str, Any]:
    """Poll once, find the event, draft it from one voice on."""
    with open_bureau(Path(folder)) as bureau:
        return run_breaking(bureau, what)


@flow(name="breaking", timeout_seconds=900)
def breaking(what: str, folder: str = ".") -> dict[str, Any]:
    """Draft the event of an address or of words now."""
    return draft_breaking(folder, what)
