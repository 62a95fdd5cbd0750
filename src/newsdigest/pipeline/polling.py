"""Polling: each source's feed or listing, the pages it links to, the items they come down to, in one transaction a source."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from newsdigest.documents.document import Document
from newsdigest.errors import FetchError, NewsdigestError, ReadError
from newsdigest.items.decide import decide, in_order
from newsdigest.items.entry import ParsedEntry, ParsedFeed, ParsedPage
from newsdigest.items.identity import lookup_aliases
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau, Progress
from newsdigest.ports import PollOutcome, ReadJob, Request, Response, SourceState, Validators
from newsdigest.records import digest, short_key
from newsdigest.sources import schedule
from newsdigest.sources.source import Source

LOG = logging.getLogger("newsdigest.polling")
TASKS = {"feed": "feed", "json_feed": "json_feed", "sitemap": "sitemap", "listing": "listing"}
# A page of a fresh item is looked at again after an hour, then ever more rarely, until two weeks have passed.
FIRST_REVISIT = timedelta(hours=1)
LAST_REVISIT = timedelta(days=14)
REVISIT_SHARE_OF_AGE = 4
ENTRIES_MEMORY = "entries"


@dataclass(slots=True)
class SourceReport:
    """What one poll of one source did: counts, the condition afterwards, the error's sentence."""

    condition: str = "new"
    entries: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    unchanged: bool = False
    error: str = ""
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


@dataclass(slots=True)
class PollReport:
    """What a poll of the due sources did; ``reading`` is the time spent in readers, in seconds; ``arrived`` the new items' keys."""

    sources: dict[str, SourceReport] = field(default_factory=dict)
    reading: float = 0.0
    arrived: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        """New items."""
        return sum(row.new for row in self.sources.values())

    @property
    def changed(self) -> int:
        """New versions of known items."""
        return sum(row.changed for row in self.sources.values())

    @property
    def failed(self) -> int:
        """Sources with an error."""
        return sum(bool(row.error) for row in self.sources.values())


async def poll_sources(bureau: Bureau, *, only: Sequence[str] | None = None, force: bool = False) -> PollReport:
    """Poll the enabled sources that are due (``force``: all of them), side by side; one that fails stops no other."""
    states = bureau.store.source_states()
    now = bureau.clock.now()
    wanted = [
        source
        for source in bureau.sources.values()
        if (source.enabled or (only and source.id in only)) and source.address and (not only or source.id in only)
    ]
    due = [s for s in wanted if force or schedule.is_due(states.get(s.id, SourceState(s.id)), s, now)]
    report = PollReport()
    done = 0

    async def one(source: Source) -> None:
        nonlocal done
        poll = _Poll(bureau, source, states.get(source.id, SourceState(source.id)), report)
        report.sources[source.id] = await poll.run()
        done += 1
        bureau.progress(Progress("poll", done, len(due)))

    await asyncio.gather(*(one(source) for source in due))
    report.sources = dict(sorted(report.sources.items()))
    return report


class _Poll:
    """One poll of one source: what it gathers is stored in one transaction, documents and items before validators."""

    def __init__(self, bureau: Bureau, source: Source, state: SourceState, report: PollReport) -> None:
        self.bureau = bureau
        self.source = source
        self.state = state
        self.report = report
        self.row = SourceReport()
        self.documents: list[tuple[Document, bytes]] = []
        self.items: dict[str, Item] = {}
        self.entries_memory: dict[str, Any] = dict(state.memory.get(ENTRIES_MEMORY, {}))

    async def run(self) -> SourceReport:
        """Fetch, read, decide, store; an error becomes the source's condition and the last good copy stays."""
        now = self.bureau.clock.now()
        try:
            state = await self._answered(now)
        except NewsdigestError as error:
            self.row.error = str(error)
            state = self._failed(error, now)
        except Exception as error:
            self.row.error = f"Reading {self.source.id} failed unexpectedly ({type(error).__name__}: {error})."
            LOG.exception("polling %s", self.source.id)
            state = self._failed(ReadError(self.row.error, about=self.source.id), now)
        self.bureau.store.commit_poll(PollOutcome(state, tuple(self.documents), tuple(self.items.values())))
        self.row.condition = state.condition
        return self.row

    def _failed(self, error: NewsdigestError, now: datetime) -> SourceState:
        return self._state(schedule.after_failure(self.state, self.source, error, now), now, good=False)

    async def _answered(self, now: datetime) -> SourceState:
        conditional = schedule.may_be_conditional(self.state, self.source, now)
        request = Request(
            address=schedule.poll_address(self.state, self.source),
            source=self.source.id,
            page=self.source.format == "listing",
            validators=self.state.validators if conditional else Validators(),
        )
        response = await self.bureau.fetcher.fetch(request)
        sha = digest(response.body)
        if response.not_modified or schedule.is_same_body(self.state, sha):
            self.row.unchanged = True
            await self._revisit(now)
            return self._state(schedule.after_answer(self.state, self.source, _answer(response, sha), now), now)
        feed = await self._read(response)
        self._keep(response, feed.encoding)
        self.row.entries = len(feed.entries)
        self.row.notes = list(feed.notes)
        await self._take_in(feed, now)
        times = tuple(entry.published.instant for entry in feed.entries if entry.published.instant)
        answer = replace(_answer(response, sha), item_times=times, new_items=self.row.new, ttl_minutes=feed.ttl_minutes)
        return self._state(schedule.after_answer(self.state, self.source, answer, now), now)

    def _state(self, verdict: schedule.Verdict, now: datetime, *, good: bool = True) -> SourceState:
        return SourceState(
            source=self.source.id,
            validators=Validators(verdict.etag, verdict.last_modified),
            body_sha256=verdict.body_sha256,
            last_polled=now,
            last_good=now if good else self.state.last_good,
            next_due=verdict.next_due,
            failures=verdict.failures,
            error=verdict.error,
            condition=verdict.condition,
            newest_item=verdict.newest_item,
            memory={**verdict.memory, ENTRIES_MEMORY: self.entries_memory},
        )

    async def _read(self, response: Response) -> ParsedFeed:
        arguments: dict[str, Any] = {
            "address": response.final_address,
            "media_type": response.header("content-type") or "",
            "zone": self.source.zone,
            "now": response.received,
        }
        if self.source.format == "listing":
            arguments["selectors"] = self.source.selectors
        feed: ParsedFeed = await self._reader(ReadJob(TASKS[self.source.format], response.body, arguments))
        if not feed.entries and self.source.format == "listing":
            raise ReadError("The listing has no entries: its layout has changed.", about=self.source.id)
        return feed

    async def _take_in(self, feed: ParsedFeed, now: datetime) -> None:
        entries = in_order(feed.entries)
        aliases = {alias for entry in entries for alias in lookup_aliases(entry)}
        known = {item.key: item for item in self.bureau.store.items_of_source(self.source.id, aliases)}
        seen: dict[str, Any] = {}
        pages_left = self.bureau.policy.pages_per_source
        for entry in entries:
            name, mark = _name(entry), _mark(entry)
            last = self.entries_memory.get(name)
            if last and last["mark"] == mark and not self._revisit_due(last, now):
                seen[name] = last
                continue
            fetched: tuple[ParsedPage, str] | None = None
            if entry.url and not entry.content and pages_left > 0:
                pages_left -= 1
                fetched = await self._page(entry.url)
            page, document = fetched if fetched else (None, self.documents[0][0].key)
            if page is None and not entry.content and self._worth_waiting(entry):
                continue
            complete = entry.content or fetched is not None or not entry.url
            first = last["first"] if last else now.isoformat()
            page_address = "" if entry.content else entry.url
            seen[name] = {
                "mark": mark if complete else "",
                "first": first,
                "seen": now.isoformat(),
                "url": page_address,
            }
            self._decide(entry, page, document, known, now)
        self.entries_memory = seen

    def _worth_waiting(self, entry: ParsedEntry) -> bool:
        """A sitemap's or listing's bare link without its page says nothing yet; the next poll tries again."""
        return not entry.summary and self.source.format in ("sitemap", "listing")

    def _decide(
        self, entry: ParsedEntry, page: ParsedPage | None, document: str, known: dict[str, Item], now: datetime
    ) -> None:
        item = decide(self.source, entry, page, list(known.values()), document, now, self.bureau.lexicon)
        if item is None:
            return
        before = known.get(item.key)
        if before is None:
            self.row.new += 1
            self.report.arrived.append(item.key)
        elif len(item.versions) > len(before.versions):
            self.row.changed += 1
        known[item.key] = self.items[item.key] = item

    async def _revisit(self, now: datetime) -> None:
        """The feed says nothing new: look again at the pages whose time has come (a silent edit changes no feed)."""
        due = [
            (name, last)
            for name, last in self.entries_memory.items()
            if last.get("url") and self._revisit_due(last, now)
        ]
        for name, last in due[: self.bureau.policy.pages_per_source]:
            self.entries_memory[name] = {**last, "seen": now.isoformat()}
            fetched = await self._page(last["url"])
            if fetched is None:
                continue
            page, document = fetched
            found = self.bureau.store.items_of_source(self.source.id, lookup_aliases(ParsedEntry(url=last["url"])))
            for item in found[:1]:
                entry = ParsedEntry(
                    guid=item.guid, url=last["url"], title=item.latest.title, published=item.latest.published
                )
                self._decide(entry, page, document, {item.key: item}, now)

    def _revisit_due(self, last: Mapping[str, Any], now: datetime) -> bool:
        age = now - datetime.fromisoformat(last["first"])
        since = now - datetime.fromisoformat(last["seen"])
        return age < LAST_REVISIT and since >= max(FIRST_REVISIT, age / REVISIT_SHARE_OF_AGE)

    async def _page(self, address: str) -> tuple[ParsedPage, str] | None:
        """Fetch and read one page; None (with a note) where it gives no article."""
        try:
            response = await self.bureau.fetcher.fetch(Request(address, self.source.id, page=True))
            arguments = {
                "address": response.final_address,
                "media_type": response.header("content-type") or "",
                "selectors": self.source.selectors,
                "language": self.source.language,
                "zone": self.source.zone,
                "now": response.received,
            }
            page: ParsedPage = await self._reader(ReadJob("page", response.body, arguments))
        except (FetchError, ReadError) as error:
            self.row.notes.append(f"{address}: {error}")
            return None
        self.row.pages += 1
        document = self._keep(response, page.encoding)
        return page, document.key

    async def _reader(self, job: ReadJob) -> Any:
        begun = perf_counter()
        try:
            return await self.bureau.reader.read(job)
        finally:
            self.report.reading += perf_counter() - begun

    def _keep(self, response: Response, encoding: str) -> Document:
        sha = digest(response.body)
        document = Document(
            key=short_key("doc", response.address, sha),
            source=self.source.id,
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
        self.documents.append((document, response.body))
        return document


def _answer(response: Response, sha: str) -> schedule.Answer:
    return schedule.Answer(
        status=response.status,
        address=response.address,
        final_address=response.final_address,
        headers={name.lower(): value for name, value in response.headers},
        permanent=response.permanent,
        body_sha256=None if response.not_modified else sha,
    )


def _name(entry: ParsedEntry) -> str:
    return entry.guid or entry.url or digest(entry.title + entry.summary)[:16]


def _mark(entry: ParsedEntry) -> str:
    """What tells that an entry was edited in the feed."""
    parts = [entry.title, entry.summary, entry.content, entry.url, entry.modified.raw if entry.modified else ""]
    return digest("\x1f".join(parts))[:16]
