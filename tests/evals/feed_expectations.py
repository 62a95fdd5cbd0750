"""What other projects' tests say a feed holds, in one form: entries with title, link and date."""

from __future__ import annotations

import ast
import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.documents.decode import decode


@dataclass(frozen=True, slots=True)
class Expected:
    """One entry as the origin expects it; None means that the origin says nothing of it. ``dates`` are all it would accept."""

    title: str | None
    link: str | None
    dates: tuple[datetime, ...]


def expectation(path: Path) -> list[Expected] | None:
    """Return the entries an expectation file names, or None where it says nothing of entries."""
    if path.suffix == ".py":
        return _reader(path.read_text("utf-8"))
    try:
        data = json.loads(decode(path.read_bytes()).text)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("feed"), dict) and isinstance(data["feed"].get("items"), list):
        data = data["feed"]
    listed = data.get("entries") if isinstance(data.get("entries"), list) else data.get("items")
    if not isinstance(listed, list):
        return None
    return [_entry(raw) for raw in listed if isinstance(raw, dict)]


def _entry(raw: dict[str, Any]) -> Expected:
    title = raw.get("title")
    if isinstance(title, dict):
        title = title.get("content") or title.get("value")
    published = _dates(raw, ("publishedParsed", "published", "pubDateParsed", "isoDate", "issued", "date_published"))
    updated = _dates(raw, ("updatedParsed", "updated", "modified", "date_modified"))
    return Expected(title if isinstance(title, str) else None, _link(raw), published or updated)


def _link(raw: dict[str, Any]) -> str | None:
    link = raw.get("link") or raw.get("url")
    if isinstance(link, str) and link:
        return link
    hrefs = [
        (part.get("rel") or "alternate", part.get("href"))
        for part in raw.get("links") or []
        if isinstance(part, dict) and part.get("href")
    ]
    return next((href for rel, href in hrefs if rel == "alternate"), None)


def _dates(raw: dict[str, Any], names: tuple[str, ...]) -> tuple[datetime, ...]:
    for name in names:
        value = raw.get(name)
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
            try:
                stamp = datetime.fromisoformat(value)
            except ValueError:
                continue
            return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC),)
    return ()


def _reader(source: str) -> list[Expected] | None:
    """Entries of lemon24/reader's expectation files, read as syntax and never run."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "EntryData":
            values = {part.arg: part.value for part in node.keywords if part.arg}
            dates = tuple(filter(None, (_reader_date(values.get(name)) for name in ("published", "updated"))))
            found.append(Expected(_reader_text(values.get("title")), _reader_text(values.get("link")), dates[:1]))
    return found or None


def _reader_text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        last = node.values[-1]
        return str(last.value) if isinstance(last, ast.Constant) else None
    return None


def _reader_date(node: ast.expr | None) -> datetime | None:
    if not isinstance(node, ast.Call):
        return None
    numbers = [part.value for part in node.args if isinstance(part, ast.Constant)]
    return datetime(*numbers, tzinfo=UTC) if len(numbers) >= 3 else None


def plain(title: str) -> str:
    """A title without markup, entities and white space, for comparing."""
    text = html.unescape(html.unescape(title))
    return re.sub(r"\s+|[\u200b\u00ad\ufeff]", "", re.sub(r"<[^>]+>", "", text))
