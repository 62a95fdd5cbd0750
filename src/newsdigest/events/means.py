"""The mean vector of each language, which is subtracted before vectors are compared: it runs on with what arrives, and is frozen for a version.

Two cosines compare only under one mean. So all comparisons of a round use the frozen means of one index version; a new version is made
when a language's mean has moved far enough, or when a person asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from newsdigest.events.likeness import Vectors

# The means that the scorer was trained with count as so many documents of each language.
PRIOR = 500
# Documents of a language without which no mean is taken of it where the encoder brings none: of one document nothing would be left.
LEAST = 50
# How far a mean (of unit vectors) may move before a new version is made.
MOVED = 0.1


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean vector and of how many documents it is."""

    vector: Vectors
    documents: int


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """The means that every comparison of a version uses. Version 0 has those of the training file alone."""

    number: int
    means: Mapping[str, Vectors]


def run_on(running: Mapping[str, Mean], rows: Iterable[tuple[str, Vectors]]) -> dict[str, Mean]:
    """Return the running means with more vectors (language, unit row); rows of zeros have no say."""
    sums: dict[str, tuple[Vectors, int]] = {}
    for language, row in rows:
        if row.any():
            total, count = sums.get(language, (np.zeros_like(row), 0))
            sums[language] = total + row, count + 1
    found = dict(running)
    for language, (total, count) in sums.items():
        had = running.get(language, Mean(np.zeros_like(total), 0))
        documents = had.documents + count
        found[language] = Mean(
            np.asarray((had.vector * had.documents + total) / documents, dtype=np.float32), documents
        )
    return found


def blended(trained: Mapping[str, Vectors], running: Mapping[str, Mean]) -> dict[str, Vectors]:
    """Return what would be frozen now: the trained means drawn towards the running ones; without a trained one, that of enough documents."""
    found = dict(trained)
    for language, mean in running.items():
        if language in trained:
            both = trained[language] * PRIOR + mean.vector * mean.documents
            found[language] = np.asarray(both / (PRIOR + mean.documents), dtype=np.float32)
        elif mean.documents >= LEAST:
            found[language] = mean.vector
    return found


def moved(frozen: Mapping[str, Vectors], now: Mapping[str, Vectors]) -> float:
    """Return how far the language that moved most has moved; a language that is new has moved as far as can be."""
    return max(
        (float(np.linalg.norm(now[name] - frozen[name])) if name in frozen else 1.0 for name in now), default=0.0
    )


def next_version(version: IndexVersion, now: Mapping[str, Vectors], *, asked: bool = False) -> IndexVersion:
    """Return the version itself, or the next one where a mean has moved enough or a person asked and any has moved at all."""
    distance = moved(version.means, now)
    return IndexVersion(version.number + 1, now) if distance > (0.0 if asked else MOVED) else version
