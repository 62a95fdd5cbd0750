from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.language.lexicon import Lexicon, build
from newsdigest.language.matcher import Matcher
from tests.shipped import names_lexicon

FILES = {
    "names/small": {
        "entry": [
            {"id": "country.cn", "ja": ["中国", "中国側"], "en": ["China", "Chinese"], "zh": ["中国", "中方"]},
            {"id": "country.tw", "ja": ["台湾"], "en": ["Taiwan"], "zh": ["台湾"]},
            {"id": "country.tr", "ja": ["トルコ"], "en": ["Turkey"], "zh": ["土耳其"]},
            {"id": "country.us", "ja": ["米国"], "en": ["United States", "U.S.", "US"], "zh": ["美国"]},
            {"id": "person.xi_jinping", "ja": ["習近平"], "en": ["Xi Jinping", "Xi"], "zh": ["习近平"]},
            {"id": "person.merkel", "ja": ["メルケル"], "en": ["Merkel"], "zh": ["默克尔"]},
            {"id": "place.lima", "ja": ["リマ"], "en": ["Lima"], "zh": ["利马"]},
            {"id": "term.ai", "ja": ["人工知能"], "en": ["AI"], "zh": ["人工智能"]},
            {"id": "term.treaty", "ja": ["条約"], "en": ["treaty"], "zh": ["条约"]},
            {"id": "term.drone", "ja": ["ドローン"], "en": ["drone"], "zh": ["无人机"]},
            {"id": "place.sao_paulo", "ja": ["サンパウロ"], "en": ["São Paulo"], "zh": ["圣保罗"]},
        ]
    },
    "han": {"variants": {"臺": "台", "灣": "湾", "國": "国", "習": "习"}, "not_within": {"中国": ["中国地方"]}},
}


def small() -> Lexicon:
    return build(FILES)


def found(text: str, language: str | None = None) -> list[tuple[str, str]]:
    return [(m.entry, m.surface) for m in small().find(text, language)]


def test_folds_han_both_ways() -> None:
    assert found("臺灣", "zh") == [("country.tw", "臺灣")]
    assert found("台灣と中國", "ja") == [("country.tw", "台灣"), ("country.cn", "中國")]
    assert found("习近平", "ja") == [("person.xi_jinping", "习近平")]


def test_takes_the_longest_and_leaves_the_exceptions() -> None:
    assert found("中国側は", "ja") == [("country.cn", "中国側")]
    assert found("中国地方の天気と中国", "ja") == [("country.cn", "中国")]


def test_latin_words_stand_between_boundaries() -> None:
    assert found("Chinatown, China's and China-U.S. ties", "en") == [
        ("country.cn", "China"),
        ("country.cn", "China"),
        ("country.us", "U.S."),
    ]


def test_names_need_their_capital_and_short_capitals_stay_capitals() -> None:
    assert found("We ate turkey in Turkey; the US told us that AI is no ai", "en") == [
        ("country.tr", "Turkey"),
        ("country.us", "US"),
        ("term.ai", "AI"),
    ]
    assert found("chapter XI, Xi said", "en") == [("person.xi_jinping", "Xi")]


def test_terms_have_plurals_names_have_none() -> None:
    assert found("Treaties, two drones and a treaty", "en") == [
        ("term.treaty", "Treaties"),
        ("term.drone", "drones"),
        ("term.treaty", "treaty"),
    ]
    assert found("Limas", "en") == []


def test_a_person_is_no_part_of_a_double_name() -> None:
    assert found("Anna Merkel-Wirth and Merkel", "en") == [("person.merkel", "Merkel")]


def test_katakana_words_are_whole() -> None:
    assert found("クリマとリマ、リマス", "ja") == [("place.lima", "リマ")]
    assert found("ドローンショー", "ja") == [("term.drone", "ドローン")]


def test_accents_and_width_do_not_matter() -> None:
    assert found("Sao Paulo and SÃO PAULO", "en") == [
        ("place.sao_paulo", "Sao Paulo"),
        ("place.sao_paulo", "SÃO PAULO"),
    ]
    assert found("ＣＨＩＮＡ", "en") == [("country.cn", "ＣＨＩＮＡ")]


def test_a_language_hides_the_other_cjk_forms() -> None:
    assert found("中方", "ja") == []
    assert found("中方") == [("country.cn", "中方")]


def test_extending_leaves_the_first_matcher_alone() -> None:
    base = small()
    more = build({"names/more": {"entry": [{"id": "country.alba", "ja": ["アルバ"], "en": ["Alba"]}]}}).entries
    wider = base.extended(more)
    assert [m.entry for m in wider.find("アルバと中国", "ja")] == ["country.alba", "country.cn"]
    assert [m.entry for m in base.find("アルバと中国", "ja")] == ["country.cn"]


def test_discovered_forms_join_a_known_entry() -> None:
    more = build({"names/more": {"entry": [{"id": "person.xi_jinping", "ja": ["習氏"]}]}}).entries
    wider = small().extended(more)
    assert wider.entries["person.xi_jinping"].forms["ja"] == ("習近平", "習氏")
    assert wider.entries["person.xi_jinping"].form("en") == "Xi Jinping"
    assert [m.entry for m in wider.find("習氏は", "ja")] == ["person.xi_jinping"]


@given(st.text(alphabet="中国地方臺灣リマ Xi.U\u200bSS-’s㌔Turkey", max_size=60))
def test_mentions_are_ordered_apart_and_exact(text: str) -> None:
    end = 0
    for mention in small().find(text):
        assert mention.start >= end
        assert mention.end > mention.start
        assert text[mention.start : mention.end] == mention.surface
        end = mention.end


@pytest.mark.timing
def test_speed_with_the_shipped_data() -> None:
    entries = list(names_lexicon().entries.values())
    started = time.perf_counter()
    Matcher(entries, {})
    built = time.perf_counter() - started
    text = "The Chinese Foreign Ministry said the meeting in Busan covered soybeans, Taiwan and a call. " * 67
    names_lexicon().find(text, "en")
    started = time.perf_counter()
    names_lexicon().find(text, "en")
    searched = time.perf_counter() - started
    # Measured 0.09 s and 0.004 s for 1,000 words on one core; the bounds leave room for a loaded machine.
    assert built < 1.0
    assert searched < 0.05
