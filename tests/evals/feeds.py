"""Real feeds against what their origin's tests expect: entries, titles, links, dates; feeds lost; mojibake.

``DIR`` holds ``MANIFEST.tsv`` (path, kind, …, tags, expected). A feed without expectation counts for ``lost`` by its tag ``items=N``.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.errors import ReadError
from newsdigest.items.entry import ParsedEntry, ParsedFeed
from newsdigest.items.feed import read_feed
from newsdigest.items.json_feed import read_json_feed
from tests.evals.feed_expectations import Expected, expectation, plain
from tests.reading import packaged_tables

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BASE = "http://feed.invalid/"
_MOJIBAKE = re.compile("\ufffd|Ã[\x80-\xbf©¨¤¶¼]|â€[™œ\x9d“”]|[ã][\x80-\x9f\x81][\x80-\xbf]|ï¿½|锟斤拷")


def feeds(folder: Path) -> list[dict[str, str]]:
    """The rows of feeds in MANIFEST.tsv."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        row
        for row in rows
        if row["kind"] == "feed" or (row["kind"] == "feed-unit" and row.get("expected", "").endswith(".json"))
    ]


def read(path: Path) -> ParsedFeed | None:
    """Read one file as the poller would, or None where it is no feed."""
    body = path.read_bytes()
    reader = read_json_feed if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else read_feed
    try:
        return reader(body, address=BASE + path.name, media_type="", zone="UTC", now=NOW, tables=packaged_tables())
    except ReadError:
        return None


def pairs(wanted: list[Expected], got: list[ParsedEntry]) -> list[tuple[Expected, ParsedEntry | None]]:
    """Match entries in order where the counts agree, else by link and title."""
    if len(wanted) == len(got):
        return list(zip(wanted, got, strict=True))
    left = list(got)
    matched: list[tuple[Expected, ParsedEntry | None]] = []
    for entry in wanted:
        best = next((e for e in left if entry.link and same_link(entry.link, e.url)), None)
        best = best or next((e for e in left if entry.title and plain(entry.title) == plain(e.title)), None)
        if best is not None:
            left.remove(best)
        matched.append((entry, best))
    return matched


def same_link(wanted: str, got: str) -> bool:
    """Whether a link is the expected one; an expectation may have left it relative."""
    wanted, got = (re.sub(r"^\w+://[^/]+", lambda m: m[0].lower(), link.strip()) for link in (wanted, got))
    return (
        wanted == got
        or wanted.rstrip("/") == got.rstrip("/")
        or (not re.match(r"\w+:", wanted) and got.endswith(wanted.lstrip("./")))
    )


def same_date(wanted: tuple[datetime, ...], entry: ParsedEntry) -> bool:
    """Whether our publication (or, where the origin names another of the two, our modification) is that instant."""
    instant = entry.published.instant
    return instant is not None and any(abs((instant - date).total_seconds()) < 1 for date in wanted)


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read every feed of the folder and compare."""
    count: Counter[str] = Counter()
    lost: list[str] = []
    predictions = []
    for row in feeds(path):
        feed = read(path / row["path"])
        got = list(feed.entries) if feed else []
        expected = row.get("expected") or ""
        wanted = expectation(path / expected) if expected and (path / expected).exists() else None
        tagged = re.search(r"items=(\d+)", row.get("tags") or "")
        if not got and (wanted or (tagged and int(tagged[1]) > 0 and row["kind"] == "feed")):
            lost.append(row["path"])
        count["feeds"] += 1
        known = {plain(entry.title) for entry in wanted or [] if entry.title}
        count["mojibake"] += any(_MOJIBAKE.search(e.title) and plain(e.title) not in known for e in got)
        faults: list[list[Any]] = []
        for want, entry in pairs(wanted or [], got):
            _compare(want, entry, count, faults)
        predictions.append(
            {
                "path": row["path"],
                "read": feed is not None,
                "expected": None if wanted is None else len(wanted),
                "entries": [
                    {"guid": e.guid, "title": e.title, "link": e.url, "published": e.published.model_dump(mode="json")}
                    for e in got
                ],
                "notes": list(feed.notes) if feed else [],
                "faults": faults,
            }
        )
    result: dict[str, Any] = {
        name: round(count[f"{name}_right"] / count[name], 4) if count[name] else None
        for name in ("entries", "titles", "links", "dates")
    }
    return {**result, "lost": len(lost), "mojibake": count["mojibake"], "feeds": count["feeds"]}, predictions


def _compare(want: Expected, entry: ParsedEntry | None, count: Counter[str], faults: list[list[Any]]) -> None:
    checks = {
        "entries": (True, entry is not None),
        # an expectation with replacement characters is itself broken
        "titles": (
            bool(want.title) and "\ufffd" not in str(want.title),
            entry is not None and plain(want.title or "") == plain(entry.title),
        ),
        "links": (bool(want.link), entry is not None and same_link(want.link or "", entry.url)),
        "dates": (bool(want.dates), entry is not None and same_date(want.dates, entry)),
    }
    for name, (stated, right) in checks.items():
        if stated:
            count[name] += 1
            count[f"{name}_right"] += right
            if not right:
                ours = (
                    {"titles": entry.title, "links": entry.url, "dates": entry.published.raw}.get(name)
                    if entry
                    else None
                )
                faults.append(
                    [name, str({"titles": want.title, "links": want.link, "dates": want.dates}.get(name)), ours]
                )
