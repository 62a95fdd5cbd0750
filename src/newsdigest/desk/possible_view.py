"""What the machine proposes beyond its findings, as the desk shows it: sentences with the words they turn on marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsdigest.comparison.record import Possible, PossibleSide
from newsdigest.items.evidence import Evidence
from newsdigest.items.item import Item
from newsdigest.records import Bilingual


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in pieces, each with whether it is marked; ``language`` is the item's."""

    language: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """Who says it, by name, and where."""

    sources: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class PossibleView:
    """One proposal."""

    note: Bilingual
    sides: tuple[SideView, ...]


def possible_views(
    proposals: Iterable[Possible], items: Mapping[str, Item], names: Mapping[str, str]
) -> list[PossibleView]:
    """The proposals whose items are all still held; of a removed item no word is shown."""
    return [
        PossibleView(p.note, tuple(_side(side, items, names) for side in p.sides))
        for p in proposals
        if all(_held(e, items) for side in p.sides for e in side.evidence)
    ]


def _held(evidence: Evidence, items: Mapping[str, Item]) -> bool:
    return evidence.item in items and items[evidence.item].removed is None


def _side(side: PossibleSide, items: Mapping[str, Item], names: Mapping[str, str]) -> SideView:
    return SideView(
        ", ".join(names.get(source, source) for source in side.sources),
        tuple(Passage(_language(e, items), tuple(_pieces(e, side.marks))) for e in side.evidence),
    )


def _language(evidence: Evidence, items: Mapping[str, Item]) -> str:
    version = next((v for v in items[evidence.item].versions if v.n == evidence.version), items[evidence.item].latest)
    return version.language


def _pieces(evidence: Evidence, marks: Iterable[Evidence]) -> Iterator[tuple[str, bool]]:
    place = (evidence.item, evidence.version, evidence.field)
    inside = sorted((m.start, m.end) for m in marks if (m.item, m.version, m.field) == place)
    at = evidence.start
    for start, end in inside:
        if start < at or end > evidence.end:
            continue
        yield evidence.exact[at - evidence.start : start - evidence.start], False
        yield evidence.exact[start - evidence.start : end - evidence.start], True
        at = end
    yield evidence.exact[at - evidence.start :], False
