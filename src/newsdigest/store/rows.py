"""What every repository stands on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from newsdigest.store.database import Database


class Rows:
    """A group of the store's methods over one database."""

    def __init__(self, database: Database) -> None:
        self.database = database


def upsert(connection: Connection, table: Table[Any], keys: str | tuple[str, ...], /, **values: Any) -> None:
    """Insert a row, or overwrite the one with the same key."""
    keys = (keys,) if isinstance(keys, str) else keys
    statement = _insert(connection, table).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=rest))


def upsert_all(connection: Connection, table: Table[Any], key: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows of the same columns, or overwrite those with the same key."""
    if not rows:
        return
    statement = _insert(connection, table)
    rest = {name: statement.excluded[name] for name in rows[0] if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=rest), rows)


def insert_new(connection: Connection, table: Table[Any], rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose keys are not there yet; leave the others as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def _insert(connection: Connection, table: Table[Any]) -> Any:
    insert: Insert = sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
    return insert
