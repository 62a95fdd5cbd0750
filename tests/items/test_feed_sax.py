"""Our parser under feedparser reads what expat alone would: only in fewer pieces, and without what nobody reads."""

from __future__ import annotations

import feedparser.api
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdigest.items.feed  # noqa: F401 - puts our parser first

WORDS = st.text(st.sampled_from("ab <>&;\"'\n日本語é \u00a0[]"), max_size=40)
NAMES = ("http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/modules/slash/", "http://search.yahoo.com/mrss/")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def entries(body: str) -> list[dict[str, object]]:
    parsed = feedparser.parse(body.encode(), sanitize_html=False, resolve_relative_uris=False)
    names = ("id", "title", "summary", "link", "published", "updated", "author", "content")
    return [{name: entry.get(name) for name in names} for entry in parsed.entries]


def plainly(body: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What feedparser makes of it with the parser it has by itself."""
    with monkeypatch.context() as patch:
        patch.setattr(feedparser.api, "PREFERRED_XML_PARSERS", [])
        return entries(body)


def test_our_parser_is_the_one_in_use() -> None:
    assert feedparser.api.PREFERRED_XML_PARSERS[0] == "newsdigest.items.feed_sax"


@given(title=WORDS, text=WORDS, tag=WORDS)
def test_text_comes_whole_whatever_stands_between(title: str, text: str, tag: str) -> None:
    body = (
        '<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<item><slash:section>{escaped(tag)}<b>x</b></slash:section><title>{escaped(title)}</title><category>{escaped(tag)}</category>"
        f"<media:thumbnail url='x'>{escaped(tag)}</media:thumbnail><description>{escaped(text)}</description><guid>1</guid></item>"
        "</channel></rss>"
    )
    with pytest.MonkeyPatch.context() as patch:
        assert entries(body) == plainly(body, patch)


def test_a_broken_feed_ends_where_it_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<rss version='2.0'><channel><item><title>One</title></item><item><category>a</b></item><item><title>Two</title></item>"
    assert entries(body) == plainly(body, monkeypatch)
    assert entries(body)[0]["title"] == "One"
