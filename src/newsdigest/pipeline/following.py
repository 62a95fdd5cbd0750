"""Beginning to follow a source: from an address a person gives to a feed that was fetched and read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from newsdigest.documents.decode import decode
from newsdigest.errors import FetchError, ReadError
from newsdigest.items.entry import ParsedFeed
from newsdigest.language.detect import detect_language
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import ReadJob, Request, Response
from newsdigest.sources.discovery import OfferingPage, offered_feeds
from newsdigest.sources.source import Format, Language
from newsdigest.sources.staleness import gap_hours

ASKING = "add"
MOST_TRIED = 5
_SITEMAP = re.compile(rb"<(?:\w+:)?urlset[\s>]")


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that can be followed: how to read it, what it calls itself, and what it held when it was tried.

    ``others`` are further feeds that the page offers; ``gap_hours`` is the usual gap between two items, None where unknown.
    """

    address: str
    format: Format
    title: str
    language: Language
    entries: int
    newest: datetime | None
    gap_hours: float | None
    others: tuple[str, ...] = ()


async def find_feed(bureau: Bureau, address: str) -> FoundFeed:
    """Return the feed at an address, or the first readable one that the page there offers.

    Raises FetchError where nothing can be had there and ReadError where no feed is offered.
    """
    response = await bureau.fetcher.fetch(Request(address, ASKING, page=True))
    own = await _as_feed(bureau, response)
    if own is not None:
        return _found(response.final_address if response.permanent else address, *own, OfferingPage("", "", ()))
    page = offered_feeds(decode(response.body, media_type=_media(response)).text, response.final_address)
    failures = []
    for feed in page.feeds[:MOST_TRIED]:
        try:
            read = await _as_feed(bureau, await bureau.fetcher.fetch(Request(feed.address, ASKING)))
        except FetchError as error:
            failures.append(str(error))
            continue
        if read is not None:
            return _found(feed.address, *read, page)
        failures.append(f"{feed.address} is no feed.")
    tried = " ".join(failures) or "A page without a feed can be followed as a listing, with selectors in its TOML file."
    raise ReadError(f"{address} offers no feed that can be read. {tried}", about=address)


async def _as_feed(bureau: Bureau, response: Response) -> tuple[Format, ParsedFeed] | None:
    form = _format_of(response.body)
    arguments = {
        "address": response.final_address,
        "media_type": _media(response),
        "zone": "UTC",
        "now": response.received,
    }
    try:
        return form, await bureau.reader.read(ReadJob(form, response.body, arguments))
    except ReadError:
        return None


def _format_of(body: bytes) -> Format:
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return "json_feed"
    return "sitemap" if _SITEMAP.search(body[:65536]) else "feed"


def _found(address: str, form: Format, feed: ParsedFeed, page: OfferingPage) -> FoundFeed:
    times = [entry.published.instant for entry in feed.entries if entry.published.instant is not None]
    words = " ".join(entry.title for entry in feed.entries[:30])
    return FoundFeed(
        address=address,
        format=form,
        title=feed.title or page.title,
        language=detect_language(words or feed.title, (feed.language or page.language)[:2].lower()),
        entries=len(feed.entries),
        newest=max(times, default=None),
        gap_hours=gap_hours(times),
        others=tuple(offered.address for offered in page.feeds if offered.address != address),
    )


def _media(response: Response) -> str:
    return response.header("content-type") or ""
