"""Released schemas with data in them: ``released/<revision>.jsonl``, written once when a schema is new, never again.

    python -m tests.store.released

writes the file of this release's schema if it is not there yet.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from newsdigest.store.database import Database
from newsdigest.store.dump import dump_lines, load_lines
from newsdigest.store.migrate import HEAD
from newsdigest.store.sql import open_store
from tests.store.filling import fill

FOLDER = Path(__file__).parent / "released"


def path_of(revision: str) -> Path:
    """Where a released schema's data lie."""
    return FOLDER / f"{revision}.jsonl"


def load(revision: str, database: Database) -> None:
    """Give a database without a schema that schema and its data."""
    path = path_of(revision)
    load_lines(path.read_text("utf-8").splitlines(), path, database)


def main() -> None:
    """Write this release's file."""
    path = path_of(HEAD)
    if path.exists():
        raise SystemExit(f"{path} is there; a released schema's data are never written again.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.sqlite")
        fill(store)
        path.write_text("".join(dump_lines(store.database)), "utf-8")
        store.close()


if __name__ == "__main__":
    main()
