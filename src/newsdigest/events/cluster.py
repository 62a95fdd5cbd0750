"""Items in, events out: neighbours, scored pairs, average linkage a component, permanent ids, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsdigest.events.curation import constraints
from newsdigest.events.event import Event, Link, Membership
from newsdigest.events.identity import inherit
from newsdigest.events.likeness import Likeness, Vectors
from newsdigest.events.linkage import average_linkage, components
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon

# Pairs less likely than this never bring two groups to the table; they still count in the mean.
EDGE = 0.05
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clustering:
    """The events of the documents, earliest first, and where the ids of merged events went."""

    events: tuple[Event, ...]
    redirects: Mapping[str, str]


def cluster(
    documents: Sequence[EventDocument],
    vectors: Vectors,
    *,
    lexicon: Lexicon,
    weights: Weights,
    links: Iterable[Link] = (),
    window_days: float = 7.0,
    previous: Sequence[Event] = (),
) -> Clustering:
    """Group documents into events.

    ``vectors`` has a row a document, of the encoder that ``weights`` were trained for (a row of zeros where there is no text).
    The order of the documents does not matter; ``links`` hold always; ids come from ``previous`` by largest overlap.
    """
    order = sorted(range(len(documents)), key=lambda i: documents[i].key)
    held = [documents[i] for i in order]
    if not held:
        return Clustering((), {})
    likeness = Likeness(held, vectors[order], lexicon, weights, window_days)
    musts, cannot = constraints(links, {d.key: i for i, d in enumerate(held)})
    pairs = [pair for pair in likeness.candidates() if likeness.probability(*pair) >= EDGE]
    groups = grouped(likeness, pairs, musts, cannot)
    groups = sorted((sorted(g, key=lambda i: _place(held[i])) for g in groups), key=lambda g: _place(held[g[0]]))
    ids, redirects = inherit([[held[i].key for i in group] for group in groups], previous)
    related = storylines(likeness, pairs, groups, ids)
    curated = {i for group in musts for i in group}
    events = [
        event_of(likeness, group, identity, related.get(identity, ()), curated)
        for group, identity in zip(groups, ids, strict=True)
    ]
    return Clustering(tuple(events), redirects)


def grouped(
    likeness: Likeness, pairs: Sequence[tuple[int, int]], musts: Sequence[Sequence[int]], cannot: set[tuple[int, int]]
) -> list[list[int]]:
    """Return the groups of documents: components of the neighbour graph, each linked on its own."""
    bound = {i for group in musts for i in group}
    joined = [(group[0], other) for group in musts for other in group[1:]]
    near: dict[int, list[tuple[int, int]]] = {}
    found: list[list[int]] = []
    parts = components(len(likeness.documents), [*pairs, *joined])
    home = {i: number for number, part in enumerate(parts) for i in part}
    for pair in pairs:
        near.setdefault(home[pair[0]], []).append(pair)
    for number, part in enumerate(parts):
        inside = set(part)
        start = [group for group in musts if group[0] in inside] + [[i] for i in part if i not in bound]
        found += average_linkage(start, near.get(number, ()), likeness.probability, likeness.weights.threshold, cannot)
    return found


def event_of(
    likeness: Likeness, group: Sequence[int], identity: str, related: Sequence[str], curated: set[int]
) -> Event:
    """Return the event of a group of documents (in order of publication) with the reason of every membership."""
    documents = [likeness.documents[i] for i in group]
    moments = [d.moment for d in documents if d.moment] or [_UNDATED]
    return Event(
        id=identity,
        items=tuple(d.key for d in documents),
        related=tuple(related),
        memberships=tuple(_membership(likeness, group, i, i in curated) for i in group),
        first=min(moments),
        last=max(moments),
        encoder=likeness.weights.encoder,
    )


def _membership(likeness: Likeness, group: Sequence[int], i: int, curated: bool) -> Membership:
    others = [j for j in group if j != i]
    if not others:
        return Membership(item=likeness.documents[i].key, curated=curated)
    nearest = max(others, key=lambda j: (likeness.probability(i, j), likeness.documents[j].key))
    return Membership(
        item=likeness.documents[i].key,
        nearest=likeness.documents[nearest].key,
        probability=round(likeness.probability(i, nearest), 4),
        features=likeness.weights.contributions(likeness.row(min(i, nearest), max(i, nearest))),
        curated=curated,
    )


def storylines(
    likeness: Likeness, pairs: Sequence[tuple[int, int]], groups: Sequence[Sequence[int]], ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return for each event the events of the same storyline: some pair between them is likely enough, their mean is not."""
    home = {i: number for number, group in enumerate(groups) for i in group}
    found: dict[int, dict[int, float]] = {}
    for i, j in pairs:
        a, b = home[i], home[j]
        probability = likeness.probability(i, j)
        if a != b and probability >= likeness.weights.related:
            for x, y in ((a, b), (b, a)):
                found.setdefault(x, {})[y] = max(probability, found.get(x, {}).get(y, 0.0))
    return {
        ids[a]: tuple(ids[b] for b, _ in sorted(near.items(), key=lambda n: (-round(n[1], 9), ids[n[0]])))
        for a, near in found.items()
    }


def _place(document: EventDocument) -> tuple[datetime, str]:
    return document.moment or _UNDATED, document.key
