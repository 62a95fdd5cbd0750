"""Reasons in words: every feature that the scorer uses can be said, with the words two items have in common."""

from __future__ import annotations

import pytest

from newsdigest.events.reasons import Reasons
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon
from tests.events.builders import document


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_feature_of_the_scorer_has_its_phrase(language: str, lexicon: Lexicon, weights: Weights) -> None:
    reasons = Reasons(lexicon, weights.background, language)
    for name in weights.coefficients:
        for value in (1.0, -1.0):
            said = reasons.feature(name, value)
            assert "_" not in said
            assert said != name.replace("_", " ") or not said, name


def test_both_sides_are_told_with_the_words_in_common(lexicon: Lexicon, weights: Weights) -> None:
    one = document("a", "Ferry Marigold aground at Sole", "All 42 passengers of the Marigold are safe.")
    other = document("b", "Marigold hits sandbank", "Boats took 42 people off the Marigold.")
    features = {"cosine": 4.0, "latin_cosine": 2.0, "numbers_cosine": 1.0, "places_clash": -0.8, "same_language": -0.5}
    pro, contra = Reasons(lexicon, weights.background).sides(features, one, other)
    assert pro == [
        "the texts mean much the same",
        "names in Latin letters in common (Marigold)",
        "numbers in common (42)",
    ]
    assert contra == ["each has places that the other lacks"]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("1 independent voice, 2 needed", "独立した声は1、必要は2"),
        ("3 languages (en, ja, zh)", "3言語(en, ja, zh)"),
        ("below the daily cap of 12 drafts", "一日の上限12本に入らなかった"),
        ("something no phrase is for", "something no phrase is for"),
    ],
)
def test_kept_reasons_are_said_in_japanese(kept: str, said: str, lexicon: Lexicon, weights: Weights) -> None:
    assert Reasons(lexicon, weights.background, "ja").kept(kept) == said
    assert Reasons(lexicon, weights.background, "en").kept(kept) == kept


def test_what_is_said_alike_is_one_reason(lexicon: Lexicon, weights: Weights) -> None:
    one, other = document("a", "Soybeans", "87.5 million tons"), document("b", "大豆", "8750万トン", "ja")
    features = {"cosine": 4.0, "cosine_same_language": -1.0, "numbers_cosine": 1.0}
    pro, contra = Reasons(lexicon, weights.background).sides(features, one, other)
    assert pro == ["the texts mean much the same", "numbers in common (87,500,000)"]
    assert contra == []


def test_a_large_number_is_printed_whole(lexicon: Lexicon, weights: Weights) -> None:
    assert Reasons(lexicon, weights.background).printed("8.75e+07") == "87,500,000"
