from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.language.sentences import sentences


def split(text: str, language: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose 2.5 percent. Prices fell.", ["It rose 2.5 percent.", "Prices fell."]),
        ("The U.S. Treasury agreed on Nov. 24. Talks go on.", ["The U.S. Treasury agreed on Nov. 24.", "Talks go on."]),
        ("They flew to the U.S. Officials waited.", ["They flew to the U.S.", "Officials waited."]),
        (
            "Dr. A. B. Smith met Gov. Lee Jr. at 5 p.m. on Monday.",
            ["Dr. A. B. Smith met Gov. Lee Jr. at 5 p.m. on Monday."],
        ),
        ("It ended at 5 p.m. The crowd left.", ["It ended at 5 p.m.", "The crowd left."]),
        ('"We will study it." She left.', ['"We will study it."', "She left."]),
        ('"Really?" he asked. Yes.', ['"Really?" he asked.', "Yes."]),
        ("“No.” The talks ended.", ["“No.”", "The talks ended."]),
        ("See https://example.org/a.b?c=d. Then stop.", ["See https://example.org/a.b?c=d.", "Then stop."]),
        ("1. Buy soybeans. 2. Wait.", ["1. Buy soybeans.", "2. Wait."]),
        ("Acme Inc. said so. Acme Corp. Shares fell.", ["Acme Inc. said so.", "Acme Corp.", "Shares fell."]),
        ("Wait... what? Nothing! Go.", ["Wait... what?", "Nothing!", "Go."]),
        ("First line\nSecond line. Third", ["First line", "Second line.", "Third"]),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert split(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首相は述べた。会談は25分だった。", ["首相は述べた。", "会談は25分だった。"]),
        ("首相は「検討する。急がない。」と述べた。以上だ。", ["首相は「検討する。急がない。」と述べた。", "以上だ。"]),
        ("「検討する。」首相はそう語った。", ["「検討する。」", "首相はそう語った。"]),
        ("彼は「『無理だ。』と言われた」と話した。次。", ["彼は「『無理だ。』と言われた」と話した。", "次。"]),
        ("値は2.5%だ。本当か？はい。", ["値は2.5%だ。", "本当か？", "はい。"]),
        ("閉じない「かぎ括弧だ。次の文。", ["閉じない「かぎ括弧だ。", "次の文。"]),
        ("注（1。2）を見よ。次。", ["注（1。2）を見よ。", "次。"]),
        ("詳細はhttps://example.org/?a=1。次。", ["詳細はhttps://example.org/?a=1。", "次。"]),
    ],
)
def test_japanese(text: str, expected: list[str]) -> None:
    assert split(text, "ja") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说，不行。会谈结束。", ["他说，不行。", "会谈结束。"]),
        ("发言人说：“这是内政。不作评论。”会议结束。", ["发言人说：“这是内政。不作评论。”", "会议结束。"]),
        ("他表示“反对。”的立场不变。完。", ["他表示“反对。”的立场不变。", "完。"]),
        ("真的吗？！真的……没有。", ["真的吗？！", "真的……没有。"]),
    ],
)
def test_chinese(text: str, expected: list[str]) -> None:
    assert split(text, "zh") == expected


@given(
    st.text(alphabet="aA.!? \n「」『』（）()“”\"'。！？…1、Nov文とU", max_size=80), st.sampled_from(["ja", "en", "zh"])
)
def test_spans_are_in_order_apart_and_hold_everything(text: str, language: str) -> None:
    end = 0
    kept = ""
    for sentence in sentences(text, language):
        assert sentence.start >= end
        assert sentence.end > sentence.start
        assert not text[end : sentence.start].strip()
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        kept += text[sentence.start : sentence.end]
        end = sentence.end
    assert "".join(kept.split()) == "".join(text.split())
