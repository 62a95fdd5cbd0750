"""Comparisons, drafts, reviews, users, audit, articles, runs, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from newsdigest.drafts.draft import Draft, GateResult, Rendition
from newsdigest.errors import Conflict, NotFound, StoreError
from newsdigest.publication.article import Article
from newsdigest.review import rules
from newsdigest.review.review import Action, Review, User
from newsdigest.store.sql import SqlStore
from tests.store.samples import NOW, hours, make_comparison, make_draft, make_item, make_user, outcome


def act(
    store: SqlStore, action: Action, rendition: Rendition = "en", user: User | None = None, version: int | None = None
) -> Review:
    """Decide on a draft as the desk does, with a reason."""
    draft: Draft = store.draft("d-1", version)
    decision = rules.decide(
        store.review("d-1", draft.version),
        draft,
        action,
        rendition,
        user=user or make_user(),
        at=NOW,
        reason="because",
        version_hash=rules.rendition_hash(draft, rendition),
    )
    return store.decide(decision)


def test_a_comparison_is_written_once(store: SqlStore) -> None:
    store.save_comparison(make_comparison())
    store.save_comparison(make_comparison())
    with pytest.raises(Conflict):
        store.save_comparison(make_comparison(items=("i-other",)))
    assert store.comparison("m-1") == make_comparison()


def test_the_queue_shows_a_row_a_draft_newest_first(store: SqlStore) -> None:
    store.commit_poll(outcome(make_item("i-alba"), make_item("i-b", source="b"), make_item("i-c", source="b")))
    faults = (
        GateResult(gate="figures", checked=2, passed=False, faults=("one", "two")),
        GateResult(gate="names", checked=1, passed=False),
        GateResult(gate="parity", checked=1, passed=True),
    )
    store.save_draft(make_draft("d-1", used=("i-alba", "i-b", "i-c"), gates=faults), NOW)
    store.save_draft(make_draft("d-2", event="e-2"), NOW + hours(1))
    second, first = store.queue()
    assert (second.draft, first.draft) == ("d-2", "d-1")
    assert (first.headline_ja, first.headline_en) == ("アルバ、航路協議を提案", "Alba proposes ferry talks")
    assert (first.faults, first.sources, first.state, first.created) == (3, 2, "queued", NOW)
    assert store.queue(["approved"]) == []


def test_versions_never_change_and_have_no_gaps(store: SqlStore) -> None:
    store.save_draft(make_draft(), NOW)
    store.save_draft(make_draft(), NOW + hours(1))
    assert store.queue()[0].created == NOW, "the same version again is no new draft"
    with pytest.raises(Conflict, match="kept with other words"):
        store.save_draft(make_draft(english="Other."), NOW)
    with pytest.raises(Conflict, match="next version of d-1 is 2"):
        store.save_draft(make_draft(version=3), NOW)
    with pytest.raises(NotFound):
        store.draft("d-1", 3)
    assert store.draft("d-1") == make_draft()


def test_a_new_version_is_queued_and_carries_no_approval(store: SqlStore) -> None:
    store.save_draft(make_draft(), NOW)
    act(store, "approve", "ja")
    act(store, "approve", "en")
    assert store.queue()[0].state == store.draft("d-1").state == "approved"
    old = store.review("d-1").hashes["en"]
    store.save_draft(make_draft(version=2, english="Alba proposed talks Tuesday."), NOW)
    row = store.queue()[0]
    assert (row.version, row.state, row.ja, row.en) == (2, "queued", "queued", "queued")
    assert rules.approved(store.review("d-1")) == ()
    assert rules.approved(store.review("d-1", 1)) == ("ja", "en")
    assert store.review("d-1", 1).hashes["en"] == old != store.review("d-1").hashes["en"]
    with pytest.raises(Conflict, match="has version 2 meanwhile"):
        act(store, "spike", version=1)


def test_what_is_out_may_be_corrected_after_a_newer_version_came(store: SqlStore) -> None:
    store.save_draft(make_draft(), NOW)
    act(store, "approve")
    act(store, "publish")
    store.save_draft(make_draft(version=2), NOW)
    assert act(store, "withdraw", version=1).en == "withdrawn"
    assert store.queue()[0].state == "queued"


def test_a_proposal_waits_beside_the_version_in_force_until_adopted(store: SqlStore) -> None:
    store.save_draft(make_draft(), NOW)
    act(store, "open")
    assert not rules.machine_may_replace(store.review("d-1"))
    store.save_draft(make_draft(version=2, state="proposed", english="Newer."), NOW + hours(1))
    assert store.draft("d-1").version == 1
    assert store.draft_of_event("e-1") == store.draft("d-1", 2)
    assert store.draft("d-1", 2).state == "proposed"
    assert (store.queue()[0].version, store.queue()[0].proposed) == (1, 2)
    with pytest.raises(Conflict):
        act(store, "approve", version=2)
    with pytest.raises(Conflict):
        store.adopt_proposal("d-1", 1, "ito", NOW)
    store.adopt_proposal("d-1", 2, "ito", NOW)
    assert (store.draft("d-1").version, store.draft("d-1").state) == (2, "queued")
    assert store.queue()[0].proposed is None
    assert not rules.machine_may_replace(store.review("d-1")), "a person's touch on version 1 still counts"


def test_two_editors_who_decide_at_once_do_not_overwrite_each_other(store: SqlStore) -> None:
    store.save_draft(make_draft(), NOW)
    draft, review = store.draft("d-1"), store.review("d-1")
    seen = rules.rendition_hash(draft, "en")
    made = [
        rules.decide(review, draft, action, "en", user=make_user(name), at=NOW, reason="r", version_hash=seen)
        for action, name in (("approve", "ito"), ("spike", "mori"))
    ]
    store.decide(made[0])
    with pytest.raises(Conflict, match="is approved meanwhile, no longer queued"):
        store.decide(made[1])
    assert [d.by for d in store.review("d-1").decisions] == ["ito"]
    assert [e.action for e in store.audit("d-1")] == ["approve"]


def test_of_decisions_made_at_the_same_moment_one_holds(store: SqlStore) -> None:
    for number in range(8):
        key = f"d-{number}"
        draft = make_draft(key, event=f"e-{number}")
        store.save_draft(draft, NOW)
        review, seen = store.review(key), rules.rendition_hash(draft, "en")
        made = [
            rules.decide(review, draft, action, "en", user=make_user(), at=NOW, reason="r", version_hash=seen)
            for action in ("approve", "spike", "request_changes")
        ]
        with ThreadPoolExecutor(3) as pool:
            results = [pool.submit(store.decide, decision) for decision in made]
        refused = [type(result.exception()) for result in results if result.exception()]
        assert refused == [Conflict, Conflict]
        assert len(store.review(key).decisions) == 1


def test_a_decision_on_other_words_is_refused(store: SqlStore) -> None:
    store.save_draft(make_draft(), NOW)
    decision = rules.decide(
        store.review("d-1"),
        make_draft(),
        "approve",
        "en",
        user=make_user(),
        at=NOW,
        version_hash=rules.rendition_hash(make_draft(), "en"),
    )
    with pytest.raises(Conflict, match="not the one decided on"):
        store.decide(decision.model_copy(update={"version_hash": "0" * 64}))


def test_users_are_kept_and_audited_without_their_secret(store: SqlStore) -> None:
    user = make_user().model_copy(update={"password_hash": "$argon2id$x"})
    store.save_user(user, by="cli", at=NOW)
    store.save_user(make_user("mori", ("en",)), by="cli", at=NOW)
    assert store.user("ito") == user
    assert [u.name for u in store.users()] == ["ito", "mori"]
    assert "argon2" not in str(store.audit("ito"))


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "DELETE FROM decisions"])
def test_the_record_is_append_only(store: SqlStore, statement: str) -> None:
    store.save_draft(make_draft(), NOW)
    act(store, "open")
    before = store.audit()
    with pytest.raises(StoreError, match="append-only"), store.database.writing() as connection:
        connection.execute(text(statement))
    assert store.audit() == before != []


def test_the_audit_is_read_newest_first(store: SqlStore) -> None:
    for number in range(3):
        store.record(NOW + hours(number), "ito", "note", f"s{number % 2}", {"n": number, "字": "語"})
    assert [entry.detail["n"] for entry in store.audit()] == [2, 1, 0]
    assert [entry.detail["n"] for entry in store.audit("s0", limit=1)] == [2]


def test_an_article_is_written_over_by_its_correction(store: SqlStore) -> None:
    article = Article(
        key="a-1",
        draft="d-1",
        version=1,
        rendition="ja",
        version_hash="h",
        channel="files",
        address="file:///x",
        approved_by="ito",
        published=NOW,
    )
    store.save_article(article)
    store.save_article(article.model_copy(update={"state": "withdrawn", "note": "wrong port"}))
    assert [(a.state, a.note) for a in store.articles("d-1")] == [("withdrawn", "wrong port")]
    assert store.articles("d-2") == []


def test_runs_come_newest_first_with_what_was_recorded(store: SqlStore) -> None:
    store.save_run("r-1", {"items": 3}, NOW, None)
    store.save_run("r-2", {"items": 4}, NOW + hours(1), NOW + hours(2))
    store.save_run("r-1", {"items": 5, "id": "r-1"}, NOW, NOW + hours(1))
    second, first = store.runs()
    assert (second["run"], first["run"], first["items"], first["id"]) == ("r-2", "r-1", 5, "r-1")
    assert first["finished"] == (NOW + hours(1)).isoformat()
    assert len(store.runs(limit=1)) == 1
