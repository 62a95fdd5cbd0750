"""What the poller remembers of a source's entries between polls, as JSON in the source's state.

One row an entry: ``mark`` tells an edit in the feed, ``first`` and ``seen`` are when the entry was first met and when its page was last
asked for ("" : not yet), ``url`` is that page ("" where the feed carries the whole text), ``waiting`` says that nothing could be stored
without the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from newsdigest.items.entry import ParsedEntry
from newsdigest.records import digest

# A page of a fresh item is looked at again after an hour, then ever more rarely, until two weeks have passed.
FIRST_REVISIT = timedelta(hours=1)
LAST_REVISIT = timedelta(days=14)
REVISIT_SHARE_OF_AGE = 4

Row = Mapping[str, Any]


def name_of(entry: ParsedEntry) -> str:
    """What tells an entry from the others of its feed."""
    guid = entry.guid if "guid_repeated" not in entry.flags else ""
    return guid or entry.url or digest(entry.title + entry.summary)[:16]


def mark_of(entry: ParsedEntry) -> str:
    """What tells that an entry was edited in the feed."""
    parts = [entry.title, entry.summary, entry.content, entry.url, entry.modified.raw if entry.modified else ""]
    return digest("\x1f".join(parts))[:16]


def is_known(row: Row | None, entry: ParsedEntry, now: datetime) -> bool:
    """Whether the entry needs no look: it stands in the feed as before, and its page is not due."""
    return row is not None and row["mark"] == mark_of(entry) and not page_due(row, now)


def page_due(row: Row, now: datetime) -> bool:
    """Whether to look at the entry's page (again): a silent edit changes no feed, and a page may have failed."""
    if not row.get("url"):
        return False
    age = now - datetime.fromisoformat(row["first"])
    if age >= LAST_REVISIT:
        return False
    return not row["seen"] or now - datetime.fromisoformat(row["seen"]) >= max(
        FIRST_REVISIT, age / REVISIT_SHARE_OF_AGE
    )


def someone_waits(rows: Iterable[Row], now: datetime) -> bool:
    """Whether an entry without an item is due: then the feed has to be read again, changed or not."""
    return any(row.get("waiting") and page_due(row, now) for row in rows)


def row_of(entry: ParsedEntry, last: Row | None, now: datetime, *, tried: bool, waiting: bool) -> dict[str, Any]:
    """What to remember of an entry after a poll; ``tried`` says that its page was asked for."""
    row: dict[str, Any] = {
        "mark": mark_of(entry),
        "first": last["first"] if last else now.isoformat(),
        "seen": now.isoformat() if tried else "",
        "url": "" if entry.content else entry.url,
    }
    return {**row, "waiting": True} if waiting else row


def with_pages(entries: Sequence[ParsedEntry], most: int) -> set[str]:
    """The names of the entries whose pages to fetch, the newest first; undated ones count as listed, newest on top."""
    wanting = [entry for entry in entries if entry.url and not entry.content]
    dated = [entry for entry in wanting if entry.published.instant is not None]
    undated = [entry for entry in wanting if entry.published.instant is None]
    return {name_of(entry) for entry in [*reversed(dated), *undated][:most]}
