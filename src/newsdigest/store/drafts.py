"""Drafts: versions that never change, one row a draft for the queue, proposals beside the version in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from newsdigest.drafts.draft import Draft
from newsdigest.errors import Conflict, NotFound
from newsdigest.ports import QueueRow
from newsdigest.records import digest
from newsdigest.review.rules import draft_state, first_review, rendition_hash
from newsdigest.store.audit import write_audit
from newsdigest.store.coding import chunks, decode, encode, plain
from newsdigest.store.events import final_key, keys_leading_to
from newsdigest.store.reviews import read_review
from newsdigest.store.rows import Rows, upsert
from newsdigest.store.tables import draft_versions, drafts, items

PROPOSED = "proposed"
"""The state of a version that the machine offers where a person has touched the draft."""


class DraftRows(Rows):
    """Drafts."""

    def save_draft(self, draft: Draft, at: datetime) -> None:
        """Store the next version of a draft; its renditions are queued anew, no approval carries over.

        The same version with the same content again is fine; other content under its number, or a gap in the numbers,
        is a Conflict. A draft in state ``proposed`` is kept beside the version in force until a person adopts it.
        """
        proposal = draft.state == PROPOSED and draft.version > 1
        record = encode(draft.model_copy(update={"state": "queued"}))
        sha256 = digest(record)
        with self.database.writing(alone=f"draft {draft.id}") as connection:
            if _is_kept(connection, draft, sha256):
                return
            first = draft.version == 1
            if first:
                _write_head(connection, draft, at)  # the version's foreign key wants it
            _write_version(connection, draft, at, sha256, record, proposal)
            if proposal:
                connection.execute(update(drafts).where(drafts.c.key == draft.id).values(proposed=draft.version))
            elif not first:
                _write_head(connection, draft, at)

    def adopt_proposal(self, draft: str, version: int, by: str, at: datetime) -> None:
        """Put a proposed version in force: its renditions start queued."""
        with self.database.writing(alone=f"draft {draft}") as connection:
            head = connection.execute(select(drafts.c.proposed).where(drafts.c.key == draft)).first()
            if head is None or head.proposed != version:
                raise Conflict(f"Version {version} of {draft} is not the proposal that waits.", about=draft)
            proposed = _read(connection, draft, version)
            connection.execute(
                update(draft_versions)
                .where(draft_versions.c.draft == draft, draft_versions.c.version == version)
                .values(proposal=False)
            )
            _write_head(connection, proposed, at)
            write_audit(connection, at, by, "adopt_proposal", draft, {"version": version})

    def draft(self, key: str, version: int | None = None) -> Draft:
        """Return a draft version (the one in force unless named); ``state`` is what its review says now."""
        with self.database.reading() as connection:
            return _read(connection, key, version)

    def draft_versions(self, key: str) -> list[int]:
        """Return the numbers of every version kept, proposals too."""
        query = select(draft_versions.c.version).where(draft_versions.c.draft == key)
        with self.database.reading() as connection:
            return list(connection.scalars(query.order_by(draft_versions.c.version)))

    def draft_of_event(self, event: str) -> Draft | None:
        """Return the newest version, a proposal too, of an event's draft, also by a former key of the event.

        Of merged events the survivor's own draft comes first, else the newest.
        """
        with self.database.reading() as connection:
            final = final_key(connection, event)
            keys = list(keys_leading_to(connection, final)) if final else [event]
            found: list[Any] = []
            for some in chunks(keys):
                found.extend(
                    connection.execute(
                        select(drafts.c.key, drafts.c.event, drafts.c.created).where(drafts.c.event.in_(some))
                    )
                )
            if not found:
                return None
            best = max(found, key=lambda row: (row.event == keys[0], row.created, row.key))
            newest = select(func.max(draft_versions.c.version)).where(draft_versions.c.draft == best.key)
            return _read(connection, best.key, connection.scalar(newest))

    def queue(self, states: Iterable[str] | None = None) -> list[QueueRow]:
        """Return one row a draft (in the given states of the whole draft), newest first."""
        columns = drafts.c
        query = select(
            columns.key,
            columns.version,
            columns.event,
            columns.headline_ja,
            columns.headline_en,
            columns.state,
            columns.ja,
            columns.en,
            columns.as_of,
            columns.created,
            columns.faults,
            columns.sources,
            columns.proposed,
        )
        if states is not None:
            query = query.where(columns.state.in_(list(states)))
        with self.database.reading() as connection:
            rows: list[tuple[Any, ...]] = [
                tuple(row) for row in connection.execute(query.order_by(columns.created.desc(), columns.key))
            ]
        return [QueueRow(*row) for row in rows]


def _is_kept(connection: Connection, draft: Draft, sha256: str) -> bool:
    query = select(draft_versions.c.version, draft_versions.c.sha256).where(draft_versions.c.draft == draft.id)
    kept = {row.version: row.sha256 for row in connection.execute(query)}
    if draft.version in kept:
        if kept[draft.version] == sha256:
            return True
        raise Conflict(f"Version {draft.version} of {draft.id} is kept with other words.", about=draft.id)
    following = max(kept, default=0) + 1
    if draft.version != following:
        raise Conflict(f"The next version of {draft.id} is {following}, not {draft.version}.", about=draft.id)
    return False


def _write_version(
    connection: Connection, draft: Draft, at: datetime, sha256: str, record: str, proposal: bool
) -> None:
    review = first_review(draft)
    connection.execute(
        insert(draft_versions).values(
            draft=draft.id,
            version=draft.version,
            comparison=draft.comparison,
            created=at,
            sha256=sha256,
            ja=review.ja,
            en=review.en,
            hash_ja=rendition_hash(draft, "ja"),
            hash_en=rendition_hash(draft, "en"),
            proposal=proposal,
            record=record,
        )
    )


def _write_head(connection: Connection, draft: Draft, at: datetime) -> None:
    review = first_review(draft)
    values = {
        "event": draft.event,
        "version": draft.version,
        "state": draft_state(review),
        "ja": review.ja,
        "en": review.en,
        "headline_ja": plain(draft.headline.ja.text),
        "headline_en": plain(draft.headline.en.text),
        "as_of": draft.as_of.instant or at,
        "created": at,
        "faults": sum(len(gate.faults) or gate.passed is False for gate in draft.gates),
        "sources": _sources(connection, draft),
        "proposed": None,
    }
    upsert(connection, drafts, "key", key=draft.id, **values)


def _sources(connection: Connection, draft: Draft) -> int:
    """How many sources the cited items come from."""
    sources: set[str] = set()
    for keys in chunks(draft.coverage.used):
        sources.update(connection.scalars(select(items.c.source).where(items.c.key.in_(keys))))
    return len(sources)


def _read(connection: Connection, key: str, version: int | None) -> Draft:
    if version is None:
        version = connection.scalar(select(drafts.c.version).where(drafts.c.key == key))
    columns = draft_versions.c
    query = select(columns.record, columns.proposal).where(columns.draft == key, columns.version == version)
    row = connection.execute(query).first()
    if version is None or row is None:
        number = "" if version is None else f" with a version {version}"
        raise NotFound(f"There is no draft {key}{number}.", about=key)
    state = PROPOSED if row.proposal else draft_state(read_review(connection, key, version))
    return decode(Draft, row.record).model_copy(update={"state": state})
