"""Permanent event ids: inherited by largest overlap, redirected where events merge, made from content where they are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsdigest.events.event import Event
from newsdigest.records import short_key


def inherit(groups: Sequence[Sequence[str]], previous: Sequence[Event]) -> tuple[list[str], dict[str, str]]:
    """Return an id for each group of item keys (earliest item first) and the redirects of ids that went into another event.

    An id goes to the group that shares most items with its event; of several events that one group swallows, the one with most
    items in it gives its id, the others redirect. Ids of events without any of these items are left alone.
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
            ids[number] = _fresh(group, taken)
            taken.add(ids[number])
    for _, identity, number in claims:
        if identity not in given:
            redirects.setdefault(identity, ids[number])
    return [ids[number] for number in range(len(groups))], redirects


def _fresh(group: Sequence[str], taken: set[str]) -> str:
    for salt in range(len(taken) + 1):
        identity = short_key("e", group[0], *([str(salt)] if salt else []))
        if identity not in taken:
            return identity
    raise AssertionError("one of n + 1 distinct keys is free")


def resolve(identity: str, redirects: Mapping[str, str]) -> str:
    """Follow redirects to the id that lives."""
    seen = set()
    while identity in redirects and identity not in seen:
        seen.add(identity)
        identity = redirects[identity]
    return identity
