"""Reviews: the state of each rendition of each draft version, and every decision that led there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from newsdigest.errors import Conflict, NotFound
from newsdigest.review.review import Decision, Review
from newsdigest.review.rules import OUT, applied, draft_state, state_of
from newsdigest.store.audit import write_audit
from newsdigest.store.coding import decode, encode
from newsdigest.store.rows import Rows
from newsdigest.store.tables import decisions, draft_versions, drafts


def read_review(connection: Connection, draft: str, version: int | None) -> Review:
    """Return the review of a version (the one in force unless named) with the decisions up to it."""
    if version is None:
        version = connection.scalar(select(drafts.c.version).where(drafts.c.key == draft))
    columns = draft_versions.c
    row = connection.execute(
        select(columns.ja, columns.en, columns.hash_ja, columns.hash_en).where(
            columns.draft == draft, columns.version == version
        )
    ).first()
    if row is None or version is None:
        raise NotFound(f"There is no draft {draft} to review.", about=draft)
    records = connection.scalars(
        select(decisions.c.record)
        .where(decisions.c.draft == draft, decisions.c.version <= version)
        .order_by(decisions.c.id)
    )
    made = tuple(decode(Decision, record) for record in records)
    hashes = {"ja": row.hash_ja, "en": row.hash_en}
    state: dict[str, Any] = {"ja": row.ja, "en": row.en}
    return Review(draft=draft, version=version, hashes=hashes, decisions=made, **state)


class ReviewRows(Rows):
    """Reviews."""

    def review(self, draft: str, version: int | None = None) -> Review:
        """Return the review of a version; ``decisions`` are those on it and on the versions before it, oldest first."""
        with self.database.reading() as connection:
            return read_review(connection, draft, version)

    def decide(self, decision: Decision) -> Review:
        """Store a decision that the rules allowed, with its line in the audit; return the review after it.

        Conflict where the state or the text is no longer the one decided on, or where a newer version is in force
        (what is already out may still be updated, corrected and withdrawn).
        """
        about = decision.draft
        with self.database.writing(alone=f"draft {about}") as connection:
            review = read_review(connection, decision.draft, decision.version)
            if state_of(review, decision.rendition) != decision.before:
                now = state_of(review, decision.rendition)
                raise Conflict(
                    f"The {decision.rendition} rendition of {about} is {now} meanwhile, no longer {decision.before}.",
                    about=about,
                )
            if review.hashes[decision.rendition] != decision.version_hash:
                raise Conflict(f"The {decision.rendition} text of {about} is not the one decided on.", about=about)
            current = connection.scalar(select(drafts.c.version).where(drafts.c.key == about))
            if current != decision.version and decision.before not in OUT:
                raise Conflict(f"{about} has version {current} meanwhile: decide on that one.", about=about)
            after = applied(review, decision)
            self._write(connection, decision, after, current == decision.version)
        return after

    def _write(self, connection: Connection, decision: Decision, after: Review, current: bool) -> None:
        record = encode(decision)
        connection.execute(insert(decisions).values(draft=decision.draft, version=decision.version, record=record))
        connection.execute(
            update(draft_versions)
            .where(draft_versions.c.draft == decision.draft, draft_versions.c.version == decision.version)
            .values(ja=after.ja, en=after.en)
        )
        if current:
            values = {"ja": after.ja, "en": after.en, "state": draft_state(after)}
            connection.execute(update(drafts).where(drafts.c.key == decision.draft).values(**values))
        detail = decision.model_dump(mode="json", exclude={"draft", "by", "at", "action"})
        write_audit(connection, decision.at, decision.by, decision.action, decision.draft, detail)
