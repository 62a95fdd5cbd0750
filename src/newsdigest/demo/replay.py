"""A loaded replay: what is played, the sources it stands for, and when they are polled."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsdigest.demo.clock import ReplayClock
from newsdigest.demo.replay_file import ReplayDocument, ReplayError, ReplayFeed, parse_replay
from newsdigest.demo.steps import moments
from newsdigest.sources.kinds import Kinds, parse_kinds
from newsdigest.sources.source import Format, Selectors, Source

_FORMATS: dict[str, Format] = {
    "rss2": "feed",
    "rss1": "feed",
    "atom": "feed",
    "json": "json_feed",
    "html_list": "listing",
}
LISTING = Selectors(
    entry="ul.documents li",
    link="a",
    title="a",
    date=".date",
    page_title="article h1",
    page_body="article .body",
    page_date="article .date",
)


@dataclass(frozen=True, slots=True)
class Replay:
    """Feeds and documents in the order they are served; ``late`` names the documents of the extended run only."""

    feeds: tuple[ReplayFeed, ...]
    documents: tuple[ReplayDocument, ...]
    late: frozenset[str]
    path: str

    def played(self, extended: bool = False) -> tuple[ReplayDocument, ...]:
        """The documents of the base run, or of the extended one."""
        return tuple(document for document in self.documents if extended or document.id not in self.late)

    def sources(self, kinds: Kinds | Mapping[str, Any] | None = None) -> list[Source]:
        """The catalogue of this replay, one source a feed, in order of id. ``kinds`` may be the lexicon's table."""
        table = kinds_of(kinds)
        return sorted((source_of(feed, table) for feed in self.feeds), key=lambda source: source.id)

    def moments(self, until: datetime | None = None, extended: bool = False) -> list[datetime]:
        """The instants at which every feed is polled, the end last."""
        return moments(self.played(extended), until)

    def clock(self, until: datetime | None = None, extended: bool = False) -> ReplayClock:
        """A clock that stands at the first of the moments and ends at the last."""
        instants = self.moments(until, extended)
        return ReplayClock(instants[0], instants[-1])

    def warnings(self, kinds: Kinds | Mapping[str, Any] | None = None) -> list[str]:
        """A sentence for each kind word that we do not know."""
        table = kinds_of(kinds)
        return [f"{feed.id}: {table.of(feed.kind).warning}" for feed in self.feeds if not table.of(feed.kind).known]


def kinds_of(kinds: Kinds | Mapping[str, Any] | None) -> Kinds:
    """Return the kinds from themselves, from the lexicon's table, or from the package's own file."""
    if isinstance(kinds, Kinds):
        return kinds
    if kinds is None:
        kinds = tomllib.loads(files("newsdigest.language").joinpath("data", "kinds.toml").read_text(encoding="utf-8"))
    return parse_kinds(kinds)


def load_replay(path: Path | None = None, kinds: Kinds | Mapping[str, Any] | None = None) -> Replay:
    """Read a replay file, or the one of the package; raise ReplayError in one sentence where it cannot be played."""
    if path is None:
        content, name = files("newsdigest.demo").joinpath("replay.json").read_bytes(), "replay.json"
    else:
        try:
            content, name = path.read_bytes(), str(path)
        except OSError as error:
            raise ReplayError(f"{path} cannot be read ({error.strerror}).", about=str(path)) from error
    feeds, documents, late = parse_replay(content, name, kinds_of(kinds))
    if not documents:
        raise ReplayError(f"{name} has no documents; there is nothing to play.", about=name)
    return Replay(tuple(feeds), tuple(documents), late, name)


def source_of(feed: ReplayFeed, kinds: Kinds) -> Source:
    """Return the catalogue entry of a replay's feed; an official one is its own issuer."""
    kind = kinds.of(feed.kind)
    return Source(
        id=feed.id,
        name={feed.language: feed.title},
        kind=kind.kind,
        kind_word=feed.kind,
        language=feed.language,
        country=feed.country,
        zone=feed.zone,
        address=feed.address,
        format=_FORMATS[feed.format],
        issuer=feed.id if kind.official else None,
        channel=kind.channel,
        selectors=LISTING if feed.format == "html_list" else Selectors(),
        full_text=feed.format != "json",
        note=kind.warning,
    )


def documents_by_feed(documents: Iterable[ReplayDocument]) -> dict[str, list[ReplayDocument]]:
    """Group documents by feed, in the order they are served."""
    grouped: dict[str, list[ReplayDocument]] = {}
    for document in documents:
        grouped.setdefault(document.feed, []).append(document)
    return grouped
