"""The numbers somebody gave, with bound, unit, period and holder, each told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsdigest.comparison.record import Claim, Figure
from newsdigest.drafts.amounts import amount
from newsdigest.drafts.draft import RENDITIONS
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Amount, Arg, Nested, Outlet, Plan, Point, Topics, When, Who, Word, spans

_ELSEWHERE = ("date", "time", "ordinal", "fiscal_year", "age")
_VAGUE = ("duration", "count", "times")
"""Kinds that say nothing without what they count."""


@dataclass(slots=True)
class _Group:
    """One number by one holder, wherever it stands."""

    first: Figure
    who: Arg
    holder: str
    figures: list[Figure] = field(default_factory=list)


def plans(material: Material) -> Iterator[Plan]:
    """A section of figures; those that another section tells (a disagreement's, a related event's) are left to it."""
    points = tuple(_point(material, group) for group in _groups(material))
    if points:
        heading = Point("frame", "h_figures", evidence=spans(*(p.evidence for p in points)))
        yield Plan("figures", heading, points)


def _groups(material: Material) -> list[_Group]:
    out: dict[tuple[str, ...], _Group] = {}
    for figure in material.comparison.figures:
        if not _here(material, figure):
            continue
        who, holder = _holder(material, figure)
        number = (figure.value, figure.unit, figure.bound)
        key = (*number, *(["name"] if _in_its_name(material, figure) else [holder]))
        if isinstance(who, Outlet):
            # An outlet's own mention of a number that somebody gave repeats him.
            key = next((k for k, g in out.items() if k[:3] == number and not isinstance(g.who, Outlet)), key)
        group = out.setdefault(key, _Group(figure, who, holder))
        if _rank(material, figure) > _rank(material, group.first):
            group.first = figure
        group.figures.append(figure)
    told = {
        (f.value, f.unit) for c in material.comparison.claims if material.speaks(c) for f in in_names(material, (c,))
    }
    return [
        group
        for group in out.values()
        if _says(material, group.first)
        and not (_in_its_name(material, group.first) and (group.first.value, group.first.unit) in told)
    ]


def _rank(material: Material, figure: Figure) -> tuple[bool, bool]:
    return _known(material, figure), figure.period is not None


def in_names(material: Material, claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """The figures of some claims that the name of what they count says already."""
    found = (f for c in claims for i in c.figures if (f := material.figures.get(i)) is not None)
    return tuple(f for f in found if _in_its_name(material, f) and f.of_id in {t for c in claims for t in c.topics})


def _here(material: Material, figure: Figure) -> bool:
    """Whether this section tells the figure: no date, no other section's, not of another event, not a copy's."""
    comparison = material.comparison
    elsewhere = {f for d in comparison.disagreements for a in d.answers for f in a.figures}
    elsewhere |= {f.period for f in comparison.figures if f.period}
    claim = material.claim_of_figure.get(figure.id)
    item = figure.evidence.item
    related = item not in comparison.items or (claim is not None and claim.related)
    copied = material.packet.lead_of(item) != item
    if claim is not None and material.speaks(claim) and figure in in_names(material, (claim,)):
        return False
    return figure.kind not in _ELSEWHERE and figure.id not in elsewhere and not related and not copied


def _says(material: Material, figure: Figure) -> bool:
    if figure.kind in _VAGUE and not figure.unit and figure.of_id in material.packet.lexicon.entries:
        return False
    return figure.kind not in _VAGUE or _known(material, figure)


def _known(material: Material, figure: Figure) -> bool:
    subjects = material.packet.lexicon.tables.get("units", {}).get("subject", ())
    known = figure.of_id in material.packet.lexicon.entries or any(s["id"] == figure.of_id for s in subjects)
    return bool(figure.of_id) and known


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
    claims = _claims(material, group)
    reserve = material.reserve(claims)
    who = Nested("held_with", {"who": group.who, "note": Word("hedge_notes", reserve)}) if reserve else group.who
    args: dict[str, Arg] = {"who": who, "amount": Amount(figure)}
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
    if frame == "figure_of" and figure.of_id not in material.packet.lexicon.entries:
        frame = "figure_subject"
    if frame == "figure_subject" and _rises(material, figure) and figure.as_of.instant is not None:
        args["date"] = When(figure.as_of, material.zone(figure.evidence.item))
        frame = "figure_toll"
    evidence = spans(proofs, *(c.evidence for c in claims))
    return Point("fact", frame, args, tuple(c.id for c in claims), (), tuple(dict.fromkeys(ids)), evidence)


def _rises(material: Material, figure: Figure) -> bool:
    """Whether it is a toll, which means something only with its hour."""
    subjects = material.packet.lexicon.tables.get("units", {}).get("subject", ())
    return any(s["id"] == figure.of_id and s.get("rises") for s in subjects)


def _claims(material: Material, group: _Group) -> list[Claim]:
    """The claims in which the number stands: first-hand ones where there are any."""
    found = {c.id: c for f in group.figures if (c := material.claim_of_figure.get(f.id)) is not None}
    found = {i: c for i, c in found.items() if material.holder_key(c) == group.holder}
    own = [c for c in found.values() if material.speaks(c)]
    return own or list(found.values())


def _in_its_name(material: Material, figure: Figure) -> bool:
    """Whether what is counted says its number already ("one-year pause")."""
    lexicon = material.packet.lexicon
    entry = lexicon.entries.get(figure.of_id or "")
    if entry is None or figure.period is not None:
        return False
    for language in RENDITIONS:
        said = amount(figure, language, lexicon)
        if said and said.replace(" ", "-") in (entry.form(language) or "").replace(" ", "-"):
            return True
    return False
