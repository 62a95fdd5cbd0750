"""Items of the window to events: vectors from the cache or the encoder, then clustering; keys stay, merges redirect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from newsdigest.events.cluster import cluster
from newsdigest.events.encoding import content_hash, text_for_encoding
from newsdigest.events.event import Event
from newsdigest.events.importance import importance
from newsdigest.events.likeness import Vectors
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights
from newsdigest.items.dates import credible
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau, Progress
from newsdigest.pipeline.indexing import note_vectors, weights_now
from newsdigest.pipeline.packets import source_of
from newsdigest.pipeline.storylines import READ, Told, earlier_events, published_on, told_of, with_storylines

STEP = "relate"
BATCH = 32


def relate_items(bureau: Bureau, now: datetime, arrived: Iterable[str] = ()) -> list[Event]:
    """Cluster the window's items and those that ``arrived`` (an old item a feed still carries gets its own, older event).

    The events are stored; those of these items are returned in order of their last item.
    """
    start = now - timedelta(days=bureau.policy.window_days * 2)
    found = {item.key: item for item in bureau.store.items_between(start, now + timedelta(days=1))}
    found |= bureau.store.items([key for key in arrived if key not in found])
    items = [item for item in found.values() if _readable(item)]
    vectors = vectors_of(bureau, items)
    weights = weights_now(bureau, bureau.embedder(), now)
    previous = bureau.store.events(since=start)
    documents = {item.key: _document(bureau, item) for item in items}
    result = cluster(
        list(documents.values()),
        vectors,
        lexicon=bureau.lexicon,
        weights=weights,
        links=[link for link in bureau.store.links() if not link.undone],
        window_days=bureau.policy.window_days,
        previous=previous,
    )
    earlier = earlier_events(bureau.store, start, result.events)
    told = _told(bureau, [*documents.values()], vectors, weights, earlier)
    events = with_storylines(bureau, result.events, earlier, told)
    events = [_weighed(bureau, event, documents) for event in events]
    bureau.store.replace_events(events, result.redirects, now)
    return sorted(events, key=lambda event: (event.last, event.id))


def vectors_of(bureau: Bureau, items: list[Item]) -> NDArray[np.float32]:
    """One row an item, in order; what the store already has is not encoded again."""
    texts = [text_for_encoding(i.latest.title, i.latest.text, i.latest.language) for i in items]
    hashes = [content_hash(text) for text in texts]
    encoder = bureau.embedder()
    known = bureau.store.vectors(encoder.identity, set(hashes))
    languages = {key: item.latest.language for key, item in zip(hashes, items, strict=True)}
    # Texts of like length share a batch: the cost of a batch is its longest text's.
    missing = {key: text for text, key in sorted(set(zip(texts, hashes, strict=True)), key=_length) if key not in known}
    for position in range(0, len(missing), BATCH):
        part = list(missing.items())[position : position + BATCH]
        rows = encoder.encode([text for _, text in part])
        fresh = {key: row for (key, _), row in zip(part, rows, strict=True)}
        bureau.store.save_vectors(encoder.identity, fresh)
        note_vectors(
            bureau.store, encoder.identity, ((languages[k], row) for k, row in fresh.items()), bureau.clock.now()
        )
        known |= fresh
        bureau.progress(Progress(STEP, position + len(part), len(missing)))
    if not items:
        return np.zeros((0, encoder.dimensions), dtype=np.float32)
    return np.stack([known[key] for key in hashes]).astype(np.float32)


def _length(pair: tuple[str, str]) -> tuple[int, str]:
    return len(pair[0]), pair[1]


def _readable(item: Item) -> bool:
    return item.removed is None and not item.latest.withdrawn and bool(item.latest.title or item.latest.text)


def _told(
    bureau: Bureau, documents: list[EventDocument], vectors: Vectors, weights: Weights, earlier: Sequence[Event]
) -> Told:
    """The window's documents and those of the earlier events that a storyline may carry on, with their vectors."""
    here = {document.key for document in documents}
    wanted = [key for event in earlier for key in event.items[:READ] if key not in here]
    older = [item for item in bureau.store.items(wanted).values() if _readable(item)] if wanted else []
    if older:
        documents = [*documents, *(_document(bureau, item) for item in older)]
        vectors = np.concatenate([vectors, vectors_of(bureau, older)])
    return told_of(documents, vectors, weights.means)


def _weighed(bureau: Bureau, event: Event, documents: Mapping[str, EventDocument]) -> Event:
    """The event with its importance and the reasons a person can read."""
    score, reasons = importance(event, documents, carries_on=_carried_on(bureau, event))
    return event.model_copy(update={"score": round(score, 4), "reasons": reasons})


def _carried_on(bureau: Bureau, event: Event) -> tuple[str, str]:
    """The headline and day of the newest article on an earlier event of the storyline, or nothing."""
    found = published_on(bureau.store, event) if event.follows else None
    if found is None or found.event == event.id:
        return "", ""
    return found.headlines["en"], f"{found.article.published:%Y-%m-%d}"


def _document(bureau: Bureau, item: Item) -> EventDocument:
    source = source_of(bureau, item.source)
    version = item.latest
    return EventDocument(
        key=item.key,
        title=version.title,
        text=version.text,
        language=version.language,
        published=credible(item.versions[0].published, item.versions[0].first_seen),
        source=source.id,
        source_kind=source.kind,
        owner=source.owner,
        country=source.country,
        issuer=item.statement.issuer if item.statement else None,
        first_seen=item.versions[0].first_seen,
    )
