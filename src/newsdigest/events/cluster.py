"""Items in, events out: neighbours, scored pairs, average linkage a component, permanent ids, reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from newsdigest.events.belonging import Settling
from newsdigest.events.copies import CopyGroup, copy_groups
from newsdigest.events.curation import constraints
from newsdigest.events.event import Event, Link, Membership
from newsdigest.events.identity import inherit
from newsdigest.events.likeness import Likeness, Vectors
from newsdigest.events.linkage import Bar, average_linkage, components
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights, strength_of_probability
from newsdigest.language.lexicon import Lexicon

# Pairs less likely than this never bring two groups to the table; they still count in the mean.
EDGE = 0.05
Pair = tuple[int, int]
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
    curated = {i for group in musts for i in group}
    copies = copy_groups(held, likeness.wording, likeness.translated)
    voices = Voices(copies, curated.union(*cannot))
    pairs = [pair for pair in likeness.candidates() if likeness.probability(*pair) >= EDGE]
    groups = in_order(held, grouped(likeness, range(len(held)), pairs, voices, musts, cannot))
    ids, redirects = inherit([[held[i].key for i in group] for group in groups], previous)
    related = storylines(likeness, pairs, groups, ids)
    events = [
        event_of(likeness, group, identity, related.get(identity, ()), curated, copies)
        for group, identity in zip(groups, ids, strict=True)
    ]
    return Clustering(tuple(events), redirects)


TRANSLATIONS = ("translation", "official_translation")


class Voices:
    """Copies as one: only the lead of a group is compared, so that eight outlets with one text do not outvote two with their own.

    A translation is compared itself: it says the same in the very language that ties the other reports of that language. An item on which an editor has spoken is always compared itself.
    """

    def __init__(self, copies: Iterable[CopyGroup], curated: Collection[int]) -> None:
        self.lead: dict[int, int] = {}
        self.carried: dict[int, list[int]] = {}
        for group in copies:
            if group.kind in TRANSLATIONS:
                continue
            free = [i for i in group.members if i not in curated]
            for i in free[1:]:
                self.lead[i] = free[0]
                self.carried.setdefault(free[0], []).append(i)

    def pairs(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Return pairs of documents as pairs of leads, each once, in order."""
        leads = ((self.lead.get(i, i), self.lead.get(j, j)) for i, j in pairs)
        return sorted({(min(a, b), max(a, b)) for a, b in leads if a != b})

    def spread(self, group: Iterable[int]) -> list[int]:
        """Return a group of leads with all that they carry, in order."""
        return sorted(member for lead in group for member in (lead, *self.carried.get(lead, ())))


def grouped(
    likeness: Likeness,
    nodes: Iterable[int],
    pairs: Iterable[Pair],
    voices: Voices,
    musts: Sequence[Sequence[int]],
    cannot: Collection[Pair],
) -> list[list[int]]:
    """Return the groups of the documents ``nodes``: components of the neighbour graph, each linked on its own."""
    near = voices.pairs(pairs)
    leading = [i for i in nodes if i not in voices.lead]
    bound = {i: group for group in musts for i in group}
    joined = [(group[0], other) for group in musts for other in group[1:]]
    found: list[list[int]] = []
    parts = components(leading, [*near, *joined])
    home = {i: number for number, part in enumerate(parts) for i in part}
    inside: dict[int, list[Pair]] = {}
    for pair in near:
        inside.setdefault(home[pair[0]], []).append(pair)
    for number, part in enumerate(parts):
        start = [list(bound[i]) for i in part if i in bound and bound[i][0] == i] + [
            [i] for i in part if i not in bound
        ]
        linked = average_linkage(
            start,
            inside.get(number, ()),
            likeness.strength,
            bar_of(likeness.weights),
            cannot=cannot,
            languages=likeness.languages,
        )
        settling = Settling(
            likeness.weighed,
            likeness.strength,
            likeness.weights.belonging,
            likeness.spread,
            fixed={i for group in start if len(group) > 1 for i in group},
            cannot=cannot,
            apart=likeness.apart,
        )
        linked = settling.settled(linked) if likeness.weights.belonging.coefficients else linked
        found += [voices.spread(group) for group in linked]
    return found


def bar_of(weights: Weights) -> Bar:
    """Return how strong the pairs between two groups must be, from the probabilities of the weights."""
    return Bar(
        strength_of_probability(weights.threshold),
        pair=strength_of_probability(weights.pair),
        alike=strength_of_probability(weights.alike),
        contrast=weights.contrast,
    )


def in_order(documents: Sequence[EventDocument], groups: Iterable[Iterable[int]]) -> list[list[int]]:
    """Return the groups with members in order of publication, the group of the earliest first."""
    ordered = (sorted(group, key=lambda i: _place(documents[i])) for group in groups)
    return sorted(ordered, key=lambda group: _place(documents[group[0]]))


def event_of(
    likeness: Likeness,
    group: Sequence[int],
    identity: str,
    related: Sequence[str],
    curated: set[int],
    copies: Sequence[CopyGroup] = (),
) -> Event:
    """Return the event of a group of documents (in order of publication) with the reason of every membership."""
    documents = [likeness.documents[i] for i in group]
    moments = [d.moment for d in documents if d.moment] or [_UNDATED]
    return Event(
        id=identity,
        items=tuple(d.key for d in documents),
        copies=tuple(
            _within(copy, group).record(likeness.documents) for copy in copies if len(_within(copy, group).members) > 1
        ),
        related=tuple(related),
        memberships=tuple(_membership(likeness, group, i, i in curated) for i in group),
        first=min(moments),
        last=max(moments),
        encoder=likeness.weights.encoder,
    )


def _within(copy: CopyGroup, group: Sequence[int]) -> CopyGroup:
    return replace(copy, members=tuple(i for i in copy.members if i in group))


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
    likeness: Likeness, pairs: Sequence[Pair], groups: Sequence[Sequence[int]], ids: Sequence[str]
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
