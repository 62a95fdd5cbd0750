"""Speakers as wires, Japanese papers and Chinese agencies name them: around, inside and behind their words."""

from __future__ import annotations

import pytest

from newsdigest.comparison import quotes
from tests.evals._members import lexicon, member_of


def speakers(language: str, text: str) -> dict[str, str | None]:
    row = {"id": "i", "source": "s", "lang": language, "title": "", "text": text, "published": "2031-03-02"}
    return {q.text: q.speaker for q in quotes.extract(member_of(row), lexicon())}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ('MARN, Ostrel (Wire) — Minister Petra Holm quit on Monday, saying she could not "defend it."', "defend it.", "Petra Holm"),
        ('Ann Rice spoke at length. "We tried," Rice said.', "We tried,", "Ann Rice"),
        ('Karl Brandt left. Brandt\'s deputy, Ines Moll, told the paper: "We are tired."', "We are tired.", "Ines Moll"),
        ('Her remarks, said Josh Arden, the press secretary, are "entirely consistent."', "entirely consistent.", "Josh Arden"),
        ('Chief executive Barry Lund later issued a statement calling the article "misleading."', "misleading.", "Barry Lund"),
        ('A spokesman for Ms. Hunt, Michael Dale, said Tuesday that the report was "political."', "political.", "Michael Dale"),
        ('Senator Darla Issen of Ostrel said the deal was "a gift."', "a gift.", "Darla Issen"),
        ('The remark came as Carl Orvik declined to meet the board, saying a session could "mislead."', "mislead.", "Carl Orvik"),
        ('Family bills were described as a gift to "Smiles for All."', "Smiles for All.", None),
    ],
)  # fmt: skip
def test_english(text: str, words: str, speaker: str | None) -> None:
    found = speakers("en", text)
    assert {k.rstrip(","): v for k, v in found.items()}[words.rstrip(",")] == speaker


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("大野由紀議長は「議会への説明が先だ」と不快感をあらわにした。", "議会への説明が先だ", "大野由紀"),
        ("三田村浩一市長は「撤回する」と述べた。大野由紀議長は「遅い」と批判した。これに対し市長は「前日に伝えた」と反論。", "前日に伝えた", "三田村浩一"),
        ("代表の佐伯茂さん(67)は「もう信用できない」と憤る。", "もう信用できない", "佐伯茂"),
        ("「市場は織り込んでいた」。ポール・レン氏はこう指摘する。", "市場は織り込んでいた", "ポール・レン"),
        ("新しい橋は「港北大橋」と名付けられた。", "港北大橋", None),
        ("大野由紀議長は「鉄の議長」と呼ばれた。", "鉄の議長", None),
    ],
)  # fmt: skip
def test_japanese(text: str, words: str, speaker: str | None) -> None:
    assert speakers("ja", text)[words] == speaker


@pytest.mark.parametrize(
    ("text", "words", "surface"),
    [
        ("中央银行行长陈文渊在新闻发布会上说，“现在降息为时过早”。", "现在降息为时过早", "陈文渊"),
        ("财政部长赵立群回应称：“还有空间。”", "还有空间。", "赵立群"),
        ("“双方都应保持克制，”海洋问题专家周启明对记者说。", "双方都应保持克制", "周启明"),
    ],
)
def test_chinese(text: str, words: str, surface: str) -> None:
    assert speakers("zh", text)[words] == surface
