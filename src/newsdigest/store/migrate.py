"""Bringing a store to this release's schema: known at a glance, alembic loaded only where there is work."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, text

from newsdigest.errors import StoreError
from newsdigest.store.database import Database

REVISIONS = ("0001", "0002", "0003")
"""Every released schema, oldest first; the last is this release's. A test holds them against the scripts."""

HEAD = REVISIONS[-1]
SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """Return the schema revision, or None for an empty database."""
    present = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.dialect.name == "postgresql":
        present = "SELECT count(to_regclass('alembic_version'))"
    if not connection.execute(text(present)).scalar_one():
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def migrate(database: Database, target: str = HEAD) -> Path | None:
    """Bring the schema to ``target``; return the backup made before, where an existing SQLite file changed.

    Raises StoreError where a newer release wrote the store.
    """
    with database.reading() as connection:
        found = revision_of(connection)
    if found == target:
        return None
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"This store has schema {found}, which a newer release wrote; this one knows up to {HEAD}. "
            "Upgrade newsdigest or restore an older backup.",
            about=database.url.render_as_string(),
        )
    backup = _backup(database.file, found) if found is not None and database.file is not None else None
    with database.writing(alone="schema") as connection:
        if revision_of(connection) != target:  # another process may have been first
            _upgrade(connection, target)
    return backup


def _upgrade(connection: Connection, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _backup(file: Path, revision: str) -> Path:
    """Copy the file with SQLite's own backup, so that what is still in the WAL comes along."""
    number, copy = 1, file.with_name(f"{file.name}.before-{HEAD}-from-{revision}")
    while copy.exists():
        number += 1
        copy = file.with_name(f"{file.name}.before-{HEAD}-from-{revision}.{number}")
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    try:
        with target:
            source.backup(target)
    finally:
        source.close()
        target.close()
    return copy
