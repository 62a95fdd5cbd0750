"""Every reader of foreign bytes as one function of bytes, with seeds written by us and the words that break parsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.documents.decode import decode
from newsdigest.errors import CatalogueError, ReadError
from newsdigest.items.dates import read_moment
from newsdigest.items.feed import read_feed
from newsdigest.items.json_feed import read_json_feed
from newsdigest.items.listing import read_listing
from newsdigest.items.page import read_page
from newsdigest.items.sitemap import read_sitemap
from newsdigest.sources.opml import read_opml
from newsdigest.sources.source import Selectors
from tests.reading import packaged_tables

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
ADDRESS = "https://alba.example/news/"
GOLDEN = Path(__file__).parents[1] / "catalogue"


def feed(body: bytes) -> Any:
    return read_feed(body, address=ADDRESS, media_type="", zone="Asia/Tokyo", now=NOW, tables=packaged_tables())


def json_feed(body: bytes) -> Any:
    return read_json_feed(body, address=ADDRESS, media_type="", zone="Asia/Tokyo", now=NOW, tables=packaged_tables())


def sitemap(body: bytes) -> Any:
    return read_sitemap(body, address=ADDRESS, media_type="", zone="Asia/Tokyo", now=NOW, tables=packaged_tables())


def listing(body: bytes) -> Any:
    return read_listing(
        body, address=ADDRESS, selectors=Selectors(), zone="Asia/Tokyo", now=NOW, tables=packaged_tables()
    )


def chosen_listing(body: bytes) -> Any:
    selectors = Selectors(link="li a", date="span")
    return read_listing(body, address=ADDRESS, selectors=selectors, zone="UTC", now=NOW, tables=packaged_tables())


def page(body: bytes) -> Any:
    selectors = Selectors(page_title="h1", page_body="#maincontents, .TRS_Editor", page_date=".time")
    return read_page(
        body, address=ADDRESS, media_type="text/html", selectors=selectors, language="ja", zone="Asia/Tokyo",
        now=NOW, tables=packaged_tables(),
    )  # fmt: skip


def opml(body: bytes) -> Any:
    return read_opml(body, "feeds.opml")


def encoding(body: bytes) -> Any:
    return decode(body, media_type="")


def date(body: bytes) -> Any:
    raw = body.decode("utf-8", "replace")
    return read_moment(raw, zone="Asia/Tokyo", now=NOW, calendars=packaged_tables().calendars)


READERS: dict[str, Callable[[bytes], Any]] = {
    reader.__name__: reader
    for reader in (feed, json_feed, sitemap, listing, chosen_listing, page, opml, encoding, date)
}

_RSS = (
    "<?xml version='1.0' encoding='{code}'?><rss version='2.0'><channel><title>港</title><ttl>60</ttl><item><guid>a-1</guid>"
    "<link>https://alba.example/1</link><title>通話 &amp; 協定</title><description>&lt;p&gt;概要&lt;/p&gt;</description>"
    "<pubDate>Thu, 12 Mar 2026 09:30:00 JST</pubDate></item><item><title>二</title></item></channel></rss>"
)
_ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/x/'><entry><id>tag:a,1</id><title type='html'>&lt;b>One&lt;/b></title>"
    "<link href='1.html'/><updated>2026-03-12T09:30:00+09:00</updated><content type='xhtml'><div>text</div></content></entry></feed>"
)
_MAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
    "<url><loc>https://alba.example/1</loc><news:news><news:publication_date>2026-03-12</news:publication_date>"
    "<news:title>One</news:title></news:news></url></urlset>"
)
_JSON = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"港","items":[{"id":"1","url":"https://alba.example/1","title":"One",'
    '"content_html":"<p>x</p>","date_published":"2026-03-12T09:30:00+09:00","authors":[{"name":"A"}]}]}'
)
_OPML = (
    "<?xml version='1.0'?><opml version='2.0'><body><outline text='港'><outline text='一' title='一' type='rss' "
    "xmlUrl='https://alba.example/feed' htmlUrl='https://alba.example/' language='ja'/></outline></body></opml>"
)
_DATES = (
    "令和8年3月12日(木) 午後6時30分", "Thu, 12 Mar 2026 09:30:00 GMT+8", "2026/3/12", "９月３０日付", "R8.3.12", "1764030600",
    "二〇二六年三月十二日", "12 mars 2026", "2026-071", "民國115年3月12日", "Nov. 24, 2025 10:15 p.m. EST",
)  # fmt: skip

NASTY: tuple[bytes, ...] = tuple(
    part.encode("utf-8", "surrogatepass")
    for part in (
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>", "&b;", "&#x110000;", "&#0;", "&#xD800;", "<![CDATA[", "]]>",
        "<!--", "-->", "<script>", "<style>a{display:none}", "<ruby>", "<table><tr><td>", "<a href='http://[::1'>x</a>", "<base href='//['>",
        "<base href='javascript:x'>", "<div style='display:none'>", "<meta charset='utf-7'>", "<meta charset='utf-16'>", "<?xml version='1.0'?>",
        "\x00", "\ufeff", "\u202e", "\ud800", "𠮷", "\x1b$B", "\x1b(B", "~{", "<guid></guid>", "<pubDate>9999999999999999</pubDate>",
        '"items":{', "[[[[[[[[", '{"a":', "1e999", "-0", "99999999999999999999", "12:60:61", "0000-00-00", "+99:99", "GMT+99", "元年", "午後25時",
        "<time datetime='", "</", "/>", "='", "%", "\\u0000", "NaN", "<li><a href='2026/03/13/x.html'>長い長い長い見出しです</a><span>2026-13-41</span>",
    )
)  # fmt: skip


def seeds(name: str) -> list[bytes]:
    """Bytes that the reader reads well."""
    if name == "date":
        return [text.encode() for text in _DATES]
    if name in ("feed", "sitemap"):
        codes = [_RSS.format(code=code).encode(code) for code in ("utf-8", "shift_jis", "euc-jp", "utf-16")]
        return (
            [_MAP.encode()]
            if name == "sitemap"
            else [*codes, _ATOM.encode(), *(p.read_bytes() for p in sorted(GOLDEN.glob("*/feed.xml")))]
        )
    if name == "opml":
        return [_OPML.encode()]
    if name == "json_feed":
        return [_JSON.encode()]
    wanted = {"listing": "listing", "chosen_listing": "listing", "page": "page"}.get(name, "*")
    found = [path.read_bytes() for path in sorted(GOLDEN.glob(f"*/{wanted}.html"))]
    return [body for body in found if name != "chosen_listing" or b"<li" in body]


def survives(name: str, body: bytes) -> None:
    """Read the bytes: an answer, or an error that says what they are not; everything else is a fault."""
    try:
        READERS[name](body)
    except (ReadError, CatalogueError):
        return
