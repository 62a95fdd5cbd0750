"""The regression under both scorers: bounded, so that what speaks for one event never counts against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from newsdigest.events.likeness import Vectors
from newsdigest.events.profile import EventDocument

RIDGE = 30.0
# Offsets between languages; they only place the boundary.
FREE = frozenset({"same_language", "ja_zh", "cosine_same_language", "cosine_ja_zh", "others", "own_language"})
# Set by hand, for the training file hardly has such pairs that nothing else tells apart, but a day's news has: two reports that each name
# a town which the other never does (per log of rarity: two of log-odds for two rare names, less than a shared rare name gives); two that
# set their event in different places; two of one language that are rich in names and share none: 3 of 2,092 such pairs are of one event.
AT_MOST = {"places_clash": -1.0, "scenes_clash": -2.5, "strangers": -5.0, "elsewhere": -3.0}
AGAINST = frozenset({"days", "names_foreign"})


@dataclass(frozen=True, slots=True)
class Alteration:
    """A short telling made from number ``origin`` of the training documents, and its vector."""

    origin: int
    document: EventDocument
    vector: Vectors


def fit(
    rows: Sequence[Mapping[str, float]], labels: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[dict[str, float], float]:
    """Fit a logistic regression (L2, bounded; each row counts its share) and return coefficients a unit of the raw feature, and the intercept.

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
        value = shares @ (np.logaddexp(0, odds) - labels * odds) + 0.5 * RIDGE * (weights[1:] ** 2).sum()
        wrong = shares * (1 / (1 + np.exp(-odds)) - labels)
        return float(value), np.concatenate([[wrong.sum()], standard.T @ wrong + RIDGE * weights[1:]])

    found = minimize(
        loss,
        np.array([0.0, *(AT_MOST.get(name, 0.0) * unit for name, unit in zip(names, scale, strict=True))]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *(_bounds(name, unit) for name, unit in zip(names, scale, strict=True))],
        options={"maxiter": 5000},
    ).x
    raw = found[1:] / scale
    return (
        {name: float(value) for name, value in zip(names, raw, strict=True) if value},
        float(found[0] - raw @ centre),
    )


def _bounds(name: str, unit: float) -> tuple[float | None, float | None]:
    if name in FREE:
        return None, None
    if name in AT_MOST:
        return None, AT_MOST[name] * unit
    return (None, 0.0) if name.endswith(("_apart", "_clash", "_foreign")) or name in AGAINST else (0.0, None)
