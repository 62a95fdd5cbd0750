"""What a page says about itself: title, dates, author, canonical address, language, whether one must pay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import lxml.html

from newsdigest.items.continuation import next_article_page
from newsdigest.items.dates import read_moment
from newsdigest.items.entry import UNDATED
from newsdigest.items.prose import title_text
from newsdigest.language.calendars import Calendars
from newsdigest.moments import Moment
from newsdigest.sources.source import Selectors

_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "weibo:article:create_at",
    "publication_date",
    "pub_date",
)
_MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "revised",
    "weibo:article:update_at",
)
_ARTICLE_TYPES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "blogposting",
    "report",
    "socialmediaposting",
    "backgroundnewsarticle",
    "opinionnewsarticle",
    "liveblogposting",
)
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DATELINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:pub|publish(?:ed)?|post(?:ed)?|article|entry|news)?[_-]?(?:date|time|datetime|timestamp|pubdate)(?:$|[\s_-])"
)
LONGEST_DATELINE = 60
_SUFFIX = re.compile(r"\s*(?:\s[-–—|·:»]\s|[|｜]|[-–—_－―](?=[^\x00-\x7f])|：：|::)\s*")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The page's own statements about itself; addresses are still as written."""

    title: str = ""
    published: Moment = UNDATED
    modified: Moment | None = None
    author: str = ""
    canonical: str = ""
    language: str = ""
    next_page: str = ""
    paywalled: bool = False


def page_facts(
    root: lxml.html.HtmlElement, *, selectors: Selectors, address: str, zone: str, now: datetime, calendars: Calendars
) -> PageFacts:
    """Read a page's head, structured data and first lines; call it before hidden elements are taken out."""
    meta = _meta(root)
    linked = _linked_data(root)
    published = [
        *_selected(root, selectors.page_date),
        *_from_linked(linked, "datePublished"),
        *(meta[name] for name in _PUBLISHED_META if name in meta),
        *_times(root),
    ]
    modified = [*_from_linked(linked, "dateModified"), *(meta[name] for name in _MODIFIED_META if name in meta)]

    def first(stated: list[str]) -> Moment:
        for raw in stated:
            moment = read_moment(raw, zone=zone, now=now, calendars=calendars)
            if moment.instant is not None and moment.precision not in ("month", "year"):
                return moment
        return Moment()

    when = first(published)
    if when.instant is None:
        in_address = _URL_DATE.search(address)
        when = first(["-".join(in_address.groups())] if in_address else [])
    changed = first(modified)
    return PageFacts(
        title=page_title(root, meta, linked, selectors),
        published=when,
        modified=changed if changed.instant and when.instant and changed.instant > when.instant else None,
        author=_author(meta, linked),
        canonical=_link(root, "canonical") or meta.get("og:url", ""),
        language=(root.get("lang") or root.get("xml:lang") or meta.get("og:locale", "")).strip(),
        next_page=next_article_page(root, address),
        paywalled=any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in linked),
    )


def page_title(
    root: lxml.html.HtmlElement, meta: dict[str, str], linked: list[dict[str, Any]], selectors: Selectors
) -> str:
    """The article's own headline without the site's name."""
    for node in root.cssselect(selectors.page_title) if selectors.page_title else []:
        chosen = title_text(node.text_content())
        if chosen:
            return chosen
    document = title_text("".join(root.xpath("//head/title[1]//text()")) or "".join(root.xpath("//title[1]//text()")))
    shared = title_text(meta.get("og:title", ""))
    site = title_text(meta.get("og:site_name", ""))
    stated = shared or document
    headings = [title_text(_heading(node)) for node in root.iter("h1")]
    for heading in headings:
        if heading and (heading in document or heading in shared):
            return heading
    headline = next((title_text(raw) for raw in _from_linked(linked, "headline")), "")
    if headline and (headline in stated or not stated):
        return headline
    alone = [heading for heading in headings if heading]
    if not shared and len(alone) == 1:
        # a site that gives every page one title
        return alone[0]
    return without_site(stated, site) if stated else next(iter(alone), "")


def _heading(node: lxml.html.HtmlElement) -> str:
    pieces = list(node.itertext())
    for ruby in node.iter("rt", "rp"):
        for text in ruby.itertext():
            if text in pieces:
                pieces.remove(text)
    return "".join(pieces)


def without_site(title: str, site: str) -> str:
    """Drop a trailing or leading site name: the part after the last separator where it is the site's name or clearly shorter."""
    pieces = _SUFFIX.split(title)
    if len(pieces) < 2:
        return title
    if site:
        kept = [piece for piece in pieces if piece and piece not in site and site not in piece]
        if kept and len(kept) < len(pieces):
            end = title.find(kept[-1]) + len(kept[-1])
            return title[title.find(kept[0]) : end]
    last = pieces[-1]
    head = title[: title.rfind(last)]
    head = re.sub(_SUFFIX.pattern + r"$", "", head).strip()
    return head if len(last) <= 30 and len(head) >= 1.5 * len(last) and len(head) >= 8 else title


def _meta(root: lxml.html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (
            (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "")
            .strip()
            .lower()
        )
        content = (node.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_data(root: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """The JSON-LD nodes that describe an article."""
    found: list[dict[str, Any]] = []
    for node in root.iter("script"):
        if (node.get("type") or "").strip().lower() != "application/ld+json" or not node.text:
            continue
        try:
            data = json.loads(node.text.strip().strip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(part for part in _nodes(data, 0) if _is_article(part))
    return found


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for part in data[:200]:
            yield from _nodes(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"):
            if key in data:
                yield from _nodes(data[key], depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type", "")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).lower() in _ARTICLE_TYPES for kind in listed)


def _from_linked(linked: list[dict[str, Any]], key: str) -> list[str]:
    return [node[key].strip() for node in linked if isinstance(node.get(key), str) and node[key].strip()]


def _author(meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    for node in linked:
        authors = node.get("author")
        listed = authors if isinstance(authors, list) else [authors]
        names = [a.get("name", "") if isinstance(a, dict) else a for a in listed]
        named = [title_text(name) for name in names if isinstance(name, str) and name.strip()]
        if named:
            return ", ".join(dict.fromkeys(named))
    stated = meta.get("author") or meta.get("article:author") or meta.get("dc.creator") or meta.get("byl") or ""
    return "" if stated.startswith("http") else title_text(stated)


def _times(root: lxml.html.HtmlElement) -> list[str]:
    """``<time>`` and ``itemprop=datePublished`` in the order of the page, those of the article first."""
    marked = root.xpath('//*[@itemprop="datePublished"]')
    inside = root.xpath("//article//time | //main//time")
    listed = [*marked, *inside, *root.iter("time")]
    found: list[str] = []
    for node in [*listed[:10], *datelines(root)[:5]]:
        found.extend(filter(None, (node.get("datetime"), node.get("content"), title_text(node.text_content())[:80])))
    return found


def datelines(root: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Short elements whose class or id says that they hold the date."""
    return [
        node
        for node in root.iter("p", "div", "span", "li", "td")
        if _DATELINE.search(f"{node.get('class', '')} {node.get('id', '')}")
        and len(node.text_content()) <= LONGEST_DATELINE
    ]


def _selected(root: lxml.html.HtmlElement, selector: str) -> list[str]:
    found: list[str] = []
    for node in root.cssselect(selector) if selector else []:
        found.extend(filter(None, (node.get("datetime"), node.get("content"), title_text(node.text_content())[:120])))
    return found


def _link(root: lxml.html.HtmlElement, relation: str) -> str:
    for node in root.iter("link", "a"):
        if relation in (node.get("rel") or "").lower().split() and node.get("href"):
            return str(node.get("href")).strip()
    return ""
