"""Two language versions of one text aligned by sentence: in order, one to one, one to two or two to one, or without a partner.

Dynamic programming as in Gale and Church (1993) with the encoder's likeness in place of lengths (Thompson and Koehn 2019, vecalign):
a step gains its likeness above ``_BASE``, so two sentences are taken together only where that brings them nearer to the one, and a
sentence without a partner is left out at no gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]

_BASE = 0.30
_STEPS = ((1, 1), (1, 2), (2, 1))
_SLOPE = 0.15
"""What a pair far from the diagonal loses: versions of one text tell in one order."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences ``left`` of one version that sentences ``right`` of the other answer to, with their likeness."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float


def likeness(left: Rows, right: Rows, bonus: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Cosine of every pair of unit rows, plus what typed facts add to a pair (``bonus``)."""
    out = np.asarray(left @ right.T, dtype=np.float64)
    return out if bonus is None else out + bonus


def align(left: Rows, right: Rows, bonus: NDArray[np.float64]) -> list[Bead]:
    """Return the beads of two versions in order; sentences in no bead have no partner."""
    n, m = len(left), len(right)
    scores = {step: _scores(left, right, bonus, step) for step in _STEPS}
    best = np.zeros((n + 1, m + 1))
    came = np.zeros((n + 1, m + 1), dtype=int)
    for i in range(n + 1):
        for j in range(m + 1):
            options = [(best[i - 1, j], -2) if i else (0.0, -3), (best[i, j - 1], -1) if j else (0.0, -3)]
            for number, (a, b) in enumerate(_STEPS):
                if i >= a and j >= b:
                    away = abs((i - a / 2) / max(n, 1) - (j - b / 2) / max(m, 1)) * _SLOPE
                    gain = scores[a, b][i - a, j - b] - _BASE - away
                    options.append((best[i - a, j - b] + gain, number))
            best[i, j], came[i, j] = max(options, key=lambda o: (o[0], o[1]))
    return _walk(came, scores)


def _scores(left: Rows, right: Rows, bonus: NDArray[np.float64], step: tuple[int, int]) -> NDArray[np.float64]:
    """Scores of windows of ``step`` sentences by where they begin."""
    a, b = step
    if len(left) < a or len(right) < b:
        return np.zeros((0, 0))
    rows = likeness(windows(left, a), windows(right, b))
    extra = bonus
    if a == 2:
        extra = np.maximum(bonus[:-1], bonus[1:])
    if b == 2:
        extra = np.maximum(bonus[:, :-1], bonus[:, 1:])
    return rows + extra


def windows(rows: Rows, size: int) -> Rows:
    """Unit rows of ``size`` neighbours taken together: their sum stands near the vector of the joined text."""
    if size == 1:
        return rows
    joined = rows[:-1] + rows[1:]
    lengths = np.linalg.norm(joined, axis=1, keepdims=True)
    return np.asarray(joined / np.maximum(lengths, 1e-9), dtype=np.float32)


def _walk(came: NDArray[np.int_], scores: dict[tuple[int, int], NDArray[np.float64]]) -> list[Bead]:
    i, j = came.shape[0] - 1, came.shape[1] - 1
    beads: list[Bead] = []
    while i or j:
        step = int(came[i, j])
        if step >= 0:
            a, b = _STEPS[step]
            i, j = i - a, j - b
            beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), float(scores[a, b][i, j])))
        elif step == -2 and i:
            i -= 1
        else:
            j -= 1
    return beads[::-1]


def unit(rows: Sequence[Sequence[float]] | Rows) -> Rows:
    """Rows brought to length one; a row of zeros stays."""
    array = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    return np.asarray(array / np.where(lengths > 1e-6, lengths, 1.0), dtype=np.float32)
