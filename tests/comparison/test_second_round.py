"""Questions, passives, things and sides: invented sentences in three languages, of no event of the replay."""

from __future__ import annotations

import pytest

from newsdigest.comparison.claims import negates
from tests.comparison.test_slots import claims_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "有记者问：韦尔丹称科尔松建议其不要出席会议。科方有何评论？"),
        ("ja", "ベルダンがコルスンドの漁船に体当たりしたかと問われ、報道官は回答を控えると述べた。"),
        ("en", "Asked whether Veldan rammed the Korsund ship, a spokesperson declined to comment."),
    ],
)
def test_a_question_is_nobodys_account(language: str, text: str) -> None:
    assert not [c for c in claims_of(language, text) if c.slot in ("hit", "advised", "proposed")]


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("en", "Veldan said the fire alarm worked.", False),
        ("en", "Veldan said the fire alarm failed to sound.", True),
        ("ja", "ベルダンは、火災報知機が作動しなかったと説明した。", True),
        ("ja", "ベルダンは、火災報知機が正常に作動したと説明した。", False),
        ("zh", "韦尔丹表示，火灾报警器没有响。", True),
        ("zh", "韦尔丹表示，火灾报警器正常工作。", False),
    ],
)
def test_whether_a_thing_worked(language: str, text: str, negated: bool) -> None:
    (claim,) = [c for c in claims_of(language, text) if c.slot == "operated"]
    assert negates(claim) is negated


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Korsund ship 2207 rammed the Veldan ship."),
        ("ja", "ベルダンの巡視船がコルスンドの漁船に衝突された。"),
        ("ja", "コルスンドの漁船が後ろから衝突してきた。"),
        ("zh", "科尔松渔船故意冲撞韦尔丹巡逻船。"),
    ],
)
def test_who_hit(language: str, text: str) -> None:
    claims = [c for c in claims_of(language, text) if c.slot == "hit"]
    assert claims
    assert all("Korsund" in (c.actor.en or "") for c in claims if c.actor)
