"""The rules of review, pure: which action from which state by whom, what it needs, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from newsdigest.drafts.draft import RENDITIONS, Draft, Rendition
from newsdigest.errors import ReviewError
from newsdigest.records import Record, digest
from newsdigest.review.review import Action, Decision, Review, State, User

MACHINE = "newsdigest"
"""Who is named where no person decided: only the steps that carry out what a person approved."""

REFUSALS = (
    "not_approved",
    "other_version",
    "wrong_state",
    "no_reason",
    "text_changed",
    "no_override_reason",
    "person_only",
    "user_inactive",
    "machine_name",
    "no_role",
)
"""The codes of all refusals here; a screen has words for each."""

MACHINE_ACTIONS: frozenset[Action] = frozenset({"queue", "publish"})
NEEDS_REASON: frozenset[Action] = frozenset({"spike", "request_changes", "correct", "withdraw"})
BOTH_LANGUAGES = frozenset({"chief", "admin"})

OPEN_STATES: frozenset[State] = frozenset({"queued", "in_review", "changes_requested"})
OUT: frozenset[State] = frozenset({"published", "updated", "corrected"})

TRANSITIONS: Mapping[Action, tuple[frozenset[State], State]] = {
    "queue": (frozenset({"in_review", "changes_requested"}), "queued"),
    "open": (frozenset({"queued"}), "in_review"),
    "approve": (frozenset({"queued", "in_review"}), "approved"),
    "request_changes": (frozenset({"queued", "in_review", "approved"}), "changes_requested"),
    "spike": (OPEN_STATES | {"approved", "scheduled", "embargoed"}, "spiked"),
    "reopen": (frozenset({"changes_requested", "approved", "scheduled", "embargoed", "spiked"}), "in_review"),
    "schedule": (frozenset({"approved", "embargoed"}), "scheduled"),
    "embargo": (frozenset({"approved", "scheduled"}), "embargoed"),
    "publish": (frozenset({"approved", "scheduled", "embargoed"}), "published"),
    "update": (OUT, "updated"),
    "correct": (OUT, "corrected"),
    "withdraw": (OUT, "withdrawn"),
}

_ADVANCE: tuple[State, ...] = (
    "approved",
    "embargoed",
    "scheduled",
    "published",
    "updated",
    "corrected",
    "withdrawn",
)


def rendition_hash(draft: Draft, rendition: Rendition) -> str:
    """Return the hash (sha256, hex) an approval binds: all that a reader of that rendition is shown, with its evidence.

    What is at its default is left out, so that a field added in a later release leaves the hashes of stored drafts alone.
    """

    def content(record: Record) -> dict[str, Any]:
        return record.model_dump(mode="json", exclude_defaults=True)

    shown: dict[str, Any] = {
        "headline": content(getattr(draft.headline, rendition)),
        "sections": [
            {
                "id": section.id,
                "heading": content(getattr(section.heading, rendition)),
                "sentences": [content(sentence) for sentence in getattr(section.sentences, rendition)],
            }
            for section in draft.sections
        ],
        "caveats": [getattr(caveat, rendition) for caveat in draft.caveats],
        "quotes": [content(quote) for quote in draft.quotes],
        "sources": [content(source) for source in draft.sources],
    }
    return digest({part: value for part, value in shown.items() if value})


def failed_gates(draft: Draft) -> tuple[str, ...]:
    """Return the names of the gates that found a fault."""
    return tuple(gate.gate for gate in draft.gates if gate.faults or gate.passed is False)


def first_review(draft: Draft) -> Review:
    """Return the review of a new draft version: both renditions queued, nothing carried over from an older one."""
    return Review(
        draft=draft.id,
        version=draft.version,
        hashes={"ja": rendition_hash(draft, "ja"), "en": rendition_hash(draft, "en")},
    )


def state_of(review: Review, rendition: Rendition) -> State:
    """Return a rendition's state."""
    return review.ja if rendition == "ja" else review.en


def draft_state(review: Review) -> State:
    """Return the draft's state, which follows from its renditions'.

    A spiked rendition leaves the word to the other. Sent back beats all; one still open means that the draft is in
    review; of two that are past approval the one less far counts.
    """
    states = {review.ja, review.en}
    if len(states) > 1:
        states.discard("spiked")
    if len(states) == 1:
        return states.pop()
    if "changes_requested" in states:
        return "changes_requested"
    if states & OPEN_STATES:
        return "in_review"
    return min(states, key=_ADVANCE.index)


def approved(review: Review) -> tuple[Rendition, ...]:
    """Return the renditions that are approved and may go out now."""
    return tuple(rendition for rendition in RENDITIONS if state_of(review, rendition) == "approved")


def approval(review: Review, rendition: Rendition) -> Decision:
    """Return the newest approval of that rendition of the reviewed version; ReviewError where nobody approved it."""
    for decision in reversed(review.decisions):
        if (decision.version, decision.rendition, decision.action) == (review.version, rendition, "approve"):
            return decision
    raise ReviewError(
        f"Nobody approved the {rendition} rendition of {review.draft}.", about=review.draft, code="not_approved"
    )


def machine_may_replace(review: Review) -> bool:
    """Return whether the machine may put a new version in the draft's place; if not it only proposes one."""
    return review.ja == review.en == "queued" and all(decision.by == MACHINE for decision in review.decisions)


def may_act(user: User, rendition: Rendition) -> bool:
    """Return whether a person may decide on a rendition: by its language's role, or as chief or admin."""
    return user.active and bool({rendition, *BOTH_LANGUAGES} & set(user.roles))


def allowed_actions(review: Review, rendition: Rendition) -> tuple[Action, ...]:
    """Return the actions that the rendition's state allows, in the order of the rules."""
    state = state_of(review, rendition)
    return tuple(action for action, (before, _) in TRANSITIONS.items() if state in before)


def decide(
    review: Review,
    draft: Draft,
    action: Action,
    rendition: Rendition,
    *,
    user: User | None,
    at: datetime,
    reason: str = "",
    version_hash: str,
) -> Decision:
    """Return the decision on a rendition of a draft version, or raise ReviewError: one sentence that says what is against it.

    ``user`` None is the machine. ``version_hash`` is the hash of the text the person saw; a decision binds it. Approving
    past gates that found faults needs a reason, and the decision names them (``override``).
    """
    about = review.draft
    if (review.draft, review.version) != (draft.id, draft.version):
        raise ReviewError(
            f"This is not the review of version {draft.version} of {draft.id}.", about=draft.id, code="other_version"
        )
    _check_person(user, action, rendition, about)
    before = state_of(review, rendition)
    allowed, after = TRANSITIONS[action]
    if before not in allowed:
        raise ReviewError(
            f"The {rendition} rendition of {about} is {before}; {action} is possible from "
            f"{', '.join(sorted(allowed))} only.",
            about=about,
            code="wrong_state",
        )
    reason = reason.strip()
    if action in NEEDS_REASON and not reason:
        raise ReviewError(
            f"To {action.replace('_', ' ')} {about} ({rendition}) needs a reason.", about=about, code="no_reason"
        )
    current = rendition_hash(draft, rendition)
    if not version_hash == current == review.hashes.get(rendition):
        raise ReviewError(
            f"The {rendition} text of {about} is not the one you saw: look at version {review.version} again.",
            about=about,
            code="text_changed",
        )
    override = failed_gates(draft) if action == "approve" else ()
    if override and not reason:
        raise ReviewError(
            f"{about} has faults in {', '.join(override)}: approving it needs a reason for the override.",
            about=about,
            code="no_override_reason",
        )
    return Decision(
        draft=review.draft,
        version=review.version,
        rendition=rendition,
        version_hash=current,
        action=action,
        by=user.name if user else MACHINE,
        at=at,
        reason=reason,
        override=override,
        before=before,
        after=after,
    )


def _check_person(user: User | None, action: Action, rendition: Rendition, about: str) -> None:
    if user is None:
        if action not in MACHINE_ACTIONS:
            raise ReviewError(f"Only a person may {action.replace('_', ' ')} {about}.", about=about, code="person_only")
        return
    if not user.active:
        raise ReviewError(f"The user {user.name} is not active.", about=about, code="user_inactive")
    if user.name == MACHINE:
        raise ReviewError(
            f"{MACHINE} is the machine's own name and cannot decide as a person.", about=about, code="machine_name"
        )
    if not may_act(user, rendition):
        raise ReviewError(
            f"The user {user.name} has no role for the {rendition} rendition (roles: {', '.join(user.roles) or 'none'}).",
            about=about,
            code="no_role",
        )


def applied(review: Review, decision: Decision) -> Review:
    """Return the review after a decision made from it."""
    return review.model_copy(update={decision.rendition: decision.after, "decisions": (*review.decisions, decision)})
