"""Silent, frozen, blocked and changed sources, as a table on the run's page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact

import flows.settled  # noqa: F401  (before Prefect)
from newsdigest.pipeline.health import source_health
from newsdigest.wiring import open_bureau


@task(name="health")
def examine(folder: str) -> list[dict[str, Any]]:
    """Judge every source by what the store knows of it."""
    with open_bureau(Path(folder)) as bureau:
        return [row.as_json() for row in source_health(bureau, bureau.clock.now())]


@flow(name="health", timeout_seconds=300)
def health(folder: str = ".") -> list[dict[str, Any]]:
    """List the sources that need a person."""
    rows = examine(folder)
    ailing = [row for row in rows if row["condition"] not in ("fine", "new")]
    create_table_artifact(key="sources", table=ailing or rows, description="Sources that need a person")
    return ailing
