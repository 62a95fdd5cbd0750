"""One poll of one source: fetch, read, fetch the pages, decide, store. Nothing is held open while it fetches."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from newsdigest.documents.document import Document
from newsdigest.errors import FetchError, NewsdigestError, ReadError, StoreError
from newsdigest.items.decide import decide, in_order
from newsdigest.items.entry import ParsedEntry, ParsedFeed, ParsedPage
from newsdigest.items.identity import guid_alias, lookup_aliases, trustworthy
from newsdigest.items.item import Item
from newsdigest.items.withdrawal import withdrawn_target
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.committing import Committing
from newsdigest.pipeline.entry_memory import is_known, name_of, page_due, row_of, someone_waits, with_pages
from newsdigest.pipeline.poll_report import PollReport, SourceReport
from newsdigest.ports import PollOutcome, ReadJob, Request, Response, SourceState, Validators
from newsdigest.records import digest, short_key
from newsdigest.sources import schedule
from newsdigest.sources.host_waits import PAGE_WAITS, page_waits
from newsdigest.sources.source import Source

LOG = logging.getLogger("newsdigest.polling")
ENTRIES_MEMORY = "entries"
# Bytes of captures after which a poll stores what it has: forty large pages are not held until the last has come.
MOST_HELD = 2 * 1024 * 1024


class SourcePoll:
    """One poll of one source. Documents and items are stored before the validators, so that a kill loses nothing."""

    def __init__(
        self, bureau: Bureau, source: Source, state: SourceState | None, report: PollReport, committing: Committing
    ) -> None:
        """``state`` is None before the first poll: no item of the source can be there, every one is stored with a state."""
        self.bureau = bureau
        self.first = state is None
        self.committing = committing
        self.source = source
        self.state = state = state or SourceState(source.id)
        self.report = report
        self.row = SourceReport()
        self.documents: list[tuple[Document, bytes]] = []
        self.items: dict[str, Item] = {}
        self.held = 0
        self.listed: list[ParsedEntry] = []
        self.entries_memory: dict[str, Any] = dict(state.memory.get(ENTRIES_MEMORY, {}))
        self.page_waits: dict[str, str] = {}

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
        try:
            await self.committing.commit(self._outcome(state))
        except StoreError as error:
            self.row.error = str(error)
            self.entries_memory = dict(self.state.memory.get(ENTRIES_MEMORY, {}))
            state = self._failed(error, now)
            self._let_go()
            await self.committing.commit(self._outcome(state))
        self.row.condition = state.condition
        return self.row

    def _outcome(self, state: SourceState) -> PollOutcome:
        return PollOutcome(state, tuple(self.documents), tuple(self.items.values()))

    def _let_go(self) -> None:
        self.documents.clear()
        self.items.clear()
        self.held = 0

    def _failed(self, error: NewsdigestError, now: datetime) -> SourceState:
        return self._state(schedule.after_failure(self.state, self.source, error, now), now, good=False)

    async def _answered(self, now: datetime) -> SourceState:
        waiting = someone_waits(self.entries_memory.values(), now)
        conditional = not waiting and schedule.may_be_conditional(self.state, self.source, now)
        request = Request(
            address=schedule.poll_address(self.state, self.source),
            source=self.source.id,
            page=self.source.format == "listing",
            validators=self.state.validators if conditional else Validators(),
        )
        response = await self.bureau.fetcher.fetch(request)
        sha = digest(response.body)
        if response.not_modified or (schedule.is_same_body(self.state, sha) and not waiting):
            self.row.unchanged = True
            await self._revisit(now)
            return self._state(schedule.after_answer(self.state, self.source, _answer(response, sha), now), now)
        feed = await self._read(response)
        document = self._keep(response, feed.encoding)
        self.row.entries = len(feed.entries)
        self.row.notes = list(feed.notes)
        await self._take_in(feed, document.key, now)
        times = tuple(entry.published.instant for entry in feed.entries if entry.published.instant)
        answer = replace(_answer(response, sha), item_times=times, new_items=self.row.new, ttl_minutes=feed.ttl_minutes)
        return self._state(schedule.after_answer(self.state, self.source, answer, now), now)

    def _state(self, verdict: schedule.Verdict, now: datetime, *, good: bool = True) -> SourceState:
        memory = {**verdict.memory, ENTRIES_MEMORY: self.entries_memory}
        memory[PAGE_WAITS] = page_waits({**self.state.memory.get(PAGE_WAITS, {}), **self.page_waits}, now)
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
            memory={key: value for key, value in memory.items() if key != PAGE_WAITS or value},
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
        feed: ParsedFeed = await self._reader(ReadJob(self.source.format, response.body, arguments))
        if not feed.entries and self.source.format == "listing":
            raise ReadError("The listing has no entries: its layout has changed.", about=self.source.id)
        return feed

    async def _take_in(self, feed: ParsedFeed, document: str, now: datetime) -> None:
        """Decide every entry that is new, edited or whose page is due, oldest first."""
        self.listed = entries = in_order(feed.entries)
        before = self.entries_memory
        fresh = [entry for entry in entries if not is_known(before.get(name_of(entry)), entry, now)]
        looked = set(map(id, fresh))
        seen: dict[str, Any] = {
            name: before[name] for entry in entries if id(entry) not in looked and (name := name_of(entry)) in before
        }
        known = _Known(self.bureau, self.source, fresh, listed=entries, nothing_stored=self.first)
        pages = with_pages(fresh, self.bureau.policy.pages_per_source)
        for entry in fresh:
            name = name_of(entry)
            tried = name in pages and bool(entry.url) and not entry.content
            fetched = await self._page(entry.url) if tried else None
            page, capture = fetched or (None, document)
            waiting = page is None and self._waits_for_page(entry)
            seen[name] = row_of(entry, before.get(name), now, tried=tried, waiting=waiting)
            if not waiting:
                self._decide(entry, page, capture, known, now)
        self.entries_memory = seen

    def _waits_for_page(self, entry: ParsedEntry) -> bool:
        """A bare link says nothing before its page is had; of a sitemap or listing, neither does its title."""
        if entry.content or entry.summary or not entry.url:
            return False
        return self.source.format in ("sitemap", "listing") or not entry.title

    def _withdraw(self, notice: Item, known: _Known) -> None:
        """A notice that takes another item of the source back marks that item's newest version."""
        if "withdrawal" in notice.latest.flags:
            known.look_up(alias for entry in self.listed for alias in lookup_aliases(entry))
            target = withdrawn_target(notice, known.items.values())
            if target is not None:
                known.add(target)
                self.items[target.key] = target

    def _decide(self, entry: ParsedEntry, page: ParsedPage | None, capture: str, known: _Known, now: datetime) -> None:
        candidates = known.of(entry, page.canonical if page else "")
        item = decide(self.source, entry, page, candidates, capture, now, self.bureau.lexicon)
        if item is not None:
            before = known.items.get(item.key)
            if before is None:
                self.row.new += 1
                self.report.arrived.append(item.key)
            elif len(item.versions) > len(before.versions):
                self.row.changed += 1
            known.add(item)
            self.items[item.key] = item
            self._withdraw(item, known)
        if self.held > MOST_HELD:
            # as far as it has come, under the old validators: after a kill the next poll begins anew and finds this there
            self.bureau.store.commit_poll(self._outcome(self.state))
            self._let_go()

    async def _revisit(self, now: datetime) -> None:
        """The feed says nothing new: look again at the pages whose time has come (a silent edit changes no feed)."""
        due = [(name, last) for name, last in self.entries_memory.items() if page_due(last, now)]
        for name, last in due[: self.bureau.policy.pages_per_source]:
            self.entries_memory[name] = {**last, "seen": now.isoformat()}
            fetched = await self._page(last["url"])
            if fetched is None:
                continue
            page, capture = fetched
            known = _Known(self.bureau, self.source, [ParsedEntry(url=last["url"])])
            for item in list(known.items.values())[:1]:
                entry = ParsedEntry(
                    guid=item.guid, url=last["url"], title=item.latest.title, published=item.latest.published
                )
                self._decide(entry, page, capture, known, now)

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
            if isinstance(error, FetchError) and error.retry_at is not None:
                self.page_waits[(urlsplit(address).hostname or "").lower()] = error.retry_at.isoformat()
            return None
        self.row.pages += 1
        document = self._keep(response, page.encoding)
        return page, document.key

    async def _reader(self, job: ReadJob) -> Any:
        with self.report.while_reading():
            return await self.bureau.reader.read(job)

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
        self.held += len(response.body)
        return document


class _Known:
    """The stored items that a poll's entries may be, found by the names they go by."""

    def __init__(
        self,
        bureau: Bureau,
        source: Source,
        entries: Sequence[ParsedEntry],
        *,
        listed: Sequence[ParsedEntry] = (),
        nothing_stored: bool = False,
    ) -> None:
        self._bureau = bureau
        self._nothing_stored = nothing_stored
        self._source = source
        self.items: dict[str, Item] = {}
        self._by_alias: dict[str, dict[str, None]] = {}
        self._listed_guids = {guid_alias(entry.guid) for entry in listed if trustworthy(entry)}
        self._asked: set[str] = set()
        self.look_up(alias for entry in entries for alias in lookup_aliases(entry))

    def of(self, entry: ParsedEntry, canonical: str) -> list[Item]:
        """The items that share a name with the entry or with its page.

        An item whose guid another entry of the same answer bears is that entry's, unless the titles are one.
        """
        aliases = lookup_aliases(entry, canonical)
        self.look_up(aliases)
        keys = {key for alias in aliases for key in self._by_alias.get(alias, ())}
        if not keys:
            return []
        others = self._listed_guids - {guid_alias(entry.guid)}
        return [
            item
            for key, item in self.items.items()
            if key in keys and (item.latest.title == entry.title or others.isdisjoint(item.aliases))
        ]

    def add(self, item: Item) -> None:
        """Take up what was just decided."""
        self.items[item.key] = item
        for alias in item.aliases:
            self._by_alias.setdefault(alias, {})[item.key] = None

    def look_up(self, aliases: Iterable[str]) -> None:
        """Ask the store for the items that bear one of the names, unless that was done before."""
        wanted = set(aliases) - self._asked
        self._asked |= wanted
        if wanted and not self._nothing_stored:
            for item in self._bureau.store.items_of_source(self._source.id, wanted):
                if item.key not in self.items:
                    self.add(item)


def _answer(response: Response, sha: str) -> schedule.Answer:
    return schedule.Answer(
        status=response.status,
        address=response.address,
        final_address=response.final_address,
        headers={name.lower(): value for name, value in response.headers},
        permanent=response.permanent,
        body_sha256=None if response.not_modified else sha,
    )
