"""Where the voices agree, where they differ, what a chosen text does not mention, and the stock phrases."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Agreement, Answer, Disagreement, Formula, Silence
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import (
    Arg,
    Count,
    Many,
    Nested,
    Outlet,
    Phrase,
    Plan,
    Point,
    Said,
    Who,
    spans,
)

_LIMIT = 8
"""How many topics a sentence of silences lists."""


def agreements(material: Material) -> Iterator[Plan]:
    """One section for all questions that are answered alike."""
    points = [p for a in material.comparison.agreements for p in _agreement(material, a)]
    if points:
        evidence = spans(*(p.evidence for p in points))
        yield Plan("agreement", Point("frame", "h_agreement", evidence=evidence), tuple(points))


def _agreement(material: Material, agreement: Agreement) -> Iterator[Point]:
    yield agreement_point(material, agreement, "agree")
    if agreement.silent:
        args = {"silent": Many(tuple(text_of(material, item) for item in agreement.silent))}
        proof = spans(*(material.title(item) for item in agreement.silent))
        yield Point("no_mention", "agree_silent", args, (agreement.id,), evidence=proof)


def agreement_point(material: Material, agreement: Agreement, frame: str) -> Point:
    """Who gives the one answer."""
    args: dict[str, Arg] = {
        "question": Said(agreement.question),
        "answer": Said(agreement.answer.value),
        "who": holders(material, agreement.answer),
    }
    answer = agreement.answer
    return Point("fact", frame, args, (agreement.id, *answer.claims), (), answer.figures, answer.evidence)


def holders(material: Material, answer: Answer) -> Arg:
    """Who gives an answer: the people and bodies named, else the outlets of its evidence."""
    if answer.holders:
        return Many(tuple(Who(name) for name in answer.holders))
    return Many(tuple(Outlet(key) for key in dict.fromkeys(e.item for e in answer.evidence)))


def disagreements_own(material: Material) -> Iterator[Plan]:
    """A section for each question of this event on which accounts differ."""
    return _disagreements(material, related=False)


def disagreements_related(material: Material) -> Iterator[Plan]:
    """The same for questions that concern another event of the storyline."""
    return _disagreements(material, related=True)


def _disagreements(material: Material, *, related: bool) -> Iterator[Plan]:
    for disagreement in material.comparison.disagreements:
        if disagreement.related != related:
            continue
        point = differ(material, disagreement, "differ")
        heading = Point(
            "frame",
            "h_related" if disagreement.related else "h_disagreement",
            {"question": Said(disagreement.question, as_title=True)},
            evidence=point.evidence,
        )
        settled = Point("caveat", "undecided", claims=(disagreement.id,), evidence=point.evidence)
        yield Plan(f"differ-{disagreement.id}", heading, (point, settled))


def differ(material: Material, disagreement: Disagreement, frame: str) -> Point:
    """Every side of a disagreement in one sentence."""
    sides = tuple(
        Nested("side", {"who": holders(material, answer), "value": Said(answer.value)})
        for answer in disagreement.answers
    )
    args: dict[str, Arg] = {"sides": Many(sides, sides=True), "question": Said(disagreement.question)}
    return Point(
        "disagreement",
        frame,
        args,
        (disagreement.id, *(c for a in disagreement.answers for c in a.claims)),
        (),
        tuple(dict.fromkeys(f for a in disagreement.answers for f in a.figures)),
        spans(*(a.evidence for a in disagreement.answers)),
    )


def text_of(material: Material, item: str) -> Arg:
    """An item as a text of its body ("the post by …")."""
    return Nested("text_of", {"text": material.text_word(item), "who": Outlet(item)})


def silences(material: Material) -> Iterator[Plan]:
    """What a chosen text does not mention, a sentence a voice; the weightiest topics first, with a limit."""
    points: list[Point] = []
    for items, group in grouped(material).items():
        kept = _weighed(material, group)[:_LIMIT]
        topics = Many(tuple(Said(t) for t in dict.fromkeys(s.topic for s in kept)))
        args: dict[str, Arg] = {"silent": text_of(material, items[0]), "topics": topics}
        proof = spans(*(material.title(item) for item in items))
        ids = tuple(s.id for s in group if s.topic in {k.topic for k in kept})
        points.append(Point("no_mention", "no_mention", args, ids, evidence=proof))
    if points:
        heading = Point("frame", "h_no_mention", evidence=spans(*(p.evidence for p in points)))
        yield Plan("no-mention", heading, tuple(points))


def _weighed(material: Material, group: list[Silence]) -> list[Silence]:
    order = {t: n for n, t in enumerate((*material.comparison.headline_topics, *material.comparison.topics))}
    first: dict[str, Silence] = {}
    for silence in sorted(group, key=lambda s: order.get(s.topic_id, len(order))):
        first.setdefault(silence.topic_id, silence)
    return list(first.values())


def grouped(material: Material) -> dict[tuple[str, ...], list[Silence]]:
    """Silences by the voice's texts that are silent alike: a body's texts in two languages are told of together."""
    items: dict[tuple[str, str], list[str]] = {}
    for silence in material.comparison.silences:
        for item in silence.items:
            items.setdefault((material.voice_of(item), silence.topic_id), []).append(item)
    out: dict[tuple[str, ...], list[Silence]] = {}
    for silence in material.comparison.silences:
        key = tuple(dict.fromkeys(items[(material.voice_of(silence.items[0]), silence.topic_id)]))
        out.setdefault(key, []).append(silence)
    return out


def formulae(material: Material) -> Iterator[Plan]:
    """Stock phrases absent or present, with the history or with who calls them usual."""
    points = [p for f in material.comparison.formulae for p in _formula(material, f)]
    if points:
        heading = Point("frame", "h_formulae", evidence=spans(*(p.evidence for p in points)))
        yield Plan("formulae", heading, tuple(points))


def _formula(material: Material, formula: Formula) -> Iterator[Point]:
    args: dict[str, Arg] = {"text": text_of(material, formula.item)}
    if formula.present and formula.evidence:
        args["phrase"] = Phrase(formula.evidence[0].exact, material.member(formula.item).language)
        yield Point("formula", "formula_present", args, (formula.id,), evidence=formula.evidence)
    elif formula.meaning is not None:
        args["meaning"] = Said(formula.meaning)
        proof = spans(material.title(formula.item), formula.called_usual)
        yield Point("formula", "formula_absent", args, (formula.id,), evidence=proof)
    else:
        return
    if formula.history.of:
        counts: dict[str, Arg] = {
            "of": Count(formula.history.of, "times"),
            "n": Count(formula.history.present),
        }
        yield Point("formula", "formula_history", counts, (formula.id,), evidence=material.title(formula.item))
    elif formula.called_usual:
        who = material.outlets(material.packet.lead_of(e.item) for e in formula.called_usual)
        yield Point("formula", "formula_usual", {"who": who}, (formula.id,), evidence=formula.called_usual)
