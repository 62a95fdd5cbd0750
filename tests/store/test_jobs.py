"""Jobs and leases, on both databases."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import update

from newsdigest.errors import Conflict, LeaseHeld, NotFound
from newsdigest.store.jobs import MAX_ATTEMPTS
from newsdigest.store.leases import born
from newsdigest.store.sql import SqlStore, open_store
from newsdigest.store.tables import leases
from tests.store.samples import NOW, hours


def test_a_job_is_queued_once_while_it_is_open(store: SqlStore) -> None:
    first = store.enqueue("round", "daily", {"force": True}, NOW)
    assert store.enqueue("round", "daily", {"force": False}, NOW) == first
    claimed = store.claim(["round"], "w1", NOW)
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.attempts, claimed.owner) == (first.id, "running", 1, "w1")
    assert claimed.payload == {"force": True}
    assert store.enqueue("round", "daily", {}, NOW).id == first.id
    store.finish(first.id, NOW)
    store.finish(first.id, NOW, "late news")
    assert [(j.state, j.error) for j in store.jobs()] == [("done", None)]
    assert store.enqueue("round", "daily", {}, NOW).id != first.id
    assert len(store.jobs(["queued"])) == 1


def test_the_oldest_of_the_kinds_is_claimed_first(store: SqlStore) -> None:
    store.enqueue("recheck", "b", {}, NOW + hours(1))
    store.enqueue("recheck", "a", {}, NOW)
    store.enqueue("breaking", "c", {}, NOW - hours(1))
    keys = [job.key if (job := store.claim(["recheck"], "w", NOW)) else None for _ in range(3)]
    assert keys == ["a", "b", None]


def test_an_expired_lease_is_claimed_again_until_it_is_given_up(store: SqlStore) -> None:
    store.enqueue("round", "daily", {}, NOW)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        job = store.claim(["round"], f"w{attempt}", NOW + hours(attempt), lease_seconds=60)
        assert job is not None
        assert job.attempts == attempt
        assert store.claim(["round"], "other", NOW + hours(attempt), lease_seconds=60) is None
    assert store.claim(["round"], "w", NOW + hours(50)) is None
    assert [(j.state, j.attempts) for j in store.jobs()] == [("failed", MAX_ATTEMPTS)]


def test_a_lease_on_a_job_is_renewed_by_its_owner_only(store: SqlStore) -> None:
    job = store.enqueue("round", "daily", {}, NOW)
    store.claim(["round"], "w1", NOW, lease_seconds=60)
    assert store.renew(job.id, "w1", NOW + hours(1), lease_seconds=60)
    assert not store.renew(job.id, "w2", NOW, lease_seconds=60)
    assert store.claim(["round"], "w2", NOW + hours(1)) is None
    store.finish(job.id, NOW, "no route")
    assert [(j.state, j.error) for j in store.jobs()] == [("failed", "no route")]
    with pytest.raises(NotFound):
        store.finish(99, NOW)


def test_workers_at_once_claim_each_job_once(store: SqlStore) -> None:
    for number in range(60):
        store.enqueue("recheck", str(number), {}, NOW)
    claimed: list[int] = []

    def work(name: str) -> None:
        while job := store.claim(["recheck"], name, NOW):
            claimed.append(job.id)

    workers = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(claimed) == len(set(claimed)) == 60


def test_a_held_lease_says_who_has_it_until_when(store: SqlStore) -> None:
    with store.lease("round", "alpha:1", NOW, 60):
        held = r"alpha:1 holds the lease round until 2026-03-12 13:06:00 UTC"
        with pytest.raises(LeaseHeld, match=held), store.lease("round", "beta:2", NOW, 60):
            pass
        with store.lease("other", "beta:2", NOW, 60):
            assert [name for name, _, _ in store.leases()] == ["other", "round"]
    assert store.leases() == []
    with pytest.raises(ZeroDivisionError), store.lease("round", "beta:2", NOW, 60):
        _ = 1 / 0
    assert store.leases() == []


def test_an_expired_lease_is_taken_over_and_the_sleeper_is_told(store: SqlStore) -> None:
    with (
        pytest.raises(Conflict, match="round was taken over while alpha"),
        store.lease("round", "alpha", NOW, 60),
        store.lease("round", "beta", NOW + hours(1), 60),
    ):
        assert [owner for _, owner, _ in store.leases()] == ["beta"]
    assert store.leases() == []


def test_a_lease_is_renewed_in_the_background(store: SqlStore) -> None:
    with store.lease("round", "alpha", NOW, 1):
        first = store.leases()[0][2]
        for _ in range(40):
            time.sleep(0.1)
            if store.leases()[0][2] > first:
                return
    pytest.fail("the lease was not renewed")


def _stage(store: SqlStore, host: str, pid: int, start: str) -> None:
    with store.database.writing() as connection:
        connection.execute(update(leases).values(host=host, pid=pid, born=start))


def test_the_lease_of_a_dead_process_is_free_at_once_elsewhere_it_is_not(store: SqlStore) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    here = socket.gethostname()
    for host, pid, start, free in (
        (here, dead.pid, "", True),
        ("elsewhere", dead.pid, "", False),
        (here, os.getpid(), born(os.getpid()), False),
        (here, os.getpid(), "1", True),  # the id was given to another process since
    ):
        held = store.lease("round", "alpha", NOW, 600)
        held.__enter__()
        _stage(store, host, pid, start)
        if free:
            with store.lease("round", "beta", NOW, 600):
                pass
        else:
            with pytest.raises(LeaseHeld), store.lease("round", "beta", NOW, 600):
                pass
        if free:
            with pytest.raises(Conflict):
                held.__exit__(None, None, None)
        else:
            held.__exit__(None, None, None)


def test_two_processes_take_turns(address: str) -> None:
    """Each reads a number, adds one, writes it: with the lease none is lost."""
    program = (
        "import sys, time\n"
        "from datetime import datetime, UTC\n"
        "from newsdigest.errors import LeaseHeld\n"
        "from newsdigest.store.sql import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "now = datetime(2026, 3, 12, tzinfo=UTC)\n"
        "done = 0\n"
        "while done < 15:\n"
        "    try:\n"
        "        with store.lease('sum', sys.argv[2], now, 60):\n"
        "            seen = {r['run']: r['n'] for r in store.runs()}.get('sum', 0)\n"
        "            time.sleep(0.002)\n"
        "            store.save_run('sum', {'n': seen + 1}, now, None)\n"
        "            done += 1\n"
        "    except LeaseHeld:\n"
        "        time.sleep(0.003)\n"
    )
    workers = [subprocess.Popen([sys.executable, "-c", program, address, f"w{n}"]) for n in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    store = open_store(address)
    assert store.runs()[0]["n"] == 30
    store.close()
