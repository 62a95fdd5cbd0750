"""A person's decision on a draft, from the command line or the desk: checked by the review's rules, stored, audited."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from newsdigest.drafts.draft import RENDITIONS, Rendition
from newsdigest.errors import NotFound, ReviewError
from newsdigest.ports import Store
from newsdigest.review import rules
from newsdigest.review.review import Action, Review


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
    try:
        user = store.user(by)
    except NotFound as error:
        raise ReviewError(f"There is no user «{by}»; newsdigest user add {by} makes one.", about=by) from error
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
