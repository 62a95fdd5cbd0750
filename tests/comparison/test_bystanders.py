"""Who is no party, no person and no topic: whoever welcomes a call, a word at a sentence's head, a place of filing, a venue, an outlet."""

from __future__ import annotations

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.language.discovery import discover
from newsdigest.sources.source import Source
from tests.comparison.packets import member, packet
from tests.comparison.test_slots import WORDS, claims_of


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Orka Isles welcome call", "Orka Isles welcomed the phone call between Veldan and Korsund."),
        ("en", "Orka Isles welcome call", "Orka Isles welcomed Veldan's phone call with Korsund."),
        ("ja", "電話会談を歓迎", "オルカ諸島は、ベルダンとコルスンドの電話会談を歓迎した。"),
        ("zh", "欢迎通话", "奥尔卡群岛欢迎韦尔丹与科尔松通电话。"),
    ],
)
def test_whoever_welcomes_a_call_is_no_party_of_it(language: str, title: str, text: str) -> None:
    source = Source(id="s", name={language: "S"}, kind="newspaper", language=language, address="https://s.invalid/")  # type: ignore[arg-type]
    document = {"lang": language, "title": title, "body": text, "published": "2031-05-01T00:00:00+00:00"}
    made = compare(packet([member(source, [document], None, "i")], WORDS))
    assert made.subject is not None
    assert {p.id for p in made.subject.parties} == {"country.veldan", "country.korsund"}


@pytest.mark.parametrize(
    "text",
    [
        "Did Nagisa know of the fault? Nagisa said it did not.",
        "Instead Vost said the ferry sank. Vost said so. Did Vost know?",
        "Meanwhile Nagisa said it would recall the kettles. Nagisa said so.",
        "Will President Alder resign? Has Foreign Minister Kel Born gone?",
    ],
)
def test_no_name_is_made_of_a_sentence_s_head(text: str) -> None:
    found = discover([("k", "en", "", text)], WORDS)
    heads = ("Did", "Instead", "Meanwhile", "Will", "Has")
    assert not [f for e in found.values() for f in e.aliases() if f.split()[0] in heads]


def test_a_joint_stock_company_is_no_stock() -> None:
    assert not [m for m in WORDS.find("株式会社ナギサは電気ケトルを回収する。", "ja") if m.entry == "term.stocks"]
    assert [m for m in WORDS.find("ナギサの株式を取得した。", "ja") if m.entry == "term.stocks"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "ORKA, May 1 (Harbor Wire) -- Veldan raised tariffs."),
        ("en", "Veldan and Korsund discussed tariffs when they met in Orka Isles."),
        ("ja", "【オルカ諸島＝港通信】ベルダンは関税を引き上げた。"),
        ("ja", "ベルダンとコルスンドは、オルカ諸島での会談で関税を取り上げた。"),
        ("zh", "韦尔丹与科尔松在奥尔卡群岛举行会谈，讨论关税。"),
    ],
)
def test_a_place_of_filing_or_of_meeting_is_no_topic(language: str, text: str) -> None:
    topics = {t for c in claims_of(language, text) for t in c.topics}
    assert "country.ostrava_isles" not in topics


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Veldan and Korsund discussed fishing and the Orka Isles."),
        ("ja", "ベルダンとコルスンドは、漁業とオルカ諸島について協議した。"),
        ("zh", "韦尔丹与科尔松讨论了渔业和奥尔卡群岛问题。"),
    ],
)
def test_a_place_that_is_spoken_of_is_a_topic(language: str, text: str) -> None:
    assert "country.ostrava_isles" in {t for c in claims_of(language, text) for t in c.topics}


def _agreed(*texts: tuple[str, str]) -> list[int]:
    members = []
    for number, (outlet, text) in enumerate(texts):
        key = outlet.lower().replace(" ", "-")
        source = Source(id=key, name={"en": outlet}, kind="newspaper", language="en", address=f"https://{key}.invalid/")
        document = {
            "lang": "en",
            "title": "Veldan and Korsund hold phone call",
            "body": text,
            "published": f"2031-05-01T0{number}:00:00+00:00",
        }
        members.append(member(source, [document], None, f"i{number}"))
    return [a.answer.voices for a in compare(packet(members, WORDS)).agreements]


def test_one_voice_and_its_repeat_agree_with_nobody() -> None:
    first = ("The Harbor Post", "Veldan initiated the phone call.")
    assert _agreed(first) == []
    assert _agreed(first, ("Cape Wire", "The Harbor Post reported that Veldan initiated the phone call.")) == []
    assert _agreed(first, ("Cape Wire", "According to the Harbor Post, Veldan initiated the phone call.")) == []


def test_two_independent_voices_agree() -> None:
    first = ("The Harbor Post", "Veldan initiated the phone call.")
    assert _agreed(first, ("Cape Wire", "Veldan placed the phone call.")) == [2]
