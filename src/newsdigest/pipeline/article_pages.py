"""An article and the pages it goes on over: fetched one after another, read, joined to one text; each capture stays a document."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from newsdigest.documents.address import canonical_address
from newsdigest.documents.document import Document
from newsdigest.errors import FetchError, ReadError
from newsdigest.items.continuation import MOST_PAGES, join_pages
from newsdigest.items.entry import ParsedPage
from newsdigest.items.page import LEAST_TEXT
from newsdigest.items.versions import similarity
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import ReadJob, Request, Response
from newsdigest.records import digest, short_key
from newsdigest.sources.source import Source

# A "next page" that says what we have read already (a list of comments, a ?page= nobody heeds) is no further page.
SAID_ALREADY = 0.9

_KNOWN_FOR_WHAT_IT_IS = frozenset({"captcha", "soft_404", "paywall"})

Reading = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as it came: its document, its bytes, and what was read in it."""

    document: Document
    body: bytes
    page: ParsedPage


@dataclass(frozen=True, slots=True)
class Article:
    """An article's pages as one; ``captures`` are first to last; ``trouble`` says why a further page could not be had."""

    page: ParsedPage
    captures: tuple[Capture, ...]
    trouble: FetchError | ReadError | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the pages' documents, first to last."""
        return tuple(capture.document.key for capture in self.captures)


async def fetch_article(
    bureau: Bureau, source: Source, address: str, *, further: int = MOST_PAGES, reading: Reading = nullcontext
) -> Article:
    """Fetch a page and the pages it goes on over (at most ``further`` of them and MOST_PAGES in all).

    The fetcher keeps its turns, its pauses and the robots.txt for each of them as for any page. Raises FetchError or ReadError where the
    first page cannot be had; where a later one cannot, the text ends before it and the article is ``cut``.
    """
    captures = [await _capture(bureau, source, address, reading)]
    trouble: FetchError | ReadError | None = None
    while (following := captures[-1].page.next_page) and captures[-1].page.state in ("full", "cut"):
        if len(captures) > further or len(captures) >= MOST_PAGES:
            trouble = ReadError(f"The article goes on at {following}, past the pages of one poll.", about=address)
            break
        try:
            capture = await _capture(bureau, source, following, reading)
            _check_place(capture, captures)
        except (FetchError, ReadError) as error:
            trouble = error
            break
        if _says_nothing_new(capture, captures):
            captures[-1] = replace(captures[-1], page=_ended(captures[-1].page))
            break
        captures.append(capture)
    return Article(join_pages([capture.page for capture in captures]), tuple(captures), trouble)


def document_of(response: Response, source: Source, encoding: str) -> Document:
    """The record of one answer."""
    sha = digest(response.body)
    return Document(
        key=short_key("doc", response.address, sha),
        source=source.id,
        address=response.address,
        final_address=response.final_address,
        status=response.status,
        headers=response.headers,
        sha256=sha,
        size=len(response.body),
        media_type=response.header("content-type") or "",
        encoding=encoding,
        received=response.received,
    )


def is_bare(source: Source, page: ParsedPage) -> bool:
    """Whether a page of a source whose statements have a known place holds none there: its layout changed, or it is a notice.

    A page that is known for what it is (a check for robots, one that is gone) is not meant. A sign of Japanese or Chinese counts twice.
    """
    if not source.selectors.page_body or _KNOWN_FOR_WHAT_IT_IS & set(page.flags):
        return False
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in page.text) < LEAST_TEXT


async def _capture(bureau: Bureau, source: Source, address: str, reading: Reading) -> Capture:
    response = await bureau.fetcher.fetch(Request(address, source.id, page=True))
    arguments: dict[str, Any] = {
        "address": response.final_address,
        "media_type": response.header("content-type") or "",
        "selectors": source.selectors,
        "language": source.language,
        "zone": source.zone,
        "now": response.received,
    }
    with reading():
        page: ParsedPage = await bureau.reader.read(ReadJob("page", response.body, arguments))
    return Capture(document_of(response, source, page.encoding), response.body, page)


def _check_place(capture: Capture, before: list[Capture]) -> None:
    """A page past the last often leads back to the first, or to the front page, or to a log-in elsewhere."""
    address = capture.document.final_address
    held = {canonical_address(one.document.final_address) for one in before}
    if (
        urlsplit(address).netloc != urlsplit(before[0].document.final_address).netloc
        or canonical_address(address) in held
    ):
        raise ReadError(f"{capture.document.address} leads to {address}, which is no further page.", about=address)


def _says_nothing_new(capture: Capture, before: list[Capture]) -> bool:
    text = capture.page.text
    return bool(text) and any(
        text == one.page.text or similarity(text, one.page.text) >= SAID_ALREADY for one in before
    )


def _ended(page: ParsedPage) -> ParsedPage:
    """The page without the page it named."""
    kept = tuple(flag for flag in page.flags if flag != "continues")
    return replace(page, next_page="", flags=kept, state="full" if "continues" in page.flags else page.state)
