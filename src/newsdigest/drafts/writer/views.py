"""What somebody makes of it, as his; and what outlets tell as background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsdigest.comparison.record import Claim, Quote
from newsdigest.drafts.writer.material import Material, name_key
from newsdigest.drafts.writer.point import Arg, Many, Outlet, Plan, Point, Reserved, Topics, Who, Word, Words, spans
from newsdigest.drafts.writer.quotations import printable, weight


def interpretations(material: Material) -> Iterator[Plan]:
    """One sentence a holder for his topics, one for each clause that has words, one for each of his own quotations.

    Views of which no topic is known are told of in one sentence for all outlets that carry them.
    """
    groups: dict[tuple[str, str], list[Claim]] = {}
    for identity in material.comparison.interpretations:
        claim = material.claims.get(identity)
        if claim is not None and claim.item == material.packet.lead_of(claim.item):
            groups.setdefault((material.holder_key(claim), claim.item), []).append(claim)
    points = _joined([p for claims in groups.values() for p in _views(material, claims)])
    if points:
        heading = Point("frame", "h_interpretations", evidence=spans(*(p.evidence for p in points)))
        yield Plan("interpretations", heading, tuple(points))


def _joined(points: list[Point]) -> list[Point]:
    """The points with those of one frame without a topic and one holder joined into the first of them."""
    out: dict[tuple[str, str], Point] = {}
    for n, point in enumerate(points):
        bare = point.frame in ("interprets_bare", "interprets_bare_via")
        via = point.frame == "interprets_bare_via"
        key = (point.frame, _called(point.args.get("who")) if via else "") if bare else (str(n), "")
        held = out.get(key)
        if held is None:
            out[key] = point
            continue
        field = "outlet" if via else "who"
        first, more = held.args[field], point.args[field]
        parts = first.parts if isinstance(first, Many) else (first,)
        ids = tuple(dict.fromkeys((*held.claims, *point.claims)))
        args = {**held.args, field: Many((*parts, more))}
        out[key] = replace(held, args=args, claims=ids, evidence=spans(held.evidence, point.evidence))
    return list(out.values())


def _called(who: Arg | None) -> str:
    """The same string for holders that are printed alike."""
    if not isinstance(who, Who):
        return str(who)
    return who.name.role.en if who.name.role is not None else name_key(who.name)


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
    """What outlets tell as background and nobody says elsewhere; outlets that mention the same are named together."""
    groups: dict[str, list[Claim]] = {}
    for claim in material.comparison.claims:
        lead = claim.item == material.packet.lead_of(claim.item)
        if claim.kind == "background" and lead and not claim.related and claim.slot not in material.listing:
            groups.setdefault(claim.item, []).append(claim)
    slots = [p for claims in groups.values() for p in _clauses(material, claims)]
    points = [*slots, *_mentions(material, groups)]
    if points:
        heading = Point("frame", "h_background", evidence=spans(*(p.evidence for p in points)))
        yield Plan("background", heading, tuple(points))


def _clauses(material: Material, claims: list[Claim]) -> Iterator[Point]:
    for claim in claims:
        if claim.slot is not None:
            args: dict[str, Arg] = {"who": material.holder(claim), "clause": Reserved(claim)}
            yield Point("fact", "background", args, (claim.id,), evidence=claim.evidence)


def _mentions(material: Material, groups: dict[str, list[Claim]]) -> Iterator[Point]:
    """Who and what is mentioned: a person with what stands beside him, else only topics that are told nowhere else."""
    told = {t for c in material.comparison.claims if c.kind != "background" for t in c.topics}
    told |= {c.topic_id for c in material.comparison.matrix if material.official(c.item)}
    named: dict[tuple[str, ...], tuple[Arg, list[Claim], list[Arg]]] = {}
    for item, claims in groups.items():
        rest = [c for c in claims if c.slot is None]
        people = {name_key(c.actor): c.actor for c in rest if c.actor is not None}
        topics = [t for t in dict.fromkeys(t for c in rest for t in material.topics(c)) if material.telling(t)]
        topics = [t for t in topics if people or t not in told]
        used = [c for c in rest if c.actor is not None or set(topics) & set(c.topics)]
        if not people and not topics:
            continue
        listed = Many((*(Who(name) for name in people.values()), *(Topics((t,)) for t in topics)))
        held = named.setdefault((*people, *topics), (listed, [], []))
        held[1].extend(used)
        held[2].append(Outlet(item))
    for held_topics, used, outlets in named.values():
        args: dict[str, Arg] = {"who": Many(tuple(outlets)), "topics": held_topics}
        ids, proof = tuple(c.id for c in used), spans(*(c.evidence for c in used))
        yield Point("fact", "background_topics", args, ids, evidence=proof)
