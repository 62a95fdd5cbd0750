"""Events as items arrive: a new item is scored against its neighbours, their events are linked again, ids are inherited.

Only the events around the new item are linked again, so that the cost of an item does not grow with the store; ``cluster`` links everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from newsdigest.events.cluster import EDGE, Pair, Voices, event_of, grouped, in_order, storylines
from newsdigest.events.copies import CopyGroup, CopyIndex, groups_of
from newsdigest.events.curation import constraints
from newsdigest.events.event import Event, Link
from newsdigest.events.identity import inherit, resolve
from newsdigest.events.likeness import Likeness, Vectors
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon

# Documents linked again with one new item: about ten large events.
AROUND = 200


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a new item went: its event as it is now, and the ids that were redirected by its coming."""

    event: Event
    redirects: dict[str, str] = field(default_factory=dict)


class LiveEvents:
    """The events of a window, kept up to date one item at a time."""

    def __init__(
        self,
        lexicon: Lexicon,
        weights: Weights,
        *,
        links: Iterable[Link] = (),
        window_days: float = 7.0,
        dimensions: int = 0,
    ) -> None:
        columns = dimensions or len(next(iter(weights.means.values())))
        self._likeness = Likeness((), np.zeros((0, columns), dtype=np.float32), lexicon, weights, window_days)
        self._copies = CopyIndex(self._likeness.wording, self._likeness.translated)
        self._links = tuple(links)
        self._number: dict[str, int] = {}
        self._near: dict[int, set[int]] = {}
        self._home: dict[int, str] = {}
        self._members: dict[str, list[int]] = {}
        self._redirects: dict[str, str] = {}

    def assign(self, document: EventDocument, vector: Vectors) -> Assignment:
        """Take in one document (a key held already is left as it is) and return its event."""
        if document.key in self._number:
            return Assignment(self._event(self._home[self._number[document.key]]))
        likeness = self._likeness
        number = likeness.add(document, vector)
        self._number[document.key] = number
        self._near[number] = set()
        copies = self._copies.add(number, document)
        found = [j for j in likeness.nearest(number) if likeness.probability(number, j) >= EDGE]
        for j in {*found, *copies}:
            self._near[number].add(j)
            self._near[j].add(number)
        redirects = self._link_again(self._around(number, sorted({*copies}), found))
        self._redirects.update(redirects)
        return Assignment(self._event(self._home[number]), redirects)

    def events(self) -> list[Event]:
        """Return all events, earliest first."""
        found = [self._event(identity) for identity in self._members]
        return sorted(found, key=lambda event: (event.first, event.id))

    def resolve(self, identity: str) -> str:
        """Return the id that an id lives on as."""
        return resolve(identity, self._redirects)

    def _around(self, number: int, copies: list[int], found: list[int]) -> list[int]:
        """The new document and the members of the events that its copies, neighbours and links belong to, nearest first up to a bound."""
        chosen = {number}
        linked = [
            self._number[other]
            for link in self._links
            for one, other in ((link.first, link.second), (link.second, link.first))
            if not link.undone and self._number.get(one) == number and other in self._number
        ]
        for j in [*linked, *copies, *found]:
            if j in self._home:
                members = self._members[self._home[j]]
                if len(chosen) + len(members) <= AROUND or j in linked:
                    chosen.update(members)
        return sorted(chosen)

    def _link_again(self, nodes: list[int]) -> dict[str, str]:
        documents = self._likeness.documents
        inside = set(nodes)
        musts, cannot = constraints(self._links, {documents[i].key: i for i in nodes})
        curated = {i for group in musts for i in group}.union(*cannot)
        pairs: list[Pair] = [
            (i, j)
            for i in nodes
            for j in sorted(self._near[i] & inside)
            if i < j and self._likeness.probability(i, j) >= EDGE
        ]
        voices = Voices(self._groups(nodes), curated)
        groups = in_order(documents, grouped(self._likeness, nodes, pairs, voices, musts, cannot))
        before = sorted({self._home[i] for i in nodes if i in self._home})
        previous = [self._bare(identity) for identity in before]
        for identity in before:
            del self._members[identity]
        ids, redirects = inherit([[documents[i].key for i in group] for group in groups], previous)
        for identity, group in zip(ids, groups, strict=True):
            self._members[identity] = list(group)
            self._home.update(dict.fromkeys(group, identity))
        return redirects

    def _groups(self, nodes: Iterable[int]) -> list[CopyGroup]:
        return groups_of(self._copies, self._likeness.documents, nodes)

    def _bare(self, identity: str) -> Event:
        """The event as far as the inheritance of ids needs it."""
        return event_of(self._likeness, self._members[identity][:1], identity, (), set()).model_copy(
            update={"items": tuple(self._likeness.documents[i].key for i in self._members[identity])}
        )

    def _event(self, identity: str) -> Event:
        group = self._members[identity]
        near = sorted({j for i in group for j in self._near[i]} | set(group))
        homes = sorted({self._home[j] for j in near})
        pairs = [(min(i, j), max(i, j)) for i in group for j in self._near[i] if self._home[j] != identity]
        numbers = [[j for j in near if self._home[j] == home] for home in homes]
        related = storylines(self._likeness, sorted(set(pairs)), numbers, homes).get(identity, ())
        musts, _ = constraints(self._links, {self._likeness.documents[i].key: i for i in group})
        curated = {i for must in musts for i in must}
        return event_of(self._likeness, group, identity, related, curated, self._groups(group))
