"""Finding the feeds that a web page offers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from newsdigest.sources.source import Format

_MEDIA_TYPES: dict[str, Format] = {
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/feed+json": "json_feed",
    "application/json": "json_feed",
}
# Links in the text are a second choice: only those whose path is a feed's by custom.
_BY_CUSTOM = re.compile(
    r"(?:^|/)(?:feed|rss|atom)(?:/|\.xml|\.rdf)?$|\.(?:rss|rdf|atom)$|/(?:feed|rss|index)\.json$", re.IGNORECASE
)
_NOT_CONTENT = re.compile(r"/comments/feed|/wp-json/|oembed", re.IGNORECASE)
MAXIMUM = 50


@dataclass(frozen=True, slots=True)
class OfferedFeed:
    """A feed a page offers; ``stated`` says that its head names it as a feed, else its address only looks like one."""

    address: str
    title: str
    format: Format
    stated: bool


@dataclass(frozen=True, slots=True)
class OfferingPage:
    """What a page says of itself: its title, its language, and the feeds it offers, stated ones first."""

    title: str
    language: str
    feeds: tuple[OfferedFeed, ...]


def offered_feeds(html: str, address: str) -> OfferingPage:
    """Read a page's head and links for feeds. Comment feeds are left out; addresses are absolute."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    found: dict[str, OfferedFeed] = {}
    for feed in sorted(reader.found, key=lambda feed: not feed.stated):
        found.setdefault(feed.address, feed)
    language = re.split(r"[-_]", reader.language.strip().lower())[0]
    return OfferingPage(" ".join("".join(reader.title).split()), language, tuple(found.values())[:MAXIMUM])


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self._base = address
        self._in_title = False
        self.title: list[str] = []
        self.language = ""
        self.found: list[OfferedFeed] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "") or given.get("xml:lang", "")
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "base" and given.get("href"):
            self._base = self._absolute(given["href"])
        elif tag == "link" and "alternate" in given.get("rel", "").lower().split():
            form = _MEDIA_TYPES.get(given.get("type", "").split(";")[0].strip().lower())
            if form is not None:
                self._offer(given.get("href", ""), given.get("title", ""), form, stated=True)
        elif tag == "a" and _BY_CUSTOM.search(given.get("href", "").split("?")[0].split("#")[0]):
            form = "json_feed" if given["href"].endswith(".json") else "feed"
            self._offer(given["href"], given.get("title", ""), form, stated=False)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)

    def _offer(self, href: str, title: str, form: Format, *, stated: bool) -> None:
        address = self._absolute(href)
        if href.strip() and urlsplit(address).scheme in ("http", "https") and not _NOT_CONTENT.search(address):
            self.found.append(OfferedFeed(address, " ".join(title.split()), form, stated))

    def _absolute(self, href: str) -> str:
        try:
            return urljoin(self._base, href.strip()).split("#")[0]
        except ValueError:
            return ""
