"""Answers to one question are grouped by what they say."""

from __future__ import annotations

import argparse

import numpy as np
import pytest

from newsdigest.comparison.answers import AnswerReader, Reply
from tests.comparison.packets import lexicon
from tests.evals import answers
from tests.shared import shared


@pytest.fixture(scope="module")
def reader() -> AnswerReader:
    return AnswerReader(lexicon())


def replies(*texts: str, language: str = "en") -> list[Reply]:
    return [Reply(text, language) for text in texts]


def test_numbers_decide_whatever_the_words(reader: AnswerReader) -> None:
    found = reader.groups(
        replies("for two more years", "two years", "it will last for three years", "until July 2031", "July 1, 2031")
    )
    assert found == ((0, 1), (3, 4), (2,))


def test_across_languages_too(reader: AnswerReader) -> None:
    mixed = [
        Reply("45 minutes", "en"),
        Reply("45分間", "ja"),
        Reply("一小时", "zh"),
        Reply("an hour", "en"),
        Reply("60分", "ja"),
    ]
    vectors = np.eye(5, 8, dtype=np.float32)
    assert (0, 1) in reader.groups(mixed, vectors=vectors)


def test_words_that_all_share_with_the_question_say_little(reader: AnswerReader) -> None:
    found = reader.groups(
        replies(
            "the inspectors wanted to find smuggled timber",
            "to find smuggled timber",
            "the inspectors wanted to protest against their pay",
        ),
        "What did the inspectors want?",
    )
    assert (0, 1) in found


def test_near_vectors_join_what_words_do_not(reader: AnswerReader) -> None:
    vectors = np.array([[1, 0, 0], [0.98, 0.199, 0], [0, 0, 1]], dtype=np.float32)
    found = reader.groups(replies("largest shareholder", "biggest owner", "a critic"), vectors=vectors)
    assert found == ((0, 1), (2,))


def test_one_answer_and_none(reader: AnswerReader) -> None:
    assert reader.groups(replies("yes")) == ((0,),)
    assert reader.groups([]) == ()


@pytest.mark.slow
def test_answers_of_outlets_grouped_by_people() -> None:
    scores, _ = answers.evaluate(shared("cases/nanco_answer_groups.json"), argparse.Namespace())
    assert scores["balanced_accuracy"] >= 0.78
    assert scores["without_vectors"] >= 0.74
