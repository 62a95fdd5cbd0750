"""The language of short texts by script, with the source's as prior."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.language.detect import detect_language, spans


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [
        ("外相が電話会談", "ja", "ja"),
        ("首相、電話会談を実施へ", "zh", "ja"),
        ("外长同塞雷特外长通电话", "zh", "zh"),
        ("两国外长举行会谈", "en", "zh"),
        ("外交部发言人就渔业协定答记者问", "ja", "zh"),
        ("東京株式市場、反落", "ja", "ja"),
        ("日米首脳会談", "ja", "ja"),
        ("日美首脑会谈", "zh", "zh"),
        ("Ministers hold talks", "en", "en"),
        ("Ministers hold talks in 東京", "ja", "en"),
        ("NATO、新戦略を採択", "ja", "ja"),
        ("iPhone 17发布", "zh", "zh"),
        ("AIとIoTのDX", "ja", "ja"),
        ("G20", "ja", "ja"),
        ("", "zh", "zh"),
        ("2025-11-25", "en", "en"),
        ("The Premier said “合作” twice in her speech", "en", "en"),
        ("外交部發言人表示，雙方將繼續溝通", "en", "zh"),
    ],
)
def test_script_decides_and_the_source_where_it_does_not(text: str, prior: str, expected: str) -> None:
    assert detect_language(text, prior) == expected


@pytest.mark.parametrize(
    ("text", "prior", "foreign"),
    [
        (
            "報道官は“We will study the proposal carefully”と述べた。",
            "ja",
            [("en", "We will study the proposal carefully")],
        ),
        ("外相は「我们将认真研究有关建议」と中国語で述べた。", "ja", [("zh", "我们将认真研究有关建议")]),
        ("He answered in Japanese: 「提案を慎重に検討する」.", "en", [("ja", "提案を慎重に検討する")]),
        ("He said “我们对此表示严重关切” and left.", "en", [("zh", "我们对此表示严重关切")]),
        ("发言人引述对方的话“we are open to talks”。", "zh", [("en", "we are open to talks")]),
        ("日方称「提案を慎重に検討する」，发言人未予置评。", "zh", [("ja", "提案を慎重に検討する")]),
        (
            "外務省は談話を出した。\nThe Ministry deeply regrets the incident.\n以上。",
            "ja",
            [("en", "The Ministry deeply regrets the incident.")],
        ),
        (
            "会談（in a phone call that lasted an hour）で合意した。",
            "ja",
            [("en", "in a phone call that lasted an hour")],
        ),
        # a name, a title or a term is no second language
        ("「Port Alba Shipping Company」は声明を出した。", "ja", []),
        ("「平和友好条約」を確認した。", "ja", []),
        ("「一国二制度」と「高市首相発言」をめぐり対立した。", "ja", []),
        ("首相は「断じて受け入れられない」と述べた。", "ja", []),
        ("Mori (森) met Dal.", "en", []),
        ("“We will study it,” she said.", "en", []),
        ("WHO（世界保健機関）は発表した。", "ja", []),
        ("", "ja", []),
    ],
)
def test_a_second_language_is_known_by_span(text: str, prior: str, foreign: list[tuple[str, str]]) -> None:
    found = spans(text, prior)
    assert [(s.language, text[s.start : s.end]) for s in found if s.language != prior] == foreign


@given(st.text(alphabet="aあ漢们 「」“”（）\nthe word", max_size=120), st.sampled_from(["ja", "en", "zh"]))
def test_language_spans_cover_the_text_without_a_gap(text: str, prior: str) -> None:
    found = spans(text, prior)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(s.start < s.end for s in found)
