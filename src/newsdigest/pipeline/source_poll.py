"""One poll of one source: fetch, read, fetch the pages, decide, store. Nothing is held open while it fetches."""

from __future__ import annotations

import logging
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from newsdigest.documents.document import Document
from newsdigest.errors import FetchError, NewsdigestError, ReadError, StoreError
from newsdigest.items.captures import resting_on
from newsdigest.items.decide import decide, in_order
from newsdigest.items.entry import ParsedEntry, ParsedFeed, ParsedPage
from newsdigest.items.identity import lookup_aliases
from newsdigest.items.item import Item
from newsdigest.items.withdrawal import withdrawn_target
from newsdigest.pipeline.article_pages import document_of, fetch_article, is_bare
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.committing import Committing
from newsdigest.pipeline.entry_memory import (
    is_edited,
    is_known,
    name_of,
    outlives_its_entry,
    page_due,
    row_of,
    someone_waits,
    with_pages,
)
from newsdigest.pipeline.known_items import KnownItems
from newsdigest.pipeline.poll_report import PollReport, SourceReport
from newsdigest.ports import PollOutcome, ReadJob, Request, Response, SourceState, Validators
from newsdigest.records import digest
from newsdigest.sources import schedule
from newsdigest.sources.host_waits import PAGE_WAITS, page_waits
from newsdigest.sources.source import Source

LOG = logging.getLogger("newsdigest.polling")
ENTRIES_MEMORY = "entries"
# Bytes of captures after which a poll stores what it has: forty large pages are not held until the last has come.
MOST_HELD = 2 * 1024 * 1024
# So many pages without a statement, and none with one, are no chance.
BARE_PAGES = 2


class SourcePoll:
    """One poll of one source. Documents and items are stored before the validators, so that a kill loses nothing."""

    def __init__(
        self,
        bureau: Bureau,
        source: Source,
        state: SourceState | None,
        report: PollReport,
        committing: Committing,
        cited: Container[str],
    ) -> None:
        """``state`` is None before the first poll: no item of the source can be there, every one is stored with a state.

        ``cited`` holds the keys of the items that drafts cite.
        """
        self.bureau = bureau
        self.cited = cited
        self.first = state is None
        self.committing = committing
        self.source = source
        self.state = state = state or SourceState(source.id)
        self.report = report
        self.row = SourceReport()
        self.documents: list[tuple[Document, bytes]] = []
        self.items: dict[str, Item] = {}
        self.held = 0
        # pages beyond the first of an article, all told: as many as first pages, then articles stay partial until the next look
        self.further = 0
        # pages that hold nothing where the source's statements stand
        self.bare = 0
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
            await self._revisit(now, dict(self.entries_memory))
            return self._state(schedule.after_answer(self.state, self.source, _answer(response, sha), now), now)
        feed = await self._read(response)
        document = document_of(response, self.source, feed.encoding)
        self._hold(document, response.body)
        self.row.entries = len(feed.entries)
        self.row.notes = list(feed.notes)
        await self._take_in(feed, document.key, now)
        if self.bare >= BARE_PAGES and not self.row.pages:
            raise ReadError("None of its pages holds a statement: their layout has changed.", about=self.source.id)
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
        with self.report.while_reading():
            feed: ParsedFeed = await self.bureau.reader.read(ReadJob(self.source.format, response.body, arguments))
        if not feed.entries and self.source.format == "listing":
            raise ReadError("The listing has no entries: its layout has changed.", about=self.source.id)
        return feed

    async def _take_in(self, feed: ParsedFeed, document: str, now: datetime) -> None:
        """Decide every entry that is new or edited or whose page is due and can be had now, oldest first."""
        self.listed = entries = in_order(feed.entries)
        before = self.entries_memory
        due = [entry for entry in entries if not is_known(before.get(name_of(entry)), entry, now, self.cited)]
        pages = with_pages(due, self.bureau.policy.pages_per_source)
        # what the feed says as before has nothing to decide until its page is had
        fresh = [entry for entry in due if name_of(entry) in pages or is_edited(before.get(name_of(entry)), entry)]
        looked = set(map(id, fresh))
        seen: dict[str, Any] = {
            name: before[name] for entry in entries if id(entry) not in looked and (name := name_of(entry)) in before
        }
        known = KnownItems(self.bureau, self.source, fresh, listed=entries, nothing_stored=self.first)
        for entry in fresh:
            name = name_of(entry)
            tried = name in pages and bool(entry.url) and not entry.content
            fetched = await self._page(entry.url) if tried else None
            page, captures = fetched or (None, (document,))
            waiting = page is None and self._waits_for_page(entry)
            item = "" if waiting else self._decide(entry, page, captures, known, now)
            seen[name] = row_of(entry, before.get(name), now, tried=tried, waiting=waiting, item=item)
        gone = {name: row for name, row in before.items() if name not in seen}
        kept = {name: row for name, row in gone.items() if outlives_its_entry(row, now, self.cited)}
        self.entries_memory = {**seen, **kept}
        await self._revisit(now, kept)

    def _waits_for_page(self, entry: ParsedEntry) -> bool:
        """A bare link says nothing before its page is had; of a sitemap or listing, neither does its title."""
        if entry.content or entry.summary or not entry.url:
            return False
        return self.source.format in ("sitemap", "listing") or not entry.title

    def _withdraw(self, notice: Item, known: KnownItems) -> None:
        """A notice that takes another item of the source back marks that item's newest version."""
        if "withdrawal" in notice.latest.flags:
            known.look_up(alias for entry in self.listed for alias in lookup_aliases(entry))
            target = withdrawn_target(notice, known.items.values())
            if target is not None:
                known.add(target)
                self.items[target.key] = target

    def _decide(
        self, entry: ParsedEntry, page: ParsedPage | None, captures: Sequence[str], known: KnownItems, now: datetime
    ) -> str:
        """Store what an entry comes down to; return the key of its item, "" where it is none or cannot be told."""
        candidates = known.of(entry, page.canonical if page else "")
        item = decide(self.source, entry, page, candidates, captures[0], now, self.bureau.lexicon)
        if item is not None:
            item = resting_on(item, captures)
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
        if item is not None:
            return item.key
        return candidates[0].key if len(candidates) == 1 else ""

    async def _revisit(self, now: datetime, rows: Mapping[str, Any]) -> None:
        """Look again at the pages whose time has come (a silent edit changes no feed), those not seen for longest first."""
        due = [(name, last) for name, last in rows.items() if page_due(last, now, self.cited)]
        due.sort(key=lambda row: str(row[1]["seen"]))
        for name, last in due[: self.bureau.policy.pages_per_source]:
            self.entries_memory[name] = {**last, "seen": now.isoformat()}
            fetched = await self._page(last["url"])
            if fetched is None:
                continue
            page, captures = fetched
            known = KnownItems(self.bureau, self.source, [ParsedEntry(url=last["url"])])
            wanted = last.get("item", "")
            for item in [item for item in known.items.values() if not wanted or item.key == wanted][:1]:
                entry = ParsedEntry(
                    guid=item.guid, url=last["url"], title=item.latest.title, published=item.latest.published
                )
                self._decide(entry, page, captures, known, now)
                self.entries_memory[name]["item"] = item.key

    async def _page(self, address: str) -> tuple[ParsedPage, tuple[str, ...]] | None:
        """Fetch and read an article with the pages it goes on over; None (with a note) where it gives none.

        Returned are its text as one page, and the keys of the captures it stands in.
        """
        most = self.bureau.policy.pages_per_source
        try:
            article = await fetch_article(
                self.bureau, self.source, address, further=most - self.further, reading=self.report.while_reading
            )
        except (FetchError, ReadError) as error:
            self._page_failed(address, error)
            return None
        if article.trouble is not None:
            self._page_failed(address, article.trouble)
        for capture in article.captures:
            self._hold(capture.document, capture.body)
        if is_bare(self.source, article.page):
            self.bare += 1
            self._page_failed(address, ReadError("The page holds no statement: its layout has changed.", about=address))
            return None
        self.row.pages += len(article.captures)
        self.further += len(article.captures) - 1
        return article.page, article.documents

    def _page_failed(self, address: str, error: FetchError | ReadError) -> None:
        self.row.notes.append(f"{address}: {error}")
        if isinstance(error, FetchError) and error.retry_at is not None:
            self.page_waits[(urlsplit(error.about or address).hostname or "").lower()] = error.retry_at.isoformat()

    def _hold(self, document: Document, body: bytes) -> None:
        self.documents.append((document, body))
        self.held += len(body)


def _answer(response: Response, sha: str) -> schedule.Answer:
    return schedule.Answer(
        status=response.status,
        address=response.address,
        final_address=response.final_address,
        headers={name.lower(): value for name, value in response.headers},
        permanent=response.permanent,
        body_sha256=None if response.not_modified else sha,
    )
