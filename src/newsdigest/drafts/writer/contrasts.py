"""Where the voices agree, where they differ, and what a chosen text does not mention."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Agreement, Answer, Claim, Disagreement, Silence
from newsdigest.drafts.writer.material import Material, name_key
from newsdigest.drafts.writer.point import Arg, Asked, Many, Nested, Outlet, Plan, Point, Said, Who, Word, spans

_LIMIT = 4
"""How many topics a sentence of silences lists."""


def agreements(material: Material, told: frozenset[str] = frozenset()) -> Iterator[Plan]:
    """One section for all questions that are answered alike and that the lede has not ``told`` (ids)."""
    points = [
        p
        for a in material.comparison.agreements
        if a.id not in told and _shared(material, a)
        for p in agreed(material, a)
    ]
    if points:
        evidence = spans(*(p.evidence for p in points))
        yield Plan("agreement", Point("frame", "h_agreement", evidence=evidence), tuple(points))


def _shared(material: Material, agreement: Agreement) -> bool:
    """Whether two give the answer: nobody agrees alone."""
    return agreement.answer.voices > 1 or len(held_by(material, agreement.answer)) > 1


def agreed(material: Material, agreement: Agreement) -> Iterator[Point]:
    """The answer with who gives it, then the chosen texts that leave the question open."""
    if len(held_by(material, agreement.answer)) < 2 and not agreement.silent:
        return
    yield agreement_point(material, agreement)
    homes = tuple(dict.fromkeys(material.voice_of(i) for i in agreement.silent if material.member(i).chosen))
    if homes:
        args = {"silent": Many(tuple(text_of(material, item) for item in homes))}
        proof = spans(*(material.title(item) for item in agreement.silent))
        frame = "agree_silent" if len(homes) == 1 else "agree_silent_many"
        yield Point("no_mention", frame, args, (agreement.id,), evidence=proof)


def agreement_point(material: Material, agreement: Agreement) -> Point:
    """Who gives the one answer, with the reserve of whoever has one."""
    answer = agreement.answer
    named = held_by(material, answer)
    args: dict[str, Arg] = {"said": Asked(agreement.question, answer=answer.value), "who": Many(named)}
    claims = [material.claims[i] for i in answer.claims if i in material.claims]
    # Where somebody speaks for himself, an outlet's own mention is not named and not claimed.
    spoken = any(material.speaks(c) for c in claims)
    ids = tuple(c.id for c in claims if not spoken or c.attribution.role not in ("carrier", "editorial"))
    frame = "agree_one" if len(named) == 1 else "agree_two" if len(named) == 2 else "agree"
    return Point("fact", frame, args, (agreement.id, *ids), (), answer.figures, answer.evidence)


def happening(material: Material, claim: Claim) -> Arg:
    """A happening as a noun with its parties where they are known ("Trump-Xi phone call"), else alone."""
    occasion = claim.slot not in material.spoken
    noun: Arg = Who(claim.object, short=True) if occasion and claim.object else Word("nouns", claim.slot or "")
    pair = tuple(n for n in (claim.actor, claim.object) if n is not None and not occasion)
    names = material.sides(claim) or pair
    if not names:
        return Nested("subject_bare", {"object": noun})
    args: dict[str, Arg] = {"object": noun, "parties": Many(tuple(Who(n, short=True) for n in names), dash=True)}
    return Nested("subject", args)


def held_by(material: Material, answer: Answer) -> tuple[Arg, ...]:
    """Who gives an answer: the people and bodies named, else the outlets of its evidence; each with his reserve."""
    if not answer.holders:
        return tuple(Outlet(key) for key in dict.fromkeys(e.item for e in answer.evidence))
    claims = [material.claims[i] for i in answer.claims if i in material.claims]
    spoken = {name_key(c.attribution.holder) for c in claims if c.attribution.holder and material.speaks(c)}
    # Where somebody speaks for himself, those who only report him are no further holders.
    names = [n for n in answer.holders if name_key(n) in spoken] or [*answer.holders]
    out: list[Arg] = []
    for name in names:
        own = [c for c in claims if c.attribution.holder and name_key(c.attribution.holder) == name_key(name)]
        who: Arg = Who(name)
        if any(c.attribution.role == "unnamed" for c in own):
            who = Nested("held_via", {"who": who, "outlet": material.outlets(c.item for c in own)})
        if reserve := material.reserve(own):
            who = Nested("held_with", {"who": who, "note": Word("hedge_notes", reserve)})
        out.append(who)
    return tuple(out)


def disagreements_own(material: Material, told: frozenset[str] = frozenset()) -> Iterator[Plan]:
    """A section for each question of this event on which accounts differ and that the lede has not ``told`` (ids)."""
    return _disagreements(material, related=False, told=told)


def disagreements_related(material: Material) -> Iterator[Plan]:
    """The same for questions that concern another event of the storyline."""
    return _disagreements(material, related=True)


def _disagreements(material: Material, *, related: bool, told: frozenset[str] = frozenset()) -> Iterator[Plan]:
    for disagreement in material.comparison.disagreements:
        if disagreement.related != related or disagreement.id in told:
            continue
        point = differ(material, disagreement, "differ")
        heading = Point(
            "frame",
            "h_related" if disagreement.related else "h_disagreement",
            {"question": Said(disagreement.question)},
            evidence=point.evidence,
        )
        yield Plan(f"differ-{disagreement.id}", heading, (point, undecided(disagreement, point)))


def undecided(disagreement: Disagreement, point: Point) -> Point:
    """That we settle nothing."""
    return Point("caveat", "undecided", claims=(disagreement.id,), evidence=point.evidence)


def differ(material: Material, disagreement: Disagreement, frame: str) -> Point:
    """Every side of a disagreement in one sentence."""
    sides = tuple(
        Nested(
            _side(answer), {"who": Many(held_by(material, answer)), "value": Said(answer.value, inside=_denies(answer))}
        )
        for answer in disagreement.answers
    )
    args: dict[str, Arg] = {
        "sides": Many(sides, sides=True),
        "question": Said(disagreement.question),
        "asked": Asked(disagreement.question),
    }
    return Point(
        "disagreement",
        frame,
        args,
        (disagreement.id, *(c for a in disagreement.answers for c in a.claims)),
        (),
        tuple(dict.fromkeys(f for a in disagreement.answers for f in a.figures)),
        spans(*(a.evidence for a in disagreement.answers)),
    )


def _side(answer: Answer) -> str:
    """A denial is an act, not an answer: "Japan denied it"."""
    return "side_denied" if _denies(answer) else "side"


def _denies(answer: Answer) -> bool:
    return answer.value.en.lower().startswith("denied")


def text_of(material: Material, item: str) -> Arg:
    """An item as a text of its body ("the post by …")."""
    return Nested("text_of", {"text": material.text_word(item), "who": Outlet(item, owner=True)})


def silences(material: Material, told: frozenset[str] = frozenset()) -> Iterator[Plan]:
    """What a chosen text does not mention and the lede has not ``told`` (ids), a sentence a voice; the weightiest first, with a limit."""
    points: list[Point] = []
    asked = {a.slot for a in material.comparison.agreements} | {d.slot for d in material.comparison.disagreements}
    for items, group in grouped(material).items():
        known = {(s.topic_id, material.voice_of(i)) for s in material.silences if s.id in told for i in s.items}
        group = [s for s in group if (s.topic_id, material.voice_of(items[0])) not in known]
        kept = [s for s in _weighed(material, group) if s.topic_id.removeprefix("slot.") not in asked]
        kept = [s for s in kept if material.telling(s.topic_id) and _raised(material, s)][:_LIMIT]
        if not kept:
            continue
        topics = Many(tuple(Said(t) for t in dict.fromkeys(s.topic for s in kept)), either=True)
        args: dict[str, Arg] = {"silent": text_of(material, items[0]), "topics": topics}
        proof = spans(*(material.title(item) for item in items))
        ids = tuple(s.id for s in group if s.topic in {k.topic for k in kept})
        points.append(Point("no_mention", "no_mention", args, ids, evidence=proof))
    if points:
        heading = Point("frame", "h_no_mention", evidence=spans(*(p.evidence for p in points)))
        yield Plan("no-mention", heading, tuple(points))


def _raised(material: Material, silence: Silence) -> bool:
    """Whether another body's chosen text speaks of the topic: that outlets do is no measure for a statement."""
    homes = {material.voice_of(item) for item in silence.items}
    return any(
        c.topic_id == silence.topic_id and c.state == "says" and material.member(c.item).chosen
        for c in material.comparison.matrix
        if material.voice_of(c.item) not in homes
    )


def _weighed(material: Material, group: list[Silence]) -> list[Silence]:
    ranked = (*material.comparison.headline_topics, *material.comparison.topics)
    order = {t: n for n, t in enumerate(sorted(ranked, key=lambda t: t.startswith("slot.")))}
    first: dict[str, Silence] = {}
    for silence in sorted(group, key=lambda s: order.get(s.topic_id, len(order))):
        first.setdefault(silence.topic_id, silence)
    return list(first.values())


def grouped(material: Material) -> dict[tuple[str, ...], list[Silence]]:
    """Silences by the voice's texts that are silent alike: a body's texts in two languages are told of together."""
    items: dict[tuple[str, str], list[str]] = {}
    for silence in material.silences:
        for item in silence.items:
            items.setdefault((material.voice_of(item), silence.topic_id), []).append(item)
    out: dict[tuple[str, ...], list[Silence]] = {}
    for silence in material.silences:
        key = tuple(dict.fromkeys(items[(material.voice_of(silence.items[0]), silence.topic_id)]))
        out.setdefault(key, []).append(silence)
    return out
