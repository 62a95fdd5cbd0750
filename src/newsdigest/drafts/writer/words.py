"""Quotations in the original, figures, interpretations with their holder, background."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Claim, Figure, Quote
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Amount, Arg, Outlet, Plan, Point, Reserved, Topics, Who, Word, Words, spans
from newsdigest.drafts.writer.voices import claim_point


def quotes(material: Material) -> Iterator[Plan]:
    """The originals, longest first within a speaker's order; the composer cuts them to the house's share."""
    points = tuple(_quote(material, q) for q in material.comparison.quotes if _printable(material, q))
    if points:
        heading = Point("frame", "h_quotes", evidence=spans(*(p.evidence for p in points)))
        yield Plan("quotes", heading, points)


def _printable(material: Material, quote: Quote) -> bool:
    known = quote.speaker_name is not None
    return quote.kind == "original" and known and quote.carrier == material.packet.lead_of(quote.carrier)


def _quote(material: Material, quote: Quote) -> Point:
    claim = material.claim_of_quote.get(quote.id)
    assert quote.speaker_name is not None
    args: dict[str, Arg] = {
        "words": Words(quote),
        "who": Who(quote.speaker_name),
        "language": Word("languages", quote.lang),
    }
    frame = "quote"
    if claim is not None and claim.topics and len(quote.text.split()) <= 3 and len(quote.text) <= 24:
        args["topics"] = Topics(claim.topics)
        frame = "quote_topic"
    claims = (claim.id,) if claim is not None else ()
    evidence = spans((quote.evidence,), (quote.cue,) if quote.cue else ())
    return Point("quote", frame, args, claims, (quote.id,), evidence=evidence, priority=_weight(material, quote, claim))


def _weight(material: Material, quote: Quote, claim: Claim | None) -> float:
    """Words on a question that the voices answer come first, then official speakers, then shorter ones."""
    asked = {c for d in material.comparison.disagreements for a in d.answers for c in a.claims}
    asked |= {c for a in material.comparison.agreements for c in a.answer.claims}
    weight = 2.0 if claim is not None and (claim.id in asked or claim.slot is not None) else 0.0
    weight += 1.0 if quote.office else 0.0
    return weight - len(quote.text) / 1000


def figures(material: Material) -> Iterator[Plan]:
    """The numbers somebody gave, with bound, unit, period and holder; dates and clock times are told elsewhere."""
    periods = {f.period for f in material.comparison.figures if f.period}
    points: list[Point] = []
    told: set[tuple[str, ...]] = set()
    for figure in material.comparison.figures:
        if figure.kind in ("date", "time", "ordinal") or figure.id in periods:
            continue
        key = (figure.value, figure.unit, figure.bound, figure.of_id or "")
        if key not in told:
            told.add(key)
            points.append(_figure(material, figure))
    if points:
        heading = Point("frame", "h_figures", evidence=spans(*(p.evidence for p in points)))
        yield Plan("figures", heading, tuple(points))


def _figure(material: Material, figure: Figure) -> Point:
    attribution = figure.holder
    spoken = attribution.holder is not None and attribution.role in ("speaker", "unnamed", "analyst")
    who: Arg = Who(attribution.holder) if spoken and attribution.holder is not None else Outlet(attribution.via)
    args: dict[str, Arg] = {"who": who, "amount": Amount(figure)}
    ids = [figure.id]
    evidence = [figure.evidence]
    of = bool(figure.of_id and figure.of_id in material.packet.lexicon.entries)
    if of and figure.of_id is not None:
        args["of"] = Topics((figure.of_id,))
    period = material.figures.get(figure.period or "")
    if period is not None:
        args["period"] = Amount(period)
        ids.append(period.id)
        evidence.append(period.evidence)
    frame = {(True, True): "figure_period", (True, False): "figure_of", (False, True): "figure_bare_period"}.get(
        (of, period is not None), "figure"
    )
    claim = material.claim_of_figure.get(figure.id)
    proof = spans(evidence, claim.evidence if claim is not None else ())
    return Point("fact", frame, args, (claim.id,) if claim else (), (), tuple(ids), proof)


def interpretations(material: Material) -> Iterator[Plan]:
    """What holders make of it, as theirs."""
    points = []
    for identity in material.comparison.interpretations:
        claim = material.claims.get(identity)
        if claim is not None and claim.item == material.packet.lead_of(claim.item):
            points.append(_interpretation(material, claim))
    if points:
        heading = Point("frame", "h_interpretations", evidence=spans(*(p.evidence for p in points)))
        yield Plan("interpretations", heading, tuple(points))


def _interpretation(material: Material, claim: Claim) -> Point:
    if claim.slot is not None:
        point = claim_point(material, (claim,))
        if point is not None:
            args = {"who": material.holder(claim), "clause": Reserved(claim)}
            return Point("interpretation", "interprets", args, (claim.id,), evidence=claim.evidence)
    held: dict[str, Arg] = {"who": material.holder(claim)}
    if claim.topics:
        held["topics"] = Topics(claim.topics)
    frame = "interprets_topics" if claim.topics else "interprets_bare"
    return Point("interpretation", frame, held, (claim.id,), evidence=claim.evidence)


def background(material: Material) -> Iterator[Plan]:
    """What outlets tell as background."""
    points = []
    for claim in material.comparison.claims:
        if claim.kind != "background" or claim.item != material.packet.lead_of(claim.item):
            continue
        args: dict[str, Arg] = {"who": material.holder(claim)}
        told = claim_point(material, (claim,)) if claim.slot else None
        if told is not None:
            args["clause"] = Reserved(claim)
            points.append(Point("fact", "background", args, (claim.id,), evidence=claim.evidence))
        elif claim.topics:
            args["topics"] = Topics(claim.topics)
            points.append(Point("fact", "background_topics", args, (claim.id,), evidence=claim.evidence))
    if points:
        heading = Point("frame", "h_background", evidence=spans(*(p.evidence for p in points)))
        yield Plan("background", heading, tuple(points))
