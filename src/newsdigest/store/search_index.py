"""The full-text index over items' newest versions: FTS5 on SQLite, an array under a GIN index on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from newsdigest.items.item import ItemVersion
from newsdigest.store.bigrams import index_words
from newsdigest.store.coding import chunks, decode
from newsdigest.store.tables import item_versions, items

WORDS = ARRAY(Text())
"""The type of the words on PostgreSQL."""


def index_items(connection: Connection, newest: Mapping[int, ItemVersion]) -> None:
    """Put newest versions into the index, by the items' serials; none of them is in it."""
    rows = [(serial, index_words(f"{version.title}\n{version.text}")) for serial, version in newest.items()]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO item_search (rowid, words) VALUES (:item, :words)")
        connection.execute(statement, [{"item": serial, "words": " ".join(words)} for serial, words in rows])
    else:
        statement = text("INSERT INTO item_search (item, words) VALUES (:item, :words)")
        typed = statement.bindparams(bindparam("words", type_=WORDS))
        connection.execute(typed, [{"item": serial, "words": words} for serial, words in rows])


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
    for some in chunks(newest.items()):
        query = select(item_versions.c.item, item_versions.c.n, item_versions.c.record)
        rows = connection.execute(query.where(item_versions.c.item.in_([serial for serial, _ in some]))).all()
        index_items(
            connection, {row.item: decode(ItemVersion, row.record) for row in rows if newest[row.item] == row.n}
        )
    return len(newest)
