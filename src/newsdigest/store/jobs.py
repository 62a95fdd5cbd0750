"""Jobs as rows: enqueued once, claimed under a lease, taken up again when the lease ran out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, and_, or_, select, update

from newsdigest.errors import NotFound
from newsdigest.ports import Job
from newsdigest.store.coding import decode_mapping, encode
from newsdigest.store.rows import Rows, insert_new
from newsdigest.store.tables import jobs

MAX_ATTEMPTS = 5
"""A job whose workers died this often is failed, so that it does not kill workers for ever."""

_COLUMNS = (
    jobs.c.id,
    jobs.c.kind,
    jobs.c.key,
    jobs.c.payload,
    jobs.c.state,
    jobs.c.attempts,
    jobs.c.owner,
    jobs.c.lease_until,
    jobs.c.created,
    jobs.c.error,
)


def _job(row: RowMapping) -> Job:
    values: dict[str, Any] = dict(row)
    return Job(**{**values, "payload": decode_mapping(values["payload"])})


class JobRows(Rows):
    """Jobs."""

    def enqueue(self, kind: str, key: str, payload: Mapping[str, Any], at: datetime) -> Job:
        """Queue a job; while one of that kind and key is queued or running, that one is returned instead."""
        row = {"kind": kind, "key": key, "payload": encode(dict(payload)), "state": "queued", "attempts": 0}
        query = select(*_COLUMNS).where(jobs.c.kind == kind, jobs.c.key == key)
        with self.database.writing(alone=f"job {kind} {key}") as connection:
            while True:
                insert_new(connection, jobs, [{**row, "created": at}])
                found = connection.execute(query.where(jobs.c.state.in_(["queued", "running"]))).mappings().first()
                if found is not None:  # else it was finished between the two statements
                    return _job(found)

    def claim(self, kinds: Sequence[str], owner: str, now: datetime, lease_seconds: int = 300) -> Job | None:
        """Take the oldest job of those kinds that waits or whose lease ran out; None where there is none."""
        expired = and_(jobs.c.state == "running", jobs.c.lease_until < now)
        worn = update(jobs).where(expired, jobs.c.kind.in_(list(kinds)), jobs.c.attempts >= MAX_ATTEMPTS)
        oldest = (
            select(jobs.c.id)
            .where(jobs.c.kind.in_(list(kinds)), or_(jobs.c.state == "queued", expired))
            .order_by(jobs.c.created, jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)  # compiles away on SQLite, whose writer is alone anyway
            .scalar_subquery()
        )
        taken = {"state": "running", "owner": owner, "lease_until": now + timedelta(seconds=lease_seconds)}
        with self.database.writing() as connection:
            gave_up = f"given up after {MAX_ATTEMPTS} attempts whose workers did not finish"
            connection.execute(worn.values(state="failed", error=gave_up, finished=now))
            row = (
                connection.execute(
                    update(jobs)
                    .where(jobs.c.id == oldest)
                    .values(**taken, attempts=jobs.c.attempts + 1)
                    .returning(*_COLUMNS)
                )
                .mappings()
                .first()
            )
            return _job(row) if row else None

    def renew(self, job: int, owner: str, now: datetime, lease_seconds: int = 300) -> bool:
        """Prolong the lease on a running job; False where it is no longer this owner's."""
        mine = and_(jobs.c.id == job, jobs.c.owner == owner, jobs.c.state == "running")
        until = now + timedelta(seconds=lease_seconds)
        with self.database.writing() as connection:
            return connection.execute(update(jobs).where(mine).values(lease_until=until)).rowcount == 1

    def finish(self, job: int, now: datetime, error: str | None = None) -> None:
        """End a job: done, or failed with the error. Ending it twice changes nothing."""
        values = {"state": "failed" if error else "done", "error": error, "finished": now, "lease_until": None}
        open_ = and_(jobs.c.id == job, jobs.c.state.in_(["queued", "running"]))
        with self.database.writing() as connection:
            if connection.execute(update(jobs).where(open_).values(**values)).rowcount:
                return
            if connection.scalar(select(jobs.c.id).where(jobs.c.id == job)) is None:
                raise NotFound(f"There is no job {job}.", about=str(job))

    def jobs(self, states: Iterable[str] | None = None) -> list[Job]:
        """Return the jobs (in those states), oldest first."""
        query = select(*_COLUMNS)
        if states is not None:
            query = query.where(jobs.c.state.in_(list(states)))
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(jobs.c.created, jobs.c.id)).mappings().all()
        return [_job(row) for row in rows]
