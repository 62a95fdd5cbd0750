"""The numbers somebody gave, with bound, unit, period and holder, each told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsdigest.comparison.record import Figure
from newsdigest.drafts.amounts import amount
from newsdigest.drafts.draft import RENDITIONS
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Amount, Arg, Outlet, Plan, Point, Topics, Who, spans

_ELSEWHERE = ("date", "time", "ordinal", "fiscal_year", "age")
_VAGUE = ("duration", "count", "times")
"""Kinds that say nothing without what they count."""


@dataclass(slots=True)
class _Group:
    """One number by one holder, wherever it stands."""

    first: Figure
    who: Arg
    figures: list[Figure] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)


def plans(material: Material) -> Iterator[Plan]:
    """A section of figures; those that another section tells (a disagreement's, a related event's) are left to it."""
    points = tuple(_point(material, group) for group in _groups(material))
    if points:
        heading = Point("frame", "h_figures", evidence=spans(*(p.evidence for p in points)))
        yield Plan("figures", heading, points)


def _groups(material: Material) -> list[_Group]:
    elsewhere = {f for d in material.comparison.disagreements for a in d.answers for f in a.figures}
    elsewhere |= {f.period for f in material.comparison.figures if f.period}
    own = set(material.comparison.items)
    out: dict[tuple[str, ...], _Group] = {}
    for figure in material.comparison.figures:
        claim = material.claim_of_figure.get(figure.id)
        related = figure.evidence.item not in own or (claim is not None and claim.related)
        copied = material.packet.lead_of(figure.evidence.item) != figure.evidence.item
        if figure.kind in _ELSEWHERE or figure.id in elsewhere or related or copied or not _says(material, figure):
            continue
        who, holder = _holder(material, figure)
        key = (figure.value, figure.unit, figure.bound, holder)
        group = out.setdefault(key, _Group(figure, who))
        if _known(material, figure) and not _known(material, group.first):
            group.first = figure
        group.figures.append(figure)
        group.claims += [claim.id] if claim is not None else []
    return list(out.values())


def _says(material: Material, figure: Figure) -> bool:
    return figure.kind not in _VAGUE or _known(material, figure)


def _known(material: Material, figure: Figure) -> bool:
    return bool(figure.of_id) and figure.of_id in material.packet.lexicon.entries


def _holder(material: Material, figure: Figure) -> tuple[Arg, str]:
    claim = material.claim_of_figure.get(figure.id)
    attribution = figure.holder
    if claim is not None and attribution.role in ("carrier", "editorial"):
        return material.holder(claim), material.holder_key(claim)
    if attribution.holder is not None and attribution.role in ("speaker", "unnamed", "analyst"):
        return Who(attribution.holder), attribution.holder.id or attribution.holder.surface
    return Outlet(attribution.via), attribution.via


def _point(material: Material, group: _Group) -> Point:
    figure = group.first
    args: dict[str, Arg] = {"who": group.who, "amount": Amount(figure)}
    ids = [f.id for f in group.figures]
    proofs = [f.evidence for f in group.figures]
    of = _known(material, figure)
    if of and figure.of_id is not None:
        args["of"] = Topics((figure.of_id,))
    period = material.figures.get(figure.period or "")
    if period is not None:
        args["period"] = Amount(period)
        ids.append(period.id)
        proofs.append(period.evidence)
    frame = {(True, True): "figure_period", (True, False): "figure_of", (False, True): "figure_bare_period"}.get(
        (of, period is not None), "figure"
    )
    if of and period is None and _in_its_name(material, figure):
        frame = "figure_named"
    claims = [material.claims[i] for i in group.claims]
    evidence = spans(proofs, *(c.evidence for c in claims))
    return Point("fact", frame, args, tuple(dict.fromkeys(group.claims)), (), tuple(dict.fromkeys(ids)), evidence)


def _in_its_name(material: Material, figure: Figure) -> bool:
    """Whether what is counted says its number already ("one-year pause")."""
    lexicon = material.packet.lexicon
    entry = lexicon.entries[figure.of_id or ""]
    for language in RENDITIONS:
        said = amount(figure, language, lexicon)
        if said and said.replace(" ", "-") in (entry.form(language) or "").replace(" ", "-"):
            return True
    return False
