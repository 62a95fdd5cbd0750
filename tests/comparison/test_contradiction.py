"""Two sentences oppose one another in one place of a known kind, or not at all."""

from __future__ import annotations

import argparse
import re

import pytest

from newsdigest.comparison.contradiction import OppositionReader
from tests.comparison.packets import lexicon
from tests.evals import contradictions
from tests.shared import shared


@pytest.fixture(scope="module")
def reader() -> OppositionReader:
    return OppositionReader(lexicon())


OPPOSED = [
    ("en", "negation", "The ministry approved the sale of the ferry.", "The ministry did not approve the sale of the ferry."),
    ("en", "opposite", "Exports of timber rose in May.", "Exports of timber fell in May."),
    ("en", "number", "The committee met for 4 hours.", "The committee met for 6 hours."),
    ("en", "name", "The visit was proposed by Japan, the ministry said.", "The visit was proposed by China, the ministry said."),
    ("en", "roles", "Japan lodged a protest with China over the flight.", "China lodged a protest with Japan over the flight."),
    ("ja", "negation", "同社は工場の再開を決めた。", "同社は工場の再開を決めていない。"),
    ("ja", "opposite", "知事は新しい税に賛成した。", "知事は新しい税に反対した。"),
    ("ja", "roles", "日本は中国に飛行をめぐり抗議した。", "中国は日本に飛行をめぐり抗議した。"),
    ("zh", "negation", "该公司批准了这项计划。", "该公司没有批准这项计划。"),
    ("zh", "opposite", "木材出口五月份上升。", "木材出口五月份下降。"),
    ("zh", "name", "日方提出了这次会谈。", "中方提出了这次会谈。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "kind", "first", "second"), OPPOSED)
def test_what_cannot_both_be_so(reader: OppositionReader, language: str, kind: str, first: str, second: str) -> None:
    found = reader.read(first, second, language)
    assert found is not None
    assert found.kind == kind
    assert first[slice(*found.first)] != second[slice(*found.second)]
    back = reader.read(second, first, language)
    assert back is not None
    assert back.kind == kind


COMPATIBLE = [
    ("en", "The ministry approved the sale of the ferry.", "On Monday the ministry approved the sale of the ferry to a firm."),
    ("en", "Exports of timber rose in May.", "Imports of oil and prices of bread fell in May."),
    ("en", "At least 4 people were hurt in the blast.", "The blast hurt 6 people."),
    ("en", "Not only the ferry was sold.", "The ferry was sold."),
    ("en", "Japan lodged a protest with China.", "A protest was lodged by Japan with China."),
    ("ja", "日本は中国に抗議した。", "中国は日本に抗議された。"),
    ("ja", "原因は少なからず設備にあった。", "原因は設備にあった。"),
    ("ja", "男性が門の前に立っている。", "帽子の男性が門の前に立って本を読んでいる。"),
    ("zh", "该公司不断扩大生产。", "该公司扩大生产。"),
    ("zh", "代表团抵达首都。", "代表团昨天上午抵达首都并会见记者。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "first", "second"), COMPATIBLE)
def test_what_may_both_be_so(reader: OppositionReader, language: str, first: str, second: str) -> None:
    assert reader.read(first, second, language) is None
    assert reader.read(second, first, language) is None


def test_labelled_pairs() -> None:
    scores, _ = contradictions.evaluate(shared("cases/nli_ja_zh.json"), argparse.Namespace())
    assert scores["false_contradictions"] <= 0.02
    assert scores["recall"]["ja"] >= 0.40
    assert scores["recall"]["zh"] >= 0.10


def test_no_word_of_a_set_stands_in_two_of_its_groups() -> None:
    for known in lexicon().table("opposites")["set"]:
        for language in ("ja", "en", "zh"):
            groups = known.get(language, ())
            for number, group in enumerate(groups):
                others = [word for n, other in enumerate(groups) if n != number for word in other]
                plain = [word for word in group if re.fullmatch(r"[\w \-]+", word)]
                twice = [w for w in plain for other in others if re.fullmatch(other, w)]
                assert not twice, (known["id"], language, twice)
