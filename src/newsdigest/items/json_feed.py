"""JSON Feed 1 and 1.1 (jsonfeed.org) to entries."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from newsdigest.documents.address import resolve, web_address
from newsdigest.documents.decode import decode
from newsdigest.errors import ReadError
from newsdigest.items.dates import doubtful, read_moment
from newsdigest.items.entry import ParsedEntry, ParsedFeed
from newsdigest.items.prose import Prose, hidden_flags, prose, tidy, title_text
from newsdigest.items.tables import ReadingTables
from newsdigest.moments import Moment

MOST_ENTRIES = 2000
_HTML = re.compile(
    r"</(?:p|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|blockquote|figure|script|style|td)\s*>|<br\s*/?>|<!--|&(?:amp|lt|gt|quot|nbsp|#\d+);",
    re.IGNORECASE,
)


def read_json_feed(
    body: bytes, *, address: str, media_type: str, zone: str, now: datetime, tables: ReadingTables
) -> ParsedFeed:
    """Return the entries of a JSON Feed; raise ReadError where the bytes are no JSON object with items."""
    decoded = decode(body, media_type=media_type)
    notes = []
    try:
        data = json.loads(decoded.text, strict=False)
    except (ValueError, RecursionError) as error:
        data = _cut_off(decoded.text)
        if data is None:
            raise ReadError("This is no JSON.", about=address) from error
        notes.append("the JSON is cut off or broken")
    if isinstance(data, dict) and isinstance(data.get("rss"), dict):
        data = _from_rss(data["rss"])
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise ReadError("This JSON is no feed: it has no list of items.", about=address)
    base = _text(data.get("home_page_url")) or address

    def moment(raw: Any) -> Moment:
        return read_moment(_text(raw), zone=zone, now=now, calendars=tables.calendars)

    items = [item for item in data["items"] if isinstance(item, dict)]
    if len(items) < len(data["items"]):
        notes.append(f"{len(data['items']) - len(items)} items are no objects")
    entries = []
    for item in items[:MOST_ENTRIES]:
        published, modified = moment(item.get("date_published")), moment(item.get("date_modified"))
        if published.instant is None and modified.instant is not None:
            published, modified = modified, Moment()
        markup = prose(_text(item.get("content_html")))
        words, teaser = _plain(item.get("content_text")), _plain(item.get("summary"))
        content = words.text or markup.text
        hidden = markup.hidden.and_also(words.hidden).and_also(teaser.hidden)
        flags = ["future_date"] if doubtful(published, now) else []
        flags += hidden_flags(hidden, tables)
        url = web_address(_text(item.get("url")), base) or web_address(_text(item.get("external_url")), base)
        guid = _text(item.get("id"))
        entries.append(
            ParsedEntry(
                guid=guid or url,
                url=url or (guid if guid.startswith(("http://", "https://")) else ""),
                title=title_text(_text(item.get("title"))),
                summary=teaser.text or content,
                content=content,
                published=published,
                modified=modified if modified.instant and modified.instant != published.instant else None,
                author=_authors(item) or _authors(data),
                language=_text(item.get("language")) or _text(data.get("language")),
                flags=tuple(flags),
            )
        )
    return ParsedFeed(
        entries=tuple(entries),
        title=title_text(_text(data.get("title"))),
        language=_text(data.get("language")),
        encoding=decoded.encoding,
        next_page=resolve(_text(data.get("next_url")), address) if data.get("next_url") else "",
        notes=tuple(notes),
    )


def _plain(value: Any) -> Prose:
    """A text that ought to be plain: read as markup only where it plainly is some, since "a < b and c > d" is none."""
    text = _text(value)
    return prose(text) if _HTML.search(text) else Prose(tidy(text))


def _cut_off(text: str) -> dict[str, Any] | None:
    """The items of a JSON Feed that ends in the middle: every one that is whole."""
    start = re.search(r'"items"\s*:\s*\[', text)
    if not start:
        return None
    decoder, gap, position = json.JSONDecoder(strict=False), re.compile(r"[\s,]*"), start.end()
    items: list[Any] = []
    while len(items) < MOST_ENTRIES:
        between = gap.match(text, position)
        try:
            item, position = decoder.raw_decode(text, between.end() if between else position)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return {"items": items} if items else None


def _from_rss(rss: dict[str, Any]) -> dict[str, Any]:
    """RSS written as JSON (rss.json) in the terms of JSON Feed."""
    channel = rss["channel"] if isinstance(rss.get("channel"), dict) else {}
    listed = channel.get("item") or []
    items = []
    for item in listed if isinstance(listed, list) else [listed]:
        if isinstance(item, dict):
            guid = item.get("guid")
            items.append(
                {
                    "id": guid.get("#value") if isinstance(guid, dict) else guid,
                    "url": item.get("link"),
                    "title": item.get("title"),
                    "content_html": item.get("description"),
                    "date_published": item.get("pubDate"),
                }
            )
    return {"title": channel.get("title"), "items": items}


def _text(value: Any) -> str:
    """A string or number as a string; ids may be numbers (JSON Feed 1.1, "items: id")."""
    if isinstance(value, bool):
        return ""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _authors(node: dict[str, Any]) -> str:
    listed = node.get("authors") if isinstance(node.get("authors"), list) else [node.get("author")]
    names = [title_text(_text(a.get("name"))) for a in listed or [] if isinstance(a, dict)]
    return ", ".join(name for name in names if name)
