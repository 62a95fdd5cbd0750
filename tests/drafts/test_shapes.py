"""Whatever the event, the memo that comes of a real comparison passes its own gates in both halves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Member
from newsdigest.drafts.draft import Draft
from newsdigest.drafts.gates import run_gates
from newsdigest.drafts.writer import write
from tests.drafts import shapes
from tests.drafts.events import packet


def drafted(members: tuple[Member, ...]) -> tuple[Draft, dict[str, tuple[str, ...]]]:
    """The memo of an event and the faults by gate."""
    event = packet("e-shape", members)
    comparison = compare(event)
    draft = write(comparison, event, draft_id="d-shape", version=1, as_of=comparison.as_of)
    faults = {r.gate: r.faults for r in run_gates(draft, comparison, event, event.lexicon) if r.passed is False}
    return draft, faults


def half(draft: Draft, language: str) -> str:
    return "\n".join(s.text for s in draft.sentences(language))  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [shapes.ship, shapes.fire, shapes.recall, shapes.denial])
def test_no_gate_fails(shape: Callable[[], tuple[Member, ...]]) -> None:
    assert drafted(shape())[1] == {}


def test_a_collision_shows_both_sides() -> None:
    draft, _ = drafted(shapes.ship())
    assert "Nordia" in half(draft, "en")
    assert any(d.kind == "who" for d in draft.disagreements)
    assert "どの説明が正しいかは、この対照では判断していません" in half(draft, "ja")


def test_a_toll_keeps_its_bound_and_its_day() -> None:
    draft, _ = drafted(shapes.fire())
    assert "少なくとも12人" in half(draft, "ja")
    assert "at least 12" in half(draft, "en")


def test_an_event_without_typed_facts_is_no_clean_draft() -> None:
    _, faults = drafted(shapes.lone())
    assert all("states nothing" in found[0] for found in faults.values())
    assert len(faults) == 12
