"""The numbers somebody gave, with bound, unit, period and holder, each told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from newsdigest.comparison.figures import numbers_in
from newsdigest.comparison.record import Claim, Figure, Name
from newsdigest.drafts.amounts import amount
from newsdigest.drafts.draft import RENDITIONS
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import (
    Amount,
    Arg,
    Many,
    Nested,
    Outlet,
    Plan,
    Point,
    Topics,
    When,
    Who,
    Word,
    spans,
)

_ELSEWHERE = ("date", "time", "ordinal", "fiscal_year", "age")
_VAGUE = ("duration", "count", "times")
"""Kinds that say nothing without what they count."""
_MEASURED = ("mass", "volume", "area", "energy")
_NEAR = 24
_HOLDERS = 2
"""How many holders of one value are named."""


@dataclass(slots=True)
class _Entry:
    """One value of a measure: everybody who gives it, those who speak for themselves first."""

    first: Figure
    figures: list[Figure] = field(default_factory=list)
    holders: dict[str, Arg] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    own: bool = False


def plans(material: Material) -> Iterator[Plan]:
    """A section of figures, one line a measure; those that another section tells (a disagreement's, a related event's) are left to it."""
    points = tuple(p for of, entries in _measures(material).items() if (p := _line(material, of, entries)) is not None)
    if points:
        heading = Point("frame", "h_figures", evidence=spans(*(p.evidence for p in points)))
        yield Plan("figures", heading, points)


def _measures(material: Material) -> dict[str, list[_Entry]]:
    """The values of each measure, in the order in which they were given."""
    out: dict[str, dict[tuple[str, ...], _Entry]] = {}
    told = {
        (f.value, f.unit) for c in material.comparison.claims if material.speaks(c) for f in in_names(material, (c,))
    }
    for figure in material.comparison.figures:
        if not _here(material, figure) or not _says(material, figure) or figure.of_id is None:
            continue
        if _in_its_name(material, figure) and (figure.value, figure.unit) in told:
            continue
        key = (figure.value, figure.unit, figure.bound)
        entry = out.setdefault(figure.of_id, {}).setdefault(key, _Entry(figure))
        if figure.period is not None and entry.first.period is None:
            entry.first = figure
        entry.figures.append(figure)
        _hold(material, entry, figure)
    return {of: _kept(material, of, list(entries.values())) for of, entries in out.items()}


def _hold(material: Material, entry: _Entry, figure: Figure) -> None:
    who, holder = _holder(material, figure)
    claim = material.claim_of_figure.get(figure.id)
    own = not isinstance(who, Outlet) or material.official(who.item)
    if own and not entry.own:
        # An outlet's own mention of a number that somebody gave repeats him.
        entry.holders, entry.claims, entry.own = {}, [], True
    if own == entry.own:
        entry.holders.setdefault(holder, who)
        if claim is not None and material.holder_key(claim) == holder:
            entry.claims.append(claim)


def _kept(material: Material, of: str, entries: list[_Entry]) -> list[_Entry]:
    """The values in their order; of a toll, no outlet's number below one that was counted before: it counts something else."""
    counted = [e for e in entries if e.own and _hour(e) is not None]
    if not _marked(material, of, "rises"):
        return entries
    if _marked(material, of, "falls"):
        return sorted(entries, key=lambda e: (_hour(e) is None, _hour(e)))
    values = {e.first.value for e in counted}
    others = [e for e in entries if not e.own and e.first.value not in values]
    kept = [*(e for e in entries if e.own), *(e for e in others if not any(_falls(e, c) for c in counted))]
    return sorted(kept, key=lambda e: (_hour(e) is None, _hour(e)))


def _falls(entry: _Entry, counted: _Entry) -> bool:
    """Whether a later value is below one counted before, or another for the same hour."""
    hour, before = _hour(entry), _hour(counted)
    return (
        hour is None or before is None or (hour >= before and Decimal(entry.first.value) < Decimal(counted.first.value))
    )


def _line(material: Material, of: str, entries: list[_Entry]) -> Point | None:
    if not entries:
        return None
    dated = len(entries) > 1 and _marked(material, of, "rises")
    args: dict[str, Arg] = {
        "of": Topics((of,)),
        "values": Many(tuple(_value(material, entry, dated=dated) for entry in entries), sides=True),
    }
    figures = [f for e in entries for f in e.figures]
    periods = [p for e in entries if (p := material.figures.get(e.first.period or "")) is not None]
    claims = [c for e in entries for c in _claims(material, e)]
    proof = spans((f.evidence for f in (*figures, *periods)), *(c.evidence for c in claims))
    ids = tuple(dict.fromkeys(f.id for f in (*figures, *periods)))
    # A number names who gives it; what he tells of the other side is told where it is marked as his account.
    own = tuple(dict.fromkeys(c.id for c in claims if c.kind != "account"))
    return Point("fact", "figure_line", args, own, (), ids, proof)


def _value(material: Material, entry: _Entry, *, dated: bool) -> Arg:
    figure = entry.first
    reserve = material.reserve(_claims(material, entry))
    who: Arg = Many(tuple(list(entry.holders.values())[:_HOLDERS]))
    if reserve:
        who = Nested("held_plain", {"who": who, "note": Word("hedge_notes", reserve)})
    args: dict[str, Arg] = {"amount": Amount(figure), "who": who}
    period = material.figures.get(figure.period or "")
    frame = "value"
    if period is not None:
        args["period"], frame = Amount(period), "value_period"
    elif dated and (when := _when(material, entry)) is not None:
        args["when"], frame = when, "value_dated"
    return Nested(frame, args)


def _hour(entry: _Entry) -> datetime | None:
    """The earliest hour for which a value was given."""
    return min((i for f in entry.figures if (i := f.as_of.instant) is not None), default=None)


def _when(material: Material, entry: _Entry) -> When | None:
    first = min(entry.figures, key=lambda f: (f.as_of.instant is None, f.as_of.instant))
    return When(first.as_of, material.zone(first.evidence.item), clock=True) if first.as_of.instant else None


def _claims(material: Material, entry: _Entry) -> list[Claim]:
    """The claims in which a value stands: first-hand ones where there are any, only of those who are named."""
    named = list(entry.holders)[:_HOLDERS]
    found = [c for c in entry.claims if material.holder_key(c) in named]
    own = [c for c in found if material.speaks(c)]
    return own or found


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
    if claim is not None and claim.kind == "interpretation":
        return False
    # A number that cannot be read where it stands ("one of them") proves nothing to a reader.
    if not numbers_in(figure.evidence.exact, material.member(item).language, material.packet.lexicon):
        return False
    if claim is not None and material.speaks(claim) and figure in in_names(material, (claim,)):
        return False
    return figure.kind not in _ELSEWHERE and figure.id not in elsewhere and not related and not copied


def _says(material: Material, figure: Figure) -> bool:
    if figure.kind in _VAGUE and not figure.unit and figure.of_id in material.packet.lexicon.entries:
        return False
    return _known(material, figure) and (
        figure.of_id not in material.packet.lexicon.entries or _beside(material, figure)
    )


def _beside(material: Material, figure: Figure) -> bool:
    """Whether the thing counted stands right at its number ("87.5 million tons of soybeans"): elsewhere in a line it may be chance."""
    member = material.member(figure.evidence.item)
    text = getattr(member, figure.evidence.field)
    near = text[max(0, figure.evidence.start - _NEAR) : figure.evidence.end + _NEAR]
    entry = material.packet.lexicon.entries[figure.of_id or ""]
    measured = figure.kind in _MEASURED or not figure.unit
    return measured and any(form in near for form in entry.forms.get(member.language, ()))


def _known(material: Material, figure: Figure) -> bool:
    subjects = material.packet.lexicon.tables.get("units", {}).get("subject", ())
    known = figure.of_id in material.packet.lexicon.entries or any(s["id"] == figure.of_id for s in subjects)
    return bool(figure.of_id) and known


def _holder(material: Material, figure: Figure) -> tuple[Arg, str]:
    claim = material.claim_of_figure.get(figure.id)
    attribution = figure.holder
    if claim is not None and attribution.role in ("carrier", "editorial"):
        return material.holder(claim), material.holder_key(claim)
    name = attribution.holder
    if name is not None and _printable(material, name) and attribution.role in ("speaker", "unnamed", "analyst"):
        return Who(name), name.id or name.surface
    statement = material.member(attribution.via).item.statement
    return Outlet(attribution.via), statement.issuer if statement is not None else attribution.via


def _printable(material: Material, name: Name) -> bool:
    """Whether both halves can print a name: its role, a form of the gazetteer, a body that issues texts, or a Latin form."""
    entry = material.packet.lexicon.entries.get(name.id or "")
    issuer = (name.id or "").startswith(("issuer.", "source."))
    return name.role is not None or issuer or bool(name.en) or (entry is not None and entry.form("en") is not None)


def _marked(material: Material, of: str, mark: str) -> bool:
    """Whether it is a toll ("rises"), which means something only with its hour, or one that goes down ("falls")."""
    subjects = material.packet.lexicon.tables.get("units", {}).get("subject", ())
    return any(s["id"] == of and s.get(mark) for s in subjects)


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
