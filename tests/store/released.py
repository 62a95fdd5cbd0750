"""Released schemas with data in them: ``released/<revision>.jsonl``, written once when a schema is new, never again.

    python -m tests.store.released

writes the file of this release's schema if it is not there yet.
"""

from __future__ import annotations

import base64
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, inspect, select

from newsdigest.store.database import Database
from newsdigest.store.migrate import HEAD
from newsdigest.store.search_index import reindex
from newsdigest.store.sql import open_store
from newsdigest.store.tables import METADATA

FOLDER = Path(__file__).parent / "released"


def path_of(revision: str) -> Path:
    """Where a released schema's data lie."""
    return FOLDER / f"{revision}.jsonl"


def write(database: Database, path: Path) -> None:
    """Write every row as the database holds it."""
    with database.reading() as connection, path.open("w", encoding="utf-8") as file:
        raw = MetaData()
        raw.reflect(connection, only=[table.name for table in METADATA.sorted_tables])
        for table in raw.sorted_tables:
            query = select(table).order_by(*table.primary_key.columns)
            rows = connection.execute(query).mappings().all()
            for row in sorted(rows, key=lambda r: r.get("redirect") is not None):
                values = {name: _plain(value) for name, value in row.items()}
                file.write(json.dumps([table.name, values], ensure_ascii=False) + "\n")


def load(path: Path, database: Database) -> None:
    """Put the rows into a database of that very schema."""
    with database.writing() as connection:
        raw = MetaData()
        raw.reflect(connection)
        for line in path.read_text("utf-8").splitlines():
            name, values = json.loads(line)
            row = {key: _back(value, database.sqlite) for key, value in values.items()}
            connection.execute(raw.tables[name].insert(), row)
        if inspect(connection).has_table("item_search"):
            reindex(connection)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.replace(tzinfo=UTC).isoformat()}
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return value


def _back(value: Any, naive: bool) -> Any:
    if isinstance(value, dict) and "at" in value:
        instant = datetime.fromisoformat(value["at"])
        return instant.replace(tzinfo=None) if naive else instant
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return value


def main() -> None:
    """Write this release's file."""
    from tests.store.filling import fill

    path = path_of(HEAD)
    if path.exists():
        raise SystemExit(f"{path} is there; a released schema's data are never written again.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.sqlite")
        fill(store)
        write(store.database, path)
        store.close()


if __name__ == "__main__":
    main()
