"""Training the judgement of a document against a whole group, from labelled events and the documents made from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsdigest.events.belonging import LEAST, belonging_row
from newsdigest.events.likeness import Likeness
from newsdigest.events.regression import Alteration, fit
from newsdigest.events.scorer import Belonging

LEAVE = 0.05
JOIN = 0.35
# Set by hand, as JOIN is: commentary stands far from its event, and must stand much further from every other.
MARGIN = 0.3
# Other events near a document that it is held against.
ASIDE = 5
# A short telling counts so much of a real one.
SHORT = 0.5


def belonging_of(likeness: Likeness, events: Sequence[str], alterations: Sequence[Alteration]) -> Belonging:
    """Fit the judgement: every document and every short telling against its event without it, and against the nearest others."""
    groups: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        groups.setdefault(event, []).append(number)
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    shares: list[float] = []

    def take(i: int, group: Sequence[int], label: bool, share: float) -> None:
        others = [j for j in group if j != i]
        if len(others) >= LEAST:
            strengths = [likeness.strength(i, j) for j in others]
            rows.append(
                belonging_row(likeness.weighed[i], [likeness.weighed[j] for j in others], strengths, likeness.spread)
            )
            labels.append(label)
            shares.append(share)

    for i, event in enumerate(events):
        take(i, groups[event], True, 1.0)
        for other in _near(likeness, events, i, event):
            take(i, groups[other], False, 1.0)
    for alteration in alterations:
        number = likeness.add(alteration.document, alteration.vector)
        event = events[alteration.origin]
        family = [j for j in groups[event] if j != alteration.origin]
        take(number, family, True, SHORT)
        for other in _near(likeness, events, number, event):
            take(number, groups[other], False, SHORT)
        likeness.drop_last()
    coefficients, intercept = fit(rows, np.array(labels, dtype=np.float64), np.array(shares))
    return Belonging(coefficients, intercept, LEAVE, JOIN, MARGIN)


def _near(likeness: Likeness, events: Sequence[str], i: int, event: str) -> list[str]:
    near = (events[j] for j in likeness.nearest(i) if j < len(events))
    return [other for other in dict.fromkeys(near) if other != event][:ASIDE]
