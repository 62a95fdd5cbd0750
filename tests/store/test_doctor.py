"""The doctor finds what is broken, and nothing in a sound store; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, text, update

from newsdigest.store.doctor import doctor
from newsdigest.store.sql import SqlStore
from newsdigest.store.tables import bodies, comparisons, event_items, item_versions
from tests.store.filling import fill
from tests.store.samples import NOW, hours, make_comparison, make_draft, make_evidence, make_item, outcome


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A store with something in every table."""
    fill(store)
    return store


def test_a_sound_store_has_no_finding(filled: SqlStore) -> None:
    assert doctor(filled, NOW) == []


def test_evidence_that_no_longer_stands_there_is_found(filled: SqlStore) -> None:
    good = make_evidence(make_item("i-alba"))
    moved = good.model_copy(update={"start": good.start + 1, "end": good.end + 1})
    filled.save_comparison(make_comparison("m-2"))
    filled.save_draft(make_draft("d-9", evidence=(good, moved), comparison="m-2"), NOW)
    assert [(f.level, f.about) for f in doctor(filled, NOW)] == [("error", "d-9")]


def test_evidence_on_a_removed_item_is_no_fault(filled: SqlStore) -> None:
    filled.remove_item("i-alba", "court", "mori", NOW)
    assert doctor(filled, NOW) == []


def test_bytes_and_rows_that_hang_in_the_air_are_found(filled: SqlStore) -> None:
    with filled.database.writing() as connection:
        connection.execute(update(bodies).values(data=b"rubbish"))
        connection.execute(delete(comparisons))
        connection.execute(update(event_items).where(event_items.c.item == "i-2").values(item="i-lost"))
        connection.execute(update(item_versions).where(item_versions.c.document.is_not(None)).values(document="c-lost"))
    found = doctor(filled, NOW)
    text_of = " ".join(finding.what for finding in found)
    for word in ("not what was received", "m-1, which is not stored", "i-lost", "c-lost"):
        assert word in text_of


def test_an_item_without_words_in_the_index_is_found_and_mended(filled: SqlStore) -> None:
    with filled.database.writing() as connection:
        connection.execute(text("DELETE FROM item_search"))
    assert [f.level for f in doctor(filled, NOW)] == ["warning"]
    filled.reindex()
    assert doctor(filled, NOW) == []


def test_what_dead_processes_left_is_told(filled: SqlStore) -> None:
    filled.claim(["round"], "w", NOW, lease_seconds=60)
    later = NOW + hours(20)
    assert sorted(f.what.split()[0] for f in doctor(filled, later)) == ["The", "alpha"]
    assert {f.level for f in doctor(filled, later)} == {"warning"}


def test_a_foreign_schema_is_an_error(filled: SqlStore) -> None:
    with filled.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert [f.level for f in doctor(filled, NOW)] == ["error"]


def test_new_items_are_no_finding(store: SqlStore) -> None:
    store.commit_poll(outcome(make_item("i-1")))
    assert doctor(store, NOW) == []
