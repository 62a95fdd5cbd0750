"""Approved renditions to the channels. Nothing that no person approved is ever rendered for a channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from newsdigest.drafts.export import rendition_json
from newsdigest.drafts.rendering import html, markdown
from newsdigest.pipeline.removal import removed_since
from newsdigest.ports import Channel, Store
from newsdigest.publication.article import Article
from newsdigest.publication.due import Due, article_of, articles_due
from newsdigest.publication.standing import as_published
from newsdigest.records import canonical_json
from newsdigest.review import rules

Words = Mapping[str, Mapping[str, str]]


def publish_approved(store: Store, channels: Sequence[Channel], words: Words, *, now: datetime) -> list[Article]:
    """Publish every due rendition to every channel; idempotent on (draft, rendition, version, channel).

    A draft is due once each of its halves is approved or spiked: both languages go out together. ``words`` are publication's own
    (``publication/words.toml``), by language.
    """
    rows = store.queue(["approved"])
    drafts = [store.draft(row.draft, row.version) for row in rows]
    reviews = {draft.id: store.review(draft.id, draft.version) for draft in drafts}
    published = []
    for due in articles_due(drafts, reviews):
        if removed_since(store, due.draft.id, due.approval.at):
            continue  # the person approved words of which some had to go since
        for channel in channels:
            article = article_of(due, channel.name, now)
            address = channel.publish(article, _rendered(due, words))
            article = article.model_copy(update={"address": address})
            store.save_article(article)
            published.append(article)
        review = store.review(due.draft.id, due.draft.version)
        bound = due.approval.version_hash
        store.decide(rules.decide(review, due.draft, "publish", due.rendition, user=None, at=now, version_hash=bound))
    return published


def _rendered(due: Due, words: Words) -> dict[str, str]:
    """The approved half in each form; the other half, approved or not, goes out by itself."""
    draft = as_published(due, words)
    return {
        "md": markdown(draft, due.rendition),
        "html": html(draft, (due.rendition,)),
        "json": canonical_json(rendition_json(draft, due.rendition)).decode(),
    }
