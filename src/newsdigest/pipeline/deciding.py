"""A person's decision on a draft, from the command line or the desk: checked by the review's rules, stored, audited."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from newsdigest.drafts.draft import RENDITIONS, Rendition
from newsdigest.errors import NotFound, ReviewError
from newsdigest.ports import Store
from newsdigest.review import rules
from newsdigest.review.review import Action, Review, User


def decide(
    store: Store,
    draft: str,
    action: str,
    *,
    by: str,
    at: datetime,
    only: str | None = None,
    reason: str = "",
    seen: str | None = None,
) -> Review:
    """Carry out one action on one rendition (``only``) or both; return the review afterwards.

    ``seen`` is the version hash the person had before their eyes (the desk sends it): another one now is a ReviewError.
    Raises ReviewError with one sentence where the rules do not allow it; then nothing is changed.
    """
    found = store.draft(draft)
    user = deciding_user(store, by)
    review = store.review(draft, found.version)
    renditions: tuple[Rendition, ...] = (cast(Rendition, only),) if only else RENDITIONS
    decisions = [
        rules.decide(
            review,
            found,
            cast(Action, action),
            rendition,
            user=user,
            at=at,
            reason=reason,
            version_hash=seen or rules.rendition_hash(found, rendition),
        )
        for rendition in renditions
    ]
    for decision in decisions:
        review = store.decide(decision)
    return review


def adopt(store: Store, draft: str, *, by: str, at: datetime) -> int:
    """Put the proposal that waits beside a draft in force and return its version.

    Raises ReviewError where there is no proposal, no such user, or a user with no language's role.
    """
    row = next((row for row in store.queue() if row.draft == draft), None)
    if row is None:
        raise NotFound(f"There is no draft {draft}.", about=draft)
    if row.proposed is None:
        raise ReviewError(f"No proposal waits beside {draft}.", about=draft)
    user = deciding_user(store, by)
    if not any(rules.may_act(user, rendition) for rendition in RENDITIONS):
        raise ReviewError(f"The user {by} has no language's role and cannot adopt a proposal.", about=draft)
    store.adopt_proposal(draft, row.proposed, by, at)
    return row.proposed


def deciding_user(store: Store, name: str) -> User:
    """The user who decides; ReviewError with a sentence where there is none."""
    try:
        return store.user(name)
    except NotFound as error:
        raise ReviewError(f"There is no user «{name}»; newsdigest user add {name} makes one.", about=name) from error
