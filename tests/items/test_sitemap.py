"""News sitemaps and their indexes."""

from __future__ import annotations

import gzip

import pytest

from newsdigest.errors import ReadError
from newsdigest.items.entry import ParsedFeed
from newsdigest.items.sitemap import read_sitemap
from tests.reading import NOW, packaged_tables

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://x.example/articles/1</loc><lastmod>2025-11-25T10:00:00+09:00</lastmod><news:news><news:publication><news:name>港</news:name>
<news:language>ja</news:language></news:publication><news:publication_date>2025-11-25T09:00:00+09:00</news:publication_date><news:title>外相が電話会談 &amp; 会見</news:title></news:news></url>
<url><loc>/articles/2</loc><lastmod>2025-11-24</lastmod></url></urlset>"""


def read(body: bytes) -> ParsedFeed:
    return read_sitemap(
        body,
        address="https://x.example/sitemap.xml",
        media_type="",
        zone="Asia/Tokyo",
        now=NOW,
        tables=packaged_tables(),
    )


@pytest.mark.parametrize("place", ["xmlns='", "<loc>", "<news:title>"])
def test_a_reference_to_no_character_costs_nothing(place: str) -> None:
    first, second = read(NEWS.replace(place, place + "&#xD800;", 1).encode()).entries
    assert (first.url, first.title) == ("https://x.example/articles/1", "外相が電話会談 & 会見")
    assert second.url == "https://x.example/articles/2"


@pytest.mark.parametrize("packed", [False, True])
def test_news_entries_have_title_and_publication(packed: bool) -> None:
    body = NEWS.encode()
    first, second = read(gzip.compress(body) if packed else body).entries
    assert (first.url, first.title, first.language) == ("https://x.example/articles/1", "外相が電話会談 & 会見", "ja")
    assert first.published.raw == "2025-11-25T09:00:00+09:00"
    assert first.modified is not None
    assert (second.url, second.title, second.published.precision) == ("https://x.example/articles/2", "", "day")


def test_an_index_names_its_sitemaps() -> None:
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://x.example/a.xml</loc></sitemap></sitemapindex>'
    feed = read(index.encode())
    assert (feed.children, feed.entries) == (("https://x.example/a.xml",), ())


def test_a_page_is_no_sitemap() -> None:
    with pytest.raises(ReadError):
        read(b"<html><body>x</body></html>")
