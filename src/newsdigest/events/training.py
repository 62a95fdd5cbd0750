"""Training the pair scorer: labelled documents in, weights out. No stage imports it.

``python -m tests.training FILE`` reads a labelled file, encodes it and writes ``weights.json``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from newsdigest.events.likeness import Likeness, Vectors
from newsdigest.events.pairs import Background
from newsdigest.events.profile import CHANNELS, EventDocument, Profile, profile
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon

WINDOW_DAYS = 7.0
THRESHOLD = 0.25
RELATED = 0.15
CONTRAST = 0.9
OUTER = 0.06
# A token that only one event of the training data has says nothing about how common it is.
KEEP = 2
RIDGE = 30.0
# Offsets between languages; they only place the boundary.
FREE = frozenset({"same_language", "ja_zh", "cosine_same_language", "cosine_ja_zh"})
AGAINST = frozenset({"days"})


def background_of(profiles: Sequence[Profile], events: Sequence[str]) -> Background:
    """Count in how many events each token occurs."""
    seen: dict[str, dict[str, set[str]]] = {}
    for found, event in zip(profiles, events, strict=True):
        for channel in CHANNELS:
            seen.setdefault(event, {}).setdefault(channel, set()).update(found.whole[channel])
    counts = {channel: Counter[str]() for channel in CHANNELS}
    for tokens in seen.values():
        for channel in CHANNELS:
            counts[channel].update(tokens[channel])
    kept = {c: {t: n for t, n in sorted(counts[c].items()) if n >= KEEP} for c in CHANNELS}
    return Background(len(seen), kept)


def means_of(vectors: Vectors, languages: Sequence[str]) -> dict[str, Vectors]:
    """Return the mean vector of each language."""
    return {
        language: vectors[[other == language for other in languages]].mean(axis=0)
        for language in sorted(set(languages))
    }


def fit(rows: Sequence[Mapping[str, float]], labels: Vectors | NDArray[np.float64]) -> tuple[dict[str, float], float]:
    """Fit a logistic regression (L2, bounded) and return coefficients a unit of the raw feature, and the intercept.

    What speaks for one event may only count for it, what speaks against only against it: otherwise a few hundred documents teach
    that shared names are a bad sign.
    """
    names = sorted(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    centre, scale = table.mean(axis=0), table.std(axis=0)
    scale[scale == 0] = 1.0
    standard = (table - centre) / scale

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = standard @ weights[1:] + weights[0]
        value = np.logaddexp(0, odds).sum() - labels @ odds + 0.5 * RIDGE * (weights[1:] ** 2).sum()
        wrong = 1 / (1 + np.exp(-odds)) - labels
        return float(value), np.concatenate([[wrong.sum()], standard.T @ wrong + RIDGE * weights[1:]])

    found = minimize(
        loss,
        np.zeros(len(names) + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *(_bounds(name) for name in names)],
        options={"maxiter": 5000},
    ).x
    raw = found[1:] / scale
    return (
        {name: float(value) for name, value in zip(names, raw, strict=True) if value},
        float(found[0] - raw @ centre),
    )


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in FREE:
        return None, None
    return (None, 0.0) if name.endswith("_apart") or name in AGAINST else (0.0, None)


def train(
    documents: Sequence[EventDocument],
    events: Sequence[str],
    vectors: Vectors,
    lexicon: Lexicon,
    *,
    encoder: str,
    data: Mapping[str, Any],
) -> Weights:
    """Fit the logistic regression on all neighbouring pairs of labelled documents."""
    background = background_of([profile(d, lexicon) for d in documents], events)
    means = means_of(vectors, [d.language for d in documents])
    blank = Weights(encoder, {}, 0.0, THRESHOLD, RELATED, CONTRAST, OUTER, means, background, data)
    likeness = Likeness(documents, vectors, lexicon, blank, WINDOW_DAYS)
    pairs = likeness.candidates()
    rows = [likeness.row(i, j) for i, j in pairs]
    labels = np.array([events[i] == events[j] for i, j in pairs], dtype=np.float64)
    coefficients, intercept = fit(rows, labels)
    return Weights(encoder, coefficients, intercept, THRESHOLD, RELATED, CONTRAST, OUTER, means, background, data)
