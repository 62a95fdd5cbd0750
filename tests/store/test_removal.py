"""Lawful removal and what evidence then resolves to, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdigest.errors import EvidenceError, NotFound
from newsdigest.records import digest
from newsdigest.store.doctor import doctor
from newsdigest.store.sql import SqlStore
from tests.store.samples import NOW, hours, make_document, make_evidence, make_item, make_version, outcome

SECRET = b"proposed talks on the ferry line with Zorblatt"


@pytest.fixture
def cited(store: SqlStore) -> SqlStore:
    """Two items: one with a page of its own, both with the feed they came from."""
    page, feed = make_document(SECRET, "https://alba.example/1"), make_document(b"feed")
    alone = make_item(
        "i-alba",
        make_version(text="The ministry proposed talks on Zorblatt.", document=page.key),
        make_version(n=2, text="The ministry proposed talks.", document=feed.key),
    )
    other = make_item("i-other", make_version(document=feed.key))
    store.commit_poll(outcome(alone, other, documents=((page, SECRET), (feed, b"feed"))))
    return store


def test_evidence_resolves_only_to_the_very_characters(cited: SqlStore) -> None:
    evidence = make_evidence(cited.item("i-alba"))
    assert cited.resolve(evidence) == "resolves"
    for wrong in ({"start": evidence.start + 1}, {"sha256": "0" * 64}, {"version": 7}, {"item": "i-none"}):
        with pytest.raises(EvidenceError):
            cited.resolve(evidence.model_copy(update=wrong))


def test_a_removal_leaves_hashes_and_takes_every_word(cited: SqlStore) -> None:
    before = cited.item("i-alba")
    cited.remove_item("i-alba", "court order 12", "mori", NOW)
    after = cited.item("i-alba")
    assert after.removed == "removed on 2026-03-12, court order 12"
    assert [(v.title, v.text, v.state) for v in after.versions] == [("", "", "empty")] * 2
    assert [v.text_sha256 for v in after.versions] == [v.text_sha256 for v in before.versions]
    assert cited.resolve(make_evidence(before)) == "removed on 2026-03-12, court order 12"
    with pytest.raises(EvidenceError):
        cited.resolve(make_evidence(before).model_copy(update={"sha256": "0" * 64}))
    assert [i.key for i in cited.search_items("ministry")] == ["i-other"]
    assert [i.key for i in cited.items_between(NOW, NOW + hours(1))] == ["i-other"]


def test_bytes_go_unless_another_item_rests_on_them(cited: SqlStore) -> None:
    cited.remove_item("i-alba", "court order 12", "mori", NOW)
    with pytest.raises(NotFound, match="removed on 2026-03-12, court order 12"):
        cited.body(digest(SECRET))
    assert cited.body(digest(b"feed")) == b"feed"
    cited.remove_item("i-other", "request", "mori", NOW)
    with pytest.raises(NotFound):
        cited.body(digest(b"feed"))
    assert doctor(cited, NOW) == []


def test_a_removed_item_does_not_come_back_with_the_next_poll(cited: SqlStore) -> None:
    again = cited.item("i-alba")
    cited.remove_item("i-alba", "court order 12", "mori", NOW)
    cited.commit_poll(outcome(again))
    cited.remove_item("i-alba", "another reason", "mori", NOW)
    assert cited.item("i-alba").removed == "removed on 2026-03-12, court order 12"
    assert cited.item("i-alba").latest.text == ""
    assert [e.action for e in cited.audit("i-alba")] == ["remove_item"]


def test_a_body_that_was_removed_does_not_come_back(cited: SqlStore) -> None:
    cited.remove_item("i-alba", "court order 12", "mori", NOW)
    page = make_document(SECRET, "https://alba.example/1", received=NOW + hours(1))
    cited.commit_poll(outcome(documents=((page, SECRET),)))
    with pytest.raises(NotFound):
        cited.body(digest(SECRET))


def test_no_file_of_a_sqlite_store_holds_the_words_any_more(sqlite: str) -> None:
    from newsdigest.store.sql import open_store

    store = open_store(sqlite)
    store.commit_poll(outcome(make_item("i-1", make_version(text="It concerns Zorblatt alone."))))
    store.remove_item("i-1", "court", "mori", NOW)
    for file in Path(sqlite).parent.glob("store.sqlite*"):
        assert b"Zorblatt" not in file.read_bytes(), file.name
    store.close()
