"""The append-only record; triggers in the database refuse to change or delete a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from newsdigest.ports import AuditEntry
from newsdigest.store.coding import decode_mapping, encode
from newsdigest.store.rows import Rows
from newsdigest.store.tables import audit


def write_audit(
    connection: Connection, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Append a line within a transaction of the caller's."""
    values = {"at": at, "actor": actor, "action": action, "subject": subject, "detail": encode(dict(detail))}
    connection.execute(insert(audit).values(**values))


class AuditRows(Rows):
    """The audit."""

    def record(self, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Append a line."""
        with self.database.writing() as connection:
            write_audit(connection, at, actor, action, subject, detail)

    def audit(self, subject: str | None = None, limit: int = 200) -> list[AuditEntry]:
        """Return the newest lines (on one subject), newest first."""
        columns = audit.c
        query = select(columns.id, columns.at, columns.actor, columns.action, columns.subject, columns.detail)
        if subject is not None:
            query = query.where(columns.subject == subject)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(columns.id.desc()).limit(limit)).all()
        return [
            AuditEntry(row.id, row.at, row.actor, row.action, row.subject, decode_mapping(row.detail)) for row in rows
        ]
