"""Documents and items, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsdigest.errors import Conflict, NotFound, StoreError
from newsdigest.items.item import Statement
from newsdigest.store.sql import SqlStore
from tests.store.samples import NOW, hours, make_document, make_item, make_version, outcome


def test_what_a_poll_leaves_comes_back_whole(store: SqlStore) -> None:
    body = "<rss>日銀</rss>".encode("shift_jis")
    document = make_document(body)
    item = make_item("i-1", make_version(document=document.key))
    given = outcome(item, documents=((document, body),))
    store.commit_poll(given)
    assert store.item("i-1") == item
    assert store.document(document.key) == document
    assert store.body(document.sha256) == body
    assert store.source_state("alba-ministry") == given.state
    assert store.source_states() == {"alba-ministry": given.state}


def test_the_same_outcome_twice_changes_nothing(store: SqlStore) -> None:
    document = make_document()
    given = outcome(make_item("i-1", make_version()), documents=((document, b"<rss/>"),))
    store.commit_poll(given)
    store.commit_poll(given)
    assert len(store.item("i-1").versions) == 1
    assert len(store.items_between(NOW - hours(1), NOW + hours(1))) == 1
    assert store.search_items("ferry") == [store.item("i-1")]


def test_a_new_version_is_added_and_the_old_one_stays(store: SqlStore) -> None:
    first, second = make_version(), make_version(n=2, text="The ministry proposed talks in May.")
    store.commit_poll(outcome(make_item("i-1", first)))
    store.commit_poll(outcome(make_item("i-1", first, second)))
    assert store.item("i-1").versions == (first, second)


def test_a_stored_version_never_changes(store: SqlStore) -> None:
    store.commit_poll(outcome(make_item("i-1", make_version())))
    with pytest.raises(Conflict, match="Version 1 of i-1"):
        store.commit_poll(outcome(make_item("i-1", make_version(text="Other words.")), etag='"2"'))
    assert store.item("i-1").latest.text.startswith("The ministry proposed")
    assert store.source_state("alba-ministry").validators.etag == '"1"', "the whole poll is one transaction"


def test_bytes_that_are_not_those_of_the_hash_are_refused(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="not those of its hash"):
        store.commit_poll(outcome(make_item(), documents=((make_document(b"a"), b"b"),)))
    with pytest.raises(NotFound):
        store.item("i-alba")


def test_the_latest_document_is_the_one_received_last_also_when_old_bytes_return(store: SqlStore) -> None:
    old, new = make_document(b"old"), make_document(b"new", received=NOW + hours(1))
    again = make_document(b"old", received=NOW + hours(2))
    store.commit_poll(outcome(documents=((old, b"old"),)))
    store.commit_poll(outcome(documents=((new, b"new"),)))
    assert store.latest_document(old.address) == new
    store.commit_poll(outcome(documents=((again, b"old"),)))
    assert store.latest_document(old.address) == old
    assert store.latest_document("https://elsewhere.example/") is None


def test_an_item_is_found_by_any_alias_it_ever_had(store: SqlStore) -> None:
    store.commit_poll(outcome(make_item("i-1", aliases=("guid:1", "https://a.example/1"))))
    store.commit_poll(outcome(make_item("i-1", aliases=("https://a.example/one",))))
    for alias in ("guid:1", "https://a.example/1", "https://a.example/one"):
        assert [i.key for i in store.items_of_source("alba-ministry", [alias])] == ["i-1"]
    assert store.items_of_source("another", ["guid:1"]) == []
    assert set(store.item("i-1").aliases) == {"guid:1", "https://a.example/1", "https://a.example/one"}


def test_many_keys_are_answered_in_the_order_asked(store: SqlStore) -> None:
    store.commit_poll(outcome(*(make_item(f"i-{n}") for n in range(1200))))
    asked = [f"i-{n}" for n in range(1199, -1, -1)] + ["i-none"]
    assert list(store.items(asked)) == asked[:-1]


def test_items_between_is_half_open_and_never_later_than_first_seen(store: SqlStore) -> None:
    future = make_version(published=datetime(2099, 1, 1, tzinfo=UTC), seen=NOW + hours(2))
    undated = make_version(published=None, seen=NOW + hours(1))
    store.commit_poll(outcome(make_item("i-future", future), make_item("i-undated", undated), make_item("i-now")))
    assert [i.key for i in store.items_between(NOW, NOW + hours(3))] == ["i-now", "i-undated", "i-future"]
    assert [i.key for i in store.items_between(NOW, NOW + hours(1))] == ["i-now"]


def test_statements_of_an_issuer_come_oldest_first_and_only_those_before(store: SqlStore) -> None:
    def spoken(key: str, when: float, occasion: str) -> None:
        statement = Statement(issuer="alba", channel="readout", chosen=True, occasion=occasion)
        version = make_version(published=NOW + hours(when), seen=NOW + hours(10))
        store.commit_poll(outcome(make_item(key, version, statement=statement)))

    spoken("i-2", 2, "call")
    spoken("i-1", 1, "call")
    spoken("i-m", 1.5, "meeting")
    spoken("i-3", 3, "call")
    assert [i.key for i in store.statements_of("alba", "call", NOW + hours(3))] == ["i-1", "i-2"]
    assert [i.key for i in store.statements_of("alba", None, NOW + hours(3))] == ["i-1", "i-m", "i-2"]
    assert store.statements_of("seret", None, NOW + hours(3)) == []


def test_hostile_characters_survive(store: SqlStore) -> None:
    version = make_version(title="nul\x00 lone \ud800 bidi \u202e", text="\x00" * 3 + "x\udfff")
    item = make_item("i-1", version, aliases=("guid\x00", "g\ud800"))
    store.commit_poll(outcome(item))
    assert store.item("i-1") == item
    assert [i.key for i in store.items_of_source("alba-ministry", ["guid\x00"])] == ["i-1"]


def test_a_source_state_is_overwritten_and_a_missing_one_is_not_found(store: SqlStore) -> None:
    with pytest.raises(NotFound):
        store.source_state("alba-ministry")
    state = outcome().state
    store.save_source_state(state)
    store.save_source_state(replace(state, failures=3, error="503"))
    assert store.source_state("alba-ministry").failures == 3


@pytest.mark.parametrize("read", ["item", "document", "body", "event", "comparison", "draft", "review", "user"])
def test_a_missing_key_is_not_found(store: SqlStore, read: str) -> None:
    with pytest.raises(NotFound) as caught:
        getattr(store, read)("nothing")
    assert caught.value.about == "nothing"
