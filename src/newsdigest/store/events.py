"""Events under permanent keys, and the editors' links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from newsdigest.errors import NotFound, StoreError
from newsdigest.events.event import Event, Link
from newsdigest.store.coding import chunks, decode, encode
from newsdigest.store.rows import Rows, insert_new, upsert
from newsdigest.store.tables import event_items, events, links


def final_key(connection: Connection, key: str) -> str | None:
    """Return where a key leads now: itself while the event lives, its successor after a merge; None if unknown."""
    row = connection.execute(select(events.c.redirect).where(events.c.key == key)).first()
    if row is None:
        return None
    return row.redirect or key  # redirects are kept flat


class EventRows(Rows):
    """Events and links."""

    def events(self, since: datetime | None = None) -> list[Event]:
        """Return the living events (whose last item is not older than ``since``), by first publication."""
        query = select(events.c.record).where(events.c.redirect.is_(None), events.c.record.is_not(None))
        if since is not None:
            query = query.where(events.c.last >= since)
        with self.database.reading() as connection:
            records = connection.scalars(query.order_by(events.c.first, events.c.key)).all()
        return [decode(Event, record) for record in records if record is not None]

    def event(self, key: str) -> Event:
        """Return the event that a key, also a former one, leads to."""
        with self.database.reading() as connection:
            final = final_key(connection, key)
            record = connection.scalar(select(events.c.record).where(events.c.key == final)) if final else None
        if record is None:
            raise NotFound(f"There is no event {key}.", about=key)
        return decode(Event, record)

    def event_of_item(self, item: str) -> Event | None:
        """Return the event an item is in, if any."""
        query = select(events.c.record).join(event_items, event_items.c.event == events.c.key)
        with self.database.reading() as connection:
            record = connection.scalar(query.where(event_items.c.item == item))
        return None if record is None else decode(Event, record)

    def replace_events(self, events: Sequence[Event], redirects: Mapping[str, str], at: datetime) -> None:
        """Write the given events in place of what their keys held, and lead former keys to their successors.

        Events not named stay, except that an item is in one event only: it leaves the one it was in before. An event
        that so loses its last item leads to where that item went.
        """
        with self.database.writing(alone="events") as connection:
            _write_events(connection, events, at)
            _redirect(connection, redirects, at)

    def links(self) -> list[Link]:
        """Return the newest word on each pair (undone ones too), in the order they were given."""
        with self.database.reading() as connection:
            records = connection.scalars(select(links.c.record).order_by(links.c.id)).all()
        newest: dict[tuple[str, str], Link] = {}
        for record in records:
            link = decode(Link, record)
            pair = (min(link.first, link.second), max(link.first, link.second))
            newest.pop(pair, None)
            newest[pair] = link
        return list(newest.values())

    def add_link(self, link: Link) -> None:
        """Append an editor's word on two items; the earlier words on that pair are kept beneath it."""
        with self.database.writing() as connection:
            connection.execute(insert(links).values(first=link.first, second=link.second, record=encode(link)))


def _write_events(connection: Connection, living: Sequence[Event], at: datetime) -> None:
    owner = {item: event.id for event in living for item in event.items}
    if len(owner) != sum(len(set(event.items)) for event in living):
        twice = next(item for event in living for item in event.items if owner[item] != event.id)
        raise StoreError(f"The item {twice} is in two of the events to be stored.", about=twice)
    for event in living:
        values = {"first": event.first, "last": event.last, "redirect": None, "changed": at, "record": encode(event)}
        upsert(connection, events, "key", key=event.id, **values)
    robbed = _taken_from(connection, owner, {event.id for event in living})
    for keys in chunks([event.id for event in living]):
        connection.execute(delete(event_items).where(event_items.c.event.in_(keys)))
    for items in chunks(owner):
        connection.execute(delete(event_items).where(event_items.c.item.in_(items)))
    for rows in chunks([{"item": item, "event": event} for item, event in owner.items()]):
        insert_new(connection, event_items, rows)
    for key in sorted(robbed):
        _shrink(connection, key, owner, at)


def _taken_from(connection: Connection, owner: Mapping[str, str], written: set[str]) -> set[str]:
    """The keys of events, not among those being written, that lose an item."""
    keys: set[str] = set()
    for items in chunks(owner):
        keys.update(connection.scalars(select(event_items.c.event).where(event_items.c.item.in_(items))))
    return keys - written


def _shrink(connection: Connection, key: str, owner: Mapping[str, str], at: datetime) -> None:
    record = connection.scalar(select(events.c.record).where(events.c.key == key))
    if record is None:
        return
    event = decode(Event, record)
    left = tuple(item for item in event.items if item not in owner)
    if not left:
        _redirect(connection, {key: owner[event.items[0]]}, at)
        return
    copies = (c.model_copy(update={"items": tuple(i for i in c.items if i in left)}) for c in event.copies)
    smaller = event.model_copy(
        update={
            "items": left,
            "copies": tuple(copy for copy in copies if len(copy.items) > 1),
            "memberships": tuple(m for m in event.memberships if m.item in left),
        }
    )
    connection.execute(update(events).where(events.c.key == key).values(record=encode(smaller), changed=at))


def _redirect(connection: Connection, redirects: Mapping[str, str], at: datetime) -> None:
    for old in redirects:
        target = _follow(old, redirects)
        final = final_key(connection, target)
        if final is None:
            raise NotFound(f"The event {old} cannot lead to {target}, which is not stored.", about=target)
        if final == old:
            raise StoreError(f"The event {old} would lead to itself.", about=old)
        insert_new(connection, events, [{"key": old, "changed": at}])
        connection.execute(
            update(events).where(or_(events.c.key == old, events.c.redirect == old)).values(redirect=final, changed=at)
        )
        connection.execute(delete(event_items).where(event_items.c.event == old))


def _follow(key: str, redirects: Mapping[str, str]) -> str:
    seen = {key}
    target = redirects[key]
    while target in redirects:
        if target in seen:
            raise StoreError(f"The redirects of {key} go round in a circle.", about=key)
        seen.add(target)
        target = redirects[target]
    return target


def keys_leading_to(connection: Connection, key: str) -> Iterable[str]:
    """Return a living key and every former key that leads to it, the living one first."""
    return [key, *connection.scalars(select(events.c.key).where(events.c.redirect == key).order_by(events.c.key))]
