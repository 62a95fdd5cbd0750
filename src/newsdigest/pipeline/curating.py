"""An editor's word on events: together, apart, and taken back; kept for ever and obeyed by every later round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from newsdigest.errors import NotFound
from newsdigest.events.event import Event, Link
from newsdigest.pipeline.deciding import deciding_user
from newsdigest.ports import Store


def merge(store: Store, first: str, second: str, *, by: str, at: datetime) -> list[Link]:
    """Keep two items or events together, with all that they hold: links to the earliest item. Raises NotFound, ReviewError."""
    left, right = _items(store, first), _items(store, second)
    # The pairs between two events are seldom strong: one link would draw its own two items out of them.
    return _keep(
        store, [(left[0], other) for other in dict.fromkeys([*left[1:], *right]) if other != left[0]], "must", by, at
    )


def split(store: Store, item: str, event: str, *, by: str, at: datetime) -> list[Link]:
    """Keep an item apart from every other item of an event."""
    others = [key for key in store.event(event).items if key != item]
    if len(others) == len(store.event(event).items):
        raise NotFound(f"The item {item} is not in the event {event}.", about=item)
    return _keep(store, [(item, other) for other in others], "cannot", by, at)


def undo(store: Store, item: str, *, by: str, at: datetime) -> list[Link]:
    """Take back every word on an item or event that still holds."""
    touched = set(_items(store, item))
    standing = [link for link in store.links() if not link.undone and {link.first, link.second} & touched]
    deciding_user(store, by)
    taken = [link.model_copy(update={"by": by, "at": at, "undone": True}) for link in standing]
    for link in taken:
        store.add_link(link)
    return taken


def _items(store: Store, key: str) -> tuple[str, ...]:
    try:
        event: Event = store.event(key)
    except NotFound:
        return (store.item(key).key,)
    return event.items


def _keep(
    store: Store, pairs: Iterable[tuple[str, str]], kind: Literal["must", "cannot"], by: str, at: datetime
) -> list[Link]:
    deciding_user(store, by)
    links = [Link(first=first, second=second, kind=kind, by=by, at=at) for first, second in pairs if first != second]
    for link in links:
        store.add_link(link)
    return links
