"""Catalogue entries written, lists of feeds exchanged, feeds found on pages."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.errors import CatalogueError
from newsdigest.sources.catalogue import parse_source
from newsdigest.sources.discovery import offered_feeds
from newsdigest.sources.entry_text import entry_text, id_for
from newsdigest.sources.kinds import parse_kinds
from newsdigest.sources.opml import read_opml, write_opml
from newsdigest.sources.source import Source

KINDS = parse_kinds(tomllib.loads(files("newsdigest.language").joinpath("data", "kinds.toml").read_text("utf-8")))


def source(**changes: object) -> Source:
    entry = {
        "id": "alba",
        "name": {"en": "Alba"},
        "kind": "wire",
        "language": "en",
        "address": "https://alba.example/f",
    }
    return Source.model_validate({**entry, "kind_word": "wire", **changes})


def test_every_packaged_entry_survives_being_written() -> None:
    for path in (Path(str(files("newsdigest.sources"))) / "catalogue").glob("*.toml"):
        one = parse_source(path.read_text("utf-8"), path.name, KINDS)
        assert parse_source(entry_text(one), path.name, KINDS) == one


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_name_and_note_survive_being_written(name: str, note: str) -> None:
    one = source(name={"en": name}, note=note)
    assert parse_source(entry_text(one), "alba.toml", KINDS) == one


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.alba-times.co.jp/rss.xml", "alba-times"),
        ("https://feeds.seret.org/x", "seret"),
        ("https://mfa.alba.gov.cn/", "mfa-alba"),
        ("https://8.8.8.8/x", "8-8-8-8"),
    ],
)
def test_an_id_is_made_of_the_host(address: str, expected: str) -> None:
    assert id_for(address, ()) == expected
    assert id_for(address, {expected}) == f"{expected}-2"


def test_opml_goes_out_and_comes_back() -> None:
    sources = [
        source(),
        source(
            id="gov", kind="government", address='https://gov.example/f?a=1&b="2"', name={"ja": "<政府>"}, language="ja"
        ),
        source(id="list", format="listing", address="https://list.example/"),
    ]
    outlines = read_opml(write_opml(sources, "Bureau & co").encode(), "x.opml")
    assert {(o.address, o.title, o.language, o.folder) for o in outlines} == {
        ("https://alba.example/f", "Alba", "en", "wire"),
        ('https://gov.example/f?a=1&b="2"', "<政府>", "ja", "government"),
    }


def test_opml_of_others_is_read_and_what_is_none_is_refused() -> None:
    text = b"""<opml version="1.0"><body><outline text="World"><outline text="A" xmlUrl="https://a.example/feed"/>
      <outline title="again" text="x" XMLURL="https://a.example/feed"/><outline text="B" xmlurl="file:///etc/passwd"/>
      <outline text="C" xmlUrl="http://c.example/" htmlUrl="http://c.example/home"></body></opml>"""
    found = read_opml(text, "x.opml")
    assert [(o.address, o.title, o.folder) for o in found] == [
        ("https://a.example/feed", "A", "World"),
        ("http://c.example/", "C", "World"),
    ]
    no_text = b"<opml><outline text='&#xD800;' xmlUrl='https://a.example/'/></opml>"
    for wrong in (b"", b"not xml", b"<html></html>", no_text):
        with pytest.raises(CatalogueError, match=r"x\.opml"):
            read_opml(wrong, "x.opml")


def test_entities_of_an_opml_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    text = f'<!DOCTYPE opml [<!ENTITY e SYSTEM "file://{secret}">]><opml><body><outline text="&e;" xmlUrl="https://a.example/"/></body></opml>'
    assert all("secret words" not in outline.title for outline in read_opml(text.encode(), "x.opml"))


def test_feeds_of_a_page_are_found_stated_ones_first() -> None:
    page = offered_feeds(
        """<!DOCTYPE html><html lang="ja-JP"><head><title> アルバ
        新聞 </title><base href="/news/">
        <link rel="stylesheet" href="x.css"><link rel="alternate" hreflang="en" href="/en">
        <link REL="Alternate" type="application/rss+xml; charset=utf-8" title="全記事" href="feed.xml">
        <link rel="alternate" type="application/feed+json" href="https://alba.example/feed.json#x">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed/"></head>
        <body><svg><title>icon</title></svg><a href="/rss/">RSS</a><a href="/feedback">Mail us</a>
        <a href="javascript:rss">x</a><a href="feed.xml">again</a><a href="/x.rdf">RDF</a></body></html>""",
        "https://alba.example/index.html",
    )
    assert (page.title, page.language) == ("アルバ 新聞", "ja")
    assert [(feed.address, feed.format, feed.stated) for feed in page.feeds] == [
        ("https://alba.example/news/feed.xml", "feed", True),
        ("https://alba.example/feed.json", "json_feed", True),
        ("https://alba.example/rss/", "feed", False),
        ("https://alba.example/x.rdf", "feed", False),
    ]
    assert page.feeds[0].title == "全記事"


@given(st.text(alphabet="<>/=\"' ahreflinkbs:\\[]x", max_size=200))
def test_no_page_breaks_the_search(text: str) -> None:
    offered_feeds(f"<link rel=alternate type=application/rss+xml href=x>{text}", "https://alba.example/")
