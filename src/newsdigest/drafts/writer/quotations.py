"""Quotations in the original with their speaker; the composer cuts them to the house's share of foreign words."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Claim, Quote
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Arg, Plan, Point, Who, Word, Words, spans

_SHORT = 16
"""A quotation of fewer characters says little without its topic."""


def plans(material: Material) -> Iterator[Plan]:
    """The originals whose speaker is known, in the order of the comparison; words of a view are told with the view."""
    apart = {q for c in material.comparison.claims if c.kind == "interpretation" for q in c.quotes}
    kept = [q for q in material.comparison.quotes if printable(material, q) and q.id not in apart]
    points = tuple(_quote(material, q) for q in kept)
    if points:
        heading = Point("frame", "h_quotes", evidence=spans(*(p.evidence for p in points)))
        yield Plan("quotes", heading, points)


def printable(material: Material, quote: Quote) -> bool:
    """Whether a quotation may stand as its speaker's words, told by the first voice that carries them."""
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
    if claim is not None and claim.slot is not None and claim.object is not None and len(quote.text) <= _SHORT:
        args["topics"] = Who(claim.object)
        frame = "quote_topic"
    claims = (claim.id,) if claim is not None else ()
    evidence = spans((quote.evidence,), (quote.cue,) if quote.cue else (), claim.evidence if claim else ())
    return Point("quote", frame, args, claims, (quote.id,), evidence=evidence, priority=weight(material, quote, claim))


def weight(material: Material, quote: Quote, claim: Claim | None) -> float:
    """Words on a question that the voices answer come first, then those of an office, then shorter ones."""
    asked = {c for d in material.comparison.disagreements for a in d.answers for c in a.claims}
    asked |= {c for a in material.comparison.agreements for c in a.answer.claims}
    value = 2.0 if claim is not None and (claim.id in asked or claim.slot is not None) else 0.0
    value += 1.0 if quote.office else 0.0
    return value - len(quote.text) / 1000
