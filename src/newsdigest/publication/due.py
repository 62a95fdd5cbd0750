"""What is due to go out: the renditions a person approved, in the very words he approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdigest.drafts.draft import Draft, Rendition
from newsdigest.errors import ReviewError
from newsdigest.publication.article import Article
from newsdigest.records import short_key
from newsdigest.review.review import Decision, Review
from newsdigest.review.rules import approval, approved, rendition_hash


@dataclass(frozen=True, slots=True)
class Due:
    """One rendition to publish, with the approval that it rests on."""

    draft: Draft
    rendition: Rendition
    approval: Decision


def articles_due(drafts: Iterable[Draft], reviews: Mapping[str, Review]) -> list[Due]:
    """Return the approved renditions of the drafts, in their order, ja before en.

    ``reviews`` is by draft id, each of the very version given. ReviewError where a text is not the one approved.
    """
    due: list[Due] = []
    for draft in drafts:
        review = reviews.get(draft.id)
        if review is None or review.version != draft.version:
            continue
        for rendition in approved(review):
            bound = approval(review, rendition)
            if bound.version_hash != rendition_hash(draft, rendition):
                raise ReviewError(
                    f"The {rendition} text of {draft.id} is not the one {bound.by} approved.", about=draft.id
                )
            due.append(Due(draft, rendition, bound))
    return due


def article_of(due: Due, channel: str, at: datetime) -> Article:
    """Return the article's record for a channel, its address still empty; the key is the same on every retry."""
    draft = due.draft
    return Article(
        key=short_key("a", draft.id, due.rendition, str(draft.version), channel),
        draft=draft.id,
        version=draft.version,
        rendition=due.rendition,
        version_hash=due.approval.version_hash,
        channel=channel,
        address="",
        approved_by=due.approval.by,
        published=at,
    )
