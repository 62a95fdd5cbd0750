"""The engine: SQLite set so that writers wait instead of failing, PostgreSQL as it comes. Two kinds of transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from newsdigest.errors import StoreError

BUSY_MILLISECONDS = 30_000


def url_of(place: str | Path) -> URL:
    """Read a database URL or a file's path; PostgreSQL always goes through psycopg 3."""
    given = str(place)
    if "://" not in given:
        return URL.create("sqlite", database=given)
    url = make_url(given)
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"A store is SQLite or PostgreSQL, not {url.get_backend_name()}.", about=given)
    return url


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transactions upgrade late and then fail with "locked"
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    begin = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
    connection.exec_driver_sql(begin)


def _lock_number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)


class Database:
    """An engine with ``reading()`` and ``writing()``: each one short transaction."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.sqlite = url.get_backend_name() == "sqlite"
        if self.sqlite:
            self.engine: Engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
            event.listen(self.engine, "connect", _on_connect)
            event.listen(self.engine, "begin", _on_begin)
        else:
            self.engine = create_engine(url, pool_pre_ping=True)
        self._writer = self.engine.execution_options(writes=True)

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None."""
        return Path(self.url.database) if self.sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing."""
        with self._failures(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, alone: str | Collection[str] = "") -> Iterator[Connection]:
        """A transaction that takes the writer's place at once (SQLite: BEGIN IMMEDIATE) and commits at the end.

        PostgreSQL has many writers: those that read before they write name what they must have to themselves
        (``alone``), and wait for one another.
        """
        with self._failures(), self._writer.connect() as connection, connection.begin():
            if not self.sqlite:
                # in one order everywhere, so that two writers never wait for each other
                for key in sorted(
                    map(_lock_number, {alone} if isinstance(alone, str) else set(alone)) if alone else ()
                ):
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
            yield connection

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = str(error.orig).splitlines()[0] if str(error.orig) else type(error.orig).__name__
            raise StoreError(f"The database refused: {reason}.", about=self.url.render_as_string()) from error

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()
