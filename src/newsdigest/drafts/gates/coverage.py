"""coverage: every item of the event is cited by a sentence or listed as not used, with the reason."""

from __future__ import annotations

from newsdigest.drafts.draft import GateResult
from newsdigest.drafts.gates.place import SPEAKING, Desk, result


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
    return result("coverage", len(desk.packet.members), faults)
