"""Entries of a feed so broken that the parser stopped early: a lenient second reading, so that none is lost."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from newsdigest.items.characters import without_forbidden_references

_OPENING = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s>/])[^>]*>")
_CLOSING = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>")
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF|channel|cdf)(?=[\s>/:])", re.IGNORECASE)
_END = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF)\s*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)


def whole_document(text: str) -> str:
    """Return the feed from its root element to its end, its document type before it, without characters that XML forbids.

    Declarations are often broken or doubled, notices stand before them and scripts behind the end; the encoding is already known.
    """
    head = _COMMENT.sub("", text[:65536]) + text[65536:]
    match = _ROOT.search(head[:65536])
    doctype = _DOCTYPE.search(head[: match.start()]) if match else None
    body = (doctype[0] if doctype else "") + head[match.start() :] if match else text
    body = _without_tail(body)
    body = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", body)
    return without_forbidden_references(body)


def _without_tail(text: str) -> str:
    """The text up to its last root's end: what a server adds there would make the whole feed no XML. Entries behind it stay."""
    ends = [match.end() for match in _END.finditer(text, max(0, len(text) - 65536))]
    return text if not ends or _OPENING.search(text, ends[-1]) else text[: ends[-1]]


def count_entries(text: str) -> int:
    """How many entries the markup opens, CDATA and comments left out."""
    return len(_OPENING.findall(_CDATA.sub("", text)))


def recovered_entries(text: str) -> list[dict[str, Any]]:
    """Return every entry that the markup opens, each read by itself, in feedparser's terms."""
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
            found.append(_entry(node))
    return found


def _local(node: etree._Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def _entry(node: etree._Element) -> dict[str, Any]:
    """The entry in feedparser's terms."""
    parts: dict[str, str] = {}
    link = ""
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = _local(child)
        if name == "link" and not link:
            link = child.get("href") or (child.text or "")
        parts.setdefault(name, "".join(child.itertext()).strip())
    stated = (parts.get(name) for name in ("pubDate", "published", "issued", "date", "updated"))
    content = parts.get("encoded") or parts.get("content")
    return {
        "id": parts.get("guid") or parts.get("id"),
        "link": link,
        "title": parts.get("title"),
        "summary": parts.get("description") or parts.get("summary"),
        "content": [{"value": content}] if content else [],
        "published": next(filter(None, stated), None),
        "author": parts.get("author") or parts.get("creator"),
    }
