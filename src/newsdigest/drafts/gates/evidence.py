"""evidence: headline, headings and every sentence cite spans that resolve, and only ids that the draft holds."""

from __future__ import annotations

import re

from newsdigest.drafts.draft import GateResult
from newsdigest.drafts.gates.place import Desk, Place, result, unquoted
from newsdigest.items.evidence import resolves

_NUMBER = re.compile(r"\[\d+\]|［\d+］|\[\^")


def check(desk: Desk) -> GateResult:
    """Every sentence has evidence, and each of its spans holds the very characters it names."""
    faults: list[str] = []
    checked = 0
    for place in desk.places:
        checked += 1
        if not place.sentence.evidence:
            faults.append(place.fault("cites nothing"))
        for span in place.sentence.evidence:
            item = desk.item(span.item)
            if item is None:
                faults.append(place.fault(f"cites {span.item}, which is not of this event"))
            elif not resolves(span, item):
                faults.append(place.fault(f"cites characters that are not at {span.start}–{span.end} of {span.item}"))
        faults.extend(_unknown(desk, place))
        if _NUMBER.search(unquoted(place.sentence.text)):
            faults.append(place.fault("writes a citation number; those come from the renderer"))
    return result("evidence", checked, faults)


def _unknown(desk: Desk, place: Place) -> list[str]:
    draft, sentence = desk.draft, place.sentence
    known = (
        ("claim", sentence.claims, {c.id for c in draft.claims}),
        ("quote", sentence.quotes, {q.id for q in draft.quotes}),
        ("figure", sentence.figures, {f.id for f in draft.figures}),
    )
    return [
        place.fault(f"names the {kind} {identity}, which the draft does not hold")
        for kind, ids, held in known
        for identity in ids
        if identity not in held
    ]
