"""News sitemaps (sitemaps.org 0.9 with Google's news extension) and their indexes to entries."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import datetime

from lxml import etree

from newsdigest.documents.address import resolve
from newsdigest.documents.decode import decode
from newsdigest.errors import ReadError
from newsdigest.items.characters import without_forbidden_references
from newsdigest.items.dates import doubtful, read_moment
from newsdigest.items.entry import ParsedEntry, ParsedFeed
from newsdigest.items.prose import title_text
from newsdigest.items.tables import ReadingTables

MOST_ENTRIES = 2000
_LARGEST = 15 * 1024 * 1024


def read_sitemap(
    body: bytes, *, address: str, media_type: str, zone: str, now: datetime, tables: ReadingTables
) -> ParsedFeed:
    """Return a sitemap's addresses as entries, or an index's sitemaps as ``children``.

    ``news:title`` and ``news:publication_date`` where there are any, else ``lastmod``. A gzip file is opened up to 15 MiB.
    """
    decoded = decode(_opened(body, address), media_type=media_type)
    text = decoded.text.lstrip()
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(without_forbidden_references(text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("This is no sitemap.", about=address) from error
    if root is None or _local(root) not in ("urlset", "sitemapindex"):
        raise ReadError("This is no sitemap.", about=address)
    if _local(root) == "sitemapindex":
        children = [resolve(_child(node, "loc"), address) for node in root if _local(node) == "sitemap"]
        return ParsedFeed(children=tuple(filter(None, children)), encoding=decoded.encoding)
    entries: list[ParsedEntry] = []
    for node in root:
        if _local(node) != "url" or len(entries) >= MOST_ENTRIES:
            continue
        stated = _child(node, "publication_date") or _child(node, "lastmod")
        published = read_moment(stated, zone=zone, now=now, calendars=tables.calendars)
        changed = read_moment(_child(node, "lastmod"), zone=zone, now=now, calendars=tables.calendars)
        url = resolve(_child(node, "loc"), address)
        entries.append(
            ParsedEntry(
                guid=url,
                url=url,
                title=title_text(_child(node, "title")),
                published=published,
                modified=changed if changed.instant and changed.instant != published.instant else None,
                language=_child(node, "language"),
                flags=(*(("future_date",) if doubtful(published, now) else ()), "guid_from_link"),
            )
        )
    return ParsedFeed(entries=tuple(entries), encoding=decoded.encoding)


def _opened(body: bytes, address: str) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as opened:
            return opened.read(_LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError("The sitemap's gzip is broken.", about=address) from error


def _local(node: etree._Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(node.tag, str) else ""


def _child(node: etree._Element, name: str) -> str:
    """The text of the first descendant of that local name."""
    for child in node.iter():
        if _local(child) == name and (child.text or "").strip():
            return str(child.text).strip()
    return ""
