"""Storylines over days: which earlier events one carries on, what was published on them, and what is new since then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from newsdigest.errors import NotFound
from newsdigest.events.event import Event, StoryLink
from newsdigest.events.importance import voices_of
from newsdigest.events.likeness import Vectors, centre
from newsdigest.events.profile import EventDocument
from newsdigest.events.reasons import Reasons
from newsdigest.events.storylines import DAYS, Chapter, carried_on, chapter
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import Store
from newsdigest.publication.article import Article

# Earlier events looked at, those that matter most first, and items read of each.
HELD = 400
READ = 6
# How far back a storyline is followed from event to event.
DEEP = 4
VOICES = 2


@dataclass(frozen=True, slots=True)
class Published:
    """The newest article on a storyline: its headlines (ja, en), the draft it came from, and the items that came since, by key."""

    article: Article
    headlines: Mapping[str, str]
    event: str
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The documents of items by key, with their centred vectors."""

    documents: Mapping[str, EventDocument]
    centred: Mapping[str, Vectors]


def told_of(documents: Sequence[EventDocument], vectors: Vectors, means: Mapping[str, Vectors]) -> Told:
    """Return what storylines need of documents and their vectors, row by row."""
    rows = centre(vectors, [document.language for document in documents], means)
    keys = [document.key for document in documents]
    return Told(dict(zip(keys, documents, strict=True)), dict(zip(keys, rows, strict=True)))


def with_storylines(bureau: Bureau, events: Sequence[Event], earlier: Sequence[Event], told: Told) -> list[Event]:
    """Return the events, those that more than one voice or an official tells with the earlier events they carry on.

    ``earlier`` are stored events beyond the window; ``told`` holds the items of both.
    """
    chapters = {event.id: made for event in (*earlier, *events) if (made := _chapter(bureau, event, told))}
    found = []
    for event in events:
        own = chapters.get(event.id)
        links = carried_on(own, chapters.values()) if own else ()
        found.append(event.model_copy(update={"follows": links}))
    return found


def earlier_events(store: Store, start: datetime, known: Sequence[Event]) -> list[Event]:
    """Return the stored events of the weeks before ``start`` that more than one item told, the most important first, up to a bound."""
    here = {event.id for event in known}
    found = [e for e in store.events(since=start - timedelta(days=DAYS)) if e.id not in here and len(e.items) > 1]
    return sorted(found, key=lambda event: (-event.score, event.id))[:HELD]


def _chapter(bureau: Bureau, event: Event, told: Told) -> Chapter | None:
    held = [told.documents[key] for key in event.items[:READ] if key in told.documents]
    if not held or not (voices_of(event, held) >= VOICES or any(document.issuer for document in held)):
        return None
    rows = np.stack([told.centred[document.key] for document in held])
    return chapter(event, held, rows, bureau.lexicon, bureau.weights.background)


def published_on(store: Store, event: Event) -> Published | None:
    """Return the newest article on an event or on one that it carries on, with the event's items that came after it; None without one."""
    best: tuple[Article, str] | None = None
    for key in (event.id, *(link.event for link in storyline(store, event))):
        draft = store.draft_of_event(key)
        for article in store.articles(draft.id) if draft else ():
            if article.state == "published" and (best is None or article.published > best[0].published):
                best = (article, key)
    if best is None:
        return None
    article, home = best
    draft = store.draft(article.draft, article.version)
    known = set(store.comparison(draft.comparison).items)
    items = store.items(event.items)
    new = [k for k in event.items if k in items and k not in known and items[k].versions[0].first_seen]
    headlines = {"ja": draft.headline.ja.text, "en": draft.headline.en.text}
    return Published(article, headlines, home, tuple(new))


def storyline(store: Store, event: Event) -> list[StoryLink]:
    """Return the links of an event and of those it carries on, newest first, each earlier event once."""
    found: dict[str, StoryLink] = {}
    turn = [event]
    for _ in range(DEEP):
        links = [link for one in turn for link in one.follows if link.event not in found and link.event != event.id]
        found.update({link.event: link for link in links})
        known = {one.id: one for one in (_event(store, link.event) for link in links) if one}
        turn = list(known.values())
    return list(found.values())


def storyline_of(store: Store, event: Event, reasons: Reasons) -> list[str]:
    """Return sentences: which events it carries on and why, what was published on them, what is new since."""
    said = []
    for link in event.follows:
        earlier = _event(store, link.event)
        if earlier is None:
            continue
        items = store.items(earlier.items)
        title = next((items[key].latest.title for key in earlier.items if key in items), "")
        names = reasons.listed(dict.fromkeys(reasons.printed(name) for name in link.names))
        phrase = reasons.sentence("alike", likeness=f"{link.likeness:.2f}")
        shared = reasons.sentence("shared", names=names, phrase=phrase)
        days = _span(link.days, reasons)
        said.append(reasons.sentence("follows", event=earlier.id, title=title, days=days, shared=shared))
    found = published_on(store, event)
    if found is not None:
        items = store.items(found.new)
        new = reasons.listed(
            reasons.plain("title", title=items[key].latest.title) for key in found.new if key in items
        ) or reasons.sentence("nothing_new")
        at = f"{found.article.published:%Y-%m-%d %H:%M}Z"
        headline = found.headlines[reasons.language]
        said.append(reasons.sentence("published", title=headline, draft=found.article.draft, at=at, new=new))
    return said


def _span(days: float, reasons: Reasons) -> str:
    if days < 1:
        return reasons.plain("hours", n=max(1, round(days * 24)))
    return reasons.plain("day") if round(days) == 1 else reasons.plain("days", n=round(days))


def _event(store: Store, key: str) -> Event | None:
    try:
        return store.event(key)
    except NotFound:
        return None
