"""A listing page to entries: with the catalogue's selectors, or by what links to articles look like."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import lxml.html

from newsdigest.documents.address import registrable_domain, resolve
from newsdigest.documents.decode import decode
from newsdigest.errors import ReadError
from newsdigest.items.continuation import next_list_page
from newsdigest.items.dates import doubtful, read_moment
from newsdigest.items.entry import ParsedEntry, ParsedFeed
from newsdigest.items.hiding import strip_hidden
from newsdigest.items.prose import parse_fragment, title_text
from newsdigest.items.tables import ReadingTables
from newsdigest.language.calendars import Calendars
from newsdigest.moments import Moment
from newsdigest.sources.source import Selectors

MOST_ENTRIES = 500
_CLOCK_SIZE = 80
_DATE_HEADS = ("dt", "h2", "h3", "h4", "h5", "time", "span", "p", "div", "td", "th")
_ENTRY_TAGS = ("li", "article", "tr", "dd", "dt", "p", "div", "section", "h2", "h3", "h4")
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_ARTICLE_PATH = re.compile(
    r"\d{4,}|/\d{4}/\d{1,2}|[^/]{25,}|\.s?html?$|/(?:article|news|press|release|statement|story|archives|content)s?/",
    re.IGNORECASE,
)
_NOT_ARTICLE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|zip|mp[34]|docx?|xlsx?|css|js|xml|rss|rdf)$|/(?:tag|category|author|search|login|about|contact|privacy|terms)(?:/|$)",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(
    r"(?:令和|平成|(?<![A-Za-z])[RH])?\s?(?:\d{1,4}|元)\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}日?(?:[^\d]{0,10}\d{1,2}[:時时点]\d{1,2}(?::\d{2})?分?)?"
    r"|\d{1,2}月\d{1,2}日|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}"
)


def read_listing(
    html: bytes | str,
    *,
    address: str,
    selectors: Selectors,
    zone: str,
    now: datetime,
    tables: ReadingTables,
    media_type: str = "",
) -> ParsedFeed:
    """Return the articles a page links to, in its order, each address once.

    Without ``selectors.entry`` links that look like articles are taken. The guid stands in ``selectors.guid_attribute`` of the entry or
    its link. A page without any entry raises ReadError: its layout changed or it is not a listing, never "no news".
    """
    decoded = decode(html, media_type=media_type) if isinstance(html, bytes) else None
    root = parse_fragment(decoded.text if decoded else str(html))
    if root is None:
        raise ReadError("This is no page.", about=address)
    base = resolve(next((str(b.get("href")) for b in root.iter("base") if b.get("href")), ""), address) or address
    further = next_list_page(root, address)
    strip_hidden(root)
    found = _selected(root, selectors) if selectors.entry or selectors.link else _guessed(root, base, selectors)
    entries: dict[tuple[str, str], ParsedEntry] = {}
    for node, link in found:
        entry = _entry(node, link, base, selectors, zone, now, tables.calendars)
        if entry.title and entry.url:
            entries.setdefault((entry.url, entry.guid), entry)
    if not entries:
        raise ReadError("The page lists no article: its layout may have changed.", about=address)
    following = (
        next((str(n.get("href")) for n in root.cssselect(selectors.next_page)), "") if selectors.next_page else ""
    )
    title = title_text("".join(root.xpath("//title[1]//text()")))
    return ParsedFeed(
        entries=tuple(list(entries.values())[:MOST_ENTRIES]),
        title=title,
        language=str(root.get("lang") or ""),
        encoding=decoded.encoding if decoded else "",
        next_page=resolve(following, base) if following else further,
    )


_Found = list[tuple[lxml.html.HtmlElement, lxml.html.HtmlElement]]


def _selected(root: lxml.html.HtmlElement, selectors: Selectors) -> _Found:
    """Pairs of entry and link; an entry with several links (``dd ul li a``) gives one pair a link."""
    if not selectors.entry:
        # what stands around a link is its entry: the whole page would lend it the date of another
        links = [link for link in root.cssselect(selectors.link) if link.get("href")]
        return [(_around(link), link) for link in links]
    entries = root.cssselect(selectors.entry)
    found: _Found = []
    for entry in entries:
        links = (
            entry.cssselect(selectors.link)
            if selectors.link
            else ([entry] if entry.tag == "a" else list(entry.iter("a")))
        )
        links = [link for link in links if link.get("href")]
        found.extend((entry, link) for link in (links if selectors.link else links[:1]))
    return found


def _guessed(root: lxml.html.HtmlElement, base: str, selectors: Selectors) -> _Found:
    """Links in the body of the page whose address or place is an article's."""
    domain = registrable_domain(base)
    marked: _Found = []
    likely: _Found = []
    for link in root.iter("a"):
        href = _address(link, base)
        entry = _around(link)
        if selectors.guid_attribute and (link.get(selectors.guid_attribute) or entry.get(selectors.guid_attribute)):
            marked.append((entry, link))
        elif not _in_furniture(link) and _looks_like_article(href, title_text(link.text_content()), base, domain):
            likely.append((entry, link))
    if marked:
        return marked
    kinds = Counter(_place(link) for _, link in likely)
    return [(entry, link) for entry, link in likely if kinds[_place(link)] > 1 or _stated_date(entry)] or likely


def _address(link: lxml.html.HtmlElement, base: str) -> str:
    """Where a link leads, absolute; empty where that is no address (``http://[``)."""
    address = resolve(str(link.get("href") or ""), base)
    try:
        urlsplit(address)
    except ValueError:
        return ""
    return address


def _looks_like_article(href: str, title: str, base: str, domain: str) -> bool:
    parts = urlsplit(href)
    if parts.scheme not in ("http", "https") or registrable_domain(href) != domain:
        return False
    own = urlsplit(base)
    if (parts.path, parts.query) == (own.path, own.query) or _NOT_ARTICLE.search(parts.path):
        return False
    wide = sum(2 if ord(char) > 0x2E7F else 1 for char in title)
    return wide >= 12 and bool(_ARTICLE_PATH.search(f"{parts.path}?{parts.query}"))


def _in_furniture(link: lxml.html.HtmlElement) -> bool:
    return any(node.tag in ("nav", "footer", "aside") for node in link.iterancestors())


def _place(link: lxml.html.HtmlElement) -> str:
    return "/".join(f"{n.tag}.{n.get('class', '')}" for n in list(link.iterancestors())[:2])


def _around(link: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The largest element around a link that holds no other article link: its date stands there."""
    best = link
    for node in link.iterancestors():
        if node.tag in ("body", "html", "ul", "ol", "table", "tbody", "main", "dl"):
            break
        if len({a.get("href") for a in node.iter("a") if a.get("href")}) > 1:
            break
        if node.tag in _ENTRY_TAGS or node.tag in ("span", "header"):
            best = node
    return best


def _entry(
    node: lxml.html.HtmlElement,
    link: lxml.html.HtmlElement,
    base: str,
    selectors: Selectors,
    zone: str,
    now: datetime,
    calendars: Calendars,
) -> ParsedEntry:
    url = _address(link, base)
    guid = next((v for n in (node, link) if (v := n.get(selectors.guid_attribute or "data-guid"))), "")
    title = _title(node, link, selectors)
    published = read_moment(_date_of(node, link, title, selectors), zone=zone, now=now, calendars=calendars)
    if published.instant is None:
        in_address = _URL_DATE.search(urlsplit(url).path)
        if in_address:
            published = read_moment("-".join(in_address.groups()), zone=zone, now=now, calendars=calendars)
    flags = (("future_date",) if doubtful(published, now) else ()) + (() if guid else ("guid_from_link",))
    return ParsedEntry(
        guid=guid.strip() or url,
        url=url,
        title=title,
        published=published or Moment(),
        flags=flags,
    )


def _title(node: lxml.html.HtmlElement, link: lxml.html.HtmlElement, selectors: Selectors) -> str:
    if selectors.title:
        for found in node.cssselect(selectors.title):
            title = title_text(found.text_content())
            if title:
                return title
    inner = [n for n in link.iter() if n.tag in ("h1", "h2", "h3", "h4")]
    title = title_text(inner[0].text_content()) if inner else title_text(_without_times(link))
    return title or title_text(str(link.get("title") or ""))


def _without_times(link: lxml.html.HtmlElement) -> str:
    text = link.text_content()
    for time in link.iter("time"):
        text = text.replace(time.text_content(), " ", 1)
    return str(text)


def _date_of(node: lxml.html.HtmlElement, link: lxml.html.HtmlElement, title: str, selectors: Selectors) -> str:
    """The date stated for a link: in its entry, or above it where one date heads several links (``dt`` over ``dd``)."""
    if selectors.date:
        inside = node.cssselect(selectors.date)
        if len(inside) != 1:
            inside = _nearest_before(link, selectors.date) or inside[:1]
        for found in inside:
            stated = found.get("datetime") or title_text(found.text_content())
            if stated:
                return str(stated)
    return _stated_date(node, title) or _heading_date(link)


def _nearest_before(link: lxml.html.HtmlElement, selector: str) -> list[lxml.html.HtmlElement]:
    """The last match that stands before the link in the page."""
    root = link.getroottree().getroot()
    matches = set(root.cssselect(selector))
    last: list[lxml.html.HtmlElement] = []
    for node in root.iter():
        if node is link:
            break
        if node in matches:
            last = [node]
    return last


def _stated_date(node: lxml.html.HtmlElement, title: str = "") -> str:
    for time in node.iter("time"):
        stated = time.get("datetime") or title_text(time.text_content())
        if stated:
            return str(stated)
    text = " ".join(node.text_content().split())
    text = text.replace(title, " ", 1) if title else text
    match = _DATE_LIKE.search(text)
    # hour and zone stand beside a day
    return text[max(0, match.start() - 12) : match.end() + 25] if match else ""


def _heading_date(link: lxml.html.HtmlElement) -> str:
    """A date on its own before the link or before what holds it."""
    for node in [link, *list(link.iterancestors())[:4]]:
        previous = node.getprevious()
        while previous is not None and (not isinstance(previous.tag, str) or previous.tag in ("li", "dd", "br")):
            previous = previous.getprevious()
        if previous is not None and previous.tag in _DATE_HEADS and not previous.findall(".//a"):
            text = title_text(previous.text_content())
            if len(text) <= _CLOCK_SIZE and _DATE_LIKE.search(text):
                return text
    return ""
