"""Where the language editions of one text part: told in few words, for one text at a time."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Edition, EditionGap
from newsdigest.drafts.writer.contrasts import text_of
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Amount, Arg, Plan, Point, Said, Topics, Word, spans

_LIMIT = 4
_ORDER = ("figure_changed", "softened", "only_in", "figure_only")
_MEASURED = ("count", "money", "percent", "length", "mass", "area")


def plans(material: Material) -> Iterator[Plan]:
    """A sentence a difference, the gravest first, with a limit; of an edition that only sums up, that it is the shorter text."""
    points = [p for edition in material.comparison.editions for p in _points(material, edition)]
    if points:
        heading = Point("frame", "h_editions", evidence=spans(*(p.evidence for p in points)))
        yield Plan("editions", heading, tuple(points))


def _points(material: Material, edition: Edition) -> Iterator[Point]:
    if edition.shorter is not None:
        longer = next(i for i in edition.items if i != edition.shorter)
        args = _named(material, edition.shorter, longer)
        yield Point("fact", "edition_shorter", args, evidence=spans(*(material.title(i) for i in edition.items)))
    ranked = sorted(edition.gaps, key=lambda g: _ORDER.index(g.kind))
    told = [p for gap in ranked if (p := _gap(material, gap)) is not None]
    yield from told[:_LIMIT]


def _gap(material: Material, gap: EditionGap) -> Point | None:
    args = _named(material, gap.item, gap.other)
    proof = spans(gap.evidence, gap.counterpart, material.title(gap.item))
    figures = [material.figures[i] for i in gap.figures if i in material.figures]
    figures = [f for f in figures if f.kind in _MEASURED]
    if gap.kind == "softened" and gap.first is not None and gap.second is not None:
        return Point(
            "fact", "edition_softened", {**args, "first": Said(gap.first), "second": Said(gap.second)}, evidence=proof
        )
    if gap.kind == "figure_changed":
        own = next((f for f in figures if f.evidence.item == gap.item), None)
        there = next((f for f in figures if f.evidence.item == gap.other), None)
        if own is None or there is None:
            return None
        amounts: dict[str, Arg] = {**args, "first": Amount(own), "second": Amount(there)}
        return Point("fact", "edition_figures", amounts, (), (), (own.id, there.id), proof)
    if gap.kind == "figure_only":
        if not figures:
            return None
        one: dict[str, Arg] = {**args, "amount": Amount(figures[0])}
        return Point("fact", "edition_figure", one, (), (), (figures[0].id,), proof)
    topics = tuple(t for t in gap.topics if _printable(material, t))
    if topics:
        return Point("fact", "edition_only", {**args, "topics": Topics(topics)}, evidence=proof)
    return Point("fact", "edition_sentence", args, evidence=proof)


def _printable(material: Material, topic: str) -> bool:
    entry = material.packet.lexicon.entries.get(topic)
    return entry is not None and "topic" in entry.tags and material.telling(topic)


def _named(material: Material, item: str, other: str) -> dict[str, Arg]:
    return {
        "who": text_of(material, item),
        "language": Word("languages", material.member(item).language),
        "other": Word("languages", material.member(other).language),
    }
