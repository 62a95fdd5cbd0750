"""What the store knows of each source, as one line a source."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from newsdigest.pipeline.bureau import Bureau
from newsdigest.sources.schedule import condition_at


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source's condition; instants are ISO 8601 in UTC, empty where there is none."""

    source: str
    condition: str
    newest_item: str
    last_good: str
    error: str

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        return asdict(self)


def source_health(bureau: Bureau, now: datetime) -> list[SourceHealth]:
    """Return a row for every enabled source, those in trouble first."""
    states = bureau.store.source_states()
    rows = []
    for source in bureau.sources.values():
        state = states.get(source.id)
        if not source.enabled:
            continue
        if state is None:
            rows.append(SourceHealth(source.id, "new", "", "", ""))
            continue
        rows.append(
            SourceHealth(
                source.id,
                condition_at(state, source, now),
                _iso(state.newest_item),
                _iso(state.last_good),
                state.error or "",
            )
        )
    return sorted(rows, key=lambda row: (row.condition in ("fine", "new"), row.source))


def _iso(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
