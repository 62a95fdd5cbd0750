"""Looking for damage: the file, the rows that hang together, the evidence, what dead processes left behind."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, and_, func, select, text

from newsdigest.drafts.draft import Draft
from newsdigest.errors import EvidenceError
from newsdigest.items.item import Item
from newsdigest.records import digest
from newsdigest.store.citations import evidence_of
from newsdigest.store.coding import chunks, decode
from newsdigest.store.items import HEADS, read_items
from newsdigest.store.leases import is_free
from newsdigest.store.migrate import HEAD, revision_of
from newsdigest.store.removal import resolution
from newsdigest.store.sql import SqlStore
from newsdigest.store.tables import (
    bodies,
    comparisons,
    documents,
    draft_versions,
    drafts,
    event_items,
    events,
    item_versions,
    items,
    jobs,
    leases,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: ``error`` is damage, ``warning`` mends itself or can wait. ``about`` is the key of the thing."""

    level: Literal["error", "warning"]
    what: str
    about: str = ""


def doctor(store: SqlStore, now: datetime) -> list[Finding]:
    """Examine the whole store; an empty list says that it is sound. Reads every body and every draft in force."""
    with store.database.reading() as connection:
        found = [*_schema(connection), *_engine(connection)]
        if not any(finding.level == "error" for finding in found):
            found.extend(_orphans(connection))
            found.extend(_bodies(connection))
            found.extend(_index(connection))
            found.extend(_evidence(connection))
            found.extend(_left_behind(connection, now))
    return found


def _schema(connection: Connection) -> Iterator[Finding]:
    found = revision_of(connection)
    if found != HEAD:
        yield Finding("error", f"The schema is {found}, this release's is {HEAD}.")


def _engine(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield Finding("error", f"The file is damaged: {line}.")
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Finding("error", f"Row {row} of {table} hangs on a row of {parent} that is not there.", table)


def _orphans(connection: Connection) -> Iterator[Finding]:
    without = select(items.c.key).where(~select(item_versions.c.n).where(item_versions.c.item == items.c.id).exists())
    for key in connection.scalars(without):
        yield Finding("error", f"The item {key} has no version.", key)
    lost = select(event_items.c.item).where(~select(items.c.id).where(items.c.key == event_items.c.item).exists())
    for key in connection.scalars(lost):
        yield Finding("error", f"An event holds the item {key}, which is not stored.", key)
    missing = select(item_versions.c.document).where(
        item_versions.c.document.is_not(None),
        ~select(documents.c.key).where(documents.c.key == item_versions.c.document).exists(),
    )
    for document in connection.scalars(missing.distinct()):
        yield Finding("warning", f"An item was read from the document {document}, which is not stored.", str(document))
    bare = select(draft_versions.c.draft, draft_versions.c.comparison).where(
        ~select(comparisons.c.key).where(comparisons.c.key == draft_versions.c.comparison).exists()
    )
    for draft, comparison in connection.execute(bare.distinct()):
        yield Finding("error", f"The draft {draft} rests on the comparison {comparison}, which is not stored.", draft)
    unknown = select(drafts.c.key, drafts.c.event).where(
        ~select(events.c.key).where(events.c.key == drafts.c.event).exists()
    )
    for draft, event in connection.execute(unknown):
        yield Finding("error", f"The draft {draft} is of the event {event}, which is not stored.", draft)


def _bodies(connection: Connection) -> Iterator[Finding]:
    query = select(bodies.c.sha256, bodies.c.data).where(bodies.c.data.is_not(None))
    for row in connection.execute(query.execution_options(yield_per=100)):
        try:
            whole = row.data is not None and digest(zlib.decompress(row.data)) == row.sha256
        except zlib.error:
            whole = False
        if not whole:
            yield Finding("error", f"The bytes {row.sha256} are not what was received.", row.sha256)


def _index(connection: Connection) -> Iterator[Finding]:
    live = connection.scalar(select(func.count()).select_from(items).where(items.c.removed.is_(None)))
    indexed = connection.scalar(text("SELECT count(*) FROM item_search"))
    if live != indexed:
        yield Finding("warning", f"The full-text index holds {indexed} of {live} items; rebuild it.")


def _evidence(connection: Connection) -> Iterator[Finding]:
    query = select(draft_versions.c.record).join(
        drafts, and_(drafts.c.key == draft_versions.c.draft, drafts.c.version == draft_versions.c.version)
    )
    for some in chunks(connection.scalars(query), 50):
        made = [decode(Draft, record) for record in some]
        cited = sorted({evidence.item for draft in made for evidence in evidence_of(draft)})
        known: dict[str, Item] = {}
        for keys in chunks(cited):
            known.update((i.key, i) for i in read_items(connection, HEADS.where(items.c.key.in_(keys))))
        for draft in made:
            for evidence in dict.fromkeys(evidence_of(draft)):
                try:
                    resolution(evidence, known.get(evidence.item))
                except EvidenceError as error:
                    yield Finding("error", f"{draft.id}: {error}", draft.id)


def _left_behind(connection: Connection, now: datetime) -> Iterable[Finding]:
    for row in connection.execute(select(leases)):
        if is_free(row, now):
            yield Finding("warning", f"{row.owner} left the lease {row.name} behind; the next one takes it.", row.name)
    expired = select(jobs.c.id, jobs.c.kind, jobs.c.key).where(jobs.c.state == "running", jobs.c.lease_until < now)
    for row in connection.execute(expired):
        yield Finding(
            "warning", f"The worker of the job {row.kind} {row.key} is gone; it will be tried again.", str(row.id)
        )
