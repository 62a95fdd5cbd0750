"""Lists of feeds as other readers exchange them: OPML 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from lxml import etree

from newsdigest.errors import CatalogueError
from newsdigest.sources.source import Source

MAXIMUM = 10_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list: its address and title, the site's page and the folder it was in, where stated."""

    address: str
    title: str
    page: str = ""
    language: str = ""
    folder: str = ""


def read_opml(content: bytes, path: str) -> list[Outline]:
    """Return the feeds of an OPML file, each address once; raise CatalogueError where it is none.

    Entities are not resolved and nothing is fetched; broken markup is read as far as it goes.
    """
    try:
        found = _outlines(content)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CatalogueError(f"{path} is not OPML that can be read.", about=path) from error
    if found is None:
        raise CatalogueError(f"{path} is not OPML; it must be an XML file with <opml> at its top.", about=path)
    return found


def _outlines(content: bytes) -> list[Outline] | None:
    """The feeds, None where the root is another; ValueError where lxml hands out what is no text."""
    root = etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    )
    if root is None or root.tag != "opml":
        return None
    found: dict[str, Outline] = {}
    for node in root.iter("outline"):
        given = {key.lower(): value.strip() for key, value in node.attrib.items()}
        address = given.get("xmlurl", "")
        if address.startswith(("http://", "https://")) and address not in found and len(found) < MAXIMUM:
            parent = node.getparent()
            folder = (
                parent.get("text") or parent.get("title") or ""
                if parent is not None and parent.tag == "outline"
                else ""
            )
            title = given.get("title") or given.get("text") or address
            found[address] = Outline(address, title, given.get("htmlurl", ""), given.get("language", ""), folder)
    return list(found.values())


def write_opml(sources: Iterable[Source], title: str) -> str:
    """Return an OPML file of the sources that are feeds, by kind; listings and sitemaps are no feeds and left out."""
    folders: dict[str, list[str]] = {}
    for source in sources:
        if source.format in ("feed", "json_feed"):
            name = source.name.get(source.language) or next(iter(source.name.values()))
            folders.setdefault(source.kind, []).append(
                f'      <outline type="rss" text={_quoted(name)} title={_quoted(name)} '
                f'xmlUrl={_quoted(source.address)} language="{source.language}"/>'
            )
    body = "\n".join(
        f"    <outline text={_quoted(kind)}>\n" + "\n".join(rows) + "\n    </outline>"
        for kind, rows in sorted(folders.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>{escape(title, quote=False)}</title></head>\n  <body>\n{body}\n  </body>\n</opml>\n"
    )


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
