"""Stock phrases that a body's text lacks or has, with their history or with who calls them usual."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Formula
from newsdigest.drafts.writer.contrasts import text_of
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Arg, Count, Phrase, Plan, Point, Said, spans

_FORMAL = ("readout", "communique", "statement")
"""Channels whose texts follow a form: a post or an answer to a question has no stock phrases to lack."""


def plans(material: Material) -> Iterator[Plan]:
    """One sentence a phrase and voice; a phrase that is there is told only where its history is held."""
    groups: dict[tuple[str, ...], list[Formula]] = {}
    for formula in material.comparison.formulae:
        if material.channel(formula.item) in _FORMAL and (formula.history.of or not formula.present):
            key = (formula.formula, material.voice_of(formula.item), str(formula.present))
            groups.setdefault(key, []).append(formula)
    points = tuple(p for formulae in groups.values() for p in _points(material, formulae))
    if points:
        heading = Point("frame", "h_formulae", evidence=spans(*(p.evidence for p in points)))
        yield Plan("formulae", heading, points)


def _points(material: Material, formulae: list[Formula]) -> Iterator[Point]:
    formula = formulae[0]
    ids = tuple(f.id for f in formulae)
    titles = spans(*(material.title(f.item) for f in formulae))
    usual = spans(*(f.called_usual for f in formulae))
    args: dict[str, Arg] = {"text": text_of(material, formula.item)}
    if formula.present and formula.evidence:
        args["phrase"] = Phrase(formula.evidence[0].exact, material.member(formula.item).language)
        yield Point("formula", "formula_present", args, ids, evidence=spans(*(f.evidence for f in formulae)))
    elif formula.meaning is not None:
        args["meaning"] = Said(formula.meaning)
        yield Point("formula", "formula_absent", args, ids, evidence=spans(titles, usual))
    else:
        return
    if formula.history.of:
        counts: dict[str, Arg] = {"of": Count(formula.history.of, "times"), "n": Count(formula.history.present)}
        yield Point("formula", "formula_history", counts, ids, evidence=titles)
    elif usual:
        who = material.outlets(material.packet.lead_of(e.item) for e in usual)
        yield Point("formula", "formula_usual", {"who": who}, ids, evidence=usual)
