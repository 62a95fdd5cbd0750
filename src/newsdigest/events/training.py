"""Training the pair scorer: labelled documents in, weights out. No stage imports it.

``python -m tests.training FILE`` reads a labelled file, encodes it and writes ``weights.json``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from newsdigest.events.likeness import Likeness, Vectors
from newsdigest.events.pairs import LEARNT, Background
from newsdigest.events.profile import EventDocument, Profile, profile
from newsdigest.events.regression import Alteration, fit
from newsdigest.events.scorer import Weights
from newsdigest.events.training_groups import belonging_of
from newsdigest.language.lexicon import Lexicon

WINDOW_DAYS = 7.0
# The mean over the pairs of two groups that makes them one. Below even odds, for the pairs of one event are seldom all likely: reports in
# two languages, or of two sides of it, are joined by the mean over many.
THRESHOLD = 0.25
# Two lone documents have no others to speak for them: they must be more likely one event than not.
PAIR = 0.5
# Two groups that both are told in the same languages: whoever reports one event in one language would have found the other's words.
ALIKE = 0.67
RELATED = 0.15
CONTRAST = 0.9
# A token that only one event of the training data has says nothing about how common it is.
KEEP = 2


def background_of(profiles: Sequence[Profile], events: Sequence[str]) -> Background:
    """Count in how many events each token occurs."""
    seen: dict[str, dict[str, set[str]]] = {}
    for found, event in zip(profiles, events, strict=True):
        for channel in LEARNT:
            seen.setdefault(event, {}).setdefault(channel, set()).update(found.whole[channel])
    counts = {channel: Counter[str]() for channel in LEARNT}
    for tokens in seen.values():
        for channel in LEARNT:
            counts[channel].update(tokens[channel])
    kept = {c: {t: n for t, n in sorted(counts[c].items()) if n >= KEEP} for c in LEARNT}
    return Background(len(seen), kept)


def means_of(vectors: Vectors, languages: Sequence[str]) -> dict[str, Vectors]:
    """Return the mean vector of each language."""
    return {
        language: vectors[[other == language for other in languages]].mean(axis=0)
        for language in sorted(set(languages))
    }


def train(
    documents: Sequence[EventDocument],
    events: Sequence[str],
    vectors: Vectors,
    lexicon: Lexicon,
    *,
    encoder: str,
    data: Mapping[str, Any],
    alterations: Sequence[Alteration] = (),
) -> Weights:
    """Fit the pair scorer on all neighbouring pairs of labelled documents, the judgement of groups also on the documents made from them."""
    background = background_of([profile(d, lexicon) for d in documents], events)
    means = means_of(vectors, [d.language for d in documents])
    blank = Weights(encoder, {}, 0.0, THRESHOLD, PAIR, ALIKE, RELATED, CONTRAST, means, background, data)
    likeness = Likeness(documents, vectors, lexicon, blank, WINDOW_DAYS)
    pairs = likeness.candidates()
    rows = [likeness.row(i, j) for i, j in pairs]
    labels = [events[i] == events[j] for i, j in pairs]
    coefficients, intercept = fit(rows, np.array(labels, dtype=np.float64), np.ones(len(rows)))
    pairwise = Weights(
        encoder, coefficients, intercept, THRESHOLD, PAIR, ALIKE, RELATED, CONTRAST, means, background, data
    )
    likeness = Likeness(documents, vectors, lexicon, pairwise, WINDOW_DAYS)
    return replace(pairwise, belonging=belonging_of(likeness, events, alterations))
