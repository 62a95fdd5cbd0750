"""Backups: SQLite by its own online copy, PostgreSQL as JSON lines; either may be restored into either."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from newsdigest.errors import Conflict, StoreError
from newsdigest.store.database import Database, url_of
from newsdigest.store.dump import copy_rows, drop_everything, dump_rows, is_dump, load_rows, rows_of
from newsdigest.store.migrate import migrate, revision_of
from newsdigest.store.sql import SqlStore

_MAGIC = b"SQLite format 3\x00"


def backup(store: SqlStore, path: Path) -> None:
    """Copy the whole store to a new file while it may be in use, and verify the copy. Conflict where the file exists."""
    path = Path(path)
    if path.exists():
        raise Conflict(f"{path} exists; a backup never overwrites one.", about=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        if store.database.file is not None:
            _copy_sqlite(store.database.file, partial)
        else:
            dump_rows(store.database, partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _copy_sqlite(source: Path, target: Path) -> None:
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing, pages=2_000, sleep=0.01)
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        writing.close()
        reading.close()
    verify(target)


def verify(path: Path) -> None:
    """Raise StoreError unless the file is a whole SQLite store."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is no whole store: {error}.", about=str(path)) from error
    finally:
        connection.close()
    if answer != "ok":
        raise StoreError(f"{path} is damaged: {answer}.", about=str(path))


def restore(path: Path, place: str | Path, force: bool = False) -> Path | None:
    """Put a backup where a store is to be; return where the store that was there is kept, if there was one.

    Conflict where a store is there and ``force`` is not given. No process may be using it.
    """
    path = Path(path)
    if not path.is_file():
        raise StoreError(f"There is no backup {path}.", about=str(path))
    database = Database(url_of(place))
    try:
        if database.file is not None:
            return _restore_file(path, database, force)
        return _restore_server(path, database, force)
    finally:
        database.close()


def _restore_file(path: Path, database: Database, force: bool) -> Path | None:
    file = database.file
    assert file is not None
    if file.exists() and not force:
        raise Conflict(f"{file} exists; --force puts the backup in its place and keeps a copy of it.", about=str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.restoring")
    partial.unlink(missing_ok=True)
    try:
        if is_dump(path):
            fresh = Database(url_of(partial))
            load_rows(path, fresh)
            fresh.close()
        else:
            _check_magic(path)
            verify(path)
            _copy_sqlite(path, partial)
        kept = _set_aside(file)
        os.replace(partial, file)
    finally:
        for suffix in ("", "-wal", "-shm"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)
    return kept


def _set_aside(file: Path) -> Path | None:
    """Move the store that is there, with what is still in its log, to a name of its own."""
    if not file.exists():
        return None
    kept = _free_name(file.with_name(f"{file.name}.replaced"))
    _copy_any(file, kept)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    return kept


def _free_name(path: Path, suffix: str = "") -> Path:
    number = 1
    while (free := path.with_name(f"{path.name}-{number}{suffix}")).exists():
        number += 1
    return free


def _copy_any(file: Path, kept: Path) -> None:
    try:
        _copy_sqlite(file, kept)
    except (StoreError, sqlite3.Error):  # a damaged store is why people restore: keep its bytes as they are
        for suffix in ("", "-wal"):
            part = file.with_name(file.name + suffix)
            if part.exists():
                kept.with_name(kept.name + suffix).write_bytes(part.read_bytes())


def _restore_server(path: Path, database: Database, force: bool) -> Path | None:
    """Load into a scratch file first: what is damaged is found before anything is dropped."""
    kept = _dump_aside(path, database, force)
    with tempfile.TemporaryDirectory(prefix="newsdigest-restore-") as folder:
        scratch = Database(url_of(Path(folder) / "store.sqlite"))
        _restore_file(path, scratch, force=False)
        try:
            migrate(scratch)
            with database.writing(alone="schema") as connection:
                drop_everything(connection)
            copy_rows(scratch, database)
        finally:
            scratch.close()
    return kept


def _dump_aside(path: Path, database: Database, force: bool) -> Path | None:
    with database.reading() as connection:
        if revision_of(connection) is None:
            return None
        used = any(True for _ in rows_of(connection))
    if not used:
        return None
    if not force:
        raise Conflict("The database holds a store; --force puts the backup in its place and keeps a copy of it.")
    kept = _free_name(path.with_name(f"{path.name}.replaced"), ".jsonl.gz")
    dump_rows(database, kept)
    return kept


def _check_magic(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise StoreError(f"{path} is no backup of a store.", about=str(path))
