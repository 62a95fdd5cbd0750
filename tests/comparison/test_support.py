"""A sentence is borne out by what a text says, not by what is near it."""

from __future__ import annotations

import argparse

import pytest

from newsdigest.comparison.support import SupportReader
from tests.comparison.packets import lexicon
from tests.evals import grounding
from tests.shared import shared

FIRE = (
    "A fire broke out at a paper mill outside Halvorsen late on Tuesday. Forty-two workers left the building before the roof fell in. "
    "The fire brigade said that the sprinklers had worked. Two people were treated for smoke. Damage is put at more than 3.4 million euros."
)


@pytest.fixture(scope="module")
def reader() -> SupportReader:
    return SupportReader(lexicon())


@pytest.mark.parametrize(
    "sentence",
    [
        "A fire broke out at a paper mill outside Halvorsen.",
        "Workers left the mill before its roof fell in, and two were treated for smoke.",
        "Damage is put at more than 3 million euros.",
    ],
)
def test_what_the_text_says_is_borne_out(reader: SupportReader, sentence: str) -> None:
    found = reader.read(sentence, "en", FIRE)
    assert found.borne_out, found
    assert found.passages


@pytest.mark.parametrize(
    ("sentence", "kind", "surface"),
    [
        ("Fifty-two workers left the building before the roof fell in.", "number", "Fifty-two workers"),
        ("A fire broke out at a paper mill outside Lindqvist.", "name", "Lindqvist"),
        ("A fire broke out at a paper mill late on Friday.", "time", "Friday"),
    ],
)
def test_a_specific_that_the_text_lacks_is_named(reader: SupportReader, sentence: str, kind: str, surface: str) -> None:
    found = reader.read(sentence, "en", FIRE)
    assert not found.borne_out
    assert [(m.kind, m.surface) for m in found.specifics] == [(kind, surface)]
    assert all(sentence[m.start : m.end] == m.surface for m in found.missing)


def test_the_opposite_of_a_passage_is_not_borne_out(reader: SupportReader) -> None:
    sentence = "The fire brigade said that the sprinklers had not worked."
    found = reader.read(sentence, "en", FIRE)
    assert not found.borne_out
    assert [o.kind for o in found.opposed] == ["negation"]
    assert sentence[slice(*found.opposed[0].second)] == "not"
    assert FIRE[slice(*found.opposed[0].first)] == "worked"


def test_other_matter_is_not_borne_out_though_it_has_no_specifics(reader: SupportReader) -> None:
    assert not reader.read("The owner blamed cheap wiring and poor inspections.", "en", FIRE).borne_out


def test_a_japanese_sentence_against_a_japanese_text(reader: SupportReader) -> None:
    text = "同社は5日、第2工場の操業を再開すると発表した。従業員は約300人で、負傷者はいないという。"
    assert reader.read("同社は第2工場の操業を再開すると発表した。", "ja", text).borne_out
    assert not reader.read("同社は第3工場の操業を再開すると発表した。", "ja", text).borne_out
    assert not reader.read("同社は第2工場の操業を停止すると発表した。", "ja", text).borne_out


def test_against_another_language_only_specifics_are_looked_for(reader: SupportReader) -> None:
    text = "日本政府は3日、中国に抗議したと発表した。"
    sound = reader.read("Japan lodged a protest with China.", "en", text, "ja")
    assert sound.borne_out
    assert sound.covered is None
    assert not reader.read("Japan lodged a protest with Germany.", "en", text, "ja").borne_out


def test_claims_of_summaries_against_their_articles() -> None:
    scores, _ = grounding.evaluate(shared("cases/claims_vs_article.json"), argparse.Namespace())
    assert scores["balanced_accuracy"] >= 0.80
