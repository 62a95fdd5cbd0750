"""Builds packets for tests from plain dictionaries: documents as they would stand in the store."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from newsdigest.comparison.packet import Member, Packet
from newsdigest.events.event import Copy, Event
from newsdigest.items.item import Item, ItemVersion, Statement
from newsdigest.language.lexicon import Lexicon, build
from newsdigest.moments import Moment
from newsdigest.records import digest
from newsdigest.sources.source import Source

DATA = Path(__file__).resolve().parents[2] / "src/newsdigest/language/data"


@cache
def files() -> Mapping[str, Mapping[str, Any]]:
    """The language data as wiring reads them."""
    return {
        path.relative_to(DATA).with_suffix("").as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(DATA.rglob("*.toml"))
    }


@cache
def lexicon() -> Lexicon:
    """The product's own lexicon."""
    return build(files())


def lexicon_with(entries: Sequence[Mapping[str, Any]]) -> Lexicon:
    """The product's lexicon with invented names laid over it, as a bureau's own folder would be."""
    return build({**files(), "names/zz_invented": {"entry": list(entries)}})


def moment(text: str) -> Moment:
    """A moment from an ISO string."""
    return Moment(
        instant=datetime.fromisoformat(text).astimezone(UTC),
        precision="minute",
        zone="UTC",
        zone_origin="stated",
        raw=text,
    )


def version(n: int, document: Mapping[str, Any]) -> ItemVersion:
    """One version of an item from a document {lang, title, body, published}."""
    title, text = document["title"], document["body"]
    published = moment(document["published"])
    assert published.instant is not None
    return ItemVersion(
        n=n,
        title=title,
        text=text,
        title_sha256=digest(title),
        text_sha256=digest(text),
        language=document["lang"],
        published=published,
        first_seen=published.instant,
        state=document.get("state", "full"),
        flags=tuple(document.get("flags", ())),
    )


def member(source: Source, documents: Sequence[Mapping[str, Any]], statement: Statement | None, key: str) -> Member:
    """A member whose versions are the documents, oldest first."""
    versions = tuple(version(n, d) for n, d in enumerate(documents, 1))
    item = Item(
        key=key,
        source=source.id,
        lineage=key,
        url=f"https://{source.id}.invalid/{key}",
        statement=statement,
        versions=versions,
    )
    return Member(item, versions[-1], source)


def packet(
    members: Iterable[Member],
    words: Lexicon,
    *,
    event: str = "ev-test",
    copies: Iterable[Copy] = (),
    related: Iterable[Member] = (),
    history: Iterable[Member] = (),
) -> Packet:
    """A packet of members in order of publication."""
    ordered = sorted(members, key=lambda m: (m.item.versions[0].published.instant, m.key))
    times = [m.version.published.instant for m in ordered]
    first, last = min(t for t in times if t), max(t for t in times if t)
    record = Event(id=event, items=tuple(m.key for m in ordered), copies=tuple(copies), first=first, last=last)
    return Packet(record, tuple(ordered), words, last, tuple(related), tuple(history))
