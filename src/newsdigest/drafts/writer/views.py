"""What somebody makes of it, as his; and what outlets tell as background."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Claim, Quote
from newsdigest.drafts.writer.material import Material, name_key
from newsdigest.drafts.writer.point import Arg, Many, Outlet, Plan, Point, Reserved, Topics, Who, Word, Words, spans
from newsdigest.drafts.writer.quotations import printable, weight


def interpretations(material: Material) -> Iterator[Plan]:
    """One sentence a holder for his topics, one for each clause that has words, one for each of his own quotations."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for identity in material.comparison.interpretations:
        claim = material.claims.get(identity)
        if claim is not None and claim.item == material.packet.lead_of(claim.item):
            groups.setdefault((material.holder_key(claim), claim.item), []).append(claim)
    points = [p for claims in groups.values() for p in _views(material, claims)]
    if points:
        heading = Point("frame", "h_interpretations", evidence=spans(*(p.evidence for p in points)))
        yield Plan("interpretations", heading, tuple(points))


def _views(material: Material, claims: list[Claim]) -> Iterator[Point]:
    slots = [c for c in claims if c.slot is not None and c.slot not in material.listing]
    for claim in slots:
        args: dict[str, Arg] = {"who": material.holder(claim), "clause": Reserved(claim)}
        yield Point("interpretation", "interprets", args, (claim.id,), evidence=claim.evidence)
    rest = [c for c in claims if c not in slots]
    if not rest:
        return
    topics = tuple(dict.fromkeys(t for c in rest for t in material.topics(c)))
    held: dict[str, Arg] = {"who": material.holder(rest[0])}
    if topics:
        held["topics"] = Topics(topics)
    ids, proof = tuple(c.id for c in rest), spans(*(c.evidence for c in rest))
    frame = "interprets_topics" if topics else "interprets_bare"
    if not isinstance(held["who"], Outlet):
        held["outlet"] = Outlet(rest[0].item)
        frame += "_via"
    yield Point("interpretation", frame, held, ids, evidence=proof)
    for claim in rest:
        for quote in (material.quotes[q] for q in claim.quotes if q in material.quotes):
            if printable(material, quote):
                yield _words(material, claim, quote)


def _words(material: Material, claim: Claim, quote: Quote) -> Point:
    assert quote.speaker_name is not None
    args: dict[str, Arg] = {
        "words": Words(quote),
        "who": Who(quote.speaker_name),
        "language": Word("languages", quote.lang),
    }
    proof = spans((quote.evidence,), claim.evidence)
    return Point(
        "quote", "quote", args, (claim.id,), (quote.id,), evidence=proof, priority=weight(material, quote, claim)
    )


def background(material: Material) -> Iterator[Plan]:
    """What outlets tell as background, one sentence an outlet beside the clauses that have words."""
    groups: dict[str, list[Claim]] = {}
    for claim in material.comparison.claims:
        lead = claim.item == material.packet.lead_of(claim.item)
        if claim.kind == "background" and lead and not claim.related and claim.slot not in material.listing:
            groups.setdefault(claim.item, []).append(claim)
    points = [p for item, claims in groups.items() for p in _told(material, item, claims)]
    if points:
        heading = Point("frame", "h_background", evidence=spans(*(p.evidence for p in points)))
        yield Plan("background", heading, tuple(points))


def _told(material: Material, item: str, claims: list[Claim]) -> Iterator[Point]:
    slots = [c for c in claims if c.slot is not None and c.slot not in material.listing]
    for claim in slots:
        args: dict[str, Arg] = {"who": material.holder(claim), "clause": Reserved(claim)}
        yield Point("fact", "background", args, (claim.id,), evidence=claim.evidence)
    rest = [c for c in claims if c not in slots and (material.topics(c) or c.actor is not None)]
    if not rest:
        return
    people = {name_key(c.actor): c.actor for c in rest if c.actor is not None}
    topics = tuple(dict.fromkeys(t for c in rest for t in material.topics(c)))
    named: tuple[Arg, ...] = tuple(Who(name) for name in people.values())
    listed = Many((*named, *(Topics((t,)) for t in topics)))
    ids, proof = tuple(c.id for c in rest), spans(*(c.evidence for c in rest))
    yield Point("fact", "background_topics", {"who": Outlet(item), "topics": listed}, ids, evidence=proof)
