"""The pair scorer: a logistic regression whose weights are plain JSON, with the means and counts it was trained with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdigest.errors import LexiconError
from newsdigest.events.pairs import Background

FORMAT = 2
CERTAIN = 5.0
TRACE = 0.01


@dataclass(frozen=True)
class Belonging:
    """How a document is judged against a whole group: it leaves below ``leave``, joins from ``join`` on, and where no other group of
    those is nearer than ``margin``. Without coefficients nothing leaves or joins."""

    coefficients: Mapping[str, float] = field(default_factory=dict)
    intercept: float = 0.0
    leave: float = 0.0
    join: float = 1.1
    margin: float = 0.0

    def probability(self, row: Mapping[str, float]) -> float:
        """Return the probability that the document belongs to the group."""
        return probability_of(self.intercept + sum(weight * row[name] for name, weight in self.coefficients.items()))


@dataclass(frozen=True)
class Weights:
    """What training found.

    ``coefficients`` are per unit of the raw feature; ``threshold`` is the probability whose log-odds the pairs of two groups must reach on average to be one event,
    ``pair`` that of two lone documents, ``alike`` that of two groups of several in the same languages, ``related`` the one from which events belong to one storyline; for ``contrast`` see linkage; ``means`` the mean vector a language for ``encoder``;
    ``data`` names the training file, its sha256 and its size.
    """

    encoder: str
    coefficients: Mapping[str, float]
    intercept: float
    threshold: float
    pair: float
    alike: float
    related: float
    contrast: float
    means: Mapping[str, NDArray[np.float32]]
    background: Background
    data: Mapping[str, Any]
    belonging: Belonging = field(default_factory=Belonging)

    def probability(self, row: Mapping[str, float]) -> float:
        """Return the calibrated probability that two documents tell of one event."""
        return probability_of(self.score(row))

    def score(self, row: Mapping[str, float]) -> float:
        """Return the log-odds."""
        return self.intercept + sum(weight * row[name] for name, weight in self.coefficients.items())

    def contributions(self, row: Mapping[str, float], most: int = 6) -> dict[str, float]:
        """Return the features that moved the log-odds most, largest first, rounded to hundredths."""
        parts = {name: weight * row[name] for name, weight in self.coefficients.items()}
        # What rounds to nothing may be nothing but the order of a sum.
        parts = {name: value for name, value in parts.items() if round(value, 2)}
        chosen = sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:most]
        return {name: round(value, 2) for name, value in chosen}


def probability_of(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, odds))))


def strength_of(odds: float) -> float:
    """Return log-odds on a scale of 0 to 1, certain from ``CERTAIN`` on.

    Groups are linked by the mean of this, not of the probability: among probabilities of .01 and .2 a mean sees no difference,
    but for documents of two languages or two angles of one event that difference is all there is.
    """
    clipped = max(-CERTAIN, min(CERTAIN, odds))
    # A trace of what was cut off decides between pairs that are all certain, else their order of arrival would.
    trace = TRACE * (max(-40.0, min(40.0, odds)) - clipped)
    return (clipped + trace + CERTAIN) / (2 * CERTAIN)


def strength_of_probability(probability: float) -> float:
    """Return the strength of a probability, such as a threshold."""
    return strength_of(math.log(probability / (1.0 - probability)))


def weights_from(content: Mapping[str, Any]) -> Weights:
    """Return the weights of a parsed ``weights.json``; raise LexiconError where it is of another format."""
    if content.get("format") != FORMAT:
        raise LexiconError(f"weights.json has format {content.get('format')!r}; this version reads {FORMAT}.")
    background = content["background"]
    return Weights(
        encoder=content["encoder"],
        coefficients=MappingProxyType(dict(content["coefficients"])),
        intercept=content["intercept"],
        threshold=content["threshold"],
        pair=content["pair"],
        alike=content["alike"],
        related=content["related"],
        contrast=content["contrast"],
        means=MappingProxyType({lang: np.asarray(row, dtype=np.float32) for lang, row in content["means"].items()}),
        background=Background(background["events"], background["counts"]),
        data=MappingProxyType(dict(content["data"])),
        belonging=Belonging(**content.get("belonging", {})),
    )


def content_of(weights: Weights) -> dict[str, Any]:
    """Return the weights as the JSON content that ``weights_from`` reads."""
    return {
        "format": FORMAT,
        "encoder": weights.encoder,
        "data": dict(weights.data),
        "threshold": weights.threshold,
        "pair": weights.pair,
        "alike": weights.alike,
        "related": weights.related,
        "contrast": weights.contrast,
        "intercept": round(weights.intercept, 6),
        "coefficients": {name: round(value, 6) for name, value in sorted(weights.coefficients.items())},
        "belonging": {
            "intercept": round(weights.belonging.intercept, 6),
            "leave": weights.belonging.leave,
            "join": weights.belonging.join,
            "margin": weights.belonging.margin,
            "coefficients": {name: round(value, 6) for name, value in sorted(weights.belonging.coefficients.items())},
        },
        "background": {"events": weights.background.events, "counts": weights.background.counts},
        "means": {lang: [round(float(x), 5) for x in row] for lang, row in sorted(weights.means.items())},
    }
