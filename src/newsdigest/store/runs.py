"""Records of rounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from newsdigest.store.coding import decode_mapping, encode
from newsdigest.store.rows import Rows, upsert
from newsdigest.store.tables import runs


class RunRows(Rows):
    """Rounds."""

    def save_run(self, run: str, record: Mapping[str, Any], started: datetime, finished: datetime | None) -> None:
        """Write a round's record, in place of an earlier state of it. The record is JSON."""
        values = {"started": started, "finished": finished, "record": encode(dict(record))}
        with self.database.writing() as connection:
            upsert(connection, runs, "key", key=run, **values)

    def runs(self, limit: int = 20) -> list[Mapping[str, Any]]:
        """Return the newest records, newest first, each with ``run``, ``started`` and ``finished`` (ISO, UTC, or None)."""
        query = select(runs.c.key, runs.c.started, runs.c.finished, runs.c.record)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(runs.c.started.desc(), runs.c.key.desc()).limit(limit)).all()
        return [
            {
                "run": row.key,
                "started": row.started.isoformat(),
                "finished": row.finished.isoformat() if row.finished else None,
                **decode_mapping(row.record),
            }
            for row in rows
        ]
