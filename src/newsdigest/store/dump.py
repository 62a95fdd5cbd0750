"""A store as JSON lines: a head line with the schema, one line a row as the database holds it, a last line with the count.

Tables are read from the database, not from this release's code, so that a dump of an older schema goes back into that
schema and is migrated from there. Parents come before children; the full-text index is built anew.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, Table, func, inspect, select, text

from newsdigest.errors import StoreError
from newsdigest.store.coding import chunks
from newsdigest.store.database import Database
from newsdigest.store.migrate import REVISIONS, migrate, revision_of
from newsdigest.store.search_index import reindex
from newsdigest.store.tables import METADATA

FORMAT = "newsdigest.backup/1"
DERIVED = ("alembic_version", "item_search")
_GZIP = b"\x1f\x8b"


def is_dump(path: Path) -> bool:
    """Return whether the file is compressed JSON lines."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def _tables(connection: Connection) -> list[Table[Any]]:
    """The store's tables as the database has them, parents first. A PostgreSQL database may hold others' tables too."""
    found = MetaData()
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(DERIVED)]
    if connection.dialect.name == "postgresql":
        names = [name for name in names if name in METADATA.tables]
    found.reflect(connection, only=names)
    return found.sorted_tables


def rows_of(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every row of every table; within one that refers to itself, those that refer to nothing first."""
    for table in _tables(connection):
        own = [key.parent.is_not(None) for key in table.foreign_keys if key.column.table is table]
        query = select(table).order_by(*own, *table.primary_key.columns)
        for row in connection.execute(query.execution_options(yield_per=500)).mappings():
            yield table.name, dict(row)


def dump_lines(database: Database) -> Iterator[str]:
    """Yield the lines of a dump, of one moment."""
    snapshot = {} if database.sqlite else {"isolation_level": "REPEATABLE READ"}
    with database.engine.connect().execution_options(**snapshot) as connection, connection.begin():
        yield json.dumps({"format": FORMAT, "revision": revision_of(connection)}) + "\n"
        written = 0
        for name, row in rows_of(connection):
            values = {column: _value(value) for column, value in row.items()}
            yield json.dumps([name, values], ensure_ascii=False) + "\n"
            written += 1
        yield json.dumps({"rows": written}) + "\n"


def dump_rows(database: Database, path: Path) -> None:
    """Write the whole store, and read the file back."""
    with gzip.open(path, "wt", encoding="utf-8", newline="\n") as file:
        file.writelines(dump_lines(database))
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as file:
        for _ in read_lines(file, path):
            pass


def load_rows(path: Path, database: Database) -> None:
    """Read a dump into a database without a schema, in the schema of the dump; migrate it afterwards."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        load_lines(file, path, database)


def load_lines(lines: Iterable[str], path: Path, database: Database) -> None:
    """As ``load_rows``, of lines already unpacked; ``path`` is for the sentences of errors."""
    entries = read_lines(lines, path)
    revision = next(entries)[0]
    migrate(database, revision)
    with database.writing() as connection:
        insert_rows(connection, entries)


def copy_rows(source: Database, database: Database) -> None:
    """Copy every row of one database into another one without a schema, in the schema of the first."""
    with source.reading() as reading:
        revision = _known(revision_of(reading), Path(source.url.database or ""))
        migrate(database, revision)
        with database.writing() as connection:
            insert_rows(connection, rows_of(reading))


def insert_rows(connection: Connection, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Insert rows into the empty tables of their schema."""
    tables = {table.name: table for table in _tables(connection)}
    naive = connection.dialect.name == "sqlite"
    for name, group in groupby(rows, key=lambda pair: pair[0]):
        for some in chunks(group):
            values = [{column: _fitting(value, naive) for column, value in row.items()} for _, row in some]
            connection.execute(tables[name].insert(), values)
    if not naive:
        _advance_sequences(connection, tables.values())
    if inspect(connection).has_table("item_search"):
        reindex(connection)


def drop_everything(connection: Connection) -> None:
    """Take a PostgreSQL store away as a whole; the append-only tables too, since another store takes their place."""
    for name in (*DERIVED, *METADATA.tables):
        connection.execute(text(f'DROP TABLE IF EXISTS "{name}" CASCADE'))
    connection.execute(text("DROP FUNCTION IF EXISTS newsdigest_append_only() CASCADE"))


def _advance_sequences(connection: Connection, tables: Iterable[Table[Any]]) -> None:
    for table in tables:
        column = table.c.get("id")
        if column is not None and isinstance(column.type, Integer):
            highest = connection.scalar(select(func.max(column)))
            if highest is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"),
                    {"table": table.name, "highest": highest},
                )


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": _aware(value).isoformat()}
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _fitting(value: Any, naive: bool) -> Any:
    if isinstance(value, datetime):
        return _aware(value).replace(tzinfo=None) if naive else _aware(value)
    return value


def read_lines(lines: Iterable[str], path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the revision (with an empty dict), then table and row of every line; StoreError where the dump is not whole."""
    try:
        iterator = iter(lines)
        head = json.loads(next(iterator, "{}"))
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise StoreError(f"{path} is no backup of a store.", about=str(path))
        yield _known(head.get("revision"), path), {}
        for count, line in enumerate(iterator):
            entry = json.loads(line)
            if isinstance(entry, dict):
                if entry["rows"] != count:
                    raise StoreError(f"{path} holds {count} rows of {entry['rows']}.", about=str(path))
                return
            yield entry[0], {column: _back(value) for column, value in entry[1].items()}
    except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
        raise StoreError(f"{path} is damaged: {error}.", about=str(path)) from error
    raise StoreError(f"{path} ends before its last line.", about=str(path))


def _known(revision: object, path: Path) -> str:
    if revision not in REVISIONS:
        raise StoreError(f"{path} has schema {revision}; this release knows {', '.join(REVISIONS)}.", about=str(path))
    return str(revision)


def _back(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"]) if "at" in value else base64.b64decode(value["base64"])
    return value
