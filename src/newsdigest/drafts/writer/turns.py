"""Changes of an issuer's position, plans with their dates, and what headlines call a thing."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Change, Claim, Commitment, HeadlineContrast
from newsdigest.drafts.writer.contrasts import text_of
from newsdigest.drafts.writer.dates import local
from newsdigest.drafts.writer.material import Material, claim_key
from newsdigest.drafts.writer.point import (
    Arg,
    Clause,
    Many,
    Nested,
    Plan,
    Point,
    Said,
    Topics,
    When,
    Who,
    Word,
    spans,
)
from newsdigest.moments import Moment
from newsdigest.records import Bilingual

_PLANS = 4
_PROMISES = ("visit", "committed")
_WORDS = 2


def changes(material: Material) -> Iterator[Plan]:
    """A sentence a change: what the body said before and when, what it says now and when."""
    points = tuple(p for c in material.comparison.changes if (p := _change(material, c)) is not None)
    if points:
        yield Plan("changes", Point("frame", "h_changes", evidence=spans(*(p.evidence for p in points))), points)


def _change(material: Material, change: Change) -> Point | None:
    before, now = change.before, change.now
    proof = spans((before.evidence, now.evidence), material.title(before.item), material.title(now.item))
    args: dict[str, Arg] = {
        "who": Who(change.issuer),
        "then": When(before.at, material.zone(before.item), clock=True),
        "when": When(now.at, material.zone(now.item), clock=True),
    }
    if now.kind == "stance":
        topics = tuple(t for t in change.topics if material.packet.lexicon.entries.get(t))
        stance: dict[str, Arg] = {"topics": Topics(topics), "before": Said(before.label), "now": Said(now.label)}
        return Point("fact", "change_stance", {**args, **stance}, evidence=proof)
    claim = material.claims.get(now.claim or "")
    if claim is None or not material.sayable(claim):
        return None
    plain = claim.model_copy(update={"polarity": "affirmed", "modality": "says"})
    words: dict[str, Arg] = {
        "clause": Clause(plain),
        "before": Word("positions_then", before.kind),
        "now": Word("positions_now", now.kind),
    }
    # The sentence denies and affirms: it stands for both claims, or for neither where the first is of another day.
    ids = tuple(i for i in (before.claim, now.claim) if i is not None and i in material.claims)
    return Point("fact", "change_act", {**args, **words}, ids if len(ids) == 2 else (), evidence=proof)


def commitments(material: Material) -> Iterator[Plan]:
    """What will be done and when, as somebody said it; once where several carry the same."""
    told: dict[tuple[str, ...], tuple[Commitment, Claim]] = {}
    for held in material.comparison.commitments:
        claim = material.claims.get(held.claim)
        plain = claim is not None and (claim.slot in _PROMISES or not material.past(claim))
        if (
            claim is not None
            and plain
            and material.sayable(claim)
            and claim.item == material.packet.lead_of(claim.item)
        ):
            key = (*claim_key(claim), str(held.by.instant), held.by.precision)
            if key not in told or material.speaks(claim) > material.speaks(told[key][1]):
                told[key] = (held, claim)
    points = tuple(_commitment(material, held, claim) for held, claim in told.values())[:_PLANS]
    if points:
        yield Plan("plans", Point("frame", "h_commitments", evidence=spans(*(p.evidence for p in points))), points)


def _commitment(material: Material, held: Commitment, claim: Claim) -> Point:
    args: dict[str, Arg] = {
        "who": material.holder(claim),
        "clause": Clause(claim),
        "date": Said(_dated(held.by, material)),
    }
    frame = "commitment_until" if held.until else "commitment"
    if held.condition is not None:
        frame += "_if"
    return Point("fact", frame, args, (claim.id,), evidence=spans((held.evidence,), claim.evidence))


def _dated(moment: Moment, material: Material) -> Bilingual:
    """A day, month or year at the precision stated, in the zone of whoever gave it."""
    at = local(moment, moment.zone)
    assert at is not None
    months = material.packet.lexicon.table("style/en")["months"]
    if moment.precision == "year":
        return Bilingual(ja=f"{at.year}年", en=f"{at.year}")
    if moment.precision == "month":
        return Bilingual(ja=f"{at.year}年{at.month}月", en=f"{months[at.month - 1]} {at.year}")
    return Bilingual(ja=f"{at.year}年{at.month}月{at.day}日", en=f"{months[at.month - 1]} {at.day}, {at.year}")


def headline_words(material: Material) -> Iterator[Plan]:
    """What headlines call one thing, with who calls it so; only where the words differ in kind."""
    points = tuple(_words(material, c) for c in material.comparison.headline_words[:_WORDS])
    if points:
        yield Plan("framing", Point("frame", "h_framing", evidence=spans(*(p.evidence for p in points))), points)


def _words(material: Material, contrast: HeadlineContrast) -> Point:
    sides = tuple(
        Nested("word_side", {"word": Said(w.label, inside=True), "who": material.outlets(w.items)})
        for w in contrast.words
    )
    args: dict[str, Arg] = {"label": Said(contrast.label, inside=True), "sides": Many(sides, sides=True)}
    titles = (material.title(item) for w in contrast.words for item in w.items)
    return Point("fact", "headline_words", args, evidence=spans(*titles, *(w.evidence for w in contrast.words)))


def reopened(material: Material) -> Iterator[Plan]:
    """Findings of the last comparison that rested on words edited or withdrawn since, once a finding's subject and text."""
    told: dict[tuple[str, str], Point] = {}
    for held in material.comparison.reopened:
        if held.reason == "removed" or held.item not in material.members or held.kind == "quote":
            continue
        state = "stands" if held.stands else "gone"
        args: dict[str, Arg] = {
            "who": text_of(material, held.item),
            "what": Said(held.what),
            "reason": Word("reopened_reasons", held.reason),
            "state": Word("reopened_states", state),
        }
        proof = spans(material.title(held.item), held.lost)
        told.setdefault((held.what.en, held.item), Point("fact", "reopened", args, evidence=proof))
    points = tuple(told.values())[:_PLANS]
    if points:
        yield Plan("reopened", Point("frame", "h_reopened", evidence=spans(*(p.evidence for p in points))), points)
