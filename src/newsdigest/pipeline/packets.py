"""From stored items to the packet a comparison is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from newsdigest.comparison.compare import with_discoveries
from newsdigest.comparison.editions import edition_texts
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Comparison
from newsdigest.errors import NotFound
from newsdigest.events.encoding import content_hash, encodable
from newsdigest.events.event import Event
from newsdigest.items.dates import credible
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau
from newsdigest.records import digest
from newsdigest.sources.source import Source

CODE_VERSION = "2"
FAR_FUTURE_ORDER = "9999"
EARLIER_DAYS = 180
EARLIER_STATEMENTS = 60
BATCH = 32


def packet_of(bureau: Bureau, event: Event, as_of: datetime) -> Packet:
    """Return the packet of an event: its members, those of related events, the issuers' earlier statements, the names it brings.

    With it go the event's last comparison and the vectors of the sentences of language editions. Removed items are left out. ``inputs`` names what went in: item versions, lexicon digest, encoder, code version.
    """
    related_keys = [key for other in event.related for key in bureau.store.event(other).items if key not in event.items]
    stored = bureau.store.items([*event.items, *related_keys])
    members = _members(bureau, [stored[key] for key in event.items if key in stored])
    related = _members(bureau, [stored[key] for key in related_keys if key in stored])
    inputs = {member.key: f"{member.version.n}:{member.version.text_sha256[:16]}" for member in (*members, *related)}
    inputs |= {"lexicon": bureau.lexicon.digest[:16], "encoder": event.encoder, "code": CODE_VERSION}
    inputs |= {"copies": digest([copy.model_dump(mode="json") for copy in event.copies])[:16]}
    previous = _previous(bureau, event)
    packet = Packet(
        event=event,
        members=members,
        lexicon=bureau.lexicon,
        as_of=as_of,
        related=related,
        history=_history(bureau, members),
        inputs=inputs,
        earlier=_earlier(bureau, members),
        previous=previous,
        removed=_removed(bureau, (*event.items, *(previous.items if previous else ()))),
    )
    return with_discoveries(replace(packet, vectors=_vectors(bureau, packet)))


def source_of(bureau: Bureau, key: str) -> Source:
    """The source of an item; one that has left the catalogue is still named by its id."""
    return source_named(bureau.sources, key)


def source_named(sources: Mapping[str, Source], key: str) -> Source:
    """The source of a key, or one of kind ``other`` with the key for a name."""
    found = sources.get(key)
    return found if found is not None else Source(id=key, name={"en": key}, kind="other", language="en", address="")


def _members(bureau: Bureau, items: list[Item]) -> tuple[Member, ...]:
    members = [Member(item, item.latest, source_of(bureau, item.source)) for item in items if item.removed is None]
    return tuple(sorted(members, key=_order))


def _order(member: Member) -> tuple[str, str]:
    first = member.item.versions[0]
    instant = credible(first.published, first.first_seen) or first.first_seen
    return (instant.isoformat() if instant else FAR_FUTURE_ORDER, member.key)


def _history(bureau: Bureau, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Earlier statements of the issuers present, of the same occasion, oldest first."""
    here = {member.key for member in members}
    found: dict[str, Item] = {}
    for member in members:
        statement = member.item.statement
        instant = member.version.published.instant
        if statement is None or instant is None:
            continue
        for item in bureau.store.statements_of(statement.issuer, statement.occasion, instant):
            if item.key not in here:
                found[item.key] = item
    return _members(bureau, list(found.values()))


def _earlier(bureau: Bureau, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The latest statements of the issuers present before this event, of any occasion, oldest first."""
    here = {member.key for member in members}
    found: dict[str, Item] = {}
    for issuer, instant in _issuers(members).items():
        after = instant - timedelta(days=EARLIER_DAYS)
        statements = bureau.store.statements_of(issuer, None, instant, after=after)
        found |= {item.key: item for item in statements[-EARLIER_STATEMENTS:] if item.key not in here}
    return _members(bureau, list(found.values()))


def _issuers(members: tuple[Member, ...]) -> dict[str, datetime]:
    """Each issuer that speaks here, with the hour of its last statement."""
    out: dict[str, datetime] = {}
    for member in members:
        statement, instant = member.item.statement, member.version.published.instant
        if statement is not None and instant is not None:
            out[statement.issuer] = max(instant, out.get(statement.issuer, instant))
    return out


def _previous(bureau: Bureau, event: Event) -> Comparison | None:
    """The comparison that the event's present draft was written from."""
    draft = bureau.store.draft_of_event(event.id)
    if draft is None:
        return None
    try:
        return bureau.store.comparison(draft.comparison)
    except NotFound:
        return None


def _removed(bureau: Bureau, keys: tuple[str, ...]) -> dict[str, str]:
    """The tombstones of those items that were removed, by key."""
    items = bureau.store.items(dict.fromkeys(keys))
    return {key: item.removed for key, item in sorted(items.items()) if item.removed is not None}


def _vectors(bureau: Bureau, packet: Packet) -> dict[str, NDArray[np.float32]]:
    """The vectors of the sentences of language editions; what the store has is not encoded again."""
    texts = {content_hash(text): encodable(text) for text in edition_texts(packet)}
    if not texts:
        return {}
    encoder = bureau.embedder()
    known = bureau.store.vectors(encoder.identity, set(texts))
    missing = [key for key in texts if key not in known]
    for position in range(0, len(missing), BATCH):
        part = missing[position : position + BATCH]
        rows = encoder.encode([texts[key] for key in part])
        fresh = dict(zip(part, rows, strict=True))
        bureau.store.save_vectors(encoder.identity, fresh)
        known |= fresh
    return known
