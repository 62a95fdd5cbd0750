"""The XML parser that feedparser drives: text in whole pieces, and without the elements that nobody here reads.

feedparser takes the first parser of ``PREFERRED_XML_PARSERS`` that can be made; ``create_parser`` is what ``xml.sax.make_parser`` asks of one.
expat by itself hands out text line by line and entity by entity: some four hundred thousand pieces for two hundred feeds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from xml.sax.expatreader import ExpatParser

from newsdigest.items.feed_plain import PlainEntry, is_declared, starts_entry, tag_of

BUFFER = 1 << 16
# Of these, feedparser makes tags, thumbnails and counts; neither titles, texts, links nor dates come from them.
_UNREAD_NAMESPACES = frozenset(
    {
        "http://purl.org/rss/1.0/modules/slash/",
        "http://wellformedweb.org/CommentAPI/",
        "http://purl.org/syndication/thread/1.0",
        "http://www.georss.org/georss",
    }
)
_MEDIA = frozenset(
    ("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "http://www.rssboard.org/media-rss")
)
_MEDIA_TEXT = "http://search.yahoo.com/mrss/ text media"
_UNREAD_MEDIA = frozenset({"thumbnail", "credit", "rating", "category", "keywords", "copyright", "hash", "player"})
_PLAIN = frozenset({"", "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/"})


class BufferedParser(ExpatParser):
    """expat over SAX with buffered text; subtrees that are not read are passed over, plain entries read without feedparser's machinery."""

    takes_plain_entries = True
    _parser: Any
    _cont_handler: Any

    def reset(self) -> None:
        """Begin a new document."""
        super().reset()
        self._passed_over = 0
        self._tags: dict[str, str] = {}
        self._entry: PlainEntry | None = None
        self._entry_depth = 0
        self._seen: list[tuple[str, Any, Any]] = []
        self._parser.buffer_text = True
        self._parser.buffer_size = BUFFER

    def start_element_ns(self, name: str, attrs: Any) -> None:
        """Hand the element on, unless it is one that is not read or stands within one."""
        if self._passed_over:
            self._passed_over += 1
            return
        name = read_as(name)
        if name == _MEDIA_TEXT:
            attrs = {}  # with attributes, feedparser would keep them in place of the text
        if not name:
            self._passed_over = 1
            self._parser.CharacterDataHandler = None
        elif self._entry is not None:
            self._seen.append(("start", name, attrs))
            self._entry_depth += 1
            if not self._entry.opens(name, attrs):
                self._give_up()
        elif self.takes_plain_entries and starts_entry(self._cont_handler, self._tag(name), map(self._tag, attrs)):
            self._entry, self._entry_depth = PlainEntry(self._cont_handler, self._tag, attrs), 1
            self._seen = [("start", name, attrs)]
            self._parser.CharacterDataHandler = self._text
        else:
            super().start_element_ns(name, attrs)

    def end_element_ns(self, name: str) -> None:
        """Close the element; after the last of a subtree that is not read, text counts again."""
        if self._passed_over:
            self._passed_over -= 1
            if not self._passed_over:
                self._parser.CharacterDataHandler = self._text if self._entry else self._cont_handler.characters
            return
        name = read_as(name)
        if self._entry is None:
            super().end_element_ns(name)
        else:
            self._seen.append(("end", name, None))
            self._entry_depth -= 1
            if self._entry_depth:
                self._entry.closes()
            else:
                self._cont_handler.entries.append(self._entry.ends())
                self._entry = None
                self._parser.CharacterDataHandler = self._cont_handler.characters

    def start_namespace_decl(self, prefix: str | None, uri: str) -> None:
        """Note a namespace: elements may go by other names from here on, unless it was declared so before.

        ``uri`` is None where a default namespace ends.
        """
        if not is_declared(self._cont_handler, prefix, uri):
            self._tags = {}
            if self._entry is not None:
                self._give_up()
                if self._passed_over:
                    self._parser.CharacterDataHandler = None
        super().start_namespace_decl(prefix, uri)

    def _tag(self, name: str) -> str:
        tag = self._tags.get(name)
        if tag is None:
            tag = self._tags[name] = tag_of(self._cont_handler, name)
        return tag

    def _text(self, data: str) -> None:
        self._seen.append(("text", data, None))
        if self._entry is not None:
            self._entry.pieces.append(data)

    def _give_up(self) -> None:
        """Let feedparser have the entry from its beginning."""
        self._entry = None
        self._parser.CharacterDataHandler = self._cont_handler.characters
        for event, value, attrs in self._seen:
            if event == "text":
                self._cont_handler.characters(value)
            elif event == "start":
                super().start_element_ns(value, attrs)
            else:
                super().end_element_ns(value)
        self._seen = []


@lru_cache(maxsize=1024)
def read_as(name: str) -> str:
    """The name by which an element is handed on; empty for one that nobody reads.

    A picture's description is no second text of its entry, as feedparser would have it: it is kept apart, for entries that have no other.
    """
    # expat joins namespace, local name and prefix by a blank each
    parts = name.split()
    namespace, local = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
    if namespace in _PLAIN:
        return "" if local == "category" else name
    if namespace in _MEDIA:
        if local in _UNREAD_MEDIA:
            return ""
        return _MEDIA_TEXT if local in ("description", "text") else name
    return "" if namespace in _UNREAD_NAMESPACES else name


def create_parser() -> BufferedParser:
    """Make a parser, as ``xml.sax.make_parser`` wants it."""
    return BufferedParser()
