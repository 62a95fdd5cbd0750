"""Importance: more voices, languages and officials weigh more; copies weigh nothing."""

from __future__ import annotations

from newsdigest.events.event import Copy, Event
from newsdigest.events.importance import importance, voices_of
from newsdigest.events.profile import EventDocument
from tests.events.builders import START, document


def event(documents: list[EventDocument], *copies: Copy) -> tuple[Event, dict[str, EventDocument]]:
    made = Event(id="e", items=tuple(d.key for d in documents), copies=copies, first=START, last=START)
    return made, {d.key: d for d in documents}


def test_a_copy_is_no_voice() -> None:
    documents = [document(key, "Fire", source=f"outlet-{key}", source_kind="newspaper") for key in "abc"]
    copied, held = event(documents, Copy(items=("a", "b"), kind="syndicated", reason="shared words"))
    assert voices_of(copied, documents) == 2
    assert voices_of(event(documents)[0], documents) == 3
    assert importance(copied, held)[0] < importance(event(documents)[0], held)[0]


def test_two_items_of_one_source_are_one_voice() -> None:
    documents = [document(key, "Fire", source="outlet") for key in "ab"]
    assert voices_of(event(documents)[0], documents) == 1


def test_every_point_has_its_reason() -> None:
    documents = [
        document("a", "Fire", source="x", source_kind="government", issuer="body.fire_agency"),
        document("b", "火災", language="ja", source="y", source_kind="newspaper"),
    ]
    score, reasons = importance(*event(documents), disagreements=1)
    plain, _ = importance(*event(documents[1:]))
    assert score > plain
    assert "2 independent voices" in reasons
    assert "2 languages (en, ja)" in reasons
    assert "1 official side speaking" in reasons
    assert "1 disagreement" in reasons
