"""What a poll tells: counts, the condition afterwards and one sentence where something failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any


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
    """What a poll of the due sources did; ``reading`` is the time in which readers were at work, in seconds; ``arrived`` the new items' keys."""

    sources: dict[str, SourceReport] = field(default_factory=dict)
    reading: float = 0.0
    arrived: list[str] = field(default_factory=list)
    _readers: int = 0
    _since: float = 0.0

    @contextmanager
    def while_reading(self) -> Iterator[None]:
        """Count the time in which at least one reader is at work: readers overlap, their seconds must not be added up."""
        if self._readers == 0:
            self._since = perf_counter()
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            if self._readers == 0:
                self.reading += perf_counter() - self._since

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
