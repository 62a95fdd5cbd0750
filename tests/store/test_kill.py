"""``kill -9`` in the middle of ``commit_poll``: nothing lost, nothing doubled, validators never ahead of items."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

from newsdigest.store.doctor import doctor
from newsdigest.store.sql import open_store
from tests.store.samples import NOW, hours

KILLS = 4
ITEMS_A_POLL = 40

# Polls one after the other, from the one after the validators on record, as a poller would; tells when it has begun.
PROGRAM = f"""
import sys
from newsdigest.store.sql import open_store
from newsdigest.errors import NotFound
from tests.store.samples import make_document, make_item, make_version, outcome
store = open_store(sys.argv[1])
try:
    poll = int(store.source_state("alba-ministry").validators.etag)
except NotFound:
    poll = 0
print("begun", flush=True)
while True:
    poll += 1
    body = str(poll).encode() * 3000
    document = make_document(body)
    items = [make_item(f"i-{{poll}}-{{n}}", make_version(document=document.key)) for n in range({ITEMS_A_POLL})]
    store.commit_poll(outcome(*items, documents=((document, body),), etag=str(poll)))
"""


def test_a_kill_during_a_poll_loses_nothing_and_doubles_nothing(address: str) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        worker = subprocess.Popen([sys.executable, "-c", PROGRAM, address], stdout=subprocess.PIPE)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"begun\n"
        time.sleep(chance.uniform(0.005, 0.3))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    store = open_store(address)
    done = int(store.source_state("alba-ministry").validators.etag or 0)
    keys = {item.key for item in store.items_between(NOW - hours(1), NOW + hours(1))}
    assert done > 0
    assert keys == {f"i-{poll}-{n}" for poll in range(1, done + 1) for n in range(ITEMS_A_POLL)}
    assert doctor(store, NOW) == []
    store.close()


WRITER = """
import sys
from newsdigest.store.sql import open_store
from tests.store.samples import NOW, hours, make_document, make_draft, make_event, make_item, make_version, outcome
store = open_store(sys.argv[1])
for poll in range(1, 13):
    body = str(poll).encode()
    first = make_version(document=make_document(body).key)
    items = [make_item(f"i-{poll}-{n}", first, make_version(n=2, text=f"Edited {n}.")) for n in range(10)]
    store.commit_poll(outcome(*items, documents=((make_document(body), body),), etag=str(poll)))
    store.replace_events([make_event(f"e-{poll}", *(item.key for item in items))], {}, NOW)
    store.save_draft(make_draft(f"d-{poll}", event=f"e-{poll}", evidence=()), NOW)
    store.record(NOW, sys.argv[2], "poll", f"p-{poll}", {})
"""


def test_processes_that_write_the_same_at_once_wait_for_each_other(address: str) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, address, f"w{n}"], stderr=subprocess.PIPE) for n in range(2)
    ]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == [b"", b""]
    store = open_store(address)
    assert len(store.items_between(NOW, NOW + hours(1))) == 120
    assert all(len(item.versions) == 2 for item in store.items_between(NOW, NOW + hours(1)))
    assert len(store.events()) == len(store.queue()) == 12
    assert len(store.audit()) == 24
    store.close()
