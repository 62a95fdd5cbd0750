"""RSS 2, RSS 1 / RDF, RSS 0.9 and Atom to entries. feedparser never loses a feed; dates, encodings and markup are ours."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import feedparser

from newsdigest.documents.address import web_address
from newsdigest.documents.decode import decode
from newsdigest.errors import ReadError
from newsdigest.items.dates import doubtful, read_moment
from newsdigest.items.entry import ParsedEntry, ParsedFeed
from newsdigest.items.feed_recovery import count_entries, recovered_entries, whole_document
from newsdigest.items.hiding import Hidden
from newsdigest.items.identity import SAME_STORY
from newsdigest.items.prose import hidden_flags, prose, title_text
from newsdigest.items.tables import ReadingTables, compiled
from newsdigest.items.versions import similarity
from newsdigest.moments import Moment

# feedparser asks for parsers in this order; see feed_sax for why ours stands first
feedparser.api.PREFERRED_XML_PARSERS.insert(0, "newsdigest.items.feed_sax")
# a guid is a name, letter for letter: joined to the feed's address, it would change when the feed moves
for _parser in (feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser):
    _parser.can_be_relative_uri = _parser.can_be_relative_uri - {"id"}

MOST_ENTRIES = 2000
# what feedparser's loose reading, taken up where XML ends, stumbles over in markup cut at a bad place; the entries are recovered without it
_LOOSE_FAULTS = (LookupError, AttributeError, TypeError, ValueError, AssertionError)
_PUBLISHED = ("published", "created", "issued", "pubdate")
_MODIFIED = ("updated", "modified", "dcterms_modified")
_HTML_TYPE = re.compile(r"(?:text/)?x?html\b|application/xhtml")
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s+\((.+)\)|([^@()]+)\(\S+@\S+\)")
DateReader = Callable[[str | None], Moment]


def read_feed(
    body: bytes, *, address: str, media_type: str, zone: str, now: datetime, tables: ReadingTables
) -> ParsedFeed:
    """Return the entries of an XML feed, in its order.

    ``address`` resolves relative links, ``zone`` is what a date without zone means. A malformed feed gives what can be read and a note;
    bytes that are no feed at all raise ReadError.
    """
    decoded = decode(body, media_type=media_type)
    text = whole_document(decoded.text)
    parsed = _parse(text, address)
    notes = []
    if parsed.get("bozo"):
        notes.append(f"not well-formed: {type(parsed.get('bozo_exception')).__name__}")
    if decoded.origin == "replaced":
        notes.append(f"some bytes are no {decoded.encoding}")

    def moment(raw: str | None) -> Moment:
        return read_moment(raw, zone=zone, now=now, calendars=tables.calendars)

    entries = [_entry(raw, address, moment, now, tables) for raw in parsed.entries[:MOST_ENTRIES]]
    if count_entries(text) > len(parsed.entries):
        more = [_entry(raw, address, moment, now, tables) for raw in recovered_entries(text)]
        if len(more) > len(entries):
            notes.append(f"{len(more) - len(entries)} of {len(more)} entries recovered")
            entries = [replace(entry, flags=(*entry.flags, "recovered")) for entry in more[:MOST_ENTRIES]]
    if not entries and not _is_feed(parsed, text):
        raise ReadError("This is no feed.", about=address)
    return ParsedFeed(
        entries=tuple(_mark_repeated(entries)),
        title=title_text(str(parsed.feed.get("title") or "")),
        language=str(parsed.feed.get("language") or ""),
        ttl_minutes=_ttl(parsed.feed),
        encoding=decoded.encoding,
        notes=tuple(notes),
    )


def _parse(text: str, address: str) -> Any:
    # the encoding was ours to find: feedparser gets UTF-8 and is told so
    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    try:
        return feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _LOOSE_FAULTS as error:
        return feedparser.FeedParserDict(bozo=True, bozo_exception=error, entries=[], feed=feedparser.FeedParserDict())


def _is_feed(parsed: Any, text: str) -> bool:
    return bool(parsed.get("version")) or bool(re.search(r"<(?:\w+:)?(?:rss|feed|RDF|channel)\b", text[:4096]))


def _ttl(feed: Any) -> int | None:
    raw = str(feed.get("ttl") or "").strip()
    if raw.isdigit() and int(raw) > 0:
        return int(raw)
    minutes = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
    period = minutes.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if period is None:
        return None
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    return period // max(1, int(frequency) if frequency.isdigit() else 1)


def _entry(raw: Any, address: str, moment: DateReader, now: datetime, tables: ReadingTables) -> ParsedEntry:
    summary, content, hidden = _texts(raw, tables)
    published = _first_moment(raw, _PUBLISHED, moment)
    modified = _first_moment(raw, _MODIFIED, moment)
    if published is None or (published.instant is None and modified is not None):
        # RSS 1.0: feedparser puts dc:date in "updated"
        published, modified = modified or Moment(), None
    guid = str(raw.get("id") or "").strip()
    url = _link(raw, address)
    flags = []
    flags += hidden_flags(hidden, tables)
    if doubtful(published, now):
        flags.append("future_date")
    if not guid and url:
        flags.append("guid_from_link")
    return ParsedEntry(
        guid=guid or url,
        url=url,
        title=title_text(str(raw.get("title") or "")),
        summary=summary,
        content=content,
        published=published,
        modified=modified if modified and modified.instant != published.instant else None,
        author=_author(raw),
        language=_language(raw),
        flags=tuple(flags),
    )


def _texts(raw: Any, tables: ReadingTables) -> tuple[str, str, Hidden]:
    """Summary, content and what was hidden in either. Where there is one text only, it is the summary."""
    hidden = Hidden()
    bodies = []
    for part in raw.get("content") or []:
        read = prose(str(part.get("value") or ""))
        hidden = hidden.and_also(read.hidden)
        bodies.append(read.text)
    stated = raw.get("summary") or ("" if bodies else raw.get("media_text"))
    summary = prose(str(stated or ""))
    hidden = hidden.and_also(summary.hidden)
    content = without_tail(max(bodies, key=len, default=""), tables)
    teaser = without_tail(summary.text, tables)
    return (
        teaser or content,
        content if content != teaser or raw.get("content") else "",
        hidden,
    )


def without_tail(text: str, tables: ReadingTables) -> str:
    """Return a text without the line that a publishing system adds at its end."""
    for pattern in tables.tails:
        text = compiled(pattern).sub("", text).rstrip()
    return text


def _first_moment(raw: Any, names: tuple[str, ...], moment: DateReader) -> Moment | None:
    unread = None
    for name in names:
        # feedparser answers "published" with "updated" where there is none; dict.get of the class would hide that
        stated = dict.get(raw, name)
        if not stated:
            continue
        read = moment(str(stated))
        if read.instant is not None:
            return read
        unread = unread or read
    return unread


def _link(raw: Any, address: str) -> str:
    links = raw.get("links") or []
    for wanted in ("alternate", "via", "related", "self"):
        found = [link for link in links if link.get("rel", "alternate") == wanted and _is_page(link)]
        # of several, the one for people: a JSON or PDF edition may stand beside the page
        readable = [link for link in found if _HTML_TYPE.match(str(link.get("type") or "text/html"))] or found
        if not any(link.get("hreflang") for link in readable):
            readable.reverse()  # of equals, the last one counts, as it does for feedparser
        hrefs = (web_address(str(link.get("href") or ""), address) for link in readable)
        if href := next(filter(None, hrefs), ""):
            return href
    guid, plain = str(raw.get("id") or "").strip(), str(raw.get("link") or "").strip()
    if plain and plain != guid:
        return web_address(plain, address)
    # a guid serves as address where it is one: "12345" is none, though feeds seldom say so
    is_link = raw.get("guidislink", True) or (raw.get("link") == "" and not plain)
    return web_address(guid, address) if is_link and re.match(r"(?:https?://|/)\S+$", guid) else ""


def _is_page(link: Any) -> bool:
    return not str(link.get("type", "")).startswith(("image/", "audio/", "video/"))


def _author(raw: Any) -> str:
    """The author's name; RSS has it behind a mail address, Atom before one."""
    author = title_text(str(raw.get("author") or ""))
    named = _MAIL_AND_NAME.fullmatch(author)
    return (named[1] or named[2]).strip() if named else author


def _language(raw: Any) -> str:
    detail = raw.get("title_detail") or raw.get("summary_detail") or {}
    return str(detail.get("language") or "")


def _mark_repeated(entries: list[ParsedEntry]) -> list[ParsedEntry]:
    """Flag entries whose guid another entry with another link, title and text has too: it identifies neither."""
    groups: dict[str, list[ParsedEntry]] = {}
    for entry in entries:
        if entry.guid:
            groups.setdefault(entry.guid, []).append(entry)
    repeated = {guid for guid, group in groups.items() if len(group) > 1 and _differ(group)}
    return [
        replace(entry, flags=(*entry.flags, "guid_repeated")) if entry.guid in repeated else entry for entry in entries
    ]


def _differ(group: list[ParsedEntry]) -> bool:
    """Whether entries of one guid are different stories rather than states of one."""
    first = group[0]
    return any(
        other.url != first.url
        and other.title != first.title
        and similarity(first.summary or first.title, other.summary or other.title) < SAME_STORY
        for other in group[1:]
    )
