"""The diff of two versions: what a reader would mark, and always a way from the one text to the other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.items.difference import changed_only, difference


def marked(old: str, new: str) -> list[tuple[str, str]]:
    return [step.words(old, new) for step in changed_only(difference(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("死者は12人、けが人は40人。", "死者は15人、けが人は40人。", [("12", "15")]),
        ("アルバ政府は協定を延長した。", "アルバ政府は協定を破棄した。", [("延長", "破棄")]),
        ("協議は約45分だった。", "協議は45分だった。", [("約", "")]),
        ("セレト外務省は否定した。", "セレト外務省の報道官は否定した。", [("", "の報道官")]),
        ("暖房機４万台を回収する。", "暖房機５万台を回収する。", [("４", "５")]),
        ("通话持续约45分钟。", "通话持续约30分钟。", [("45", "30")]),
        ("The toll rose to 1,200.", "The toll rose to 1,350.", [("1,200", "1,350")]),
        ("Officials said it was safe.", "Officials did not say it was safe.", [("said", "did not say")]),
        ("One.\nTwo.", "One.\nTwo.\nThree.", [("", "\nThree.")]),
        ("カタカナは一語", "カタログは一語", [("カタカナ", "カタログ")]),
        ("Same.", "Same.", []),
    ],
)
def test_marks_whole_words_and_numbers(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert marked(old, new) == expected


def test_a_crumb_between_two_changes_belongs_to_them() -> None:
    assert marked("外相が会談を提案した。", "大統領が電話を提案した。") == [("外相が会談", "大統領が電話")]


def test_sentences_stay_apart() -> None:
    assert len(marked("甲。乙。", "丙。丁。")) >= 2


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_steps_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    steps = difference(old, new)
    assert "".join(old[s.old_start : s.old_end] for s in steps) == old
    assert "".join(new[s.new_start : s.new_end] for s in steps) == new
    for step in steps:
        before, after = step.words(old, new)
        assert (before == after) == (step.operation == "same")
        assert bool(before) == (step.operation != "insert")
        assert bool(after) == (step.operation != "delete")


@pytest.mark.timing
def test_a_long_text_takes_no_time() -> None:
    old = "".join(f"第{n}の議題を協議した。" for n in range(3000))
    new = old.replace("第1500の", "第九千の")
    begun = time.perf_counter()
    found = marked(old, new)
    assert time.perf_counter() - begun < 5
    assert found == [("第1500の議題を協議した。", "第九千の議題を協議した。")]
