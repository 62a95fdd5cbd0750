"""The tables, typed. Each keeps the record as canonical JSON beside the few columns that queries need.

Changing a table means appending a migration under ``migrations/versions``; a test compares both.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
    text,
)

from newsdigest.store.types import Instant, Packed

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class SourceStateColumns(TypedColumns):
    """What the poller knows of a source."""

    source = Column(String, primary_key=True)
    next_due: Named[datetime | None] = Column(Instant)
    record: Named[str] = Column(Text)


class BodyColumns(TypedColumns):
    """Bytes as received, once a hash. ``data`` is zlib; None after a lawful removal."""

    sha256 = Column(String, primary_key=True)
    size: Named[int] = Column(Integer)
    data: Named[bytes | None] = Column(LargeBinary)
    removed: Named[str | None] = Column(Text)


class DocumentColumns(TypedColumns):
    """Captures. ``last_received`` moves when the same bytes come again; the record never does."""

    key = Column(String, primary_key=True)
    source: Named[str] = Column(String, index=True)
    address: Named[str] = Column(Text)
    sha256: Named[str] = Column(String, ForeignKey("bodies.sha256"), index=True)
    last_received: Named[datetime] = Column(Instant)
    record: Named[str] = Column(Text)


class ItemColumns(TypedColumns):
    """Items without their versions (``head``). ``moment``: first publication, never later than first seen."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    key: Named[str] = Column(String, unique=True)
    source: Named[str] = Column(String, index=True)
    moment: Named[datetime] = Column(Instant, index=True)
    issuer: Named[str | None] = Column(String)
    occasion: Named[str | None] = Column(String)
    removed: Named[str | None] = Column(Text)
    head: Named[str] = Column(Text)


class ItemVersionColumns(TypedColumns):
    """Every state of an item's words; immutable but for a removal."""

    item: Named[int] = Column(Integer, ForeignKey("items.id"), primary_key=True)
    n: Named[int] = Column(Integer, primary_key=True)
    title_sha256: Named[str] = Column(String)
    text_sha256: Named[str] = Column(String)
    document: Named[str | None] = Column(String, index=True)
    record: Named[str] = Column(Text)


class ItemAliasColumns(TypedColumns):
    """Every address and guid an item ever had, unique within its source."""

    source: Named[str] = Column(String, primary_key=True)
    alias: Named[str] = Column(Text, primary_key=True)
    item: Named[int] = Column(Integer, ForeignKey("items.id"), index=True)


class VectorColumns(TypedColumns):
    """Vectors as little-endian float32, by encoder and hash of the text."""

    encoder: Named[str] = Column(String, primary_key=True)
    sha256: Named[str] = Column(String, primary_key=True)
    data: Named[bytes] = Column(LargeBinary)


class LanguageMeanColumns(TypedColumns):
    """Mean vectors by language and index version; version 0 runs on, the others never change."""

    encoder: Named[str] = Column(String, primary_key=True)
    version: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    language: Named[str] = Column(String, primary_key=True)
    documents: Named[int] = Column(Integer)
    made: Named[datetime] = Column(Instant)
    data: Named[bytes] = Column(LargeBinary)


class EventColumns(TypedColumns):
    """Events. Keys are permanent: a merged or split one has no record but ``redirect``."""

    key = Column(String, primary_key=True)
    first: Named[datetime | None] = Column(Instant)
    last: Named[datetime | None] = Column(Instant, index=True)
    redirect: Named[str | None] = Column(String, ForeignKey("events.key"), index=True)
    changed: Named[datetime] = Column(Instant)
    record: Named[str | None] = Column(Text)


class EventItemColumns(TypedColumns):
    """Which event an item is in: one at most."""

    item: Named[str] = Column(String, primary_key=True)
    event: Named[str] = Column(String, ForeignKey("events.key"), index=True)


class LinkColumns(TypedColumns):
    """Editors' must-links and cannot-links, appended; the newest word on a pair holds."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    first: Named[str] = Column(String)
    second: Named[str] = Column(String)
    record: Named[str] = Column(Text)


class ComparisonColumns(TypedColumns):
    """Comparisons, immutable."""

    key = Column(String, primary_key=True)
    event: Named[str] = Column(String, index=True)
    as_of: Named[datetime] = Column(Instant)
    sha256: Named[str] = Column(String)
    record: Named[str] = Column(Packed)


class DraftColumns(TypedColumns):
    """One row a draft: what the queue shows of its current version."""

    key = Column(String, primary_key=True)
    event: Named[str] = Column(String, index=True)
    version: Named[int] = Column(Integer)
    state: Named[str] = Column(String, index=True)
    ja: Named[str] = Column(String)
    en: Named[str] = Column(String)
    headline_ja: Named[str] = Column(Text)
    headline_en: Named[str] = Column(Text)
    as_of: Named[datetime] = Column(Instant)
    created: Named[datetime] = Column(Instant, index=True)
    faults: Named[int] = Column(Integer)
    sources: Named[int] = Column(Integer)
    proposed: Named[int | None] = Column(Integer)


class DraftVersionColumns(TypedColumns):
    """Draft versions, immutable, each with the state its renditions reached and the hashes approvals bind."""

    draft: Named[str] = Column(String, ForeignKey("drafts.key"), primary_key=True)
    version: Named[int] = Column(Integer, primary_key=True)
    comparison: Named[str] = Column(String)
    created: Named[datetime] = Column(Instant)
    sha256: Named[str] = Column(String)
    ja: Named[str] = Column(String)
    en: Named[str] = Column(String)
    hash_ja: Named[str] = Column(String)
    hash_en: Named[str] = Column(String)
    proposal: Named[bool] = Column(Boolean)
    record: Named[str] = Column(Packed)


class DecisionColumns(TypedColumns):
    """Editors' decisions, appended."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    draft: Named[str] = Column(String, index=True)
    version: Named[int] = Column(Integer)
    record: Named[str] = Column(Text)


class UserColumns(TypedColumns):
    """People who may decide."""

    name = Column(String, primary_key=True)
    record: Named[str] = Column(Text)


class AuditColumns(TypedColumns):
    """Who did what to what; triggers refuse to change or delete a line."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    at: Named[datetime] = Column(Instant)
    actor: Named[str] = Column(String)
    action: Named[str] = Column(String)
    subject: Named[str] = Column(String, index=True)
    detail: Named[str] = Column(Text)


class ArticleColumns(TypedColumns):
    """What went out, by channel."""

    key = Column(String, primary_key=True)
    draft: Named[str] = Column(String, index=True)
    published: Named[datetime] = Column(Instant)
    record: Named[str] = Column(Text)


class JobColumns(TypedColumns):
    """Work to do; one queued or running row a (kind, key)."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    kind: Named[str] = Column(String)
    key: Named[str] = Column(String)
    payload: Named[str] = Column(Text)
    state: Named[str] = Column(String)
    attempts: Named[int] = Column(Integer)
    owner: Named[str | None] = Column(String)
    lease_until: Named[datetime | None] = Column(Instant)
    created: Named[datetime] = Column(Instant)
    finished: Named[datetime | None] = Column(Instant)
    error: Named[str | None] = Column(Text)


class LeaseColumns(TypedColumns):
    """Who holds what until when. ``host``, ``pid`` and ``born`` tell a dead process on this machine."""

    name = Column(String, primary_key=True)
    token: Named[str] = Column(String)
    owner: Named[str] = Column(String)
    host: Named[str] = Column(String)
    pid: Named[int] = Column(Integer)
    born: Named[str] = Column(String)
    expires: Named[datetime] = Column(Instant)


class RunColumns(TypedColumns):
    """Records of rounds."""

    key = Column(String, primary_key=True)
    started: Named[datetime] = Column(Instant, index=True)
    finished: Named[datetime | None] = Column(Instant)
    record: Named[str] = Column(Text)


ACTIVE = text("state IN ('queued', 'running')")

source_states = Table("source_states", METADATA, SourceStateColumns)
bodies = Table("bodies", METADATA, BodyColumns)
documents = Table("documents", METADATA, DocumentColumns, Index(None, "address", "last_received"))
items = Table("items", METADATA, ItemColumns, Index(None, "issuer", "moment"))
item_versions = Table("item_versions", METADATA, ItemVersionColumns)
item_aliases = Table("item_aliases", METADATA, ItemAliasColumns)
vectors = Table("vectors", METADATA, VectorColumns)
language_means = Table("language_means", METADATA, LanguageMeanColumns)
events = Table("events", METADATA, EventColumns)
event_items = Table("event_items", METADATA, EventItemColumns)
links = Table("links", METADATA, LinkColumns)
comparisons = Table("comparisons", METADATA, ComparisonColumns)
drafts = Table("drafts", METADATA, DraftColumns)
draft_versions = Table("draft_versions", METADATA, DraftVersionColumns)
decisions = Table("decisions", METADATA, DecisionColumns)
users = Table("users", METADATA, UserColumns)
audit = Table("audit", METADATA, AuditColumns)
articles = Table("articles", METADATA, ArticleColumns)
jobs = Table(
    "jobs",
    METADATA,
    JobColumns,
    Index("uq_jobs_active", "kind", "key", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    Index(None, "state", "kind"),
)
leases = Table("leases", METADATA, LeaseColumns)
runs = Table("runs", METADATA, RunColumns)

__all__ = [name for name, value in globals().items() if isinstance(value, Table)] + ["METADATA"]
