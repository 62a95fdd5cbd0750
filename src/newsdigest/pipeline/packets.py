"""From stored items to the packet a comparison is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from newsdigest.comparison.compare import with_discoveries
from newsdigest.comparison.packet import Member, Packet
from newsdigest.events.event import Event
from newsdigest.items.dates import credible
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau
from newsdigest.records import digest
from newsdigest.sources.source import Source

CODE_VERSION = "1"
FAR_FUTURE_ORDER = "9999"


def packet_of(bureau: Bureau, event: Event, as_of: datetime) -> Packet:
    """Return the packet of an event: its members, those of related events, the issuers' earlier statements, the names it brings.

    Removed items are left out. ``inputs`` names what went in: item versions, lexicon digest, encoder, code version.
    """
    related_keys = [key for other in event.related for key in bureau.store.event(other).items if key not in event.items]
    stored = bureau.store.items([*event.items, *related_keys])
    members = _members(bureau, [stored[key] for key in event.items if key in stored])
    related = _members(bureau, [stored[key] for key in related_keys if key in stored])
    inputs = {member.key: f"{member.version.n}:{member.version.text_sha256[:16]}" for member in (*members, *related)}
    inputs |= {"lexicon": bureau.lexicon.digest[:16], "encoder": event.encoder, "code": CODE_VERSION}
    inputs |= {"copies": digest([copy.model_dump(mode="json") for copy in event.copies])[:16]}
    packet = Packet(
        event=event,
        members=members,
        lexicon=bureau.lexicon,
        as_of=as_of,
        related=related,
        history=_history(bureau, members),
        inputs=inputs,
    )
    return with_discoveries(packet)


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
