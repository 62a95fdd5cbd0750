"""Events as items arrive: a new item is scored against its neighbours, their events are linked again, ids are inherited.

Only the events around the new item are linked again, so that the cost of an item does not grow with the store; ``cluster`` links everything.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from newsdigest.events.cluster import EDGE, Pair, Voices, event_of, grouped, in_order, storylines
from newsdigest.events.copies import CopyGroup, CopyIndex, groups_of
from newsdigest.events.curation import constraints
from newsdigest.events.event import Event, Link
from newsdigest.events.identity import inherit, resolve
from newsdigest.events.likeness import BLOCK, Likeness, Vectors
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon

# Documents linked again with one new item: about ten large events.
AROUND = 200


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a new item went: the id of its event, and the ids that were redirected by its coming."""

    event: str
    redirects: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Bare:
    """An event as far as the inheritance of ids needs it."""

    id: str
    items: tuple[str, ...]


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
        # Of each document the numbers of its neighbours, four bytes each.
        self._near: list[array[int]] = []
        self._home: dict[int, str] = {}
        self._members: dict[str, list[int]] = {}
        self._redirects: dict[str, str] = {}

    def __len__(self) -> int:
        """How many documents are held."""
        return len(self._number)

    def assign(self, document: EventDocument, vector: Vectors) -> Assignment:
        """Take in one document (a key held already is left as it is) and say where it went."""
        return self.assign_all([document], vector.reshape(1, -1))[0]

    def assign_all(self, documents: Sequence[EventDocument], vectors: Vectors) -> list[Assignment]:
        """Take in what a poll brought, one after the other: the same result, at a smaller cost of finding neighbours."""
        return [
            assignment
            for start in range(0, len(documents), BLOCK)
            for assignment in self._assign_block(
                documents[start : start + BLOCK], np.asarray(vectors[start : start + BLOCK])
            )
        ]

    def _assign_block(self, documents: Sequence[EventDocument], vectors: Vectors) -> list[Assignment]:
        rows = self._likeness.centred(vectors, [document.language for document in documents])
        held = len(self)
        before = self._likeness.vectors @ rows.T
        found = []
        for number, document in enumerate(documents):
            redirects: dict[str, str] = {}
            if document.key not in self._number:
                self._number[document.key] = self._likeness.hold(document, rows[number])
                own = self._likeness.vectors[held:] @ rows[number]
                redirects = self._take_in(self._number[document.key], np.concatenate([before[:, number], own]))
            found.append(Assignment(self._home[self._number[document.key]], redirects))
        return found

    def event(self, identity: str) -> Event:
        """Return the event that an id, also a former one, leads to, as it is now; raise KeyError where there is none."""
        return self._event(self.resolve(identity))

    def events(self) -> list[Event]:
        """Return all events, earliest first."""
        found = [self._event(identity) for identity in self._members]
        return sorted(found, key=lambda event: (event.first, event.id))

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of each event's items by its id: all that a count of events needs."""
        return {identity: self._keys(identity) for identity in self._members}

    def resolve(self, identity: str) -> str:
        """Return the id that an id lives on as."""
        return resolve(identity, self._redirects)

    def _take_in(self, number: int, cosines: Vectors) -> dict[str, str]:
        likeness = self._likeness
        self._near.append(array("I"))
        copies = self._copies.add(number, likeness.documents[number])
        near = likeness.nearest(number, cosines=cosines)
        found = [j for j in near if likeness.probability(number, j) >= EDGE]
        for j in sorted({*found, *copies}):
            self._near[number].append(j)
            self._near[j].append(number)
        redirects = self._link_again(self._around(number, sorted({*copies}), found))
        self._redirects.update(redirects)
        return redirects

    def _around(self, number: int, copies: list[int], found: list[int]) -> list[int]:
        """The new document and the members of the events that its copies, neighbours and links belong to, nearest first up to a bound."""
        chosen = {number}
        key = self._likeness.documents[number].key
        linked = [
            self._number[other]
            for link in self._links
            for one, other in ((link.first, link.second), (link.second, link.first))
            if not link.undone and one == key and other in self._number
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
            for j in sorted(self._near[i])
            if i < j and j in inside and self._likeness.probability(i, j) >= EDGE
        ]
        voices = Voices(self._groups(nodes), curated)
        groups = in_order(documents, grouped(self._likeness, nodes, pairs, voices, musts, cannot))
        before = sorted({self._home[i] for i in nodes if i in self._home})
        previous = [_Bare(identity, self._keys(identity)) for identity in before]
        for identity in before:
            del self._members[identity]
        ids, redirects = inherit([[documents[i].key for i in group] for group in groups], previous, self._members)
        for identity, group in zip(ids, groups, strict=True):
            self._members[identity] = list(group)
            self._home.update(dict.fromkeys(group, identity))
            # An id that led elsewhere lives again where its first item stands alone again.
            self._redirects.pop(identity, None)
        return redirects

    def _groups(self, nodes: Iterable[int]) -> list[CopyGroup]:
        return groups_of(self._copies, self._likeness.documents, nodes)

    def _keys(self, identity: str) -> tuple[str, ...]:
        return tuple(self._likeness.documents[i].key for i in self._members[identity])

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
