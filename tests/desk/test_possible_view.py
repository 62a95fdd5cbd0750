"""Proposals at the desk: the marked words inside their sentence, and nothing of a removed item."""

from __future__ import annotations

from newsdigest.comparison.compare import compare
from newsdigest.desk.possible_view import possible_views
from tests.comparison.test_possible import told


def test_the_words_that_a_proposal_turns_on_are_marked_in_their_sentence() -> None:
    packet = told(
        "The signal box at the junction was working when the train passed.",
        "The signal box at the junction was not working when the train passed.",
    )
    items = {m.key: m.item for m in packet.members}
    [view] = possible_views(compare(packet).possible, items, {"outlet-0": "The Outlet"})
    assert [side.sources for side in view.sides] == ["The Outlet", "outlet-1"]
    second = view.sides[1].passages[0]
    assert second.language == "en"
    assert [text for text, marked in second.pieces if marked] == ["not"]
    assert "".join(text for text, _ in second.pieces) == packet.members[1].text
    removed = {key: item.model_copy(update={"removed": "2031-05-13, withdrawn"}) for key, item in items.items()}
    assert possible_views(compare(packet).possible, removed, {}) == []
