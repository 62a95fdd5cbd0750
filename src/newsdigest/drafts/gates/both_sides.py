"""both-sides: each side of a disagreement is shown in each half; we settle none."""

from __future__ import annotations

from newsdigest.comparison.record import Disagreement
from newsdigest.drafts.draft import RENDITIONS, GateResult
from newsdigest.drafts.gates.place import Desk, folded, result


def check(desk: Desk) -> GateResult:
    """Every disagreement of the comparison is in the draft, with each answer printed and cited."""
    faults: list[str] = []
    shown = {d.id for d in desk.draft.disagreements}
    known = {d.id: d for d in desk.comparison.disagreements}
    for held in desk.draft.disagreements:
        if known.get(held.id, held) != held:
            faults.append(f"the disagreement {held.id} is not as the comparison has it")
    for disagreement in desk.comparison.disagreements:
        if disagreement.id not in shown:
            faults.append(f"the disagreement {disagreement.id} ({disagreement.question.en}) is not in the draft")
            continue
        faults.extend(_answers(desk, disagreement))
    for place in desk.places:
        for word in desk.lexicon.table(f"style/{place.rendition}")["gate"]["settling"]:
            if word in place.sentence.text:
                faults.append(place.fault(f"“{word}” settles what is open"))
    return result("both-sides", len(desk.comparison.disagreements), faults)


def _answers(desk: Desk, disagreement: Disagreement) -> list[str]:
    faults: list[str] = []
    for rendition in RENDITIONS:
        places = [
            p
            for p in desk.places
            if p.rendition == rendition and p.part == "body" and disagreement.id in p.sentence.claims
        ]
        text = folded(" ".join(p.sentence.text for p in places))
        cited = {e for p in places for e in p.sentence.evidence}
        for answer in disagreement.answers:
            value = folded(getattr(answer.value, rendition))
            if value.lower() not in text.lower():
                faults.append(f"{rendition} {disagreement.id}: the answer “{value}” is not shown")
            elif not cited & set(answer.evidence):
                faults.append(f"{rendition} {disagreement.id}: the answer “{value}” is shown without its evidence")
    return faults
