"""Who did what, in three languages, active and passive: direction is everything."""

from __future__ import annotations

import pytest

from newsdigest.comparison.claims import negates
from newsdigest.comparison.compare import compare
from newsdigest.comparison.record import Claim
from newsdigest.sources.source import Source
from tests.comparison.collision import NAMES
from tests.comparison.packets import lexicon_with, member, packet

WORDS = lexicon_with(NAMES)
V, K = "Veldan", "Korsund"
TITLES = {
    "en": "Veldan and Korsund hold phone call",
    "ja": "ベルダンとコルスンドが電話会談",
    "zh": "韦尔丹与科尔松通电话",
}


def claims_of(language: str, text: str) -> list[Claim]:
    source = Source(id="s", name={language: "S"}, kind="newspaper", language=language, address="https://s.invalid/")  # type: ignore[arg-type]
    document = {"lang": language, "title": TITLES[language], "body": text, "published": "2031-05-01T00:00:00+00:00"}
    return list(compare(packet([member(source, [document], None, "i")], WORDS)).claims)


CASES = [
    # who initiated: active, passive, nominal
    ("en", "Veldan initiated the phone call.", "initiated", V, "affirmed"),
    ("en", "The phone call was initiated by Veldan.", "initiated", V, "affirmed"),
    ("en", "The phone call took place at the request of Veldan.", "initiated", V, "affirmed"),
    ("en", "The phone call with Korsund was made at Veldan's request.", "initiated", V, "affirmed"),
    ("en", "It was Veldan that requested the phone call with Korsund.", "initiated", V, "affirmed"),
    ("en", "Korsund said Veldan placed the call.", "initiated", V, "affirmed"),
    ("en", "Veldan did not initiate the phone call, Korsund said.", "initiated", None, ""),
    ("en", "Korsund denied that Veldan initiated the phone call.", "initiated", V, "denied"),
    ("ja", "今回の電話会談はベルダン側の要請で行われた。", "initiated", V, "affirmed"),
    ("ja", "コルスンド外務省は、ベルダン側の呼びかけだったと説明した。", "initiated", V, "affirmed"),
    ("ja", "電話会談はベルダンからの申し入れによるものだった。", "initiated", V, "affirmed"),
    ("zh", "这次通话是由韦方发起的。", "initiated", V, "affirmed"),
    ("zh", "这次通话是应韦尔丹方面请求进行的。", "initiated", V, "affirmed"),
    ("zh", "科尔松外交部表示,韦尔丹主动提议通话。", "initiated", V, "affirmed"),
    # hit
    ("en", "A Veldanese patrol ship rammed a Korsundian vessel.", "hit", V, "affirmed"),
    ("en", "A Korsundian vessel was rammed by a Veldanese patrol ship.", "hit", V, "affirmed"),
    ("ja", "ベルダンの巡視船がコルスンドの船に体当たりした。", "hit", V, "affirmed"),
    ("ja", "コルスンドの船がベルダンの巡視船に衝突された。", "hit", V, "affirmed"),
    ("zh", "韦尔丹巡逻船撞击科尔松海警船。", "hit", V, "affirmed"),
    ("zh", "科尔松海警船被韦尔丹巡逻船撞击。", "hit", V, "affirmed"),
    ("en", "Veldan denied ramming the Korsundian vessel.", "hit", V, "denied"),
    # attacked, detained, protested, urged
    ("en", "Veldanese forces were attacked by Korsund.", "attacked", K, "affirmed"),
    ("ja", "コルスンドがベルダンの船を攻撃した。", "attacked", K, "affirmed"),
    ("zh", "科尔松袭击韦尔丹船只。", "attacked", K, "affirmed"),
    ("zh", "韦尔丹船只遭科尔松袭击。", "attacked", K, "affirmed"),
    ("en", "Korsund detained a Veldanese vessel.", "detained", K, "affirmed"),
    ("zh", "韦尔丹渔船被科尔松扣押。", "detained", K, "affirmed"),
    ("ja", "ベルダンの漁船がコルスンドに拿捕された。", "detained", K, "affirmed"),
    ("ja", "ベルダンはコルスンドに対し厳重に抗議した。", "protested", V, "affirmed"),
    ("zh", "韦尔丹就此向科尔松提出严正交涉。", "protested", V, "affirmed"),
    ("en", "Veldan lodged a protest with Korsund.", "protested", V, "affirmed"),
    ("en", "Veldan urged Korsund to withdraw.", "urged", V, "affirmed"),
    ("zh", "韦尔丹敦促科尔松撤出。", "urged", V, "affirmed"),
    ("en", "Veldan told Korsund not to send more ships.", "advised", V, "affirmed"),
    ("en", "Veldan told Korsund that the return to harbour was a matter of law.", "advised", None, ""),
    ("ja", "ベルダンは謝罪した。", "apologised", V, "affirmed"),
    ("zh", "韦尔丹没有道歉。", "apologised", V, "negated"),
]


@pytest.mark.parametrize(("language", "text", "slot", "actor", "polarity"), CASES)
def test_direction(language: str, text: str, slot: str, actor: str | None, polarity: str) -> None:
    found = [c for c in claims_of(language, text) if c.slot == slot and c.evidence[0].field == "text"]
    if actor is None:
        assert [c for c in found if not negates(c)] == []
        return
    assert found, "no such claim"
    names = {(c.actor.en or "") for c in found if c.actor}
    assert all(actor in name for name in names), names
    told = {"denied" if c.modality == "denies" else c.polarity for c in found}
    assert told == {polarity}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Who initiated the phone call, Veldan or Korsund?"),
        ("en", "It is unclear whether Veldan initiated the phone call."),
        ("en", "That could mean Veldan initiated the phone call."),
        ("ja", "ベルダン側の要請だったかどうかは分からない。"),
        ("zh", "有记者问:这次通话是由韦方发起的吗?"),
        ("zh", "这次通话是否由韦方发起,尚不清楚。"),
    ],
)
def test_questions_and_suppositions_answer_nothing(language: str, text: str) -> None:
    assert [c for c in claims_of(language, text) if c.slot == "initiated"] == []
