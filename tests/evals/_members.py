"""Items of an evaluation file as members of a comparison, and the lexicon of the package's own data."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from newsdigest.comparison.packet import Member
from newsdigest.items.item import Item, ItemVersion
from newsdigest.language.lexicon import Lexicon, build
from newsdigest.moments import Moment
from newsdigest.records import digest
from newsdigest.sources.source import Source


@cache
def lexicon() -> Lexicon:
    """The lexicon of the data files in the package."""
    folder = Path(str(resources.files("newsdigest.language"))) / "data"
    return build(
        {
            str(p.relative_to(folder).with_suffix("")): tomllib.loads(p.read_text("utf-8"))
            for p in sorted(folder.rglob("*.toml"))
        }
    )


def member_of(document: dict[str, Any]) -> Member:
    """A member from ``{id, source, lang, published, title, text}``; a date without an hour has the precision of a day."""
    raw = document.get("published") or ""
    instant = datetime.fromisoformat(raw.replace("Z", "+00:00")) if raw else None
    if instant is not None and instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    published = Moment(
        instant=instant, precision="day" if len(raw) <= 10 else "minute", zone="UTC", zone_origin="assumed", raw=raw
    )
    title, text = document.get("title", ""), document["text"]
    version = ItemVersion(
        n=1, title=title, text=text, title_sha256=digest(title), text_sha256=digest(text), language=document["lang"],
        published=published, first_seen=instant or datetime(2000, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    name = str(document.get("source", "source"))
    source = Source(
        id=name, name={document["lang"]: name}, kind="newspaper", language=document["lang"],
        country=document.get("country", ""), address="https://example.invalid/",
    )  # fmt: skip
    item = Item(
        key=document["id"], source=name, lineage=document["id"], url="https://example.invalid/", versions=(version,)
    )
    return Member(item, version, source)
