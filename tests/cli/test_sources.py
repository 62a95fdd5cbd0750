"""``newsdigest sources``: list, import, export, and what it refuses; nothing here reaches the network."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from newsdigest.cli.main import app
from newsdigest.cli.source_words import check_line, terms_of
from newsdigest.errors import CatalogueError, UnsafeAddress
from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.host_map import HostMap
from newsdigest.isolation.inline import InlineReader
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import SourceState
from newsdigest.settings import load
from newsdigest.sources.opml import read_opml
from newsdigest.sources.source import Source
from newsdigest.store.sql import open_store
from newsdigest.wiring import assembled, catalogue, packaged_lexicon
from tests.pipeline.newsroom import MovedClock, Newsroom, served

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


@pytest.fixture
def town(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The folder's bureau over a served newsroom: the command's own wiring but for its clock and its fetcher."""
    room, clock = Newsroom(), MovedClock()
    with served(room):

        def opened(place: Path, **_: object) -> AbstractContextManager[Bureau]:
            settings = load(place)
            fetcher = HttpFetcher(clock, "newsdigest-tests/1 (desk@bureau.example)", host_map=HostMap(room.port))
            reader = InlineReader(packaged_lexicon().tables)
            return assembled(settings, clock, fetcher, catalogue(settings), reader=reader)

        monkeypatch.setattr("newsdigest.wiring.open_bureau", opened)
        yield room


def test_add_writes_an_entry_that_the_catalogue_reads_and_a_round_follows(folder: Path, town: Newsroom) -> None:
    room_page = "<html lang='ja'><head><title>湖東市</title><link rel='alternate' type='application/rss+xml' title='新着' href='/feed'></head></html>"
    town.feed(
        "koto", ("bridge", "市議会が橋の再建を決定", "湖東市議会は月曜日、橋の再建を決めた。工事は四月に始まる。")
    )
    town.serve("koto", "/", room_page)
    result = call(folder, "add", "https://koto.replay.invalid/", "--kind", "local_government", "--country", "JP")
    assert result.exit_code == 0, result.output
    (path,) = [path for path in (folder / "sources").iterdir() if path.stem not in ("kohoku", "off")]
    stated = tomllib.loads(path.read_text("utf-8"))
    assert stated == {
        "name": {"ja": "koto"},
        "kind": "local_government",
        "language": "ja",
        "country": "JP",
        "zone": "Asia/Tokyo",
        "address": "https://koto.replay.invalid/feed",
    } | {key: stated[key] for key in ("issuer", "channel") if key in stated}
    assert f"{path}: {path.stem} follows https://koto.replay.invalid/feed (1 entries" in result.output
    assert "to verify: terms" in result.output
    rows = [line.split("\t") for line in call(folder, "list").output.splitlines()]
    assert [path.stem, "ja", "JP"] in [row[:3] for row in rows]
    again = call(folder, "add", "https://koto.replay.invalid/feed")
    assert "followed already" in str(again.exception)
    assert call(folder, "check", path.stem).output.split("\t")[:2] == [path.stem, "fine"]


def test_list_says_in_a_sentence_that_nothing_is_followed(folder: Path) -> None:
    (folder / "sources/kohoku.toml").unlink()
    assert call(folder, "list").output == (
        "No source is followed. newsdigest sources add URL follows one; --all lists the 1 that are switched off.\n"
    )
    (folder / "sources/off.toml").unlink()
    assert call(folder, "list").output == "No source is followed. newsdigest sources add URL follows one.\n"
    assert call(folder, "list", "--all").exit_code == 0


@pytest.mark.parametrize(
    ("served_as", "condition", "words", "code"),
    [
        (200, "fine", "", 0),
        (403, "blocked", "refuses us (403)", 1),
        (500, "broken", "answers 500", 1),
        (410, "gone", "gone for good (410)", 1),
    ],
)
def test_check_says_how_a_source_is(
    folder: Path, town: Newsroom, served_as: int, condition: str, words: str, code: int
) -> None:
    address = "https://koto.replay.invalid/feed"
    (folder / "sources/koto.toml").write_text(CITY.replace("https://kohoku.example/rss", address), encoding="utf-8")
    town.feed("koto", ("bridge", "市議会が橋の再建を決定", "湖東市議会は月曜日、橋の再建を決めた。"))
    if served_as != 200:
        town.serve("koto", "/feed", "", status=served_as)
    result = call(folder, "check", "koto")
    row = result.output.rstrip("\n").split("\t")
    assert (row[:3], result.exit_code) == (["koto", condition, "terms unknown"], code)
    assert words in "".join(row[3:])


def test_a_round_fails_where_every_source_failed_and_is_done_where_one_answered(folder: Path, town: Newsroom) -> None:
    (folder / "sources/kohoku.toml").unlink()
    for host in ("koto", "kosei"):
        entry = CITY.replace("https://kohoku.example/rss", f"https://{host}.replay.invalid/feed")
        (folder / f"sources/{host}.toml").write_text(entry + ("enabled = false\n" if host == "kosei" else ""), "utf-8")
    town.serve("koto", "/feed", "", status=500)
    town.feed("kosei", ("bridge", "市議会が橋の再建を決定", "湖西市議会は月曜日、橋の再建を決めた。"))
    alone = CliRunner().invoke(app, ["-C", str(folder), "run"])
    assert alone.exit_code == 1, alone.output
    assert "https://koto.replay.invalid/feed answers 500." in alone.output
    (folder / "sources/kosei.toml").write_text(
        (folder / "sources/kosei.toml").read_text("utf-8").replace("false", "true"), "utf-8"
    )
    (folder / "newsdigest.sqlite").unlink()
    both = CliRunner().invoke(app, ["-C", str(folder), "run"])
    assert both.exit_code == 0, both.output
    assert "https://koto.replay.invalid/feed answers 500." in both.output


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
