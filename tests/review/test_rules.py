"""The rules of review: a table of what is allowed, and a machine that tries everything."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from newsdigest.drafts.draft import Draft, DraftSource, GateResult, Rendition
from newsdigest.errors import ReviewError
from newsdigest.review import rules
from newsdigest.review.review import Action, Decision, Review, State, User
from tests.store.samples import NOW, make_draft, make_user

ITO = make_user()


def decided(
    review: Review,
    action: Action,
    rendition: Rendition = "en",
    user: User | None = ITO,
    reason: str = "because",
    draft: Draft | None = None,
    seen: str | None = None,
) -> Decision:
    """Decide with everything in order unless a test says otherwise."""
    shown = draft or make_draft()
    return rules.decide(
        review,
        shown,
        action,
        rendition,
        user=user,
        at=NOW,
        reason=reason,
        version_hash=rules.rendition_hash(shown, rendition) if seen is None else seen,
    )


def in_state(ja: State, en: State) -> Review:
    """A review whose renditions stand so."""
    return rules.first_review(make_draft()).model_copy(update={"ja": ja, "en": en})


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("queued", "open", "in_review"),
        ("queued", "approve", "approved"),
        ("in_review", "approve", "approved"),
        ("in_review", "request_changes", "changes_requested"),
        ("changes_requested", "queue", "queued"),
        ("approved", "schedule", "scheduled"),
        ("approved", "embargo", "embargoed"),
        ("embargoed", "publish", "published"),
        ("scheduled", "publish", "published"),
        ("approved", "reopen", "in_review"),
        ("spiked", "reopen", "in_review"),
        ("published", "update", "updated"),
        ("published", "correct", "corrected"),
        ("corrected", "withdraw", "withdrawn"),
    ],
)
def test_the_way_of_a_rendition(before: State, action: Action, after: State) -> None:
    review = in_state("queued", before)
    decision = decided(review, action)
    assert (decision.before, decision.after) == (before, after)
    moved = rules.applied(review, decision)
    assert (moved.ja, moved.en, moved.decisions) == ("queued", after, (decision,))


@pytest.mark.parametrize(
    ("before", "action"),
    [
        ("changes_requested", "approve"),
        ("spiked", "approve"),
        ("queued", "publish"),
        ("in_review", "publish"),
        ("published", "spike"),
        ("published", "approve"),
        ("queued", "withdraw"),
        ("withdrawn", "publish"),
        ("withdrawn", "reopen"),
    ],
)
def test_what_a_state_does_not_allow_is_refused_in_one_sentence(before: State, action: Action) -> None:
    with pytest.raises(ReviewError, match=rf"The en rendition of d-1 is {before}; {action} is possible from"):
        decided(in_state("queued", before), action)


@pytest.mark.parametrize(
    ("action", "before"),
    [("spike", "queued"), ("request_changes", "in_review"), ("correct", "published"), ("withdraw", "published")],
)
def test_some_actions_need_a_reason(action: Action, before: State) -> None:
    with pytest.raises(ReviewError, match="needs a reason"):
        decided(in_state("queued", before), action, reason="  ")


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        (("ja",), {"ja"}),
        (("en",), {"en"}),
        (("ja", "en"), {"ja", "en"}),
        (("chief",), {"ja", "en"}),
        (("admin",), {"ja", "en"}),
        (("reader",), set()),
        ((), set()),
    ],
)
def test_each_rendition_is_approved_by_someone_with_its_role(roles: tuple[str, ...], allowed: set[Rendition]) -> None:
    review = rules.first_review(make_draft())
    for rendition in ("ja", "en"):
        if rendition in allowed:
            assert decided(review, "approve", rendition, make_user(roles=roles)).rendition == rendition
        else:
            with pytest.raises(ReviewError, match=f"no role for the {rendition} rendition"):
                decided(review, "approve", rendition, make_user(roles=roles))


def test_only_an_active_person_approves() -> None:
    review = rules.first_review(make_draft())
    with pytest.raises(ReviewError, match="not active"):
        decided(review, "approve", user=make_user(active=False))
    with pytest.raises(ReviewError, match="Only a person may approve"):
        decided(review, "approve", user=None)
    with pytest.raises(ReviewError, match="machine's own name"):
        decided(review, "approve", user=make_user(rules.MACHINE))
    assert decided(in_state("queued", "approved"), "publish", user=None).by == rules.MACHINE


def test_an_approval_binds_the_very_text_that_was_seen() -> None:
    review, draft = rules.first_review(make_draft()), make_draft()
    with pytest.raises(ReviewError, match="not the one you saw"):
        decided(review, "approve", seen="0" * 64)
    other = make_draft(english="Other words.")
    with pytest.raises(ReviewError, match="not the one you saw"):
        decided(review, "approve", draft=other)
    with pytest.raises(ReviewError, match="not the review of version 2"):
        decided(review, "approve", draft=make_draft(version=2))
    assert decided(review, "approve").version_hash == rules.rendition_hash(draft, "en")


def test_the_hash_covers_one_rendition_and_all_of_it() -> None:
    draft = make_draft()
    english = make_draft(english="Alba proposed a meeting.")
    assert rules.rendition_hash(draft, "ja") == rules.rendition_hash(english, "ja")
    assert rules.rendition_hash(draft, "en") != rules.rendition_hash(english, "en")
    assert rules.rendition_hash(draft, "en") != rules.rendition_hash(make_draft(evidence=()), "en")
    source = DraftSource(
        item="i-alba", source="a", name={"en": "Alba"}, language="en", kind="government", url="https://a.example"
    )
    listed = draft.model_copy(update={"sources": (source,)})
    moved = draft.model_copy(update={"sources": (source.model_copy(update={"url": "https://b.example"}),)})
    assert len({rules.rendition_hash(made, "en") for made in (draft, listed, moved)}) == 3
    later = draft.model_copy(update={"version": 2, "state": "approved"})
    assert rules.rendition_hash(draft, "en") == rules.rendition_hash(later, "en")


def test_a_field_that_a_later_release_adds_leaves_the_hash_of_a_stored_draft_alone() -> None:
    assert (
        rules.rendition_hash(make_draft(), "ja") == "f0a7c37e7c96f0c2f84200cf818e8467d60463c07b52a639dbabacf420092a71"
    )


def test_approving_past_a_failed_gate_is_an_override_with_its_reason() -> None:
    gates = (
        GateResult(gate="figures", checked=1, passed=False, faults=("figure 7",)),
        GateResult(gate="parity", checked=0, passed=None),
        GateResult(gate="names", checked=3, passed=True),
    )
    draft = make_draft(gates=gates)
    review = rules.first_review(draft)
    with pytest.raises(ReviewError, match="faults in figures: approving it needs a reason"):
        decided(review, "approve", draft=draft, reason="")
    decision = decided(review, "approve", draft=draft, reason="checked by telephone")
    assert (decision.override, decision.reason) == (("figures",), "checked by telephone")
    assert decided(rules.first_review(make_draft()), "approve").override == ()


@pytest.mark.parametrize(
    ("ja", "en", "whole"),
    [
        ("queued", "queued", "queued"),
        ("queued", "in_review", "in_review"),
        ("approved", "queued", "in_review"),
        ("approved", "approved", "approved"),
        ("approved", "changes_requested", "changes_requested"),
        ("spiked", "spiked", "spiked"),
        ("spiked", "approved", "approved"),
        ("spiked", "queued", "queued"),
        ("published", "approved", "approved"),
        ("published", "corrected", "published"),
        ("withdrawn", "published", "published"),
        ("embargoed", "approved", "approved"),
    ],
)
def test_the_draft_follows_from_its_renditions(ja: State, en: State, whole: State) -> None:
    assert rules.draft_state(in_state(ja, en)) == whole
    assert rules.draft_state(in_state(en, ja)) == whole


def test_the_machine_replaces_only_what_nobody_touched() -> None:
    review = rules.first_review(make_draft())
    assert rules.machine_may_replace(review)
    opened = rules.applied(review, decided(review, "open"))
    assert not rules.machine_may_replace(opened)
    returned = rules.applied(opened, decided(opened, "queue"))
    assert (returned.ja, returned.en) == ("queued", "queued")
    assert not rules.machine_may_replace(returned)


def test_the_newest_approval_of_this_version_counts() -> None:
    review = rules.first_review(make_draft())
    with pytest.raises(ReviewError, match="Nobody approved"):
        rules.approval(review, "en")
    for action, by in (("approve", "ito"), ("reopen", "ito"), ("approve", "mori")):
        review = rules.applied(review, decided(review, action, user=make_user(by)))
    assert rules.approved(review) == ("en",)
    assert rules.approval(review, "en").by == "mori"
    newer = review.model_copy(update={"version": 2})
    with pytest.raises(ReviewError, match="Nobody approved"):
        rules.approval(newer, "en")


def test_the_actions_a_state_allows() -> None:
    assert rules.allowed_actions(in_state("queued", "withdrawn"), "en") == ()
    assert set(rules.allowed_actions(in_state("queued", "spiked"), "en")) == {"reopen"}
    assert "approve" in rules.allowed_actions(in_state("queued", "spiked"), "ja")


USERS = [
    make_user("ja", ("ja",)),
    make_user("en", ("en",)),
    make_user("chief", ("chief",)),
    make_user("reader", ("reader",)),
    make_user("gone", ("chief",), active=False),
    None,
]


class Desk(RuleBasedStateMachine):
    """Anybody tries anything; versions change underneath."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = make_draft()
        self.review = rules.first_review(self.draft)
        self.log: list[Decision] = []

    @rule(
        action=st.sampled_from(list(rules.TRANSITIONS)),
        rendition=st.sampled_from(["ja", "en"]),
        user=st.sampled_from(USERS),
        reason=st.sampled_from(["", "because"]),
        stale=st.booleans(),
    )
    def attempt(self, action: Action, rendition: Rendition, user: User | None, reason: str, stale: bool) -> None:
        seen = "0" * 64 if stale else None
        try:
            decision = decided(self.review, action, rendition, user, reason, self.draft, seen)
        except ReviewError:
            return
        assert not stale
        other: Rendition = "en" if rendition == "ja" else "ja"
        untouched = rules.state_of(self.review, other)
        self.review = rules.applied(self.review, decision)
        self.log.append(decision)
        assert rules.state_of(self.review, other) == untouched
        if user is not None:
            assert user.active
            assert {rendition, "chief"} & set(user.roles)

    @rule()
    def machine_writes_anew(self) -> None:
        if rules.machine_may_replace(self.review):
            number = self.draft.version + 1
            self.draft = make_draft(version=number, english=f"Version {number}.")
            self.review = rules.first_review(self.draft).model_copy(update={"decisions": self.review.decisions})

    @invariant()
    def nothing_is_out_that_no_person_approved(self) -> None:
        for rendition in ("ja", "en"):
            state = rules.state_of(self.review, rendition)
            if state in {"approved", "scheduled", "embargoed", "published", "updated", "corrected", "withdrawn"}:
                bound = rules.approval(self.review, rendition)
                assert bound.by not in {rules.MACHINE, "reader", "gone"}
                assert bound.version_hash == rules.rendition_hash(self.draft, rendition)

    @invariant()
    def the_log_replays_to_the_same_state(self) -> None:
        replayed = rules.first_review(self.draft)
        for decision in (d for d in self.log if d.version == self.draft.version):
            assert rules.state_of(replayed, decision.rendition) == decision.before
            replayed = rules.applied(replayed, decision)
        assert (replayed.ja, replayed.en) == (self.review.ja, self.review.en)


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
