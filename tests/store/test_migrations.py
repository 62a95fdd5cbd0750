"""From every released schema, with data in it, to this release's; on both databases."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from newsdigest.errors import StoreError
from newsdigest.store.database import Database, url_of
from newsdigest.store.migrate import HEAD, REVISIONS, SCRIPTS, revision_of
from newsdigest.store.sql import SqlStore, open_store
from newsdigest.store.tables import METADATA
from tests.store import released
from tests.store.filling import check, fill
from tests.store.samples import NOW, make_item, outcome


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a schema."""
    if request.param == "sqlite":
        return str(tmp_path / "old.sqlite")
    place: str = request.getfixturevalue("empty_postgres")
    return place


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_every_released_schema_opens_with_all_its_data(empty: str, revision: str) -> None:
    path = released.path_of(revision)
    assert path.exists(), "a new schema needs its data: python -m tests.store.released"
    database = Database(url_of(empty))
    released.load(revision, database)
    database.close()
    store = open_store(empty)
    check(store)
    store.close()
    if store.database.sqlite:
        backups = list(Path(empty).parent.glob("old.sqlite.before-*"))
        assert len(backups) == (revision != HEAD)
        for backup in backups:
            old = Database(url_of(backup))
            with old.reading() as connection:
                assert revision_of(connection) == revision
            old.close()


def test_what_fills_a_store_is_read_back(store: SqlStore) -> None:
    fill(store)
    check(store)


def test_the_scripts_give_the_tables_as_written_down(store: SqlStore) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and (name or "").startswith("item_search"))

    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, METADATA) == []


def test_the_revisions_known_without_alembic_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == REVISIONS


def test_a_store_of_a_newer_release_is_left_alone(store: SqlStore, address: str) -> None:
    with store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="schema 9999, which a newer release wrote"):
        open_store(address)


def test_two_processes_that_open_a_new_store_at_once_both_get_it(empty: str) -> None:
    program = "import sys; from newsdigest.store.sql import open_store; open_store(sys.argv[1]).close()"
    openers = [subprocess.Popen([sys.executable, "-c", program, empty]) for _ in range(3)]
    assert [opener.wait(60) for opener in openers] == [0, 0, 0]
    store = open_store(empty)
    store.commit_poll(outcome(make_item()))
    assert store.item("i-alba").key == "i-alba"
    store.close()


@pytest.mark.timing
def test_an_up_to_date_store_opens_fast_and_without_alembic(sqlite: str) -> None:
    program = (
        "import sys, time\n"
        "from newsdigest.store.sql import open_store\n"
        "began = time.perf_counter()\n"
        "open_store(sys.argv[1])\n"
        "print(time.perf_counter() - began)\n"
        "assert 'alembic' not in sys.modules and 'psycopg' not in sys.modules\n"
    )
    answer = subprocess.run([sys.executable, "-c", program, sqlite], capture_output=True, text=True, check=True)
    assert float(answer.stdout) < 0.3


def test_sqlite_is_set_so_that_writers_wait(sqlite: str) -> None:
    store = open_store(sqlite)
    with store.database.reading() as connection:
        asked = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        settings = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in asked}
    assert settings == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 30_000, "foreign_keys": 1}
    with store.database.writing():
        began = time.monotonic()
        other = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sqlite3,sys; sqlite3.connect(sys.argv[1], timeout=0.1).execute('BEGIN IMMEDIATE')",
                sqlite,
            ],
            stderr=subprocess.PIPE,
        )
        assert b"locked" in other.communicate()[1]
        assert time.monotonic() - began < 20
    store.record(NOW, "ito", "note", "x", {})
    store.close()


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(StoreError, match="not mysql"):
        url_of("mysql://localhost/x")
