"""The readers without a worker process: for tests and small runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsdigest.isolation.tasks import run
from newsdigest.items.tables import ReadingTables
from newsdigest.ports import ReadJob


class InlineReader:
    """Reads in this process: no limit of time or memory holds."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        """``tables`` are the lexicon's (``lexicon.tables``)."""
        self._tables = ReadingTables.of(tables)

    async def read(self, job: ReadJob) -> Any:
        """Return what the reader made of the bytes, or raise ReadError."""
        return run(job.task, job.body, job.arguments, self._tables)

    async def close(self) -> None:
        """Nothing to end."""
