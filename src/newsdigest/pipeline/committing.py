"""Storing what polls leave: those that are ready at about the same time share one transaction."""

from __future__ import annotations

import asyncio

from newsdigest.errors import StoreError
from newsdigest.ports import PollOutcome, Store

MOST_AT_ONCE = 24
LONGEST_WAIT = 0.05


class Committing:
    """Gathers outcomes of different sources for a moment and stores them together; each learns its own fate.

    A transaction costs about as much as what a small poll stores. None is open while anything is fetched or read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ready: list[tuple[PollOutcome, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def commit(self, outcome: PollOutcome) -> None:
        """Store one poll's outcome; return once it is stored, or raise what kept it from being so."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._ready.append((outcome, done))
        if len(self._ready) >= MOST_AT_ONCE:
            self._flush()
        elif self._timer is None:
            self._timer = loop.call_later(LONGEST_WAIT, self._flush)
        await done

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        ready, self._ready = self._ready, []
        try:
            self._store.commit_polls([outcome for outcome, _ in ready])
        except StoreError:
            self._one_by_one(ready)
        else:
            for _, done in ready:
                _settle(done, None)

    def _one_by_one(self, ready: list[tuple[PollOutcome, asyncio.Future[None]]]) -> None:
        """One of them was refused and took the others with it: let it fail alone."""
        for outcome, done in ready:
            try:
                self._store.commit_poll(outcome)
            except StoreError as error:
                _settle(done, error)
            else:
                _settle(done, None)


def _settle(done: asyncio.Future[None], error: StoreError | None) -> None:
    if done.done():  # its poll was called off meanwhile
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
