"""A replay file: feeds and documents of one event, as they arrived."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsdigest.errors import SettingsError
from newsdigest.sources.kinds import Kinds
from newsdigest.sources.source import Language

FORMATS = ("rss2", "rss1", "atom", "json", "html_list")
LANGUAGES: dict[str, Language] = {"ja": "ja", "en": "en", "zh": "zh"}
SUFFIX = "replay.invalid"
_REIWA_BEGINS = 2018
_LOOSE = re.compile(
    r"(?:(?P<era>令和)\s*(?P<eray>\d+|元)|(?P<year>\d{4}))\s*[年/.\-]\s*(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})日?"
    r"(?:\D{0,8}?(?P<hour>\d{1,2})\s*[:時时]\s*(?P<minute>\d{1,2}))?"
)


class ReplayError(SettingsError):
    """The replay file cannot be played; the sentence names the file, the place and what would be right."""


@dataclass(frozen=True, slots=True)
class ReplayFeed:
    """One feed of the file. ``host`` is its name on the replay's side of the net, ``zone`` what its times without zone mean."""

    id: str
    title: str
    kind: str
    country: str
    language: Language
    format: str
    host: str
    zone: str

    @property
    def address(self) -> str:
        """Where the feed is polled."""
        return f"https://{self.host}/feed"


@dataclass(frozen=True, slots=True)
class ReplayDocument:
    """One document. ``published`` is handed out as it stands; ``served`` (UTC) is the instant from which it is served."""

    id: str
    feed: str
    guid: str
    path: str
    title: str
    body: str
    language: str
    published: str
    served: datetime


def parse_replay(
    content: bytes, path: str, kinds: Kinds
) -> tuple[list[ReplayFeed], list[ReplayDocument], frozenset[str]]:
    """Return feeds, documents (by the instant they are served) and the ids of the late ones; raise ReplayError."""
    raw = _object(content, path)
    feeds: dict[str, ReplayFeed] = {}
    for place, entry in enumerate(_list(raw, "feeds", path), start=1):
        feed = _feed(entry, f"{path}: feed {place}", kinds, {known.host for known in feeds.values()})
        if feed.id in feeds:
            raise ReplayError(f'{path}: feed {place}: the id "{feed.id}" is there twice; ids must differ.', about=path)
        feeds[feed.id] = feed
    documents = [
        _document(entry, f"{path}: document {place}", feeds)
        for place, entry in enumerate(_list(raw, "documents", path), start=1)
    ]
    if not feeds:
        raise ReplayError(f"{path} has no feeds; it needs at least one.", about=path)
    late = frozenset(str(name) for name in raw.get("late", []))
    return list(feeds.values()), sorted(documents, key=lambda document: document.served), late


def parse_instant(text: str, zone: tzinfo) -> datetime | None:
    """Return the UTC instant of a time in one of the forms a feed hands out; None where it is none of them."""
    found = _iso(text) or _rfc822(text) or _loose(text)
    if found is None:
        return None
    return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(UTC)


def _object(content: bytes, path: str) -> Mapping[str, Any]:
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReplayError(f"{path} is not UTF-8; a replay file is JSON in UTF-8.", about=path) from error
    except json.JSONDecodeError as error:
        raise ReplayError(f"{path}, line {error.lineno}: this is not JSON ({error.msg}).", about=path) from error
    if not isinstance(raw, dict):
        raise ReplayError(f'{path} must be a JSON object with "feeds" and "documents".', about=path)
    return raw


def _list(raw: Mapping[str, Any], key: str, path: str) -> list[Mapping[str, Any]]:
    value = raw.get(key)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise ReplayError(f'{path}: "{key}" must be a list of objects.', about=path)
    return value


def _text(entry: Mapping[str, Any], key: str, place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ReplayError(f'{place}: "{key}" must be a text that is not empty.', about=place)
    return value


def _feed(entry: Mapping[str, Any], place: str, kinds: Kinds, taken: set[str]) -> ReplayFeed:
    form, language = _text(entry, "format", place), _text(entry, "lang", place)
    if form not in FORMATS:
        raise ReplayError(f'{place}: format "{form}" is none of {", ".join(FORMATS)}.', about=place)
    if language not in LANGUAGES:
        raise ReplayError(f'{place}: lang "{language}" is none of {", ".join(LANGUAGES)}.', about=place)
    country = str(entry.get("country") or "")
    return ReplayFeed(
        id=_text(entry, "id", place),
        title=str(entry.get("title") or entry["id"]),
        kind=str(entry.get("kind") or "other"),
        country=country,
        language=LANGUAGES[language],
        format=form,
        host=_host(entry["id"], taken),
        zone=str(entry.get("zone") or kinds.zone_of(country)),
    )


def _host(identity: str, taken: set[str]) -> str:
    label = re.sub(r"[^a-z0-9-]+", "-", identity.lower()).strip("-")[:50] or "feed"
    names = (f"{label}{'' if n == 1 else f'-{n}'}.{SUFFIX}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _document(entry: Mapping[str, Any], place: str, feeds: Mapping[str, ReplayFeed]) -> ReplayDocument:
    identity = _text(entry, "id", place)
    place = f"{place} ({identity})"
    feed = feeds.get(_text(entry, "feed", place))
    if feed is None:
        raise ReplayError(f'{place}: "{entry["feed"]}" is none of the feeds.', about=place)
    published = str(entry.get("published") or "")
    served_at = str(entry.get("served_at") or published)
    served = parse_instant(served_at, ZoneInfo(feed.zone))
    if served is None:
        raise ReplayError(
            f'{place}: "{served_at}" does not say when it is served; give "served_at" such as 2025-11-24T14:32:00Z.',
            about=place,
        )
    parts = urlsplit(str(entry.get("url") or ""))
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if not path.startswith("/") or path.split("?")[0] in ("/", "/feed", "/robots.txt"):
        path = f"/{re.sub(r'[^A-Za-z0-9._-]+', '-', identity)}.html"
    return ReplayDocument(
        id=identity,
        feed=feed.id,
        guid=str(entry.get("guid") or ""),
        path=path,
        title=_text(entry, "title", place),
        body=str(entry.get("body") or ""),
        language=str(entry.get("lang") or feed.language),
        published=published,
        served=served,
    )


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    # Only with letters in it: the parser of e-mail dates misreads 2025/11/25 as the first of a month.
    if not re.search(r"[A-Za-z]{3}", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _loose(text: str) -> datetime | None:
    match = _LOOSE.search(text)
    if match is None:
        return None
    era = match["eray"]
    year = _REIWA_BEGINS + (1 if era == "元" else int(era)) if era else int(match["year"])
    try:
        day = date(year, int(match["month"]), int(match["day"]))
        return datetime(day.year, day.month, day.day, int(match["hour"] or 0), int(match["minute"] or 0))  # noqa: DTZ001 - the zone is the caller's
    except ValueError:
        return None
