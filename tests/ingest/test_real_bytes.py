"""One round over feeds as they came from the web: all of them in, none stops another, each failure has its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from newsdigest.documents.address import canonical_address
from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.host_map import HostMap
from newsdigest.items.item import Item
from newsdigest.pipeline.round import open_run, poll_step
from newsdigest.settings import Settings
from newsdigest.sources.source import Source
from newsdigest.wiring import assembled
from tests.evals.feed_expectations import Expected, expectation, plain
from tests.evals.feeds import feeds
from tests.pipeline.newsroom import MovedClock, Newsroom, served, source
from tests.shared import shared

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 60


async def nowhere(_host: str, _port: int) -> list[str]:
    """No name has an address: what the feeds link to is not fetched from anywhere."""
    return []


def newsroom(folder: Path) -> tuple[Newsroom, dict[str, tuple[Source, dict[str, str]]]]:
    """Serve every feed at a host of its own; return the sources with their rows of the manifest."""
    room = Newsroom()
    found: dict[str, tuple[Source, dict[str, str]]] = {}
    for number, row in enumerate(feeds(folder)):
        host = f"feed-{number}"
        body = (folder / row["path"]).read_bytes()
        json = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
        room.serve(host, "/feed", body, "application/feed+json" if json else "application/xml")
        found[host] = (source(host, format="json_feed" if json else "feed"), row)
    return room, found


def names(entry: Expected, items: list[Item]) -> bool:
    """Whether an item with the expected link or title is stored."""
    links = {canonical_address(entry.link)} if entry.link and "://" in entry.link else set()
    titles = {plain(version.title) for item in items for version in item.versions}
    aliases = {alias.partition(":")[2] for item in items for alias in item.aliases}
    if entry.title and "\ufffd" not in entry.title and plain(entry.title) in titles:
        return True
    if links & aliases or any(item.url == entry.link for item in items):
        return True
    return bool(entry.link and "://" not in entry.link and any(a.endswith(entry.link.lstrip("./")) for a in aliases))


@pytest.mark.timing
def test_a_round_over_real_feeds_stores_every_item_and_names_every_failure(tmp_path: Path) -> None:
    folder = shared("ingest")
    room, found = newsroom(folder)
    clock = MovedClock()
    begun = perf_counter()
    with served(room):
        fetcher = HttpFetcher(
            clock, "newsdigest-tests/1 (desk@bureau.example)", host_map=HostMap(room.port), resolver=nowhere
        )
        with assembled(Settings(root=tmp_path), clock, fetcher, [s for s, _ in found.values()]) as bureau:
            with open_run(bureau, "digest") as run:
                facts = poll_step(bureau, run)
            (record,) = [row for row in bureau.store.runs() if row["id"] == run]
            everything = bureau.store.items_between(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
            states = bureau.store.source_states()
    seconds = perf_counter() - begun
    stored = defaultdict(list)
    for item in everything:
        stored[item.source].append(item)
    assert set(record["sources"]) == set(found) == set(states)
    assert facts["polled"] == len(found) >= 190
    missing = list(unstored(folder, found, stored))
    assert missing == []
    empty = {host for host, row in record["sources"].items() if not row["entries"]}
    failed = {error["source"]: error["sentence"] for error in record["errors"]}
    assert set(failed) == {host for host in empty if states[host].error}
    for host, sentence in failed.items():
        assert sentence.strip().endswith(".")
        assert "\n" not in sentence
        assert states[host].condition == "broken", sentence
    # what holds entries was read: only what is no feed at all failed
    for host in failed:
        assert "items=0" in found[host][1]["tags"] or "empty" in found[host][1]["tags"], found[host][1]["path"]
    assert seconds < LIMIT_SECONDS


def unstored(
    folder: Path, found: dict[str, tuple[Source, dict[str, str]]], stored: dict[str, list[Item]]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield path, title and link of every entry that the origin's expectation names and the store lacks."""
    for host, (_, row) in found.items():
        expected = row.get("expected") or ""
        if not expected or not (folder / expected).exists():
            continue
        for entry in expectation(folder / expected) or []:
            # a unit fixture's bare link has no words: it waits for its page, and there is none here
            wordless = not entry.title and (row["kind"] == "feed-unit" or not (entry.link or "").startswith("http"))
            if not wordless and not names(entry, stored[host]):
                yield row["path"], entry.title, entry.link
