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
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_LEADING = re.compile(r"<(?:\?xml|!DOCTYPE|!--|rss|feed|rdf:RDF|RDF|channel|\w+:(?:rss|feed|RDF))\b", re.IGNORECASE)


def whole_document(text: str) -> str:
    """Return the text from its first XML construct on, without characters that XML forbids."""
    match = _LEADING.search(text[:8192])
    body = text[match.start() :] if match else text
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", body)


def count_entries(text: str) -> int:
    """How many entries the markup opens, CDATA and comments left out."""
    return len(_OPENING.findall(_CDATA.sub("", text)))


def recovered_entries(text: str, address: str, moment: Callable[[str | None], Moment]) -> list[ParsedEntry]:
    """Return every entry that lenient parsing finds, each flagged ``recovered``."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return []
    found = [node for node in root.iter() if isinstance(node.tag, str) and _local(node) in ("item", "entry")]
    return [_entry(node, address, moment) for node in found if len(node) or (node.text or "").strip()]


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
