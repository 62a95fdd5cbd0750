"""Bytes have an end: captures that are old, and on which no cited evidence rests, keep their record and hash and lose their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from newsdigest.drafts.draft import Draft
from newsdigest.items.captures import captures_of
from newsdigest.items.item import ItemVersion
from newsdigest.store.audit import write_audit
from newsdigest.store.citations import evidence_of
from newsdigest.store.coding import chunks, decode
from newsdigest.store.documents import LET_GO
from newsdigest.store.rows import Rows
from newsdigest.store.tables import bodies, documents, draft_versions, item_versions, items


class RetentionRows(Rows):
    """Retention of captures' bytes."""

    def let_go_of_bytes(self, before: datetime, at: datetime, by: str) -> list[str]:
        """Empty the bytes that were last received before ``before`` and that no evidence of any draft needs; return their hashes.

        Records, hashes, addresses and times stay; the same bytes received again are kept anew.
        """
        with self.database.writing(alone="retention") as connection:
            old = _old_hashes(connection, before)
            let_go = sorted(old - _needed_hashes(connection, old)) if old else []
            for some in chunks(let_go):
                values = {"data": None, "removed": f"{LET_GO}{at:%Y-%m-%d}, past the days they are kept"}
                connection.execute(update(bodies).where(bodies.c.sha256.in_(some)).values(**values))
            if let_go:
                write_audit(connection, at, by, "let_go_of_bytes", "documents", {"bytes": len(let_go)})
        return let_go


def _old_hashes(connection: Connection, before: datetime) -> set[str]:
    query = (
        select(documents.c.sha256)
        .join(bodies, bodies.c.sha256 == documents.c.sha256)
        .where(bodies.c.data.is_not(None))
        .group_by(documents.c.sha256)
        .having(func.max(documents.c.last_received) < before)
    )
    return set(connection.scalars(query))


def _needed_hashes(connection: Connection, old: set[str]) -> set[str]:
    """The hashes of captures from which a cited version was read."""
    needed: set[str] = set()
    for cited in chunks(sorted(set(_cited_versions(connection)))):
        wanted = set(cited)
        query = (
            select(items.c.key, item_versions.c.n, item_versions.c.record)
            .join(item_versions, item_versions.c.item == items.c.id)
            .where(items.c.key.in_({key for key, _ in wanted}))
        )
        versions = [decode(ItemVersion, row.record) for row in connection.execute(query) if (row.key, row.n) in wanted]
        captures = {key for version in versions for key in captures_of(version)}
        for keys in chunks(sorted(captures)):
            needed.update(connection.scalars(select(documents.c.sha256).where(documents.c.key.in_(keys))))
    return needed & old


def _cited_versions(connection: Connection) -> Iterator[tuple[str, int]]:
    query = select(draft_versions.c.record).execution_options(yield_per=50)
    for record in connection.scalars(query):
        yield from ((evidence.item, evidence.version) for evidence in evidence_of(decode(Draft, record)))
