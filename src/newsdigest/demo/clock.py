"""The replay's clock: virtual time that ends where the replay ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class ReplayClock:
    """ports.Clock of a replay. It moves by ``sleep`` and by ``move_to``, never by itself, and never past ``end``.

    After ``move_to`` it stands at that instant: a pause between two requests is counted in ``slept`` but does not carry the poll past the
    revision it was put before, and the stamps of a run do not depend on which host answered first.
    """

    def __init__(self, start: datetime, end: datetime) -> None:
        self.end = end.astimezone(UTC)
        self._now = min(start.astimezone(UTC), self.end)
        self._limit = self.end
        self.slept = 0.0

    def now(self) -> datetime:
        """The replay's instant, UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Let virtual time pass without waiting."""
        self.slept += max(seconds, 0.0)
        self._now = min(self._now + timedelta(seconds=max(seconds, 0.0)), self._limit)

    def move_to(self, instant: datetime) -> None:
        """Stand at an instant (not past the end) until the next call."""
        self._now = self._limit = min(instant.astimezone(UTC), self.end)
