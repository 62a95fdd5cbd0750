"""Whose words a sentence is, in three languages: what one tells of another is his account, and an outlet only carries."""

from __future__ import annotations

import pytest

from newsdigest.comparison.record import Claim
from tests.comparison.test_slots import claims_of

V, K = "Veldan", "Korsund"

ACCOUNTS = [
    ("en", "Veldan said Korsund had promised to buy soybeans."),
    ("en", "Korsund promised to lift tariffs, Veldan said on Monday."),
    ("en", "According to Veldan, Korsund had promised to lift tariffs."),
    ("ja", "ベルダンは、コルスンドが大豆の購入を確約したという。"),
    ("ja", "ベルダン外務省は、コルスンド側が関税の撤廃を約束したと発表した。"),
    ("zh", "韦尔丹称科尔松已承诺购买大豆。"),
    ("zh", "韦方称，科方已承诺取消关税。"),
]


@pytest.mark.parametrize(("language", "text"), ACCOUNTS)
def test_what_one_side_tells_of_the_other_is_its_account(language: str, text: str) -> None:
    claims = [c for c in claims_of(language, text) if c.slot in ("promised", "committed")]
    assert claims
    for claim in claims:
        assert claim.kind == "account"
        assert claim.modality == "accounts"
        assert _side(claim.attribution.holder) == V
        assert _side(claim.attribution.account_of) == K


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Veldan promised to lift tariffs."),
        ("en", "Veldan said it had promised to lift tariffs."),
        ("en", "Veldan's foreign minister said Veldan promised to lift tariffs."),
        ("ja", "ベルダン外務省は、ベルダンが関税の撤廃を約束したと発表した。"),
        ("zh", "韦尔丹外交部表示，韦方已承诺取消关税。"),
        ("en", "Veldan said Korsund rammed the patrol ship of Veldan."),
    ],
)
def test_one_s_own_promise_and_another_s_act_are_no_account(language: str, text: str) -> None:
    assert not [c for c in claims_of(language, text) if c.kind == "account"]


@pytest.mark.parametrize(
    ("language", "text", "holder"),
    [
        ("en", "The Harbor Post, citing Korsund's foreign ministry, said tariffs would be lifted.", K),
        ("en", "Tariffs would be lifted, the Harbor Post reported, citing Korsund's foreign ministry.", K),
        ("en", "According to a post by Ilse Marden, tariffs would be lifted.", "Ilse Marden"),
        ("en", "The Harbor Post reported that Korsund denied any plan on tariffs.", K),
        ("en", "Korsund's foreign ministry said, citing a report by Veldan, that tariffs would be lifted.", K),
        ("ja", "イルセ・マルデン外相の投稿によると、関税は撤廃される。", "Ilse Marden"),
        ("ja", "東港新聞は、コルスンド外務省の話として、関税が撤廃されると報じた。", K),
        ("ja", "関税は撤廃されないと、コルスンド外務省が発表した。", K),
        ("zh", "据科尔松外交部发布的声明，关税将取消。", K),
        ("zh", "东港通讯社援引科尔松外交部的消息报道，关税将取消。", K),
    ],
)
def test_a_claim_belongs_to_whom_the_sentence_cites(language: str, text: str, holder: str) -> None:
    held = {_side(c.attribution.holder) for c in claims_of(language, text) if c.evidence[0].field == "text"}
    assert held == {holder}, held


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Veldan said tariffs would fall, while Korsund said soybeans would follow."),
        ("ja", "ベルダンは関税が下がると述べたが、コルスンドは大豆が続くと述べた。"),
        ("zh", "韦尔丹表示关税将下调，而科尔松则表示大豆采购会跟上。"),
    ],
)
def test_two_who_speak_in_one_sentence_each_say_their_own(language: str, text: str) -> None:
    held = {
        topic: _side(c.attribution.holder)
        for c in claims_of(language, text)
        if c.evidence[0].field == "text"
        for topic in c.topics
    }
    assert held.get("term.tariffs") == V
    assert next(holder for topic, holder in held.items() if "soybean" in topic) == K


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Veldan and Korsund each said the other's ship had rammed its own."),
        ("en", "Each side said the other's vessel had rammed its own."),
        ("en", "Veldan and Korsund accused each other of ramming."),
        ("ja", "ベルダンとコルスンドは、互いに相手の船が体当たりしてきたと主張した。"),
        ("ja", "双方は相手の船が衝突してきたと主張している。"),
        ("zh", "韦尔丹和科尔松互指对方船只撞击己方船只。"),
        ("zh", "双方互指对方船只先撞击。"),
    ],
)
def test_each_says_it_of_the_other(language: str, text: str) -> None:
    hits = slots_of(language, text)["hit"]
    assert {(_side(c.attribution.holder), _side(c.actor)) for c in hits} == {(V, K), (K, V)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Veldan and Korsund each said they would repair the ship."),
        ("en", "Veldan and Korsund said another ship had rammed a ferry."),
        ("ja", "ベルダンとコルスンドは、それぞれ自国の船を修理すると述べた。"),
        ("zh", "韦尔丹和科尔松均表示将修理船只。"),
    ],
)
def test_what_both_say_of_themselves_is_no_mutual_charge(language: str, text: str) -> None:
    assert "hit" not in slots_of(language, text)


def _side(name: object) -> str:
    en = getattr(name, "en", None) or ""
    return next((side for side in (V, K) if side in en), en)


def slots_of(language: str, text: str) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims_of(language, text):
        if claim.slot and claim.evidence[0].field == "text":
            found.setdefault(claim.slot, []).append(claim)
    return found
