"""How a feed and a page of the replay look on the wire, in each format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser

from newsdigest.demo.replay_file import ReplayDocument, ReplayFeed

SUMMARY = 200
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MARKUP = re.compile(r"<[A-Za-z/!]")
_BLOCK = re.compile(
    r"\s*<(?:p|div|ul|ol|table|blockquote|h[1-6]|figure|section|aside|script|style|iframe|!--)\b", re.IGNORECASE
)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Entries = Sequence[ReplayDocument]


def link_of(feed: ReplayFeed, document: ReplayDocument) -> str:
    """The address of a document's page."""
    return f"https://{feed.host}{document.path}"


def guid_of(feed: ReplayFeed, document: ReplayDocument) -> str:
    """The guid, or the page's address for a document without one."""
    return document.guid or link_of(feed, document)


def render_feed(feed: ReplayFeed, entries: Entries) -> tuple[str, str]:
    """Return media type and text of a feed, newest entry first as given."""
    media_type, render = _RENDERERS[feed.format]
    return media_type, render(feed, entries)


def render_page(feed: ReplayFeed, document: ReplayDocument) -> str:
    """Return a document's page: navigation, header, the article with its body as it stands, footer."""
    title, date = escape(document.title), escape(document.published)
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head><meta charset="utf-8"><title>{title} | {escape(feed.title)}</title>
<link rel="canonical" href="{escape(link_of(feed, document))}"></head>
<body>
<header><p class="site">{escape(feed.title)}</p>
<nav><ul><li><a href="/">Home</a></li><li><a href="/archive">Archive</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><article>
<h1>{title}</h1>
<p class="date">{date}</p>
<div class="body">
{body_html(document.body)}
</div>
</article></main>
<footer><p><a href="/terms">Terms</a> <a href="/contact">Contact</a></p></footer>
</body></html>
"""


def body_html(body: str) -> str:
    """Return a body as paragraphs; a paragraph with markup in it is handed out as it stands, hostile or not."""
    paragraphs = [part for part in re.split(r"\n\s*\n", body) if part.strip()]
    return "\n".join(_paragraph(part) for part in paragraphs)


def summary_of(document: ReplayDocument) -> str:
    """The first characters of the body without its markup."""
    stripped = _Words()
    stripped.feed(body_html(document.body))
    stripped.close()
    text = " ".join("".join(stripped.words).split())
    return text if len(text) <= SUMMARY else text[:SUMMARY].rstrip() + "…"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._closed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._closed += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._closed -= tag in ("script", "style") and self._closed > 0

    def handle_data(self, data: str) -> None:
        if not self._closed:
            self.words.append(data)


def _paragraph(part: str) -> str:
    if not _MARKUP.search(part):
        return f"<p>{escape(part, quote=False)}</p>"
    return part if _BLOCK.match(part) else f"<p>{part}</p>"


def _x(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _rss2(feed: ReplayFeed, entries: Entries) -> str:
    items = "".join(
        f"<item><title>{_x(entry.title)}</title><link>{_x(link_of(feed, entry))}</link>"
        f'<guid isPermaLink="false">{_x(guid_of(feed, entry))}</guid>'
        f"<pubDate>{_x(entry.published)}</pubDate><description>{_x(summary_of(entry))}</description></item>\n"
        for entry in entries
    )
    return (
        f'{_XML}<rss version="2.0"><channel><title>{_x(feed.title)}</title><link>https://{feed.host}/</link>'
        f"<description>{_x(feed.title)}</description><language>{feed.language}</language>\n{items}</channel></rss>\n"
    )


def _rss1(feed: ReplayFeed, entries: Entries) -> str:
    # RSS 1.0 has no guid: an item's identity is its rdf:about.
    listed = "".join(f'<rdf:li rdf:resource="{_x(guid_of(feed, entry))}"/>' for entry in entries)
    items = "".join(
        f'<item rdf:about="{_x(guid_of(feed, entry))}"><title>{_x(entry.title)}</title><link>{_x(link_of(feed, entry))}</link>'
        f"<dc:date>{_x(entry.published)}</dc:date><description>{_x(summary_of(entry))}</description></item>\n"
        for entry in entries
    )
    return (
        f'{_XML}<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="{feed.language}">\n'
        f'<channel rdf:about="{_x(feed.address)}"><title>{_x(feed.title)}</title><link>https://{feed.host}/</link>'
        f"<description>{_x(feed.title)}</description><dc:language>{feed.language}</dc:language>"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def _atom(feed: ReplayFeed, entries: Entries) -> str:
    items = "".join(
        f'<entry><title>{_x(entry.title)}</title><link rel="alternate" href="{_x(link_of(feed, entry))}"/>'
        f"<id>{_x(guid_of(feed, entry))}</id><published>{_x(entry.published)}</published>"
        f'<updated>{_x(entry.published)}</updated><summary type="text">{_x(summary_of(entry))}</summary></entry>\n'
        for entry in entries
    )
    updated = entries[0].served.isoformat().replace("+00:00", "Z") if entries else "1970-01-01T00:00:00Z"
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}"><title>{_x(feed.title)}</title>'
        f'<id>https://{feed.host}/</id><link rel="self" href="{_x(feed.address)}"/><updated>{updated}</updated>\n{items}</feed>\n'
    )


def _json(feed: ReplayFeed, entries: Entries) -> str:
    items = [
        {
            "id": guid_of(feed, entry),
            "url": link_of(feed, entry),
            "title": entry.title,
            "summary": summary_of(entry),
            "content_html": body_html(entry.body),
            **({"date_published": entry.published} if entry.published else {}),
        }
        for entry in entries
    ]
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.language,
        "home_page_url": f"https://{feed.host}/",
        "feed_url": feed.address,
        "items": items,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _html_list(feed: ReplayFeed, entries: Entries) -> str:
    rows = "\n".join(
        f'<li data-guid="{escape(guid_of(feed, entry))}"><a href="{escape(entry.path)}" data-guid="{escape(guid_of(feed, entry))}">'
        f'{escape(entry.title)}</a> <span class="date">{escape(entry.published)}</span></li>'
        for entry in entries
    )
    return f"""<!DOCTYPE html>
<html lang="{feed.language}">
<head><meta charset="utf-8"><title>{escape(feed.title)}</title></head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><h1>{escape(feed.title)}</h1>
<ul class="documents">
{rows}
</ul></main>
<footer><a href="/terms">Terms</a></footer>
</body></html>
"""


_RENDERERS: dict[str, tuple[str, Callable[[ReplayFeed, Entries], str]]] = {
    "rss2": ("application/rss+xml; charset=utf-8", _rss2),
    "rss1": ("application/rdf+xml; charset=utf-8", _rss1),
    "atom": ("application/atom+xml; charset=utf-8", _atom),
    "json": ("application/feed+json; charset=utf-8", _json),
    "html_list": ("text/html; charset=utf-8", _html_list),
}
