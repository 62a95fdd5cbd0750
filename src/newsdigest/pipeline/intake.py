"""Manual intake: a pasted text, a file or one address, with who issued it, by which channel, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from newsdigest.documents.document import Document
from newsdigest.errors import ReadError
from newsdigest.items.captures import resting_on
from newsdigest.items.decide import decide
from newsdigest.items.entry import ParsedEntry, ParsedPage
from newsdigest.items.identity import lookup_aliases
from newsdigest.items.item import Item
from newsdigest.pipeline.article_pages import Capture, fetch_article
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import PollOutcome, ReadJob, SourceState
from newsdigest.records import digest, short_key
from newsdigest.sources.source import Source

SOURCE_MEMORY = "source"


@dataclass(frozen=True, slots=True)
class Handout:
    """What a person hands in: bytes with their media type, the source they belong to, an optional title, time and address."""

    body: bytes
    media_type: str
    source: Source
    title: str = ""
    published: str = ""
    address: str = ""
    intake: str = "manual"


async def add_handout(bureau: Bureau, handout: Handout) -> Item:
    """Store a handout as a document and an item (version); the same bytes again change nothing."""
    now = bureau.clock.now()
    arguments = {
        "address": handout.address,
        "media_type": handout.media_type,
        "language": handout.source.language,
        "zone": handout.source.zone,
        "title": handout.title,
        "published": handout.published,
        "now": now,
    }
    page: ParsedPage = await bureau.reader.read(ReadJob("intake", handout.body, arguments))
    if not page.text.strip():
        raise ReadError("There is no readable text in what was handed in.", about=handout.address or handout.title)
    return _store(bureau, handout, page, now)


async def add_address(bureau: Bureau, address: str, source: Source | None = None) -> Item:
    """Fetch one page and store it as an item of the source it belongs to (by host), or of a source of its own."""
    owner = source or source_of_address(bureau, address)
    article = await fetch_article(bureau, owner, address)
    page, first = article.page, article.captures[0]
    if page.state == "empty" or not page.text.strip():
        raise ReadError(f"There is no article text at {address}.", about=address)
    record = first.document
    handout = Handout(first.body, record.media_type, owner, address=record.final_address, intake="address")
    return _store(bureau, handout, page, record.received, article.captures[1:])


def source_of_address(bureau: Bureau, address: str) -> Source:
    """The catalogue's source on the same host, else a source of kind ``other`` named after the host."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    for source in bureau.sources.values():
        known = (urlsplit(source.address).hostname or "").removeprefix("www.")
        if host and (host == known or host.endswith("." + known) or known.endswith("." + host)):
            return source
    return Source(
        id=f"web-{host or 'page'}", name={"en": host}, kind="other", language="en", address=address, enabled=False
    )


def _store(bureau: Bureau, handout: Handout, page: ParsedPage, now: datetime, further: Sequence[Capture] = ()) -> Item:
    source = handout.source
    sha = digest(handout.body)
    address = handout.address or f"intake:{sha[:16]}"
    document = Document(
        key=short_key("doc", address, sha),
        source=source.id,
        address=address,
        final_address=address,
        status=200,
        sha256=sha,
        size=len(handout.body),
        media_type=handout.media_type,
        encoding=page.encoding,
        received=now,
        intake=handout.intake,
    )
    entry = ParsedEntry(
        guid="" if handout.address else address,
        url=handout.address,
        title=handout.title or page.title,
        published=page.published,
    )
    existing = bureau.store.items_of_source(source.id, lookup_aliases(entry, page.canonical))
    item = decide(source, entry, page, existing, document.key, now, bureau.lexicon)
    state = bureau.store.source_states().get(source.id, SourceState(source.id))
    if source.id not in bureau.sources:
        state = SourceState(source.id, memory={**state.memory, SOURCE_MEMORY: source.model_dump(mode="json")})
    documents = ((document, handout.body), *((capture.document, capture.body) for capture in further))
    if item is not None:
        item = resting_on(item, [record.key for record, _ in documents])
    bureau.store.commit_poll(PollOutcome(state, documents, (item,) if item else ()))
    return item if item is not None else existing[0]
