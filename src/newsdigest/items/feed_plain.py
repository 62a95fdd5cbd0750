"""A shortcut through feedparser for entries made of plain elements: what it would make of them, at a tenth of its cost.

feedparser stays the authority. An entry is taken here only while all it holds are elements of known meaning without children; at the first thing
that is not, what was seen of the entry is handed to feedparser from its beginning. ``tests/items/test_feed_plain.py`` holds both ways to the
same result, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from newsdigest.documents.address import is_whole

XML = "http://www.w3.org/XML/1998/namespace"
XLINK = "http://www.w3.org/1999/xlink"
# What feedparser calls an element, by what reading it means here. Elements whose subtree is not read never come this far (feed_sax).
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("title", "dc:title"), "title"),
    "media:title": "media_title",
    "media:text": "media_text",
    **dict.fromkeys(("guid", "id"), "id"),
    "link": "link",
    **dict.fromkeys(("description", "dc:description"), "description"),
    **dict.fromkeys(("summary", "itunes:summary"), "summary"),
    **dict.fromkeys(("content", "content:encoded"), "content"),
    **dict.fromkeys(("author", "dc:author", "dc:creator", "itunes:author"), "author"),
    "contributor": "contributor",
    **dict.fromkeys(("published", "pubdate", "issued", "dcterms:issued"), "published"),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc:date", "dcterms:modified"), "updated"),
    **dict.fromkeys(("created", "dcterms:created"), "created"),
    "source": "source",
}
# Elements that feedparser stores under names that nobody asks for; so it does with those it has no handler for.
_PASSED = frozenset(
    [
        "enclosure",
        "comments",
        "rights",
        "copyright",
        "subtitle",
        "media:content",
        "media:group",
        "dc:publisher",
        "dc:rights",
        "dc:subject",
        "dc:language",
        "dc:contributor",
        "itunes:subtitle",
        "itunes:keywords",
        "itunes:image",
        "itunes:explicit",
    ]
)
_OF_AUTHORS = frozenset(("name", "email", "uri", "url", "homepage"))
_TEXTS = frozenset(("title", "description", "summary", "content"))
# Kinds that may stand within an element that is passed.
_DEEP = frozenset(("passed", "media_title", "media_text"))
_ALLOWED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_TEXTS, frozenset(("type", "mode", "xml:lang", "xml:base"))),
    "media_title": frozenset(("type",)),
    "id": frozenset(("ispermalink",)),
    "link": frozenset(("href", "rel", "type", "title", "hreflang", "length")),
    "source": frozenset(("url",)),
}
_MEANT = frozenset(("lang", "base", "uri")).union(*_ALLOWED.values())
_READABLE_TYPES = frozenset(("text", "html", "plain", "text/plain", "text/html"))
# what Windows has where Latin-1 has control characters; five places are empty
_WINDOWS = {n: char for n in range(0x80, 0xA0) if (char := bytes([n]).decode("cp1252", "ignore"))}
_CONTROL = re.compile("[\x80-\x9f]")
_BROKEN_REFERENCE = re.compile("&([A-Za-z0-9_]+);")

Attributes = Mapping[str, str]


def starts_entry(handler: Any, tag: str, attributes: Iterable[str]) -> bool:
    """Whether an element opens an entry that may be plain: feedparser stands between entries, in no state that reaches into one."""
    if tag not in ("item", "entry") or any(name != "rdf:about" for name in attributes):
        return False
    busy = (
        handler.inentry, handler.incontent, handler.insource, handler.inauthor, handler.incontributor, handler.inpublisher,
        handler.svgOK, handler.hasContent, handler.decls,
    )  # fmt: skip
    return not any(busy)


def tag_of(handler: Any, name: str) -> str:
    """What feedparser calls an element: expat's «namespace local prefix» with the prefix that feedparser knows the namespace by."""
    parts = name.split()
    namespace, local = (parts[0], parts[1].lower()) if len(parts) > 1 else ("", name.lower())
    if not namespace:
        return str(local)
    lowered = namespace.lower()
    prefix = "" if "backend.userland.com/rss" in lowered else handler._matchnamespaces.get(lowered)
    if prefix is None:
        prefix = next((key for key, value in handler.namespaces_in_use.items() if key and value == namespace), "")
    prefix = handler.namespacemap.get(prefix, prefix) if prefix else prefix
    return f"{prefix}:{local}".lower() if prefix else str(local)


def is_declared(handler: Any, prefix: str | None, uri: str | None) -> bool:
    """Whether feedparser has this prefix for this namespace already, so that declaring it again changes nothing."""
    if not uri:
        return True  # feedparser takes no note of it
    known = handler._matchnamespaces.get(uri.lower())
    if not handler.version or uri == XLINK or "backend.userland.com/rss" in uri.lower():
        return False
    if known is None:
        return bool(handler.namespaces_in_use.get(prefix or "") == uri)
    return bool(handler.namespacemap.get(prefix) == known and handler.namespaces_in_use.get(known) == uri)


def kind_of(handler: Any, tag: str) -> str:
    """What an element means to a plain entry, ``passed`` where it means nothing; empty where feedparser has to see it."""
    if tag in _PASSED:
        return "passed"
    prefix, colon, local = tag.partition(":")
    own = hasattr(handler, f"_start_{prefix}_{local}") or hasattr(handler, f"_end_{prefix}_{local}")
    unknown = colon and not own and prefix not in ("title", "summary", "description")
    return _KINDS.get(tag) or ("passed" if unknown else "")


class PlainEntry:
    """One entry while its elements come in; ``opens`` says False where it is not plain after all."""

    def __init__(self, handler: Any, tags: Callable[[str], str], attributes: Attributes) -> None:
        """``handler`` is feedparser's, for the language and base in force; ``tags`` names elements as feedparser does."""
        self._handler = handler
        self._tags = tags
        self._found: dict[str, Any] = {}
        self._titled = False
        self._title_level = 99
        self._has_content = False
        self._level = 0
        self._kind = ""
        self._attributes: dict[str, str] = {}
        self._author: dict[str, str] = {}
        self._inner = ""
        self.pieces: list[str] = []
        self._own: list[str] = []
        for about in attributes.values():
            if about:
                self._found["id"] = about

    def opens(self, name: str, attributes: Attributes) -> bool:
        """Take the start of an element."""
        tag = self._tags(name)
        if self._kind:
            return self._opens_within(tag, attributes)
        kind = kind_of(self._handler, tag)
        if not kind or (self._level and kind not in _DEEP):
            return False
        if kind == "passed":
            self._level += 1
            return True
        self._kind, self.pieces = kind, []
        return self._plain_attributes(attributes)

    def _opens_within(self, tag: str, attributes: Attributes) -> bool:
        if self._kind not in ("author", "contributor") or self._inner or tag not in _OF_AUTHORS or attributes:
            return False
        self._inner = tag
        self._own, self.pieces = self.pieces, []
        return True

    def _plain_attributes(self, attributes: Attributes) -> bool:
        self._attributes = read = {}
        for name, value in attributes.items():
            namespace, *local = name.split()
            if not local:
                read[name.lower()] = value.lower() if name.lower() in ("rel", "type") else value
            elif namespace == XML:
                read[f"xml:{local[0].lower()}"] = value
            elif not self._handler._matchnamespaces.get(namespace.lower()) and local[0].lower() in _MEANT:
                return False  # feedparser takes an attribute of a namespace it does not know for one without
        readable = read.get("type", "text") in _READABLE_TYPES and read.get("mode") != "base64"
        return _ALLOWED.get(self._kind, frozenset()) >= read.keys() and (readable or self._kind not in _TEXTS)

    def closes(self) -> None:
        """Take the end of the element that is open."""
        if self._inner:
            self._author[self._inner] = "".join(self.pieces).strip()
            self._inner, self.pieces = "", self._own
        elif self._kind:
            kind, self._kind = self._kind, ""
            self._take(kind, "".join(self.pieces).strip())
        else:
            self._level -= 1

    def ends(self) -> dict[str, Any]:
        """Return the entry, and leave feedparser in the state in which it would have left such an entry."""
        handler = self._handler
        handler.title_depth = handler.depth + 2 if self._titled else -1
        handler.guidislink = 0
        handler.inimage = handler.intextinput = 0
        return self._found

    def _take(self, kind: str, text: str) -> None:
        found = self._found
        if kind in ("title", "media_title"):
            self._take_title(kind, mended(text))
        elif kind == "link":
            self._take_link(text)
        elif kind == "id":
            self._take_id(text)
        elif kind in ("author", "contributor"):
            if kind == "author":
                found["author"] = self._named(text)
            self._author = {}
        elif kind == "source":
            self._titled = False
        elif kind in _TEXTS:
            self._take_text(kind, mended(text))
        else:
            found[kind] = mended(text)

    def _take_title(self, kind: str, value: str) -> None:
        """The first title that says something stands; a picture's serves until there is one, and never in place of a nearer one."""
        if self._titled:
            return
        if self._level <= self._title_level:
            self._found["title"], self._title_level = value, self._level
        self._found["title_detail"] = {"language": self._language()}
        self._titled = kind == "title" and bool(value)

    def _take_text(self, kind: str, value: str) -> None:
        found = self._found
        if kind == "content" or ("summary" in found and not self._has_content):
            self._has_content = True
            found.setdefault("content", []).append({"value": value})
            found.setdefault("summary", value)
        else:
            found["summary"] = value
            found["summary_detail"] = {"language": self._language()}

    def _take_id(self, text: str) -> None:
        found = self._found
        is_link = self._attributes.get("ispermalink", "true") == "true"
        found["id"] = value = mended(text)
        found.setdefault("guidislink", is_link and "link" not in found)
        if is_link:
            found.setdefault("link", value)

    def _take_link(self, text: str) -> None:
        found, link = self._found, dict(self._attributes)
        link.setdefault("rel", "alternate")
        link.setdefault("type", "application/atom+xml" if link["rel"] == "self" else "text/html")
        found.setdefault("links", []).append(link)
        if "href" in link:
            link["href"] = self._absolute(link["href"])
            if link["rel"] == "alternate" and link["type"] in ("text/html", "html", "xhtml", "application/xhtml+xml"):
                found["link"] = link["href"]
            return
        value = mended(self._absolute(text) if text else "").replace("&amp;", "&")
        found["link"] = value = _BROKEN_REFERENCE.sub(r"&\g<1>", value)
        if value:
            link["href"] = value

    def _named(self, text: str) -> str:
        if not self._author:
            return mended(text)
        name, email = self._author.get("name"), self._author.get("email")
        return f"{name} ({email})" if name and email else name or email or mended(text)

    def _language(self) -> str | None:
        language = self._attributes.get("xml:lang", self._handler.lang)
        return language.replace("_", "-") if language else None

    def _absolute(self, address: str) -> str:
        if is_whole(address):
            return address
        return str(self._handler.resolve_uri(address))


def mended(text: str) -> str:
    """feedparser's cure for UTF-8 taken for Latin-1, and for Windows characters where XML has control characters."""
    if text.isascii():
        return text
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_WINDOWS) if _CONTROL.search(text) else text
