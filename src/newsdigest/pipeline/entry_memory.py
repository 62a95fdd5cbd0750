"""What the poller remembers of a source's entries between polls, as JSON in the source's state.

One row an entry: ``mark`` tells an edit in the feed, ``first`` and ``seen`` are when the entry was first met and when its page was last
asked for ("" : not yet), ``url`` is that page ("" where the feed carries the whole text), ``item`` the key of what it came down to,
``waiting`` says that nothing could be stored without the page. Rows are kept as long as the feed lists the entry, and as long as its page is
watched where a draft cites the item.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from newsdigest.items.entry import ParsedEntry
from newsdigest.records import digest
from newsdigest.sources.revisits import CITED_WATCHED, WATCHED, revisit_due

Row = Mapping[str, Any]
NOBODY: Container[str] = frozenset()


def name_of(entry: ParsedEntry) -> str:
    """What tells an entry from the others of its feed."""
    guid = entry.guid if "guid_repeated" not in entry.flags else ""
    return guid or entry.url or digest(entry.title + entry.summary)[:16]


def mark_of(entry: ParsedEntry) -> str:
    """What tells that an entry was edited in the feed."""
    parts = [entry.title, entry.summary, entry.content, entry.url, entry.modified.raw if entry.modified else ""]
    return digest("\x1f".join(parts))[:16]


def is_known(row: Row | None, entry: ParsedEntry, now: datetime, cited: Container[str]) -> bool:
    """Whether the entry needs no look: it stands in the feed as before, and its page is not due."""
    return not is_edited(row, entry) and row is not None and not page_due(row, now, cited)


def is_edited(row: Row | None, entry: ParsedEntry) -> bool:
    """Whether the feed says of the entry what it did not say at the last poll."""
    return row is None or row["mark"] != mark_of(entry)


def page_due(row: Row, now: datetime, cited: Container[str] = NOBODY) -> bool:
    """Whether to look at the entry's page (again): a silent edit changes no feed, and a page may have failed.

    ``cited`` holds the keys of the items that drafts cite; it is asked only where the answer decides.
    """
    if not row.get("url"):
        return False
    first = datetime.fromisoformat(row["first"])
    if not row["seen"]:
        return now - first < WATCHED
    seen = datetime.fromisoformat(row["seen"])
    if revisit_due(first, seen, now, cited=False):
        return True
    return revisit_due(first, seen, now, cited=True) and row.get("item", "") in cited


def outlives_its_entry(row: Row, now: datetime, cited: Container[str]) -> bool:
    """Whether to go on watching a page that the feed lists no more: a draft cites what it said."""
    watched = bool(row.get("url")) and now - datetime.fromisoformat(row["first"]) < CITED_WATCHED
    return watched and row.get("item", "") in cited


def someone_waits(rows: Iterable[Row], now: datetime) -> bool:
    """Whether an entry without an item is due: then the feed has to be read again, changed or not."""
    return any(row.get("waiting") and page_due(row, now) for row in rows)


def row_of(
    entry: ParsedEntry, last: Row | None, now: datetime, *, tried: bool, waiting: bool, item: str
) -> dict[str, Any]:
    """What to remember of an entry after a poll; ``tried`` says that its page was asked for, ``item`` is the key of its item or ""."""
    row: dict[str, Any] = {
        "mark": mark_of(entry),
        "first": last["first"] if last else now.isoformat(),
        "seen": now.isoformat() if tried else "",
        "url": "" if entry.content else entry.url,
        "item": item or (last.get("item", "") if last else ""),
    }
    return {**row, "waiting": True} if waiting else row


def with_pages(entries: Sequence[ParsedEntry], most: int) -> set[str]:
    """The names of the entries whose pages to fetch, the newest first; undated ones count as listed, newest on top."""
    wanting = [entry for entry in entries if entry.url and not entry.content]
    dated = [entry for entry in wanting if entry.published.instant is not None]
    undated = [entry for entry in wanting if entry.published.instant is None]
    return {name_of(entry) for entry in [*reversed(dated), *undated][:most]}
