"""What tests and evaluations of reading share: the packaged language tables and a reader without a worker."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from newsdigest.items.tables import ReadingTables
from newsdigest.language.lexicon import Lexicon, build

NOW = datetime(2025, 11, 26, 3, 0, tzinfo=UTC)


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon of the package's own data."""
    base = Path(str(resources.files("newsdigest.language"))) / "data"
    files = {
        str(p.relative_to(base).with_suffix("")): tomllib.loads(p.read_text("utf-8")) for p in base.rglob("*.toml")
    }
    return build(files)


@cache
def packaged_tables() -> ReadingTables:
    """The tables that readers of bytes need."""
    return ReadingTables.of(packaged_lexicon().tables)
