"""coverage: every item of the event is cited by a sentence or listed as not used, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.drafts.draft import RENDITIONS, GateResult
from newsdigest.drafts.gates.place import SPEAKING, Desk, Place, result

_LISTS = ("sources", "unused")


def check(desk: Desk) -> GateResult:
    """Count the items that statements of the draft rest on; frames, caveats and lists of sources only speak about them."""
    cited = {
        e.item for p in desk.places if p.part == "body" and p.sentence.kind in SPEAKING for e in p.sentence.evidence
    }
    used = set(desk.draft.coverage.used)
    left = {n.item: n.reason for n in desk.draft.coverage.not_used}
    faults: list[str] = []
    for member in desk.packet.members:
        key = member.key
        if key in used and key not in cited:
            faults.append(f"{key} is listed as used, but no sentence cites it")
        elif key not in used and key not in left:
            faults.append(f"{key} is neither cited nor listed as not used")
        elif key in left and not left[key].strip():
            faults.append(f"{key} is listed as not used without a reason")
        elif key in left and key in cited and key not in used:
            faults.append(f"{key} is listed as not used, but a sentence cites it")
    faults.extend(_untold(desk))
    faults.extend(_caveats(desk))
    faults.extend(_sections(desk))
    return result("coverage", len(desk.packet.members), faults)


def _untold(desk: Desk) -> Iterator[str]:
    """What the draft holds as a record and says in no sentence of a half, and what the comparison found of a body's voice."""
    draft = desk.draft
    for rendition in RENDITIONS:
        body = [p.sentence for p in desk.places if p.rendition == rendition and p.part == "body"]
        told = {i for s in body for i in (*s.claims, *s.quotes, *s.figures)}
        records = (draft.claims, draft.quotes, draft.figures, draft.disagreements, draft.silences, draft.formulae)
        for held in (record for group in records for record in group):
            if held.id not in told:
                yield f"{rendition}: {held.id} is in the draft's records, but no sentence says it"
        listed = {
            e.item for p in desk.places if p.section in _LISTS and p.rendition == rendition for e in p.sentence.evidence
        }
        for source in draft.sources:
            if source.item not in listed:
                yield f"{rendition}: {source.item} is a source of the draft, but stands in no list of sources"


def _caveats(desk: Desk) -> Iterator[str]:
    """The caveats of the record and those that the notes print are the same; every memo has some."""
    draft = desk.draft
    if not draft.caveats:
        yield "the draft has no caveats"
    kinds = {c.kind for c in draft.caveats}
    needed = {
        "interpretation": any(p.sentence.kind == "interpretation" for p in desk.places),
        "account": any(p.sentence.kind == "account" for p in desk.places),
        "flag": bool(desk.comparison.flags),
    }
    for kind, is_needed in needed.items():
        if is_needed and draft.caveats and kind not in kinds:
            yield f"the draft has no caveat of kind {kind}"
    for rendition in RENDITIONS:
        printed = [p.sentence.text for p in desk.places if _is_note(p) and p.rendition == rendition]
        held = [getattr(c, rendition) for c in draft.caveats]
        for text in sorted({*printed} ^ {*held}):
            where = "the notes" if text in printed else "the record"
            yield f"{rendition}: the caveat “{text}” is in {where} only"


def _is_note(place: Place) -> bool:
    return place.section == "notes" and place.part == "body"


def _sections(desk: Desk) -> Iterator[str]:
    """Edits are told; a memo says how it was made."""
    draft, comparison = desk.draft, desk.comparison
    if draft.engine.name == "template" and not any(s.id == "method" for s in draft.sections):
        yield "the draft does not say how it was made"
    own = [d for d in comparison.drifts if d.kind == "edited" and (d.second is None or d.second.item == d.first.item)]
    cited = {e for p in desk.places if p.part == "body" and p.sentence.kind == "fact" for e in p.sentence.evidence}
    if own and not any(d.first in cited for d in own):
        yield f"no sentence says that {own[0].first.item} was edited"
