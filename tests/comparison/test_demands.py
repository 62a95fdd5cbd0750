"""What somebody ought to stop is not stopped, and a country where things are recalled recalls nothing."""

from __future__ import annotations

import pytest

from newsdigest.comparison.claims import negates
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


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("en", "Veldan said Korsund should lift the tariffs.", False),
        ("en", "Veldan demanded that Korsund stop fishing.", False),
        ("en", "Veldan did not demand that Korsund stop fishing.", True),
        ("en", "Veldan called on Korsund to halt the tariffs.", False),
        ("ja", "ベルダンは、コルスンドは関税を停止すべきだと述べた。", False),
        ("ja", "ベルダンは、コルスンドが関税を停止するよう求めた。", False),
        ("ja", "ベルダンは、コルスンドに撤退を求めていない。", True),
        ("zh", "韦尔丹呼吁科尔松停止关税。", False),
        ("zh", "韦尔丹表示，科尔松应停止加征关税。", False),
        ("zh", "韦尔丹没有要求科尔松道歉。", True),
    ],
)
def test_a_demand_is_a_demand_on_somebody(language: str, text: str, negated: bool) -> None:
    found = [c for c in claims_of(language, text) if c.slot in ("demanded", "urged")]
    assert found
    assert {negates(c) for c in found} == {negated}
    assert all("Veldan" in (c.actor.en or "") for c in found if c.actor)
    assert all("Korsund" in (c.object.en or "") for c in found if c.object)


@pytest.mark.parametrize(
    ("language", "text", "slots"),
    [
        ("ja", "ベルダンは謝罪と賠償を要求した。", ("apologised",)),
        ("ja", "ベルダンは、コルスンドに撤退を求めていない。", ("withdrew",)),
        ("ja", "ベルダンは、コルスンドに関税の停止を求めた。", ("suspended",)),
        ("zh", "韦尔丹要求科尔松停止关税。", ("suspended", "requested")),
        ("zh", "韦尔丹敦促科尔松道歉。", ("apologised",)),
        ("zh", "科尔松应韦尔丹请求停止关税。", ("initiated", "requested")),
        ("en", "Korsund suspended tariffs at the request of Veldan.", ("initiated",)),
        ("en", "Veldan called for lifting tariffs.", ("requested",)),
    ],
)
def test_what_is_asked_for_is_not_done(language: str, text: str, slots: tuple[str, ...]) -> None:
    assert not [c for c in claims_of(language, text) if c.slot in slots and c.evidence[0].field == "text"]


@pytest.mark.parametrize(
    ("language", "text", "slot"),
    [
        ("en", "Veldan suspended the tariffs.", "suspended"),
        ("ja", "ベルダンは関税を停止した。", "suspended"),
        ("zh", "韦尔丹停止关税。", "suspended"),
        ("ja", "ベルダンは謝罪した。", "apologised"),
        ("en", "The phone call took place at the request of Veldan.", "initiated"),
        ("zh", "应韦尔丹请求，双方举行了通话。", "initiated"),
    ],
)
def test_what_is_done_is_read(language: str, text: str, slot: str) -> None:
    assert [c for c in claims_of(language, text) if c.slot == slot and c.evidence[0].field == "text"]
