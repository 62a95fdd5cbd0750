"""The headline and the lede: what happened by whose word, and the first difference."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Cell, Claim, Disagreement, Name, Silence
from newsdigest.drafts.writer.contrasts import agreed, agreement_point, differ, happening, held_by, text_of, undecided
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import (
    Arg,
    Asked,
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
    yield from _differing(material, subject)
    base: dict[str, Arg] = {"subject": subject} if subject is not None else {}
    yield from _only(material, base)
    if subject is not None:
        yield from _agreed(material, subject)
        about = _about(material)
        yield Point("frame", "headline_plain", base, about[0], evidence=about[1])
    for topic in (*material.comparison.headline_topics, *material.comparison.topics):
        cells = [c for c in material.comparison.matrix if c.topic_id == topic and c.evidence]
        if cells and not material.is_person(topic):
            homes = tuple(dict.fromkeys(material.voice_of(c.item) for c in cells))
            proof = spans(*(c.evidence[:1] for c in cells))
            args: dict[str, Arg] = {"topic": Topics((topic,)), "who": material.outlets(homes[:1])}
            yield Point("frame", "headline_says" if len(homes) == 1 else "headline_topic", args, evidence=proof)
    lead = material.comparison.items[0]
    yield Point("frame", "headline_bare", {"who": Outlet(lead)}, evidence=material.title(lead))


def _about(material: Material) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    claim = material.comparison.subject
    if claim is None:
        return (), material.title(material.comparison.items[0])
    return (claim.id,), claim.evidence


def _subject(material: Material) -> Arg | None:
    """What happened, as a noun: the occasion with its parties, the parties alone, the occasion alone; no briefing as such."""
    claim = material.comparison.subject
    if claim is None or _is_aside(material, claim):
        return None
    occasion = claim.slot not in material.spoken
    if occasion and claim.object is None:
        return None
    return happening(material, claim)


def _is_aside(material: Material, claim: Claim) -> bool:
    """Whether the occasion is only where somebody spoke (a press conference): what was said there is the news."""
    return claim.object is not None and claim.object.id in material.style["happenings"]["aside"]


def _differing(material: Material, subject: Arg | None) -> Iterator[Point]:
    own = sorted((d for d in material.comparison.disagreements if not d.related), key=_plainness)
    claim = material.comparison.subject
    for disagreement in own:
        point = differ(material, disagreement, "differ")
        forms: list[tuple[str, dict[str, Arg]]] = []
        question = Asked(disagreement.question)
        if sides := _countries(material, disagreement):
            forms.append(("headline_sides", {"sides": sides, "question": question}))
        if subject is not None and claim is not None and claim.object is not None:
            whole = Asked(disagreement.question, claim.object, subject)
            forms.append(("headline_differ", {"question": whole}))
        forms.append(("headline_differ", {"question": question}))
        if subject is not None:
            forms.append(("headline_accounts", {"subject": subject}))
        for frame, args in forms:
            yield Point("frame", frame, args, point.claims, (), point.figures, point.evidence)


def _plainness(disagreement: Disagreement) -> bool:
    """Who did what, and whether, before how many."""
    return disagreement.kind == "number"


def _countries(material: Material, disagreement: Disagreement) -> Arg | None:
    """The countries that stand behind the answers, where each answer has its own; else the one body that gives each."""
    entries = material.packet.lexicon.entries
    found: list[str] = []
    for answer in disagreement.answers:
        held = {(e.country or "") if (e := entries.get(n.id or "")) is not None else "" for n in answer.holders}
        if len(held) != 1 or not (country := held.pop()) or country in found:
            return _bodies(disagreement)
        found.append(country)
    named = [entries.get(i) for i in found]
    names = tuple(
        Name(id=e.id, ja=e.form("ja"), en=e.form("en"), kind="country", guessed=e.guessed) for e in named if e
    )
    return Many(tuple(Who(name, short=True) for name in names)) if len(names) == len(found) else None


def _bodies(disagreement: Disagreement) -> Arg | None:
    holders = [n for answer in disagreement.answers for n in answer.holders]
    single = len(holders) == len(disagreement.answers) == len({n.id for n in holders if n.id})
    if not single or any(n.kind != "body" for n in holders):
        return None
    return Many(tuple(Who(n, short=True) for n in holders))


def contrasts(material: Material) -> Iterator[tuple[Silence, str, str]]:
    """(silence, item that mentions its topic, item that does not) between chosen texts, weightiest topics first."""
    chosen = [m.key for m in material.packet.members if m.chosen]
    said = {(c.item, c.topic_id) for c in material.comparison.matrix if c.state == "says" and c.evidence}
    for topic in _weighted(material):
        for silence in material.silences:
            for speaking in chosen if silence.topic_id == topic else ():
                if (speaking, topic) in said and speaking not in silence.items:
                    yield silence, speaking, silence.items[0]


def _weighted(material: Material) -> tuple[str, ...]:
    comparison = material.comparison
    ranked = (*comparison.headline_topics, *comparison.topics)
    return tuple(t for t in dict.fromkeys(ranked) if material.telling(t))


def _only(material: Material, base: dict[str, Arg]) -> Iterator[Point]:
    """What one body's text mentions and another's does not, where no other chosen text mentions it."""
    for silence, speaking, silent in contrasts(material):
        voices = {material.voice_of(s) for q, s, _ in contrasts(material) if q.topic_id == silence.topic_id}
        if len(voices) != 1 or material.voice_of(speaking) == material.voice_of(silent):
            continue
        args: dict[str, Arg] = {**base, "topic": Said(silence.topic), "silent": _short_text(material, silent)}
        proof = spans(_cell(material, speaking, silence.topic_id), material.title(silent))
        frame = "headline_only" if base else "headline_only_bare"
        yield Point("no_mention", frame, args, (silence.id,), evidence=proof)


def _short_text(material: Material, item: str) -> Arg:
    return Nested("text_short", {"who": Outlet(item, owner=True, short=True), "text": material.text_word(item)})


def _cell(material: Material, item: str, topic: str) -> tuple[Evidence, ...]:
    cells = material.comparison.matrix
    return next((c.evidence[:1] for c in cells if c.item == item and c.topic_id == topic), ())


def _agreed(material: Material, subject: Arg) -> Iterator[Point]:
    claim = material.comparison.subject
    for agreement in material.comparison.agreements:
        if len(agreement.answer.holders) > 1 or agreement.answer.voices > 1:
            point = agreement_point(material, agreement)
            noun = claim.object if claim is not None else None
            said = Asked(agreement.question, noun, subject, agreement.answer.value)
            args: dict[str, Arg] = {"said": said, "who": Many(held_by(material, agreement.answer))}
            yield Point("frame", "headline_agree", args, point.claims, (), point.figures, point.evidence)


def lede(material: Material) -> Plan:
    """The happening by whose word, then who differs on what, then what only one side mentions; the hour stands in the label."""
    points = [*_happening(material), *_findings(material)]
    if not points:
        points = [_scope(material)]
    foreign = bool(material.comparison.quotes)
    hour, latest = _hour(material)
    heading = Point("frame", "label_both" if foreign else "label_plain", {"when": hour}, evidence=latest)
    return Plan("lede", heading, tuple(points))


def _hour(material: Material) -> tuple[Arg, tuple[Evidence, ...]]:
    moment = Moment(instant=material.comparison.as_of, precision="minute", zone="UTC", zone_origin="stated", raw="")
    return When(moment, clock=True), material.title(material.comparison.items[-1])


def _greets(material: Material, lead: str) -> bool:
    """Whether a body only greets, in its title, what others did."""
    member = material.member(lead)
    words = material.packet.lexicon.table("attribution").get("welcomes", {}).get(member.language, ())
    return any(word in member.title.lower() for word in words)


def _names(material: Material, subject: Claim, lead: str) -> bool:
    """Whether a text names the happening itself."""
    member, lexicon = material.member(lead), material.packet.lexicon
    if subject.object is None or subject.object.id is None:
        return True
    found = {m.entry for text in (member.title, member.text) for m in lexicon.find(text, member.language)}
    wide = {b for e in found if e in lexicon.entries for b in lexicon.entries[e].broader}
    return subject.object.id in found | wide


def _happening(material: Material) -> Iterator[Point]:
    """Who tells of the happening: the bodies that chose to, else whoever speaks first."""
    claim = material.comparison.subject
    if claim is None or _is_aside(material, claim):
        return
    chosen = [v.lead for v in material.comparison.voices if material.member(v.lead).chosen]
    # Whoever only welcomes a talk of two others, or speaks of something beside it, tells nothing of it.
    chosen = [lead for lead in chosen if not _greets(material, lead) and _names(material, claim, lead)] or chosen
    homes = list(dict.fromkeys(material.voice_of(lead) for lead in chosen)) or [claim.item]
    args: dict[str, Arg] = {"who": material.outlets(homes)}
    official = material.official(homes[0])
    if claim.slot in material.spoken:
        args["clause"] = Clause(claim)
        frame = "lede_subject" if official else "lede_reported"
    elif claim.object is not None:
        args["object"] = Who(claim.object)
        issuers = {s.issuer for home in homes if (s := material.member(home).item.statement) is not None}
        sides = tuple(n for n in material.sides(claim) if n.id not in issuers)
        if len(sides) == 1 and sides[0].kind not in ("person", "place"):
            sides = ()
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
    own = sorted((d for d in material.comparison.disagreements if not d.related), key=_plainness)
    for disagreement in own[:1]:
        point = differ(material, disagreement, "lede_differ")
        yield point
        yield undecided(disagreement, point)
    if not own:
        several = [a for a in material.comparison.agreements if len(held_by(material, a.answer)) > 1]
        for agreement in several[:1]:
            yield from agreed(material, agreement)
    yield from _one_sided(material)


def _one_sided(material: Material) -> Iterator[Point]:
    """What a text mentions and the other side's does not, of at most two pairs, the weightiest first."""
    for (speaking, silent), found in list(_pairs(material).items())[:2]:
        topics = list(dict.fromkeys(s.topic for s, _ in found))[:3]
        kept = [(s, item) for s, item in found if s.topic in topics]
        args: dict[str, Arg] = {
            "topics": Many(tuple(Said(topic) for topic in topics)),
            "says": text_of(material, speaking),
            "silent": text_of(material, silent),
        }
        cells = spans(*(_cell(material, speaking, s.topic_id) for s, _ in kept))
        spoken = [c.evidence[:1] for c in material.comparison.matrix if _speaks(material, c, speaking, kept)]
        proof = spans(cells, *spoken, material.title(speaking), *(material.title(item) for _, item in kept))
        yield Point("no_mention", "lede_only", args, tuple(dict.fromkeys(s.id for s, _ in kept)), evidence=proof)


def _speaks(material: Material, cell: Cell, voice: str, kept: list[tuple[Silence, str]]) -> bool:
    topics = {s.topic_id for s, _ in kept}
    return cell.state == "says" and cell.topic_id in topics and material.voice_of(cell.item) == voice


def _pairs(material: Material) -> dict[tuple[str, str], list[tuple[Silence, str]]]:
    """Silences by (voice that mentions, voice that does not), with the silent item; bodies of one side are no pair."""
    out: dict[tuple[str, str], list[tuple[Silence, str]]] = {}
    for silence, speaking, silent in contrasts(material):
        pair = (material.voice_of(speaking), material.voice_of(silent))
        if pair[0] != pair[1] and not any(s.topic == silence.topic for held in out.values() for s, _ in held):
            out.setdefault(pair, []).append((silence, silent))
    return out


def _scope(material: Material) -> Point:
    voices = material.comparison.voices
    proof = spans(*(material.title(v.lead) for v in voices)) or material.title(material.comparison.items[0])
    frame = "lede_scope" if len(voices) > 1 else "lede_scope_one"
    args: dict[str, Arg] = {"n": Count(len(voices) or 1, "sources"), "who": Outlet(material.comparison.items[0])}
    return Point("frame", frame, args, evidence=proof)
