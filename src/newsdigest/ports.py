"""What the steps ask of the outside. Each port has one real adapter or more and a fake that passes the same tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from newsdigest.comparison.record import Comparison
from newsdigest.documents.document import Document
from newsdigest.drafts.draft import Draft, Rendition
from newsdigest.events.event import Event, Link
from newsdigest.events.means import Mean
from newsdigest.items.item import Item
from newsdigest.publication.article import Article
from newsdigest.review.review import Decision, Review, User
from newsdigest.sources.source import Source


class Clock(Protocol):
    """The one place that knows the hour, and the only way to wait."""

    def now(self) -> datetime:
        """The instant, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait, in this clock's seconds."""


# ---- fetching ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends back, byte for byte as received."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One address to fetch. ``page`` asks robots.txt first; ``validators`` make it conditional; ``wanted`` is a feed or a page."""

    address: str
    source: str
    page: bool = False
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Response:
    """What came. ``body`` is decoded of its content encoding and empty on 304; ``permanent`` says all redirects were 301 / 308."""

    address: str
    final_address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    received: datetime
    permanent: bool = False

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed."""
        return self.status == 304

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


class Fetcher(Protocol):
    """Gets bytes politely: limits, safety and waits are its own; it raises the FetchError family."""

    async def fetch(self, request: Request) -> Response:
        """Fetch one address; status 200 or 304, everything else is an error."""

    async def close(self) -> None:
        """Let go of connections."""


# ---- reading -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Bytes to read in a worker that can be killed. ``task`` names a reader (``feed``, ``listing``, ``page``, …)."""

    task: str
    body: bytes
    arguments: Mapping[str, Any] = field(default_factory=dict)


class Reader(Protocol):
    """Runs readers (pure functions of bytes) within limits of time and memory; a killed one is a ReadError."""

    async def read(self, job: ReadJob) -> Any:
        """Return what the reader made of the bytes, or raise ReadError."""

    async def close(self) -> None:
        """End the workers."""


# ---- embedding, model --------------------------------------------------------------------------------------------------


class Embedder(Protocol):
    """Turns texts into vectors of one space for all languages."""

    @property
    def identity(self) -> str:
        """Encoder and version, such as ``use-multilingual-v3@0.2.1``."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, unit length; an empty text gives a row of zeros."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered: text, and what it cost."""

    text: str
    model: str
    prompt_tokens: int
    answer_tokens: int
    cached: bool = False


class LanguageModel(Protocol):
    """Asks one question of a model; raises ModelError."""

    def ask(self, system: str, user: str, *, schema: Mapping[str, Any] | None = None, max_tokens: int = 1000) -> Answer:
        """Return the answer's text; with a schema the answer is JSON of it, still to be validated by the caller."""


# ---- store -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the poller knows of a source between polls. Instants are UTC; ``memory`` is the fetcher's and poller's own JSON.

    ``newest_item`` is the newest publication seen; ``last_good`` the last poll that brought a readable answer.
    """

    source: str
    validators: Validators = Validators()
    body_sha256: str | None = None
    last_polled: datetime | None = None
    last_good: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    error: str | None = None
    condition: Literal["new", "fine", "frozen", "blocked", "moved", "broken", "gone"] = "new"
    newest_item: datetime | None = None
    memory: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """All that one poll of one source leaves: stored in one transaction, documents and items before validators."""

    state: SourceState
    documents: tuple[tuple[Document, bytes], ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work as a row: claimed under a lease, tried ``attempts`` times."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    state: Literal["queued", "running", "done", "failed"]
    attempts: int
    owner: str | None
    lease_until: datetime | None
    created: datetime
    error: str | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One draft as the queue lists it. ``proposed`` is a newer version the machine offers but may not put in its place."""

    draft: str
    version: int
    event: str
    headline_ja: str
    headline_en: str
    state: str
    ja: str
    en: str
    as_of: datetime
    created: datetime
    faults: int
    sources: int
    proposed: int | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the append-only record: who did what to what, when, with which reason."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


class Store(Protocol):
    """All that is kept. Instants are UTC; a missing key raises NotFound; writers are short transactions."""

    # sources
    def source_state(self, source: str) -> SourceState: ...
    def source_states(self) -> dict[str, SourceState]: ...
    def save_source_state(self, state: SourceState) -> None: ...

    # documents and items
    def commit_poll(self, outcome: PollOutcome) -> None: ...
    def commit_polls(self, outcomes: Sequence[PollOutcome]) -> None: ...
    def document(self, key: str) -> Document: ...
    def body(self, sha256: str) -> bytes: ...
    def latest_document(self, address: str) -> Document | None: ...
    def let_go_of_bytes(self, before: datetime, at: datetime, by: str) -> list[str]: ...
    def item(self, key: str) -> Item: ...
    def items(self, keys: Iterable[str]) -> dict[str, Item]: ...
    def items_of_source(self, source: str, aliases: Iterable[str]) -> list[Item]: ...
    def items_between(self, start: datetime, end: datetime) -> list[Item]: ...
    def statements_of(
        self, issuer: str, occasion: str | None, before: datetime, *, after: datetime | None = None
    ) -> list[Item]: ...
    def search_items(self, words: str, limit: int = 50) -> list[Item]: ...
    def remove_item(self, key: str, reason: str, by: str, at: datetime) -> None: ...
    def drafts_citing(self, key: str) -> list[str]: ...

    # vectors
    def vectors(self, encoder: str, hashes: Iterable[str]) -> dict[str, NDArray[np.float32]]: ...
    def save_vectors(self, encoder: str, vectors: Mapping[str, NDArray[np.float32]]) -> None: ...
    def means(self, encoder: str) -> dict[int, dict[str, Mean]]: ...
    def save_means(self, encoder: str, version: int, means: Mapping[str, Mean], at: datetime) -> None: ...

    # events
    def events(self, since: datetime | None = None) -> list[Event]: ...
    def event(self, key: str) -> Event: ...
    def event_of_item(self, item: str) -> Event | None: ...
    def replace_events(self, events: Sequence[Event], redirects: Mapping[str, str], at: datetime) -> None: ...
    def links(self) -> list[Link]: ...
    def add_link(self, link: Link) -> None: ...

    # comparisons and drafts
    def save_comparison(self, comparison: Comparison) -> None: ...
    def comparison(self, key: str) -> Comparison: ...
    def save_draft(self, draft: Draft, at: datetime) -> None: ...
    def draft(self, key: str, version: int | None = None) -> Draft: ...
    def draft_of_event(self, event: str) -> Draft | None: ...
    def queue(self, states: Iterable[str] | None = None) -> list[QueueRow]: ...
    def adopt_proposal(self, draft: str, version: int, by: str, at: datetime) -> None: ...

    # review, users, audit, publication
    def review(self, draft: str, version: int | None = None) -> Review: ...
    def decide(self, decision: Decision) -> Review: ...
    def users(self) -> list[User]: ...
    def user(self, name: str) -> User: ...
    def save_user(self, user: User, by: str, at: datetime) -> None: ...
    def audit(self, subject: str | None = None, limit: int = 200) -> list[AuditEntry]: ...
    def record(self, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None: ...
    def save_article(self, article: Article) -> None: ...
    def articles(self, draft: str | None = None) -> list[Article]: ...

    # jobs, leases, runs
    def enqueue(self, kind: str, key: str, payload: Mapping[str, Any], at: datetime) -> Job: ...
    def claim(self, kinds: Sequence[str], owner: str, now: datetime, lease_seconds: int = 300) -> Job | None: ...
    def finish(self, job: int, now: datetime, error: str | None = None) -> None: ...
    def jobs(self, states: Iterable[str] | None = None) -> list[Job]: ...
    def lease(self, name: str, owner: str, now: datetime, seconds: int) -> AbstractContextManager[None]: ...
    def save_run(self, run: str, record: Mapping[str, Any], started: datetime, finished: datetime | None) -> None: ...
    def runs(self, limit: int = 20) -> list[Mapping[str, Any]]: ...


class Channel(Protocol):
    """Carries approved renditions out: idempotent on (draft, rendition)."""

    @property
    def name(self) -> str:
        """How settings and records call it."""

    def publish(self, article: Article, rendered: Mapping[str, str]) -> str:
        """Put the rendition out (``rendered`` maps ``md`` / ``html`` / ``json`` to text) and return its address."""


class SourceCatalogue(Protocol):
    """The sources of the bureau."""

    def all(self) -> Sequence[Source]:
        """Every source, enabled or not, in order of id."""


__all__ = [
    "Answer",
    "AuditEntry",
    "Channel",
    "Clock",
    "Embedder",
    "Fetcher",
    "Job",
    "LanguageModel",
    "PollOutcome",
    "QueueRow",
    "ReadJob",
    "Reader",
    "Rendition",
    "Request",
    "Response",
    "SourceCatalogue",
    "SourceState",
    "Store",
    "Validators",
]
