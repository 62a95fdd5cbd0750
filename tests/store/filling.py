"""A store with something in every table, and what must be read back from it."""

from __future__ import annotations

import numpy as np
from sqlalchemy import insert

from newsdigest.events.event import Link
from newsdigest.events.means import Mean
from newsdigest.publication.article import Article
from newsdigest.review import rules
from newsdigest.store.doctor import doctor
from newsdigest.store.sql import SqlStore
from newsdigest.store.tables import leases
from tests.store.samples import (
    NOW,
    hours,
    make_comparison,
    make_document,
    make_draft,
    make_event,
    make_item,
    make_user,
    make_version,
    outcome,
)

PAGE = "日銀の発表".encode("euc_jp")
DOCUMENT = make_document(PAGE)
ITEM = make_item("i-alba", make_version(document=DOCUMENT.key), make_version(n=2, title="協議を提案", language="ja"))
VECTOR = np.arange(4, dtype=np.float32)
ARTICLE = Article(
    key="a-1",
    draft="d-1",
    version=1,
    rendition="ja",
    version_hash=rules.rendition_hash(make_draft(), "ja"),
    channel="files",
    address="file:///d-1.ja.html",
    approved_by="ito",
    published=NOW,
)


def fill(store: SqlStore) -> None:
    """Put something into every table, through the store's own methods."""
    store.commit_poll(outcome(ITEM, make_item("i-2"), make_item("i-gone"), documents=((DOCUMENT, PAGE),)))
    store.remove_item("i-gone", "court", "mori", NOW)
    store.save_vectors("enc@1", {"h": VECTOR})
    store.save_means("enc@1", 1, {"ja": Mean(VECTOR, 3)}, NOW)
    store.replace_events([make_event("e-0", "i-alba"), make_event("e-1", "i-2")], {}, NOW)
    store.replace_events([make_event("e-1", "i-alba", "i-2")], {"e-0": "e-1"}, NOW)
    store.add_link(Link(first="i-alba", second="i-2", kind="must", by="ito", at=NOW))
    store.save_comparison(make_comparison())
    store.save_draft(make_draft(), NOW)
    store.save_user(make_user(), by="cli", at=NOW)
    _approve(store)
    store.save_draft(make_draft(version=2, state="proposed", english="Newer."), NOW)
    store.save_article(ARTICLE)
    store.enqueue("round", "daily", {"force": True}, NOW)
    _leave_a_lease(store)
    store.save_run("r-1", {"items": 2}, NOW, NOW + hours(1))


def _leave_a_lease(store: SqlStore) -> None:
    """As a process of another machine that was killed leaves it."""
    row = {"token": "t", "owner": "alpha", "host": "elsewhere", "pid": 1, "born": "", "expires": NOW + hours(10)}
    with store.database.writing() as connection:
        connection.execute(insert(leases).values(name="round", **row))


def _approve(store: SqlStore) -> None:
    draft = store.draft("d-1")
    seen = rules.rendition_hash(draft, "ja")
    store.decide(
        rules.decide(store.review("d-1"), draft, "approve", "ja", user=store.user("ito"), at=NOW, version_hash=seen)
    )


def check(store: SqlStore) -> None:
    """Read everything back."""
    assert store.item("i-alba") == ITEM
    assert store.body(DOCUMENT.sha256) == PAGE
    assert store.latest_document(DOCUMENT.address) == DOCUMENT
    assert store.source_states() == {"alba-ministry": outcome().state}
    assert store.item("i-gone").removed == "removed on 2026-03-12, court"
    assert {i.key for i in store.search_items("協議")} == {"i-alba"}
    assert {i.key for i in store.search_items("proposes ferry")} == {"i-2"}
    assert [i.key for i in store.items_of_source("alba-ministry", ITEM.aliases)] == ["i-alba"]
    assert np.array_equal(store.vectors("enc@1", ["h"])["h"], VECTOR)
    assert store.event("e-0") == store.event_of_item("i-2") == make_event("e-1", "i-alba", "i-2")
    assert [link.by for link in store.links()] == ["ito"]
    assert store.comparison("m-1") == make_comparison()
    assert store.draft("d-1").headline == make_draft().headline
    assert store.review("d-1").ja == "approved"
    assert rules.approval(store.review("d-1"), "ja").by == "ito"
    assert store.draft("d-1", 2).state == "proposed"
    assert [(row.version, row.proposed, row.state) for row in store.queue()] == [(1, 2, "in_review")]
    assert store.users() == [make_user()]
    assert store.articles() == [ARTICLE]
    assert [job.payload for job in store.jobs()] == [{"force": True}]
    assert [name for name, _, _ in store.leases()] == ["round"]
    assert store.runs()[0]["items"] == 2
    assert [entry.action for entry in store.audit()] == ["approve", "save_user", "remove_item"]
    assert [finding for finding in doctor(store, NOW) if finding.level == "error"] == []
    # rows that number themselves go on where they were
    store.record(NOW, "ito", "note", "d-1", {})
    assert store.enqueue("round", "other", {}, NOW).id > 1
    store.commit_poll(outcome(make_item("i-new")))
    assert "i-new" in {item.key for item in store.search_items("ferry")}
