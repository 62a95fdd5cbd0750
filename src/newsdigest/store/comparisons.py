"""Comparisons: written once, never changed."""

from __future__ import annotations

from sqlalchemy import insert, select

from newsdigest.comparison.record import Comparison
from newsdigest.errors import Conflict, NotFound
from newsdigest.records import digest
from newsdigest.store.coding import decode, encode
from newsdigest.store.rows import Rows
from newsdigest.store.tables import comparisons


class ComparisonRows(Rows):
    """Comparisons."""

    def save_comparison(self, comparison: Comparison) -> None:
        """Store a comparison; the same again is fine, another under its id is a Conflict."""
        record = encode(comparison)
        sha256 = digest(record)
        with self.database.writing(alone=f"comparison {comparison.id}") as connection:
            known = connection.scalar(select(comparisons.c.sha256).where(comparisons.c.key == comparison.id))
            if known == sha256:
                return
            if known is not None:
                raise Conflict(f"The comparison {comparison.id} is kept and cannot change.", about=comparison.id)
            values = {"key": comparison.id, "event": comparison.event, "as_of": comparison.as_of}
            connection.execute(insert(comparisons).values(**values, sha256=sha256, record=record))

    def comparison(self, key: str) -> Comparison:
        """Return a comparison."""
        with self.database.reading() as connection:
            record = connection.scalar(select(comparisons.c.record).where(comparisons.c.key == key))
        if record is None:
            raise NotFound(f"There is no comparison {key}.", about=key)
        return decode(Comparison, record)
