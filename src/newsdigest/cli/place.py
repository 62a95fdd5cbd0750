"""Where a command works: the bureau's folder, opened at most once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from newsdigest.errors import SettingsError

if TYPE_CHECKING:
    from newsdigest.settings import Settings
    from newsdigest.store.sql import SqlStore


@dataclass
class Place:
    """The bureau's folder as given on the command line."""

    folder: Path
    _settings: Settings | None = field(default=None, repr=False)
    _store: SqlStore | None = field(default=None, repr=False)

    def settings(self) -> Settings:
        """The settings, read once."""
        if self._settings is None:
            from newsdigest.settings import FILE, load

            if not self.folder.is_dir():
                raise SettingsError(
                    f"{self.folder} is no folder; newsdigest init {self.folder} makes a bureau's.",
                    about=str(self.folder),
                )
            settings = load(self.folder)
            if not (self.folder / FILE).exists() and not self._has_store(settings):
                raise SettingsError(
                    f"{self.folder.resolve()} is no bureau's folder: it has no {FILE}. newsdigest init FOLDER makes one; -C names one.",
                    about=str(self.folder),
                )
            self._settings = settings
        return self._settings

    @staticmethod
    def _has_store(settings: Settings) -> bool:
        from newsdigest.wiring import store_exists

        return store_exists(settings)

    def store(self) -> SqlStore:
        """The bureau's store, opened once."""
        if self._store is None:
            from newsdigest.wiring import open_store

            self._store = open_store(self.settings())
        return self._store


def place(context: typer.Context) -> Place:
    """The place of a command's context."""
    found = context.find_object(Place)
    return found if found is not None else Place(Path())
