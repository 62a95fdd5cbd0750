"""What somebody ought to stop is not stopped, and a country where things are recalled recalls nothing."""

from __future__ import annotations

import pytest

from tests.comparison.test_slots import claims_of


@pytest.mark.parametrize(
    ("language", "text", "slot"),
    [
        ("zh", "科尔松表示，韦尔丹应立即停止出口。", "suspended"),
        ("en", "Korsund said Veldan should have stopped exports.", "suspended"),
        ("zh", "韦尔丹销售的水壶已纳入召回范围。", "recalled"),
    ],
)
def test_an_act_that_is_only_called_for_is_none(language: str, text: str, slot: str) -> None:
    assert not [c for c in claims_of(language, text) if c.slot == slot]


@pytest.mark.parametrize(
    ("language", "text", "slot"),
    [("zh", "韦尔丹召回5000台水壶。", "recalled"), ("en", "Veldan recalled 5,000 kettles.", "recalled")],
)
def test_the_act_itself_is_read(language: str, text: str, slot: str) -> None:
    assert [c for c in claims_of(language, text) if c.slot == slot]
