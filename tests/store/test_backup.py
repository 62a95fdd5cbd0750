"""Backups go round, between the two kinds of database too; a damaged or present file is refused."""

from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest

from newsdigest.errors import Conflict, StoreError
from newsdigest.store.backup import backup, restore
from newsdigest.store.sql import SqlStore, open_store
from tests.store import released
from tests.store.filling import check, fill
from tests.store.samples import NOW, make_item, outcome

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_goes_round_into_either_kind(
    store: SqlStore, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(store)
    copy = tmp_path / "copies" / "monday"
    backup(store, copy)
    place = str(tmp_path / "back.sqlite") if kind == "sqlite" else request.getfixturevalue("empty_postgres")
    assert restore(copy, place) is None
    back = open_store(place)
    check(back)
    back.close()
    assert [file.name for file in copy.parent.iterdir()] == ["monday"], "nothing else is left behind"


def test_a_store_that_is_there_is_replaced_only_by_force_and_kept(
    store: SqlStore, address: str, tmp_path: Path
) -> None:
    fill(store)
    backup(store, tmp_path / "monday")
    store.commit_poll(outcome(make_item("i-later")))
    store.close()
    with pytest.raises(Conflict, match="--force"):
        restore(tmp_path / "monday", address)
    kept = restore(tmp_path / "monday", address, force=True)
    back = open_store(address)
    assert "i-later" not in back.items(["i-later"])
    check(back)
    back.close()
    assert kept is not None
    second = tmp_path / "second.sqlite"
    restore(kept, second)
    earlier = open_store(second)
    assert earlier.item("i-later").key == "i-later"
    earlier.close()


def test_a_backup_never_overwrites_one(store: SqlStore, tmp_path: Path) -> None:
    backup(store, tmp_path / "monday")
    with pytest.raises(Conflict, match="never overwrites"):
        backup(store, tmp_path / "monday")


def test_a_backup_of_a_store_in_use_is_whole(store: SqlStore, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            store.commit_poll(outcome(make_item(f"i-{number}a"), make_item(f"i-{number}b"), etag=str(number)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup(store, tmp_path / "monday")
    finally:
        stop.set()
        writer.join()
    restore(tmp_path / "monday", tmp_path / "back.sqlite")
    back = open_store(tmp_path / "back.sqlite")
    state = back.source_states().get("alba-ministry")
    done = int(state.validators.etag or 0) if state else 0
    wanted = {f"i-{n}{half}" for n in range(1, done + 1) for half in "ab"}
    assert {item.key for item in back.items_between(NOW, NOW.replace(year=2027))} == wanted
    back.close()


@pytest.mark.parametrize("damage", ["cut", "flipped", "other"])
def test_a_damaged_backup_is_refused_and_the_store_stays(
    store: SqlStore, address: str, tmp_path: Path, damage: str
) -> None:
    fill(store)
    copy = tmp_path / "monday"
    backup(store, copy)
    store.close()
    content = bytearray(copy.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "flipped":
        for place in range(len(content) // 3, len(content) // 3 + 3000):
            content[place % len(content)] ^= 0xFF
    else:
        content = bytearray(b"hello, this is no backup")
    copy.write_bytes(content)
    with pytest.raises(StoreError):
        restore(copy, address, force=True)
    still = open_store(address)
    check(still)
    still.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_dump_of_an_earlier_schema_is_restored_and_opens(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    packed = tmp_path / "old.jsonl.gz"
    packed.write_bytes(gzip.compress(released.path_of("0001").read_bytes()))
    place = str(tmp_path / "back.sqlite") if kind == "sqlite" else request.getfixturevalue("empty_postgres")
    restore(packed, place)
    back = open_store(place)
    check(back)
    back.close()


def test_a_missing_backup_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no backup"):
        restore(tmp_path / "none", tmp_path / "x.sqlite")
