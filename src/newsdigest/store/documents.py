"""Captures and their bytes: bytes once a hash, compressed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from newsdigest.documents.document import Document
from newsdigest.errors import NotFound, StoreError
from newsdigest.records import digest
from newsdigest.store.coding import decode, encode, plain
from newsdigest.store.rows import Rows, insert_new
from newsdigest.store.tables import bodies, documents

# Level 6 takes more than twice the time for a tenth fewer bytes on feeds, and this is a good part of a poll's work.
COMPRESSION = 3

LET_GO = "let go on "
"""How the note of bytes begins that were only too old: unlike removed ones, they are kept again when they come again."""


def write_documents(connection: Connection, captures: Sequence[tuple[Document, bytes]]) -> None:
    """Store captures within a transaction of the caller's; one that is there already only moves its last receipt."""
    for document, body in sorted(captures, key=lambda capture: capture[0].sha256):  # one order for all: no deadlock
        if digest(body) != document.sha256:
            raise StoreError(f"The bytes of {document.key} are not those of its hash.", about=document.key)
        known = connection.execute(select(bodies.c.removed).where(bodies.c.sha256 == document.sha256)).first()
        if known is None:
            row = {
                "sha256": document.sha256,
                "size": len(body),
                "data": zlib.compress(body, COMPRESSION),
                "removed": None,
            }
            insert_new(connection, bodies, [row])
        elif known.removed is not None and known.removed.startswith(LET_GO):
            kept_again = {"data": zlib.compress(body, COMPRESSION), "removed": None}
            connection.execute(update(bodies).where(bodies.c.sha256 == document.sha256).values(**kept_again))
        new = {
            "key": document.key,
            "source": document.source,
            "address": plain(document.address),
            "sha256": document.sha256,
            "last_received": document.received,
            "record": encode(document),
        }
        insert_new(connection, documents, [new])
        connection.execute(
            update(documents)
            .where(documents.c.key == document.key, documents.c.last_received < document.received)
            .values(last_received=document.received)
        )


class DocumentRows(Rows):
    """Captures."""

    def document(self, key: str) -> Document:
        """Return a capture."""
        with self.database.reading() as connection:
            record = connection.scalar(select(documents.c.record).where(documents.c.key == key))
        if record is None:
            raise NotFound(f"There is no document {key}.", about=key)
        return decode(Document, record)

    def body(self, sha256: str) -> bytes:
        """Return bytes as received; raise NotFound where they are unknown or were removed, which the sentence says."""
        with self.database.reading() as connection:
            row = connection.execute(select(bodies.c.data, bodies.c.removed).where(bodies.c.sha256 == sha256)).first()
        if row is None:
            raise NotFound(f"There are no bytes {sha256}.", about=sha256)
        if row.data is None:
            raise NotFound(f"The bytes {sha256} were {row.removed}.", about=sha256)
        return zlib.decompress(row.data)

    def documents_between(self, since: datetime | None, until: datetime | None, source: str = "") -> list[Document]:
        """Return the captures (of a source) received in ``[since, until)``, first to last; one received again then counts too."""
        query = select(documents.c.record).order_by(documents.c.last_received, documents.c.key)
        if since is not None:
            query = query.where(documents.c.last_received >= since)
        if source:
            query = query.where(documents.c.source == source)
        with self.database.reading() as connection:
            found = [decode(Document, record) for record in connection.scalars(query)]
        within = [document for document in found if until is None or document.received < until]
        return sorted(within, key=lambda document: (document.received, document.key))

    def last_received(self, key: str) -> datetime:
        """Return when a capture's bytes came last, the same each time since ``received``."""
        with self.database.reading() as connection:
            found = connection.scalar(select(documents.c.last_received).where(documents.c.key == key))
        if found is None:
            raise NotFound(f"There is no document {key}.", about=key)
        return found

    def latest_document(self, address: str) -> Document | None:
        """Return the capture of that address that was received last, if any."""
        query = (
            select(documents.c.record)
            .where(documents.c.address == plain(address))
            .order_by(documents.c.last_received.desc(), documents.c.key.desc())
            .limit(1)
        )
        with self.database.reading() as connection:
            record = connection.scalar(query)
        return None if record is None else decode(Document, record)
