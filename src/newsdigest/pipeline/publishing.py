"""Approved renditions to the channels. Nothing that no person approved is ever rendered for a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newsdigest.drafts.rendering import html, markdown
from newsdigest.errors import Conflict
from newsdigest.ports import Channel, Store
from newsdigest.publication.article import Article
from newsdigest.records import canonical_json, short_key
from newsdigest.review import rules
from newsdigest.review.review import Decision


def publish_approved(store: Store, channels: Sequence[Channel], *, now: datetime) -> list[Article]:
    """Publish every approved rendition to every channel; idempotent on (draft, rendition, version, channel)."""
    published = []
    for row in store.queue(["approved"]):
        draft = store.draft(row.draft, row.version)
        review = store.review(row.draft, row.version)
        for rendition in rules.approved(review):
            bound = rules.approval(review, rendition)
            if rules.rendition_hash(draft, rendition) != bound.version_hash:
                raise Conflict(f"The {rendition} half of {draft.id} is not the text that was approved.", about=draft.id)
            rendered = {
                "md": markdown(draft, rendition),
                "html": html(draft),
                "json": canonical_json(draft.model_dump(mode="json", by_alias=True)).decode(),
            }
            for channel in channels:
                article = Article(
                    key=short_key("a", draft.id, rendition, str(draft.version), channel.name),
                    draft=draft.id,
                    version=draft.version,
                    rendition=rendition,
                    version_hash=bound.version_hash,
                    channel=channel.name,
                    address="",
                    approved_by=bound.by,
                    published=now,
                )
                stored = article.model_copy(update={"address": channel.publish(article, rendered)})
                store.save_article(stored)
                published.append(stored)
            store.decide(
                Decision(
                    draft=draft.id,
                    version=draft.version,
                    rendition=rendition,
                    version_hash=bound.version_hash,
                    action="publish",
                    by=bound.by,
                    at=now,
                    before="approved",
                    after="published",
                )
            )
    return published
