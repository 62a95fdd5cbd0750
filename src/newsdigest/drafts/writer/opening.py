"""The headline and the lede: what happened by whose word, and the first difference."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Silence
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
    Word,
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
    else:
        yield from _only(material, {})
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
    """What happened, as a noun: the occasion with its parties, the parties alone, the occasion alone."""
    claim = material.comparison.subject
    if claim is None:
        return None
    occasion = claim.object is not None and claim.object.kind not in ("person", "country", "body", "place")
    noun: Arg = Who(claim.object, short=True) if occasion and claim.object else Word("nouns", claim.slot or "")
    args: dict[str, Arg] = {"object": noun}
    pair = tuple(n for n in (claim.actor, claim.object) if n is not None and not occasion)
    names = material.sides(claim) or pair
    if not names:
        return Nested("subject_bare", args)
    args["parties"] = Many(tuple(Who(name, short=True) for name in names), dash=True)
    return Nested("subject", args)


def _differing(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    for disagreement in material.comparison.disagreements:
        if not disagreement.related:
            point = differ(material, disagreement, "differ")
            args = {**base, "question": Said(disagreement.question)}
            yield Point("frame", "headline_differ", args, point.claims, (), point.figures, point.evidence)


def contrasts(material: Material) -> Iterator[tuple[Silence, str, str]]:
    """(silence, item that mentions its topic, item that does not) between chosen texts, weightiest topics first."""
    chosen = [m.key for m in material.packet.members if m.chosen]
    said = {(c.item, c.topic_id) for c in material.comparison.matrix if c.state == "says" and c.evidence}
    for topic in (t for t in _weighted(material) if not material.is_person(t)):
        for silence in material.comparison.silences:
            for speaking in chosen if silence.topic_id == topic else ():
                if (speaking, topic) in said and speaking not in silence.items:
                    yield silence, speaking, silence.items[0]


def _weighted(material: Material) -> tuple[str, ...]:
    comparison = material.comparison
    return tuple(dict.fromkeys((*comparison.headline_topics, *comparison.topics)))


def _only(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    """What one body's text mentions and another's does not, where no other chosen text mentions it."""
    for silence, speaking, silent in contrasts(material):
        voices = {material.voice_of(s) for q, s, _ in contrasts(material) if q.topic_id == silence.topic_id}
        if len(voices) != 1 or material.voice_of(speaking) == material.voice_of(silent):
            continue
        args: dict[str, Arg] = {
            **base,
            "topic": Said(silence.topic),
            "says": _short_text(material, speaking),
            "silent": _short_text(material, silent),
        }
        proof = spans(_cell(material, speaking, silence.topic_id), material.title(silent))
        frame = "headline_only" if base else "headline_only_bare"
        yield Point("no_mention", frame, args, (silence.id,), evidence=proof)


def _short_text(material: Material, item: str) -> Arg:
    return Nested("text_short", {"who": Outlet(item, owner=True, short=True), "text": material.text_word(item)})


def _cell(material: Material, item: str, topic: str) -> tuple[Evidence, ...]:
    cells = material.comparison.matrix
    return next((c.evidence[:1] for c in cells if c.item == item and c.topic_id == topic), ())


def _agreed(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    for agreement in material.comparison.agreements:
        if len(agreement.answer.holders) > 1 or agreement.answer.voices > 1:
            point = agreement_point(material, agreement)
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
    """Who tells of the happening: the bodies that chose to, else whoever speaks first."""
    claim = material.comparison.subject
    if claim is None:
        return
    chosen = [v.lead for v in material.comparison.voices if material.member(v.lead).chosen]
    homes = list(dict.fromkeys(material.voice_of(lead) for lead in chosen)) or [claim.item]
    args: dict[str, Arg] = {"who": material.outlets(homes)}
    official = material.official(homes[0])
    if claim.slot in material.spoken:
        args["clause"] = Clause(claim)
        frame = "lede_subject" if official else "lede_reported"
    elif claim.object is not None:
        args["object"] = Who(claim.object)
        sides = material.sides(claim)
        args["act"] = Word("acts", "one" if len(homes) == 1 else "many")
        args["link"] = Word("links", "one" if len(sides) == 1 else "many")
        args["parties"] = Many(tuple(Who(name) for name in sides))
        frame = "lede_occasion" if sides else "lede_occasion_bare"
        frame += "" if official else "_reported"
    else:
        return
    dates = [w for home in homes if (w := material.when(home)) is not None]
    if not dates:
        return
    args["date"] = dates[0]
    proof = spans(claim.evidence, *(material.title(home) for home in homes))
    yield Point("fact", frame, args, (claim.id,), evidence=proof)


def _findings(material: Material) -> Iterator[Point]:
    own = [d for d in material.comparison.disagreements if not d.related]
    for disagreement in own[:1]:
        yield differ(material, disagreement, "lede_differ")
    if not own:
        several = [a for a in material.comparison.agreements if len(a.answer.holders) > 1]
        for agreement in several[:1]:
            yield agreement_point(material, agreement)
    for (speaking, silent), found in list(_pairs(material).items())[:2]:
        topics = list(dict.fromkeys(s.topic for s, _ in found))[:3]
        kept = [(s, item) for s, item in found if s.topic in topics]
        args: dict[str, Arg] = {
            "topics": Many(tuple(Said(topic) for topic in topics)),
            "says": text_of(material, speaking),
            "silent": text_of(material, silent),
        }
        cells = spans(*(_cell(material, speaking, s.topic_id) for s, _ in kept))
        proof = spans(cells, *(material.title(item) for _, item in kept))
        yield Point("no_mention", "lede_only", args, tuple(dict.fromkeys(s.id for s, _ in kept)), evidence=proof)


def _pairs(material: Material) -> dict[tuple[str, str], list[tuple[Silence, str]]]:
    """Silences by (voice that mentions, voice that does not), with the silent item."""
    out: dict[tuple[str, str], list[tuple[Silence, str]]] = {}
    for silence, speaking, silent in contrasts(material):
        pair = (material.voice_of(speaking), material.voice_of(silent))
        if pair[0] != pair[1]:
            out.setdefault(pair, []).append((silence, silent))
    return out


def _scope(material: Material) -> Point:
    voices = material.comparison.voices
    proof = spans(*(material.title(v.lead) for v in voices)) or material.title(material.comparison.items[0])
    return Point("frame", "lede_scope", {"n": Count(len(voices) or 1, "sources")}, evidence=proof)
