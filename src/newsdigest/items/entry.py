"""What readers make of bytes: entries of a feed or listing, and the article of a page. Nothing is decided here yet."""

from __future__ import annotations

from dataclasses import dataclass

from newsdigest.items.item import TextState
from newsdigest.moments import Moment

UNDATED = Moment()


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry as the feed, listing or sitemap states it; all texts are plain.

    ``content`` is the whole text where the feed carries one, else empty; ``summary`` what the feed gives as a teaser.
    ``flags``: ``future_date``, ``guid_from_link``, ``guid_repeated``, ``recovered``, ``cut``, ``hidden_text``, ``instruction``.
    """

    guid: str = ""
    url: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: Moment = UNDATED
    modified: Moment | None = None
    author: str = ""
    language: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed, listing or sitemap. ``ttl_minutes`` is the publisher's wish; ``notes`` say what was odd, in plain words."""

    entries: tuple[ParsedEntry, ...] = ()
    title: str = ""
    language: str = ""
    ttl_minutes: int | None = None
    encoding: str = ""
    next_page: str = ""
    children: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """The article of a page: paragraphs separated by one line break, hidden text left out.

    ``flags``: ``captcha``, ``soft_404``, ``hidden_text``, ``instruction``, ``paywall``, ``cut``, ``future_date``.
    """

    title: str = ""
    text: str = ""
    published: Moment = UNDATED
    modified: Moment | None = None
    canonical: str = ""
    author: str = ""
    state: TextState = "empty"
    language: str = ""
    encoding: str = ""
    next_page: str = ""
    method: str = ""
    flags: tuple[str, ...] = ()
