"""A store as JSON lines (gzip): a head line with the schema, then one line a row, in an order foreign keys allow."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, Table, func, insert, select, text

from newsdigest.errors import StoreError
from newsdigest.store.coding import chunks
from newsdigest.store.database import Database
from newsdigest.store.migrate import HEAD, revision_of
from newsdigest.store.search_index import reindex
from newsdigest.store.tables import METADATA, events

FORMAT = "newsdigest.backup/1"
_GZIP = b"\x1f\x8b"


def is_dump(path: Path) -> bool:
    """Return whether the file is compressed JSON lines."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def rows_of(connection: Connection) -> Iterator[tuple[Table[Any], dict[str, Any]]]:
    """Yield every row of every table; parents before children, living events before those that lead to them."""
    for table in METADATA.sorted_tables:
        query = select(table).order_by(*table.primary_key.columns)
        if table is events:
            query = select(table).order_by(events.c.redirect.is_not(None), events.c.key)
        for row in connection.execute(query.execution_options(yield_per=500)).mappings():
            yield table, dict(row)


def dump_rows(database: Database, path: Path) -> None:
    """Write the whole store as of one moment, and read it back to count the lines."""
    written = 0
    with database.engine.connect().execution_options(**_snapshot(database)) as connection, connection.begin():
        head = {"format": FORMAT, "revision": revision_of(connection)}
        if head["revision"] != HEAD:
            raise StoreError(f"The store has schema {head['revision']}, not {HEAD}: open it first.")
        with gzip.open(path, "wt", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(head) + "\n")
            for table, row in rows_of(connection):
                file.write(json.dumps([table.name, _plain(row)], ensure_ascii=False) + "\n")
                written += 1
            file.write(json.dumps({"rows": written}) + "\n")
    if sum(1 for _ in _read(path)) != written:
        raise StoreError(f"{path} does not hold the {written} rows written.", about=str(path))


def _snapshot(database: Database) -> dict[str, Any]:
    return {} if database.sqlite else {"isolation_level": "REPEATABLE READ"}


def load_rows(path: Path, database: Database, replace: bool = False) -> None:
    """Read a dump into an empty (or, with ``replace``, emptied) store of this release's schema, in one transaction."""
    with database.writing() as connection:
        if replace:
            clear(connection)
        _insert(connection, _read(path))


def copy_rows(source: Database, connection: Connection) -> None:
    """Copy every row of one database into another, empty one."""
    with source.reading() as reading:
        _insert(connection, rows_of(reading))


def clear(connection: Connection) -> None:
    """Empty every table; the append-only ones too, since another store takes their place."""
    if connection.dialect.name == "sqlite":
        raise StoreError("A SQLite store is replaced as a file, never emptied.")
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    names = ", ".join(["item_search", *(table.name for table in METADATA.sorted_tables)])
    connection.execute(text(f"TRUNCATE {names}"))
    connection.execute(text("SET LOCAL session_replication_role = origin"))


def _insert(connection: Connection, rows: Iterable[tuple[Table[Any], dict[str, Any]]]) -> None:
    for _, group in groupby(rows, key=lambda pair: pair[0].name):
        for some in chunks(group):
            connection.execute(insert(some[0][0]), [row for _, row in some])
    if connection.dialect.name == "postgresql":
        _advance_sequences(connection)
    reindex(connection)


def _advance_sequences(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        column = table.c.get("id")
        if column is not None and isinstance(column.type, Integer):
            highest = connection.scalar(select(func.max(column)))
            if highest is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"),
                    {"table": table.name, "highest": highest},
                )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value


def _read(path: Path) -> Iterator[tuple[Table[Any], dict[str, Any]]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        try:
            head = json.loads(file.readline())
            if head.get("format") != FORMAT or head.get("revision") != HEAD:
                raise StoreError(
                    f"{path} is a backup with schema {head.get('revision')}; this release reads {HEAD}.",
                    about=str(path),
                )
            for count, line in enumerate(file):
                entry = json.loads(line)
                if isinstance(entry, dict):
                    if entry["rows"] != count:
                        raise StoreError(f"{path} lacks rows.", about=str(path))
                    return
                yield METADATA.tables[entry[0]], {name: _back(value) for name, value in entry[1].items()}
        except (OSError, EOFError, ValueError) as error:
            raise StoreError(f"{path} is damaged: {error}.", about=str(path)) from error
    raise StoreError(f"{path} ends before its last line.", about=str(path))


def _back(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"]) if "at" in value else base64.b64decode(value["base64"])
    return value
