"""Every official source reads a page of its own structure: a listing or feed, and one page, all words invented.

A folder a source: ``listing.html`` (or ``feed.xml``), ``page.html`` (and ``page_2.html``, …), ``expected.json``. Only what
``expected.json`` states is compared. Where the reading got better, ``make golden ARGS=tests/catalogue`` writes it anew:
read the difference before you keep it.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from newsdigest.items.continuation import join_pages
from newsdigest.items.decide import decide
from newsdigest.items.entry import ParsedFeed, ParsedPage
from newsdigest.items.feed import read_feed
from newsdigest.items.listing import read_listing
from newsdigest.items.page import read_page
from newsdigest.moments import Moment
from newsdigest.sources.catalogue import parse_source
from newsdigest.sources.kinds import parse_kinds
from newsdigest.sources.source import Source
from tests.reading import packaged_lexicon, packaged_tables

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/expected.json"))
REFRESH = "read the difference; if the new reading is right: make golden ARGS=tests/catalogue"


def the_source(identity: str) -> Source:
    text = files("newsdigest.sources").joinpath("catalogue", f"{identity}.toml").read_text("utf-8")
    return parse_source(text, f"{identity}.toml", parse_kinds(packaged_lexicon().table("kinds")))


def read(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    """What the source's readers and the decider make of the folder."""
    source, now = the_source(folder.name), datetime.fromisoformat(given["received"])
    feed = _feed(folder, source, now)
    found: dict[str, Any] = {
        "received": given["received"],
        "entries": [[e.title, e.url, _when(e.published)] for e in feed.entries],
        "next_list": feed.next_page,
    }
    pages = [_page(path, source, given["page_address"], now) for path in sorted(folder.glob("page*.html"))]
    found["page_address"] = given["page_address"]
    entry = next(entry for entry in feed.entries if entry.url == given["page_address"])
    page = join_pages(pages) if pages else None
    found["next_page"] = pages[0].next_page if pages else ""
    item = decide(source, entry, page, [], None, now, packaged_lexicon())
    assert item is not None
    version, statement = item.latest, item.statement
    return found | {
        "title": version.title,
        "text": version.text.split("\n"),
        "published": _when(version.published),
        "complete": version.complete,
        "language": version.language,
        "statement": statement and json.loads(statement.model_dump_json(exclude_none=True)),
    }


def _feed(folder: Path, source: Source, now: datetime) -> ParsedFeed:
    tables = packaged_tables()
    if source.format == "feed":
        body = (folder / "feed.xml").read_bytes()
        return read_feed(body, address=source.address, media_type="", zone=source.zone, now=now, tables=tables)
    body = (folder / "listing.html").read_bytes()
    return read_listing(
        body, address=source.address, selectors=source.selectors, zone=source.zone, now=now, tables=tables
    )


def _page(path: Path, source: Source, address: str, now: datetime) -> ParsedPage:
    part = path.stem.removeprefix("page")
    stem, dot, ending = address.rpartition(".")
    return read_page(
        path.read_bytes(),
        address=f"{stem}{part}{dot}{ending}",
        media_type="text/html",
        selectors=source.selectors,
        language=source.language,
        zone=source.zone,
        now=now,
        tables=packaged_tables(),
    )


def _when(moment: Moment) -> str:
    if moment.instant is None:
        return ""
    return f"{moment.instant:%Y-%m-%dT%H:%MZ} {moment.precision}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_source_reads_its_golden_page(folder: Path, request: pytest.FixtureRequest) -> None:
    file = folder / "expected.json"
    expected = json.loads(file.read_text("utf-8"))
    found = read(folder, expected)
    if request.config.getoption("update_snapshots", default=False):
        file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    for name in expected:
        assert found[name] == expected[name], f"{folder.name}: {name}: {REFRESH}"
    stated = {"entries", "title", "text", "published", "complete", "statement"}
    assert stated <= set(expected), f"{folder.name} does not state {sorted(stated - set(expected))}"


def test_every_official_source_that_the_bureau_lives_on_has_one() -> None:
    wanted = {
        "white-house-briefings", "state-department", "mofa-japan-press", "mofa-japan-press-en", "kantei", "china-mfa-zh", "china-mfa-en",
        "xinhua-politics", "peoples-daily-epaper", "china-tao", "china-mnd", "truth-social-mirror",
    }  # fmt: skip
    assert wanted <= {folder.name for folder in FOLDERS}


def test_a_page_of_the_ministry_that_is_gone_is_no_statement() -> None:
    source = the_source("china-mfa-zh")
    gone = (
        "<html><head><title>系统提示</title></head><body><div>您访问的页面不存在或已被删除</div></body></html>".encode()
    )
    page = read_page(
        gone, address=source.address + "202603/t20260312_11.shtml", media_type="text/html",
        selectors=source.selectors, language="zh", zone=source.zone,
        now=datetime.fromisoformat("2026-03-12T10:00+00:00"), tables=packaged_tables(),
    )  # fmt: skip
    assert (page.state, page.text) == ("empty", "")
    other = read_page(
        gone.replace("系统提示".encode(), "外交部".encode()).replace("不存在或已被删除".encode(), "正在维护".encode()),
        address=source.address + "202603/t20260312_12.shtml", media_type="text/html",
        selectors=source.selectors, language="zh", zone=source.zone,
        now=datetime.fromisoformat("2026-03-12T10:00+00:00"), tables=packaged_tables(),
    )  # fmt: skip
    assert other.state == "empty"
