"""The headline and the lede: what happened by whose word, and the first difference."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Claim
from newsdigest.drafts.writer.contrasts import agreement_point, differ, text_of
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import (
    Arg,
    Clause,
    Count,
    Many,
    Nested,
    Outlet,
    Plan,
    Point,
    Said,
    Topics,
    When,
    Who,
    spans,
)
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment


def headlines(material: Material) -> Iterator[Point]:
    """Headlines from the most telling to the plainest; the composer takes the first that both halves can print in the house's length."""
    subject = _subject(material)
    if subject is not None:
        base: dict[str, Arg] = {"subject": subject}
        yield from _differing(material, base)
        yield from _only(material, base)
        yield from _agreed(material, base)
        about = _about(material)
        yield Point("frame", "headline_plain", base, about[0], evidence=about[1])
    for topic in (*material.comparison.headline_topics, *material.comparison.topics):
        cells = [c for c in material.comparison.matrix if c.topic_id == topic and c.evidence]
        if cells:
            proof = spans(*(c.evidence[:1] for c in cells))
            yield Point("frame", "headline_topic", {"topic": Topics((topic,))}, evidence=proof)
    lead = material.comparison.items[0]
    yield Point("frame", "headline_bare", {"who": Outlet(lead)}, evidence=material.title(lead))


def _about(material: Material) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    claim = material.comparison.subject
    if claim is None:
        return (), material.title(material.comparison.items[0])
    return (claim.id,), claim.evidence


def _subject(material: Material) -> Arg | None:
    claim = material.comparison.subject
    if claim is None or claim.slot is None:
        return None
    return Nested(f"subject_{claim.slot}", {"parties": _parties(claim), "object": _object(claim)})


def _parties(claim: Claim) -> Arg:
    names = claim.parties or tuple(n for n in (claim.actor, claim.object) if n is not None)
    return Many(tuple(Who(name, short=True) for name in names))


def _object(claim: Claim) -> Arg:
    return Many((Who(claim.object, short=True),)) if claim.object is not None else Many(())


def _differing(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    for disagreement in material.comparison.disagreements:
        if not disagreement.related:
            point = differ(material, disagreement, "differ")
            args = {**base, "question": Said(disagreement.question)}
            yield Point("frame", "headline_differ", args, point.claims, (), point.figures, point.evidence)


def contrasts(material: Material) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str, str]]:
    """(topics, silence ids, item that mentions them, item that does not) between chosen texts, most topics' weight first."""
    chosen = [m.key for m in material.packet.members if m.chosen]
    said = {(c.item, c.topic_id) for c in material.comparison.matrix if c.state == "says"}
    for topic in _weighted(material):
        for silence in material.comparison.silences:
            if silence.topic_id != topic:
                continue
            for speaking in chosen:
                if (speaking, topic) in said and speaking not in silence.items:
                    yield (topic,), (silence.id,), speaking, silence.items[0]


def _weighted(material: Material) -> tuple[str, ...]:
    comparison = material.comparison
    return tuple(dict.fromkeys((*comparison.headline_topics, *comparison.topics)))


def _only(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    for topics, silences, speaking, silent in contrasts(material):
        others = {s for t, _, s, _ in contrasts(material) if t == topics}
        if len({_voice(material, s) for s in others}) != 1:
            continue
        args: dict[str, Arg] = {**base, "topic": Topics(topics), "who": Outlet(speaking)}
        proof = spans(_cell(material, speaking, topics[0]), material.title(silent))
        yield Point("no_mention", "headline_only", args, silences, evidence=proof)


def _voice(material: Material, item: str) -> str:
    statement = material.member(item).item.statement
    return statement.issuer if statement is not None else item


def _cell(material: Material, item: str, topic: str) -> tuple[Evidence, ...]:
    cells = material.comparison.matrix
    return next((c.evidence[:1] for c in cells if c.item == item and c.topic_id == topic), ())


def _agreed(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    for agreement in material.comparison.agreements:
        if len(agreement.answer.holders) > 1 or agreement.answer.voices > 1:
            point = agreement_point(material, agreement, "agree")
            args = {**base, "question": Said(agreement.question)}
            yield Point("frame", "headline_agree", args, point.claims, (), point.figures, point.evidence)


def lede(material: Material) -> Plan:
    """Label, hour, the happening by whose word, and up to two differences."""
    points = [_hour(material)]
    points.extend(_happening(material))
    points.extend(_findings(material))
    points.append(_scope(material))
    foreign = bool(material.comparison.quotes)
    heading = Point("frame", "label_both" if foreign else "label_plain", evidence=points[0].evidence)
    return Plan("lede", heading, tuple(points))


def _hour(material: Material) -> Point:
    moment = Moment(instant=material.comparison.as_of, precision="minute", zone="UTC", zone_origin="stated", raw="")
    latest = material.title(material.comparison.items[-1])
    return Point("frame", "as_of", {"when": When(moment, clock=True)}, evidence=latest)


def _happening(material: Material) -> Iterator[Point]:
    claim = material.comparison.subject
    if claim is None:
        return
    official = [v for v in material.comparison.voices if v.official]
    same = [c for c in material.comparison.claims if c.slot == claim.slot and c.parties == claim.parties]
    items = [v.lead for v in official if any(c.item in v.items for c in same)] or [claim.item]
    frame = "lede_subject" if any(material.official(i) for i in items) else "lede_reported"
    said = material.when(items[0])
    args: dict[str, Arg] = {"who": material.outlets(items), "clause": Clause(claim)}
    if said is not None:
        args["date"] = said
    proof = spans(claim.evidence, *(c.evidence for c in same if c.item in items))
    yield Point("fact", frame, args, (claim.id,), evidence=proof)


def _findings(material: Material) -> Iterator[Point]:
    own = [d for d in material.comparison.disagreements if not d.related]
    for disagreement in own[:1]:
        yield differ(material, disagreement, "lede_differ")
    if not own:
        for agreement in material.comparison.agreements[:1]:
            yield agreement_point(material, agreement, "lede_agree")
    pairs: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for topics, silences, speaking, silent in contrasts(material):
        held = pairs.setdefault((speaking, silent), ([], []))
        held[0].extend(topics)
        held[1].extend(silences)
    for (speaking, silent), (listed, proofs) in list(pairs.items())[:2]:
        args: dict[str, Arg] = {
            "topics": Topics(tuple(listed)),
            "says": text_of(material, speaking),
            "silent": text_of(material, silent),
        }
        evidence = spans(*(_cell(material, speaking, t) for t in listed), material.title(silent))
        yield Point("no_mention", "lede_only", args, tuple(proofs), evidence=evidence)


def _scope(material: Material) -> Point:
    voices = material.comparison.voices
    proof = spans(*(material.title(v.lead) for v in voices)) or material.title(material.comparison.items[0])
    return Point("frame", "lede_scope", {"n": Count(len(voices) or 1, "sources")}, evidence=proof)
