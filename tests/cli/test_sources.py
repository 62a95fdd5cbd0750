"""``newsdigest sources``: list, import, export, and what it refuses; nothing here reaches the network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from newsdigest.cli.main import app
from newsdigest.cli.source_words import check_line, terms_of
from newsdigest.errors import CatalogueError, UnsafeAddress
from newsdigest.ports import SourceState
from newsdigest.sources.opml import read_opml
from newsdigest.sources.source import Source
from newsdigest.store.sql import open_store

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
CITY = """name = { ja = "湖北市" }
kind = "newspaper"
language = "ja"
country = "JP"
address = "https://kohoku.example/rss"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "newsdigest.toml").write_text("[sources]\npackaged = false\n", encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/kohoku.toml").write_text(CITY, encoding="utf-8")
    (tmp_path / "sources/off.toml").write_text(
        CITY.replace("kohoku.example", "off.example") + "enabled = false\n", encoding="utf-8"
    )
    return tmp_path


def call(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), "sources", *arguments])


def outline(address: str, title: str, **more: str) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<outline type="rss" text="{title}" xmlUrl="{address}"{attributes}/>'


def test_list_shows_what_is_switched_off_only_when_asked(folder: Path) -> None:
    (line,) = call(folder, "list").output.splitlines()
    assert line.split("\t") == ["kohoku", "ja", "JP", "newspaper", "new", "–", "湖北市"]
    rows = [line.split("\t") for line in call(folder, "list", "--all").output.splitlines()]
    assert [(row[0], row[4]) for row in rows] == [("kohoku", "new"), ("off", "off")]


def test_list_tells_that_a_fine_source_froze_meanwhile(folder: Path) -> None:
    store = open_store(folder / "newsdigest.sqlite")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    state = SourceState("kohoku", condition="fine", newest_item=long_ago, last_polled=long_ago, memory={"gap_hours": 2})
    store.save_source_state(state)
    store.close()
    (line,) = call(folder, "list").output.splitlines()
    assert line.split("\t")[4:6] == ["frozen", "2020-01-01"]


def test_import_writes_a_file_each_and_never_twice(folder: Path) -> None:
    listed = outline("https://alba-times.com/rss", "Alba Times", language="en-US")
    listed += outline("https://seret.jp/rss", "セレト通信") + outline("https://kohoku.example/rss", "湖北市")
    opml = folder / "list.opml"
    opml.write_text(f'<opml version="2.0"><body><outline text="World">{listed}</outline></body></opml>', "utf-8")
    first = call(folder, "import", str(opml))
    assert first.exit_code == 0
    assert "2 sources written, 1 were followed already." in first.output
    rows = [line.split("\t") for line in call(folder, "list").output.splitlines()]
    assert [(row[0], row[1], row[6]) for row in rows] == [
        ("alba-times", "en", "Alba Times"),
        ("kohoku", "ja", "湖北市"),
        ("seret", "ja", "セレト通信"),
    ]
    assert "0 sources written, 3 were followed already." in call(folder, "import", str(opml)).output


def test_what_is_exported_can_be_imported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("out") / "followed.opml"
    assert "1 feeds written" in call(folder, "export", str(target)).output
    assert [feed.address for feed in read_opml(target.read_bytes(), "x")] == ["https://kohoku.example/rss"]
    assert call(folder, "export", "-").output == target.read_text("utf-8")


def test_import_says_what_is_no_opml(folder: Path) -> None:
    (folder / "list.opml").write_text("feeds: none", encoding="utf-8")
    result = call(folder, "import", str(folder / "list.opml"))
    assert isinstance(result.exception, CatalogueError)
    assert "is not OPML" in str(result.exception)


def test_add_refuses_what_is_followed_and_what_is_not_public(folder: Path) -> None:
    twice = call(folder, "add", "https://kohoku.example/rss?utm_source=x")
    assert isinstance(twice.exception, CatalogueError)
    assert "followed already, as «kohoku»" in str(twice.exception)
    assert isinstance(call(folder, "add", "http://127.0.0.1/feed").exception, UnsafeAddress)
    assert sorted(path.name for path in (folder / "sources").iterdir()) == ["kohoku.toml", "off.toml"]


def test_check_of_an_unknown_source_names_the_command_that_lists_them(folder: Path) -> None:
    result = call(folder, "check", "nowhere")
    assert isinstance(result.exception, CatalogueError)
    assert "newsdigest sources list" in str(result.exception)


def described(**more: object) -> Source:
    fields = {"id": "alba", "name": {"en": "Alba"}, "kind": "wire", "language": "en", "address": "https://a.example/f"}
    return Source.model_validate({**fields, **more})


def test_a_check_says_how_a_source_is_and_what_is_known_of_its_terms() -> None:
    fine = SourceState("alba", condition="fine", newest_item=NOW - timedelta(hours=5), memory={"gap_hours": 3.0})
    assert check_line(described(), fine, NOW) == "alba\tfine\tterms unknown"
    assert (
        check_line(described(), fine, NOW + timedelta(days=4))
        == "alba\tfrozen\tterms unknown\tnewest item 2026-03-02 01:00 UTC; its usual gap is 3 hours"
    )
    moved = SourceState("alba", condition="moved", memory={"move": {"to": "https://b.example/f", "settled": True}})
    assert check_line(described(), moved, NOW).split("\t")[3].startswith("moved for good to https://b.example/f")
    broken = SourceState("alba", condition="broken", error="This is no feed.")
    assert check_line(described(), broken, NOW) == "alba\tbroken\tterms unknown\tThis is no feed."


def test_terms_that_were_checked_say_what_is_still_unknown() -> None:
    terms = {"robots": "yes", "quotation": "yes", "checked": "2026-02-01"}
    assert terms_of(described(terms=terms)) == "terms checked 2026-02-01, unknown: model"
    assert terms_of(described(terms={**terms, "model": "no"})) == "terms checked 2026-02-01"
