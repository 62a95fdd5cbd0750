"""Entries of a feed so broken that the parser stopped early: a lenient second reading, so that none is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from newsdigest.documents.address import resolve
from newsdigest.items.entry import ParsedEntry
from newsdigest.items.prose import prose, title_text
from newsdigest.moments import Moment

_OPENING = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s>/])[^>]*>")
_CLOSING = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>")
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF|channel|cdf)(?=[\s>/:])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)


def whole_document(text: str) -> str:
    """Return the feed from its root element on, its document type before it, without characters that XML forbids.

    Declarations are often broken or doubled, and notices stand before them; the encoding is already known.
    """
    head = _COMMENT.sub("", text[:65536]) + text[65536:]
    match = _ROOT.search(head[:65536])
    doctype = _DOCTYPE.search(head[: match.start()]) if match else None
    body = (doctype[0] if doctype else "") + head[match.start() :] if match else text
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", body)


def count_entries(text: str) -> int:
    """How many entries the markup opens, CDATA and comments left out."""
    return len(_OPENING.findall(_CDATA.sub("", text)))


def recovered_entries(text: str, address: str, moment: Callable[[str | None], Moment]) -> list[ParsedEntry]:
    """Return every entry that the markup opens, each read by itself and flagged ``recovered``."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    # what CDATA holds is no markup of the feed: it must neither open nor close an entry
    bare = _CDATA.sub(keep, text)
    starts = [match.start() for match in _OPENING.finditer(bare)]
    found = []
    for start, following in zip(starts, [*starts[1:], len(bare)], strict=True):
        closing = _CLOSING.search(bare, start, following)
        piece = bare[start : closing.end() if closing else following]
        piece = re.sub(r"<(/?)[A-Za-z_][\w.-]*:(?=[A-Za-z])", r"<\1", piece)
        whole = re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], piece)
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
        try:
            node = etree.fromstring(whole.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if node is not None and (len(node) or (node.text or "").strip()):
            found.append(_entry(node, address, moment))
    return found


def _local(node: etree._Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def _entry(node: etree._Element, address: str, moment: Callable[[str | None], Moment]) -> ParsedEntry:
    parts: dict[str, str] = {}
    link = ""
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = _local(child)
        if name == "link" and not link:
            link = child.get("href") or (child.text or "")
        parts.setdefault(name, "".join(child.itertext()).strip())
    stated = next(
        (parts[name] for name in ("pubDate", "published", "issued", "date", "updated") if parts.get(name)), None
    )
    url = resolve(link, address)
    content = prose(parts.get("encoded") or parts.get("content") or "").text
    return ParsedEntry(
        guid=parts.get("guid") or parts.get("id") or url,
        url=url,
        title=title_text(parts.get("title", "")),
        summary=prose(parts.get("description") or parts.get("summary") or "").text or content,
        content=content,
        published=moment(stated),
        author=title_text(parts.get("author") or parts.get("creator") or ""),
        flags=("recovered",),
    )
