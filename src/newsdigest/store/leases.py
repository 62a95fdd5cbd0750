"""Leases by name: one holder at a time, renewed by a thread, taken over from the dead."""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection, Row, and_, delete, select, update

from newsdigest.errors import Conflict, LeaseHeld, StoreError
from newsdigest.store.database import Database
from newsdigest.store.rows import Rows, upsert
from newsdigest.store.tables import leases


def born(pid: int) -> str:
    """Return what tells a process from a later one of the same id (its start in clock ticks), "" where unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def is_alive(pid: int, start: str) -> bool:
    """Return whether that very process still runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it runs, under another user
    return not start or born(pid) in {start, ""}


@dataclass(slots=True)
class _Held:
    """A lease of this process: its hour runs on from ``began`` by the monotonic clock, whatever clock gave ``now``."""

    database: Database
    name: str
    token: str
    now: datetime
    seconds: int
    began: float
    lost: bool = False

    def renew(self) -> None:
        """Move the expiry; note where somebody else took the lease."""
        expires = self.now + timedelta(seconds=monotonic() - self.began + self.seconds)
        mine = and_(leases.c.name == self.name, leases.c.token == self.token)
        with self.database.writing() as connection:
            self.lost = connection.execute(update(leases).where(mine).values(expires=expires)).rowcount != 1

    def keep(self, stop: threading.Event) -> None:
        """Renew every third of the term until told to stop."""
        while not self.lost and not stop.wait(self.seconds / 3):
            try:
                self.renew()
            except StoreError:
                continue  # the database is away for a moment; the term has two thirds left

    def release(self) -> bool:
        """Give the lease back; False where it was no longer ours."""
        mine = and_(leases.c.name == self.name, leases.c.token == self.token)
        with self.database.writing() as connection:
            return connection.execute(delete(leases).where(mine)).rowcount == 1


class LeaseRows(Rows):
    """Leases."""

    @contextmanager
    def lease(self, name: str, owner: str, now: datetime, seconds: int) -> Iterator[None]:
        """Hold a lease for the time of the block, renewed in the background; LeaseHeld says who has it until when.

        It is taken over when it expired by ``now``, or when its process, on this machine, is dead. Conflict at the end
        where it was taken from us meanwhile (this process slept longer than the term).
        """
        held = _Held(self.database, name, uuid.uuid4().hex, now, seconds, monotonic())
        with self.database.writing(alone=f"lease {name}") as connection:
            _take(connection, held, owner)
        stop = threading.Event()
        keeper = threading.Thread(target=held.keep, args=(stop,), name=f"lease {name}", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            stop.set()
            keeper.join()
            mine = held.release()
        if not mine:
            raise Conflict(f"The lease {name} was taken over while {owner} did not answer.", about=name)

    def leases(self) -> list[tuple[str, str, datetime]]:
        """Return name, owner and expiry of every lease held."""
        query = select(leases.c.name, leases.c.owner, leases.c.expires).order_by(leases.c.name)
        with self.database.reading() as connection:
            return [(row.name, row.owner, row.expires) for row in connection.execute(query)]


def _take(connection: Connection, held: _Held, owner: str) -> None:
    row = connection.execute(select(leases).where(leases.c.name == held.name)).first()
    if row is not None and not is_free(row, held.now):
        raise LeaseHeld(
            f"{row.owner} holds the lease {held.name} until {row.expires:%Y-%m-%d %H:%M:%S} UTC.", about=held.name
        )
    upsert(
        connection,
        leases,
        "name",
        name=held.name,
        token=held.token,
        owner=owner,
        host=socket.gethostname(),
        pid=os.getpid(),
        born=born(os.getpid()),
        expires=held.now + timedelta(seconds=held.seconds),
    )


def is_free(row: Row[tuple[object, ...]], now: datetime) -> bool:
    """Return whether a lease's row may be taken: expired, or held by a process of this machine that is dead."""
    return row.expires <= now or (row.host == socket.gethostname() and not is_alive(row.pid, row.born))
