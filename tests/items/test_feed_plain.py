"""Plain entries come out of the shortcut as they come out of feedparser, field by field; all others go to feedparser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdigest.errors import ReadError
from newsdigest.items.entry import ParsedFeed
from newsdigest.items.feed import read_feed
from newsdigest.items.feed_plain import PlainEntry
from newsdigest.items.feed_sax import BufferedParser
from tests.reading import NOW, packaged_tables
from tests.shared import shared

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:x="https://x.example/ns" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
)
WORDS = st.sampled_from(
    [
        *(
            "",
            " ",
            "港北市",
            "A &amp;amp; B",
            "<![CDATA[<p>One</p> two]]>",
            "caf\u00c3\u00a9",
            "it\u0092s",
            "/news/1.html",
            "//x.example/b",
        ),
        *(
            "https://x.example/a?b=1&amp;c=2#d",
            "tag:x.example,2026:1",
            "Thu, 12 Mar 2026 09:30:00 JST",
            "2026-03-12T09:30:00+09:00",
        ),
        *("a@x.example (A)", "&lt;b&gt;x&lt;/b&gt;"),
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            ' type="html"',
            ' type="text"',
            ' type="xhtml"',
            ' mode="escaped" type="text/html"',
            ' isPermaLink="false"',
        ),
        *(
            ' href="/a"',
            ' href=""',
            ' rel="self" href="b"',
            ' rel="enclosure" type="image/png" href="c.png"',
            ' xml:lang="ja"',
        ),
        *(' xml:base="/deep/"', ' url="d"', ' x:href="e"', ' xmlns:y="https://y.example/"', ' media:type="f"'),
    ]
)
TAGS = st.sampled_from(
    [
        "title",
        "link",
        "guid",
        "id",
        "pubDate",
        "published",
        "updated",
        "dc:date",
        "description",
        "summary",
        "content",
        "content:encoded",
        "dc:description",
        "dc:creator",
        "author",
        "category",
        "source",
        "comments",
        "enclosure",
        "image",
        "dc:title",
        "itunes:summary",
        "itunes:author",
        "media:title",
        "media:description",
        "media:content",
        "media:group",
        "media:text",
        "dcterms:created",
        "dcterms:modified",
        "x:title",
        "x:deep",
        "atom:link",
        "atom:id",
        "atom:author",
        "atom:contributor",
        "name",
        "email",
        "uri",
        "body",
    ]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    tag, inner = draw(TAGS), draw(WORDS)
    if depth < 2 and draw(st.integers(0, 5)) == 0:
        inner += "".join(draw(st.lists(elements(depth + 1), max_size=3)))
    return f"<{tag}{draw(ATTRIBUTES)}>{inner}</{tag}>"


@st.composite
def feeds(draw: st.DrawFn) -> str:
    def entries(tag: str, about: str = "") -> str:
        made = draw(st.lists(st.lists(elements(), max_size=7), min_size=1, max_size=3))
        return "".join(f"<{tag}{about}>{''.join(parts)}</{tag}>" for parts in made)

    match draw(st.integers(0, 2)):
        case 0:
            return f'<rss version="2.0" {NAMESPACES}><channel><title>x</title>{entries("item")}<title>y</title></channel></rss>'
        case 1:
            return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en_GB" {NAMESPACES}>{entries("entry")}<title>y</title></feed>'
    items = entries("item", ' rdf:about="https://x.example/about"')
    return (
        f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>{items}<channel><title>y</title></channel></rdf:RDF>'
    )


def read(body: bytes, *, shortcut: bool) -> ParsedFeed | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BufferedParser, "takes_plain_entries", shortcut)
        try:
            return read_feed(
                body, address="https://x.example/feeds/f", media_type="", zone="UTC", now=NOW, tables=packaged_tables()
            )
        except ReadError as error:
            return str(error)


@settings(max_examples=300, deadline=None)
@given(feeds())
def test_both_ways_are_one(body: str) -> None:
    assert read(body.encode(), shortcut=True) == read(body.encode(), shortcut=False)


def test_both_ways_are_one_over_real_feeds() -> None:
    found = [path for path in sorted(shared("ingest/feeds").rglob("*")) if path.is_file()]
    differ = [
        path.name
        for path in found
        if (body := path.read_bytes()).lstrip()[:1] == b"<" and read(body, shortcut=True) != read(body, shortcut=False)
    ]
    assert found
    assert differ == []


@pytest.mark.parametrize(
    ("inner", "plain"),
    [
        ("<title>One</title><link>https://x.example/1</link><description>x</description>", True),
        (
            "<title>One</title><author><name>A</name></author><media:content><media:credit>B</media:credit></media:content>",
            True,
        ),
        ("<title>One</title><content><div>x</div></content>", False),
        ("<title>One</title><item><title>Two</title></item>", False),
        ("<title>One</title><image><url>x</url></image>", False),
    ],
)
def test_what_is_plain(inner: str, plain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[PlainEntry] = []
    end = PlainEntry.ends
    monkeypatch.setattr(PlainEntry, "ends", lambda entry: ended.append(entry) or end(entry))
    read(f"<rss version='2.0' {NAMESPACES}><channel><item>{inner}</item></channel></rss>".encode(), shortcut=True)
    assert bool(ended) == plain


def test_a_pictures_caption_is_the_text_only_where_there_is_no_other() -> None:
    caption = "<media:content><media:description>The bridge at dusk.</media:description></media:content>"
    body = (
        f"<rss version='2.0' {NAMESPACES}><channel><item><title>A</title><description>Teaser</description>{caption}</item>"
        f"<item><title>B</title>{caption}</item></channel></rss>"
    )
    feed = read(body.encode(), shortcut=True)
    assert isinstance(feed, ParsedFeed)
    assert [(entry.summary, entry.content) for entry in feed.entries] == [("Teaser", ""), ("The bridge at dusk.", "")]
