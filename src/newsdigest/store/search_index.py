"""The full-text index over items' newest versions: FTS5 on SQLite, an array under a GIN index on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from newsdigest.items.item import ItemVersion
from newsdigest.store.bigrams import index_words
from newsdigest.store.coding import decode
from newsdigest.store.tables import item_versions, items

WORDS = ARRAY(Text())
"""The type of the words on PostgreSQL."""


def index_item(connection: Connection, serial: int, version: ItemVersion) -> None:
    """Put an item's newest version into the index in place of what it had there."""
    forget_item(connection, serial)
    words = index_words(f"{version.title}\n{version.text}")
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO item_search (rowid, words) VALUES (:item, :words)")
        connection.execute(statement, {"item": serial, "words": " ".join(words)})
    else:
        statement = text("INSERT INTO item_search (item, words) VALUES (:item, :words)")
        connection.execute(statement.bindparams(bindparam("words", type_=WORDS)), {"item": serial, "words": words})


def forget_item(connection: Connection, serial: int) -> None:
    """Take an item out of the index."""
    key = "rowid" if connection.dialect.name == "sqlite" else "item"
    connection.execute(text(f"DELETE FROM item_search WHERE {key} = :item"), {"item": serial})


def reindex(connection: Connection) -> int:
    """Build the index anew from the stored items; return how many are in it."""
    connection.execute(text("DELETE FROM item_search"))
    newest: dict[int, int] = {}
    for serial, n in connection.execute(
        select(item_versions.c.item, item_versions.c.n)
        .join(items, items.c.id == item_versions.c.item)
        .where(items.c.removed.is_(None))
    ):
        newest[serial] = max(n, newest.get(serial, 0))
    for serial, n in newest.items():
        query = select(item_versions.c.record).where(item_versions.c.item == serial, item_versions.c.n == n)
        index_item(connection, serial, decode(ItemVersion, connection.execute(query).scalar_one()))
    return len(newest)
