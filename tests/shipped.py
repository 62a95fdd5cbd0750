"""The language data as the package carries them, read once for the tests."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import newsdigest.language
from newsdigest.language.lexicon import Lexicon, build

DATA = Path(newsdigest.language.__file__).parent / "data"


@lru_cache(maxsize=1)
def shipped_files() -> dict[str, dict[str, object]]:
    """Every data file by its path below the folder, without suffix."""
    return _read(DATA.rglob("*.toml"))


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The lexicon built from them."""
    return build(shipped_files())


@lru_cache(maxsize=1)
def names_lexicon() -> Lexicon:
    """The lexicon of names and terms, with what discovery and folding need and nothing else."""
    return build(names_files())


@lru_cache(maxsize=1)
def names_files() -> dict[str, dict[str, object]]:
    """The files of that lexicon."""
    names = [*DATA.glob("names/*.toml"), *DATA.glob("terms/*.toml"), DATA / "han.toml", DATA / "discovery.toml"]
    return _read(names)


def _read(paths: Iterable[Path]) -> dict[str, dict[str, object]]:
    return {
        path.relative_to(DATA).with_suffix("").as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(paths)
    }
