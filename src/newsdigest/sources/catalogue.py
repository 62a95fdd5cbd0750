"""One file of the catalogue to one source: strict, and each fault with its line and what would be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from newsdigest.errors import CatalogueError
from newsdigest.sources.kinds import Kinds
from newsdigest.sources.source import Source

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEEDED = ("name", "kind", "language", "address")
_COUNTRY = re.compile(r"[A-Z]{2,3}|")


def parse_source(content: str, path: str, kinds: Kinds) -> Source:
    """Return the source a TOML file states.

    ``path`` names the file in errors; the file's name without suffix is the source's id. ``kind`` may be one of the catalogue's kinds or a
    word of kinds.toml, which then also gives channel and, for an official body, the issuer (its own id) where the file states none.
    Raises CatalogueError with file, line and what would be right.
    """
    entry = _toml(content, path)
    identity = str(entry.setdefault("id", PurePath(path).stem))
    _check_id(identity, content, path)
    for key in _NEEDED:
        if key not in entry:
            raise _fault(content, path, None, f'the key "{key}" is missing; needed are {", ".join(_NEEDED)}')
    word = str(entry["kind"])
    kind = kinds.of(word)
    if not kind.known:
        raise _fault(content, path, "kind", f'"{word}" is no kind of source; {kind.warning.split(". ", 1)[-1]}')
    entry["kind"] = kind.kind
    entry.setdefault("kind_word", word)
    if kind.channel is not None:
        entry.setdefault("channel", kind.channel)
    if kind.official:
        entry.setdefault("issuer", identity)
    entry.setdefault("zone", kinds.zone_of(str(entry.get("country", ""))))
    _check_values(entry, content, path)
    try:
        return Source.model_validate(entry)
    except ValidationError as error:
        raise _of_validation(error, content, path) from error


def check_together(sources: Mapping[str, Source]) -> None:
    """Raise CatalogueError where two files (``path`` to source) state the same id or poll the same address."""
    seen: dict[str, str] = {}
    for path, source in sorted(sources.items()):
        for what in (f'id "{source.id}"', f'address "{source.address}"'):
            if what in seen:
                raise CatalogueError(
                    f"{path}: the {what} is already that of {seen[what]}; each source needs its own.", about=source.id
                )
            seen[what] = path


def _toml(content: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = f", line {found.group(1)}" if found else ""
        raise CatalogueError(
            f'{path}{line}: this is not TOML ({str(error).split(" (at")[0]}); a line reads key = "value".', about=path
        ) from error


def _check_id(identity: str, content: str, path: str) -> None:
    if not _ID.fullmatch(identity):
        raise _fault(
            content, path, "id", f'"{identity}" is no id; use small letters, digits and hyphens, such as "nhk-main"'
        )
    if identity != PurePath(path).stem:
        raise _fault(content, path, "id", f'"{identity}" must be the name of its file, "{PurePath(path).stem}"')


def _check_values(entry: Mapping[str, Any], content: str, path: str) -> None:
    name = entry["name"]
    if not isinstance(name, dict) or not name or not all(isinstance(v, str) and v.strip() for v in name.values()):
        raise _fault(content, path, "name", 'it must map a language to a name, such as name = { ja = "…" }')
    strange = set(name) - {"ja", "en", "zh"}
    if strange:
        raise _fault(content, path, "name", f'"{sorted(strange)[0]}" is no language; use ja, en or zh')
    address = entry["address"]
    if not isinstance(address, str) or not re.fullmatch(r"https?://[^/@\s:]+(?:[/?][^\s]*)?", address):
        raise _fault(content, path, "address", "it must be an http or https address without user name or port")
    try:
        ZoneInfo(str(entry["zone"]))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _fault(
            content, path, "zone", f'"{entry["zone"]}" is no zone; use an IANA name such as "Asia/Tokyo"'
        ) from error
    if not _COUNTRY.fullmatch(str(entry.get("country", ""))):
        raise _fault(content, path, "country", 'it must be a code of capital letters, such as "JP"')
    minutes = entry.get("interval_minutes", 60)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 15 <= minutes <= 1440:
        raise _fault(content, path, "interval_minutes", "it must be a whole number from 15 to 1440")


def _of_validation(error: ValidationError, content: str, path: str) -> CatalogueError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    key = str(first["loc"][-1]) if first["loc"] else None
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(Source.model_fields)) if len(first["loc"]) == 1 else "those of the documentation"
        return _fault(content, path, key, f'"{place}" is no key we know; known are {known}')
    expected = first.get("ctx", {}).get("expected")
    right = f"use {expected}" if expected else first["msg"][0].lower() + first["msg"][1:]
    return _fault(content, path, key, f'"{first["input"]}" will not do for {place}; {right}')


def _fault(content: str, path: str, key: str | None, sentence: str) -> CatalogueError:
    line = line_of(content, key) if key else None
    place = f"{path}, line {line}" if line else path
    return CatalogueError(f"{place}: {f'{key}: ' if key and line else ''}{sentence}.", about=PurePath(path).stem)


def line_of(content: str, key: str) -> int | None:
    """Return the number (from 1) of the line that states a key: as ``key =``, ``[key]`` or inside an inline table."""
    name = rf'(?:{re.escape(key)}|"{re.escape(key)}")'
    for pattern in (rf"^\s*{name}\s*[=.]", rf"^\s*\[[^\]]*\b{name}\s*\]", rf"[{{,]\s*{name}\s*="):
        for number, line in enumerate(content.splitlines(), start=1):
            if re.search(pattern, line):
                return number
    return None
