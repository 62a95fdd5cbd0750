"""Lawful removal: the words go, a tombstone with the hashes stays, and evidence says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from newsdigest.drafts.draft import Draft
from newsdigest.errors import EvidenceError, NotFound
from newsdigest.items.captures import captures_of
from newsdigest.items.evidence import Evidence, resolves
from newsdigest.items.item import Item
from newsdigest.store.audit import write_audit
from newsdigest.store.citations import evidence_of
from newsdigest.store.coding import decode, encode
from newsdigest.store.item_writing import head_of
from newsdigest.store.items import HEADS, read_items
from newsdigest.store.rows import Rows
from newsdigest.store.search_index import forget_item
from newsdigest.store.tables import bodies, documents, draft_versions, drafts, item_versions, items

RESOLVES = "resolves"


class RemovalRows(Rows):
    """Removal, and what evidence resolves to."""

    def remove_item(self, key: str, reason: str, by: str, at: datetime) -> None:
        """Take an item's words out of every version, and its captures' bytes where no other item rests on them.

        Keys, hashes, addresses and times stay, so that what cited it can say "removed on DATE, reason", and so that the
        next poll does not bring it back.
        """
        tombstone = f"removed on {at:%Y-%m-%d}, {reason}"
        with self.database.writing() as connection:
            if self.database.sqlite:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            serial = connection.scalar(select(items.c.id).where(items.c.key == key).with_for_update())
            if serial is None:
                raise NotFound(f"There is no item {key}.", about=key)
            item = read_items(connection, HEADS.where(items.c.id == serial))[0]
            if item.removed is not None:
                return
            bare = item.model_copy(update={"removed": tombstone})
            connection.execute(update(items).where(items.c.id == serial).values(removed=tombstone, head=head_of(bare)))
            _blank_versions(connection, serial, item)
            forget_item(connection, serial)
            emptied = _empty_bodies(connection, serial, item, tombstone)
            write_audit(connection, at, by, "remove_item", key, {"reason": reason, "bytes": emptied})
        self._scrub()

    def drafts_citing(self, key: str) -> list[str]:
        """Return the drafts whose version in force rests on an item's words, in order of key."""
        query = select(draft_versions.c.record).join(
            drafts, and_(drafts.c.key == draft_versions.c.draft, drafts.c.version == draft_versions.c.version)
        )
        with self.database.reading() as connection:
            records = connection.scalars(query.execution_options(yield_per=50))
            made = [decode(Draft, record) for record in records if key in record]  # records are packed: no LIKE
        return sorted(draft.id for draft in made if any(evidence.item == key for evidence in evidence_of(draft)))

    def _scrub(self) -> None:
        """Leave no copy of the words in the write-ahead log (as far as other readers let us)."""
        if not self.database.sqlite:
            return
        connection = self.database.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def resolve(self, evidence: Evidence) -> str:
        """Return ``resolves``, or the tombstone's "removed on DATE, reason"; EvidenceError where it never stood there."""
        with self.database.reading() as connection:
            found = read_items(connection, HEADS.where(items.c.key == evidence.item))
        return resolution(evidence, found[0] if found else None)


def resolution(evidence: Evidence, item: Item | None) -> str:
    """Judge evidence against the stored item; see ``RemovalRows.resolve``."""
    about = evidence.item
    if item is None:
        raise EvidenceError(f"The cited item {about} is not stored.", about=about)
    if item.removed is not None:
        version = next((v for v in item.versions if v.n == evidence.version), None)
        kept = version and (version.title_sha256 if evidence.field == "title" else version.text_sha256)
        if kept == evidence.sha256:
            return item.removed
    elif resolves(evidence, item):
        return RESOLVES
    raise EvidenceError(
        f"Characters {evidence.start}–{evidence.end} of the {evidence.field} of {about}, version {evidence.version}, "
        "are not the ones cited.",
        about=about,
    )


def _blank_versions(connection: Connection, serial: int, item: Item) -> None:
    for version in item.versions:
        bare = version.model_copy(update={"title": "", "text": "", "byline": "", "credit": "", "state": "empty"})
        connection.execute(
            update(item_versions)
            .where(item_versions.c.item == serial, item_versions.c.n == version.n)
            .values(record=encode(bare))
        )


def _empty_bodies(connection: Connection, serial: int, item: Item, tombstone: str) -> list[str]:
    """Empty the bytes that only this item rests on; return their hashes."""
    captures = [key for version in item.versions for key in captures_of(version)]
    hashes = connection.scalars(select(documents.c.sha256).where(documents.c.key.in_(captures)).distinct()).all()
    needed = (
        select(documents.c.sha256)
        .join(item_versions, item_versions.c.document == documents.c.key)
        .join(items, items.c.id == item_versions.c.item)
        .where(items.c.id != serial, items.c.removed.is_(None))
    )
    kept = set(connection.scalars(needed.where(documents.c.sha256.in_(hashes))))
    emptied = sorted(set(hashes) - kept)
    connection.execute(update(bodies).where(bodies.c.sha256.in_(emptied)).values(data=None, removed=tombstone))
    return emptied
