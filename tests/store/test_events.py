"""Events under permanent keys, links, vectors, on both databases."""

from __future__ import annotations

import numpy as np
import pytest

from newsdigest.errors import NotFound, StoreError
from newsdigest.events.event import Copy, Link
from newsdigest.store.sql import SqlStore
from tests.store.samples import NOW, hours, make_draft, make_event


def test_events_come_back_by_key_item_and_time(store: SqlStore) -> None:
    early = make_event("e-1", "i-1", "i-2", first=NOW - hours(30), last=NOW - hours(20))
    late = make_event("e-2", "i-3")
    store.replace_events([late, early], {}, NOW)
    assert store.events() == [early, late]
    assert store.events(since=NOW - hours(20)) == [early, late]
    assert store.events(since=NOW - hours(19)) == [late]
    assert store.event_of_item("i-2") == early
    assert store.event_of_item("i-9") is None


def test_a_merged_key_leads_to_its_successor_for_ever(store: SqlStore) -> None:
    store.replace_events([make_event("e-1", "i-1"), make_event("e-2", "i-2"), make_event("e-3", "i-3")], {}, NOW)
    store.replace_events([make_event("e-2", "i-1", "i-2")], {"e-1": "e-2"}, NOW)
    both = make_event("e-3", "i-1", "i-2", "i-3")
    store.replace_events([both], {"e-2": "e-3"}, NOW)
    assert store.event("e-1") == store.event("e-2") == store.event("e-3") == both
    assert store.events() == [both]
    assert store.event_of_item("i-1") == both


def test_a_chain_of_redirects_in_one_call_and_a_circle(store: SqlStore) -> None:
    store.replace_events([make_event("e-1", "i-1"), make_event("e-2", "i-2"), make_event("e-3", "i-3")], {}, NOW)
    with pytest.raises(StoreError, match="circle"):
        store.replace_events([], {"e-1": "e-2", "e-2": "e-1"}, NOW)
    with pytest.raises(NotFound, match="not stored"):
        store.replace_events([], {"e-1": "e-9"}, NOW)
    assert len(store.events()) == 3
    store.replace_events([], {"e-1": "e-2", "e-2": "e-3"}, NOW)
    assert [event.id for event in store.events()] == ["e-3"]
    assert store.event("e-1").id == "e-3"


def test_a_key_that_lives_again_no_longer_redirects(store: SqlStore) -> None:
    store.replace_events([make_event("e-1", "i-1"), make_event("e-2", "i-2")], {}, NOW)
    store.replace_events([make_event("e-2", "i-1", "i-2")], {"e-1": "e-2"}, NOW)
    store.replace_events([make_event("e-1", "i-1"), make_event("e-2", "i-2")], {}, NOW)
    assert store.event("e-1").items == ("i-1",)
    assert store.event_of_item("i-2").id == "e-2"  # type: ignore[union-attr]


def test_an_item_leaves_the_event_it_was_in(store: SqlStore) -> None:
    copies = (Copy(items=("i-1", "i-2"), kind="syndicated", reason="same words"),)
    store.replace_events([make_event("e-1", "i-1", "i-2").model_copy(update={"copies": copies})], {}, NOW)
    store.replace_events([make_event("e-2", "i-2", "i-3")], {}, NOW)
    assert store.event("e-1").items == ("i-1",)
    assert store.event("e-1").copies == ()
    store.replace_events([make_event("e-3", "i-1")], {}, NOW)
    assert store.event("e-1").id == "e-3"


def test_one_item_in_two_events_is_refused(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="i-1 is in two"):
        store.replace_events([make_event("e-1", "i-1"), make_event("e-2", "i-1")], {}, NOW)
    assert store.events() == []


def test_the_draft_of_an_event_follows_redirects(store: SqlStore) -> None:
    store.replace_events([make_event("e-1", "i-1"), make_event("e-2", "i-2")], {}, NOW)
    store.save_draft(make_draft("d-1", event="e-1"), NOW)
    assert store.draft_of_event("e-2") is None
    store.replace_events([make_event("e-2", "i-1", "i-2")], {"e-1": "e-2"}, NOW)
    assert store.draft_of_event("e-2").id == "d-1"  # type: ignore[union-attr]
    store.save_draft(make_draft("d-2", event="e-2"), NOW - hours(1))
    assert store.draft_of_event("e-1").id == "d-2", "the survivor's own draft comes first"  # type: ignore[union-attr]


def test_the_newest_link_of_a_pair_holds(store: SqlStore) -> None:
    def link(first: str, second: str, **more: object) -> Link:
        return Link.model_validate({"first": first, "second": second, "kind": "must", "by": "ito", "at": NOW, **more})

    store.add_link(link("i-1", "i-2"))
    store.add_link(link("i-3", "i-4", kind="cannot"))
    assert [(x.first, x.kind) for x in store.links()] == [("i-1", "must"), ("i-3", "cannot")]
    store.add_link(link("i-2", "i-1", undone=True))
    assert [(x.first, x.undone) for x in store.links()] == [("i-3", False), ("i-2", True)]


def test_vectors_come_back_to_the_bit(store: SqlStore) -> None:
    rows = {f"h{n}": np.random.default_rng(n).normal(size=8).astype(np.float32) for n in range(1100)}
    store.save_vectors("enc@1", rows)
    store.save_vectors("enc@1", {"h0": np.zeros(8, dtype=np.float32)})
    found = store.vectors("enc@1", [*rows, "none"])
    assert set(found) == set(rows)
    assert all(np.array_equal(found[key], rows[key]) and found[key].dtype == np.float32 for key in rows)
    assert store.vectors("enc@2", rows) == {}
