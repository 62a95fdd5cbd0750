"""The records that others may read, by the name ``newsdigest schema`` knows."""

from __future__ import annotations

from pydantic import BaseModel

from newsdigest.comparison.record import Claim, Comparison, Disagreement, Figure, Formula, Quote, Silence
from newsdigest.documents.document import Document
from newsdigest.drafts.draft import Draft
from newsdigest.events.event import Event
from newsdigest.items.evidence import Evidence
from newsdigest.items.item import Item, ItemVersion, Statement
from newsdigest.moments import Moment
from newsdigest.publication.article import Article
from newsdigest.review.review import Decision, Review, User
from newsdigest.sources.source import Source

RECORDS: dict[str, type[BaseModel]] = {
    record.__name__.lower(): record
    for record in (
        Article,
        Claim,
        Comparison,
        Decision,
        Disagreement,
        Document,
        Draft,
        Event,
        Evidence,
        Figure,
        Formula,
        Item,
        ItemVersion,
        Moment,
        Quote,
        Review,
        Silence,
        Source,
        Statement,
        User,
    )
}
