"""Which of several answers to one question say the same.

Answers that state numbers or dates are the same where these are, whatever their words. Others are as near as their sentence vectors and the words that
they share; vectors are taken from a point near the answers' own mean, since all answers to one question lie near one another. Groups are joined by average
linkage, so that one chance likeness joins nothing. Without vectors the words alone decide.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from newsdigest.comparison.content import Wording
from newsdigest.comparison.figures import Number, numbers_in, same_number
from newsdigest.language.lexicon import Lexicon

Rows = NDArray[np.float32]

CUT = 0.5
"""From this probability on two answers, and on average two groups, say the same."""
_ANCHOR = 12.0
"""So many answers at the origin are mixed into the mean that is taken away: with few answers there is no mean to speak of."""
_OF_QUESTION = 0.3
"""What a word of the question counts in an answer: every answer may repeat it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds that two answers say the same: ``bias``, and what their vectors' cosine and their shared words (0 to 1) add."""

    bias: float
    vectors: float
    words: float


# Fitted by ``python -m tests.training.answers`` on 4 questions with 114 answers in English, grouped by three people
# (nanco_answer_groups.json, sha256 5c920c2e…); the command prints what each question scores with the others' weights.
WITH_VECTORS = Weights(bias=-0.56, vectors=4.56, words=1.04)
WITHOUT_VECTORS = Weights(bias=-0.29, vectors=0.0, words=3.57)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as a source words it."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is known of two answers: ``stated`` is True or False where both state numbers; the rest see ``Weights``."""

    stated: bool | None
    vectors: float
    words: float

    def probability(self, weights: Weights) -> float:
        """Return the probability that they say the same."""
        if self.stated is not None:
            return 1.0 if self.stated else 0.0
        odds = weights.bias + weights.vectors * self.vectors + weights.words * self.words
        return 1.0 / (1.0 + math.exp(-odds))


class AnswerReader:
    """Groups answers to one question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._wording = Wording(lexicon)

    def groups(
        self, replies: Sequence[Reply], question: str = "", vectors: Rows | None = None, weights: Weights | None = None
    ) -> tuple[tuple[int, ...], ...]:
        """Return groups of positions, each in order, the largest first; ``vectors`` has one unit row a reply."""
        count = len(replies)
        if count < 2:
            return tuple((i,) for i in range(count))
        weights = weights or (WITHOUT_VECTORS if vectors is None else WITH_VECTORS)
        apart = np.zeros((count, count))
        for (i, j), likeness in self.likenesses(replies, question, vectors).items():
            apart[i, j] = apart[j, i] = 1.0 - likeness.probability(weights)
        labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1.0 - CUT, "distance")
        found: dict[int, list[int]] = {}
        for position, label in enumerate(labels):
            found.setdefault(int(label), []).append(position)
        return tuple(tuple(group) for group in sorted(found.values(), key=lambda g: (-len(g), g[0])))

    def likenesses(
        self, replies: Sequence[Reply], question: str = "", vectors: Rows | None = None
    ) -> dict[tuple[int, int], Likeness]:
        """Return what is known of each pair (i, j), i < j."""
        stems = [frozenset(w.stem for w in self._wording.content(r.text, r.language)) for r in replies]
        numbers = [numbers_in(r.text, r.language, self._lexicon) for r in replies]
        asked = (
            frozenset(w.stem for w in self._wording.words(question, replies[0].language)) if replies else frozenset()
        )
        weight = _weights(stems, asked)
        cosines = _cosines(vectors) if vectors is not None else None
        return {
            (i, j): Likeness(
                _stated(numbers[i], numbers[j]),
                float(cosines[i, j]) if cosines is not None else 0.0,
                _overlap(stems[i], stems[j], weight),
            )
            for i in range(len(replies))
            for j in range(i + 1, len(replies))
        }


def _stated(first: Sequence[Number], second: Sequence[Number]) -> bool | None:
    """Whether two answers that both state numbers state the same: all of the one that states fewer."""
    if not first or not second:
        return None
    few, many = (first, second) if len(first) <= len(second) else (second, first)
    return all(any(same_number(a, b) for b in many) for a in few)


def _weights(stems: Sequence[frozenset[str]], asked: frozenset[str]) -> dict[str, float]:
    """What a word counts: the rarer among the answers the more, little where the question has it."""
    times = Counter(stem for one in stems for stem in one)
    return {
        stem: math.log(1 + len(stems) / count) * (_OF_QUESTION if stem in asked else 1.0)
        for stem, count in times.items()
    }


def _overlap(first: frozenset[str], second: frozenset[str], weight: dict[str, float]) -> float:
    every = sum(weight[s] for s in sorted(first | second))
    return sum(weight[s] for s in sorted(first & second)) / every if every else 0.0


def _cosines(vectors: Rows) -> NDArray[np.float64]:
    rows = np.asarray(vectors, dtype=np.float64)
    rows = rows - rows.sum(axis=0) / (len(rows) + _ANCHOR)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows @ rows.T)
