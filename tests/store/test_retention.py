"""Old bytes go, those that evidence needs stay, and records outlive both; on both databases."""

from __future__ import annotations

import pytest

from newsdigest.errors import NotFound
from newsdigest.records import digest
from newsdigest.store.doctor import doctor
from newsdigest.store.sql import SqlStore
from tests.store.samples import (
    NOW,
    hours,
    make_comparison,
    make_document,
    make_draft,
    make_event,
    make_evidence,
    make_item,
    make_version,
    outcome,
)

CITED, UNCITED, FRESH = b"cited page", b"uncited page", b"fresh page"
LATER = NOW + hours(24 * 30)


@pytest.fixture
def kept(store: SqlStore) -> SqlStore:
    """Two old pages, one of them under a draft's evidence, and a fresh one."""
    cited = make_document(CITED, "https://alba.example/1")
    uncited = make_document(UNCITED, "https://alba.example/2")
    fresh = make_document(FRESH, "https://alba.example/3", received=LATER)
    item = make_item("i-alba", make_version(document=cited.key))
    other = make_item("i-other", make_version(document=uncited.key))
    third = make_item("i-third", make_version(document=fresh.key))
    documents = ((cited, CITED), (uncited, UNCITED), (fresh, FRESH))
    store.commit_poll(outcome(item, other, third, documents=documents))
    store.replace_events([make_event("e-1", "i-alba")], {}, NOW)
    store.save_comparison(make_comparison())
    store.save_draft(make_draft(evidence=(make_evidence(item),)), NOW)
    return store


def test_only_old_bytes_without_evidence_go(kept: SqlStore) -> None:
    gone = kept.let_go_of_bytes(LATER - hours(24), LATER, "round")
    assert gone == [digest(UNCITED)]
    assert kept.body(digest(CITED)) == CITED
    assert kept.body(digest(FRESH)) == FRESH
    with pytest.raises(NotFound, match="let go on 2026-04-11"):
        kept.body(digest(UNCITED))
    assert kept.item("i-other").latest.text
    assert kept.latest_document("https://alba.example/2") is not None
    assert [entry.detail["bytes"] for entry in kept.audit("documents")] == [1]
    assert doctor(kept, LATER) == []


def test_nothing_goes_twice(kept: SqlStore) -> None:
    kept.let_go_of_bytes(LATER, LATER, "round")
    assert kept.let_go_of_bytes(LATER, LATER, "round") == []


def test_bytes_received_again_lately_stay_and_let_go_ones_come_back(kept: SqlStore) -> None:
    again = make_document(UNCITED, "https://alba.example/2", received=LATER)
    kept.commit_poll(outcome(documents=((again, UNCITED),)))
    assert kept.let_go_of_bytes(LATER - hours(24), LATER, "round") == []
    assert kept.let_go_of_bytes(LATER + hours(1), LATER, "round") == sorted([digest(UNCITED), digest(FRESH)])
    kept.commit_poll(outcome(documents=((again, UNCITED),)))
    assert kept.body(digest(UNCITED)) == UNCITED


def test_bytes_removed_by_law_never_come_back(kept: SqlStore) -> None:
    kept.remove_item("i-other", "court", "mori", NOW)
    assert kept.let_go_of_bytes(LATER, LATER, "round") == []
    page = make_document(UNCITED, "https://alba.example/2", received=LATER)
    kept.commit_poll(outcome(documents=((page, UNCITED),)))
    with pytest.raises(NotFound, match="court"):
        kept.body(digest(UNCITED))


def test_the_drafts_that_cite_an_item_are_known(kept: SqlStore) -> None:
    assert kept.drafts_citing("i-alba") == ["d-1"]
    assert kept.drafts_citing("i-other") == []
    assert kept.drafts_citing("i-") == []
