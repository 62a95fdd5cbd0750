"""Permanent event ids: inherited by largest overlap, redirected where events merge, made from content where they are new."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import count
from typing import Protocol

from newsdigest.records import short_key


class Known(Protocol):
    """What of an event its successors need."""

    @property
    def id(self) -> str:
        """Its permanent id."""

    @property
    def items(self) -> Sequence[str]:
        """The keys of its items."""


def inherit(
    groups: Sequence[Sequence[str]], previous: Sequence[Known], elsewhere: Container[str] = ()
) -> tuple[list[str], dict[str, str]]:
    """Return an id for each group of item keys (earliest item first) and the redirects of ids that went into another event.

    An id goes to the group that shares most items with its event; of several events that one group swallows, the one with most
    items in it gives its id, the others redirect. Ids of events without any of these items are left alone; no new id is one of
    those that live ``elsewhere``.
    """
    home = {key: number for number, group in enumerate(groups) for key in group}
    claims: list[tuple[int, str, int]] = []
    for event in previous:
        shared: dict[int, int] = {}
        for key in event.items:
            if key in home:
                shared[home[key]] = shared.get(home[key], 0) + 1
        claims.extend((-count, event.id, number) for number, count in shared.items())
    claims.sort()
    ids: dict[int, str] = {}
    given: set[str] = set()
    for _, identity, number in claims:
        if number not in ids and identity not in given:
            ids[number] = identity
            given.add(identity)
    redirects: dict[str, str] = {}
    taken = {event.id for event in previous}
    for number, group in enumerate(groups):
        if number not in ids:
            ids[number] = _fresh(group, taken, elsewhere)
            taken.add(ids[number])
    for _, identity, number in claims:
        if identity not in given:
            redirects.setdefault(identity, ids[number])
    return [ids[number] for number in range(len(groups))], redirects


def _fresh(group: Sequence[str], taken: set[str], elsewhere: Container[str]) -> str:
    salts = count(1)
    identity = short_key("e", group[0])
    # An event may still have the id that its first item gave it, though that item has left.
    while identity in taken or identity in elsewhere:
        identity = short_key("e", group[0], str(next(salts)))
    return identity


def resolve(identity: str, redirects: Mapping[str, str]) -> str:
    """Follow redirects to the id that lives."""
    seen = set()
    while identity in redirects and identity not in seen:
        seen.add(identity)
        identity = redirects[identity]
    return identity
