"""What the poller knows of each source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from newsdigest.errors import NotFound
from newsdigest.ports import SourceState
from newsdigest.store.coding import encode
from newsdigest.store.rows import Rows, upsert_all
from newsdigest.store.tables import source_states


@cache
def _adapter() -> TypeAdapter[SourceState]:
    return TypeAdapter(SourceState)


def write_source_states(connection: Connection, states: Sequence[SourceState]) -> None:
    """Write states within a transaction of the caller's."""
    rows = [
        {
            "source": state.source,
            "next_due": state.next_due,
            "record": encode(_adapter().dump_python(state, mode="json")),
        }
        for state in states
    ]
    upsert_all(connection, source_states, "source", rows)


class SourceRows(Rows):
    """States of sources."""

    def source_state(self, source: str) -> SourceState:
        """Return what is known of a source; raise NotFound before its first poll."""
        with self.database.reading() as connection:
            record = connection.scalar(select(source_states.c.record).where(source_states.c.source == source))
        if record is None:
            raise NotFound(f"Nothing is known of the source {source} yet.", about=source)
        return _adapter().validate_json(record)

    def source_states(self) -> dict[str, SourceState]:
        """Return every state by source id."""
        with self.database.reading() as connection:
            rows = connection.scalars(select(source_states.c.record).order_by(source_states.c.source)).all()
        states = (_adapter().validate_json(record) for record in rows)
        return {state.source: state for state in states}

    def save_source_state(self, state: SourceState) -> None:
        """Overwrite a source's state."""
        with self.database.writing() as connection:
            write_source_states(connection, [state])
