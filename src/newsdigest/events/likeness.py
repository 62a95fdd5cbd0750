"""Documents ready to be compared: centred vectors, weighed profiles, nearest neighbours, scored pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsdigest.events.pairs import features
from newsdigest.events.profile import CHANNELS, EventDocument, profile
from newsdigest.events.scorer import Weights, probability_of, strength_of
from newsdigest.events.shelf import Shelf
from newsdigest.events.wording import Kind, wording_of
from newsdigest.language.lexicon import Lexicon

NEIGHBOURS = 30
# Documents compared with all others at once: reading the vectors is what the search costs.
BLOCK = 64
# Scores of pairs kept (some 200 bytes each); beyond them all are reckoned again.
REMEMBERED = 500_000
# Items that tell of several events, or of all that happens through a day.
GATHERING = ("collection", "live")
Vectors = NDArray[np.float32]


def centre(vectors: Vectors, languages: Sequence[str], means: Mapping[str, Vectors]) -> Vectors:
    """Return unit rows with their language's mean subtracted: uncentred, a language's documents lie nearer to one another
    than to their own translations. A row of zeros (no text) stays zero."""
    centred = vectors.astype(np.float32, copy=True)
    known: NDArray[np.bool_] = np.any(centred, axis=1)
    for row, language in enumerate(languages):
        if bool(known[row]) and language in means:
            centred[row] -= means[language]
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-6), dtype=np.float32)


class Likeness:
    """Scores pairs of the documents it holds, each once; documents may be added."""

    def __init__(
        self,
        documents: Sequence[EventDocument],
        vectors: Vectors,
        lexicon: Lexicon,
        weights: Weights,
        window_days: float,
    ) -> None:
        self.lexicon = lexicon
        self.weights = weights
        self.window_days = window_days
        self.wording = wording_of(lexicon)
        self.documents: list[EventDocument] = []
        self.languages: list[str] = []
        self.kinds: list[Kind] = []
        self.weighed = Shelf(weights.background)
        self._rows = centre(vectors, [d.language for d in documents], weights.means)
        self._days = np.empty(len(documents))
        # In how many documents each token stands, by channel.
        self.spread: dict[str, Counter[str]] = {channel: Counter() for channel in CHANNELS}
        self._scored: dict[tuple[int, int], float] = {}
        for document in documents:
            self._hold(document)

    def add(self, document: EventDocument, vector: Vectors) -> int:
        """Hold one more document and return its number."""
        return self.hold(document, self.centred(vector.reshape(1, -1), [document.language])[0])

    def centred(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Return vectors as the documents' own are compared: see ``centre``."""
        return centre(vectors, languages, self.weights.means)

    def hold(self, document: EventDocument, centred: Vectors) -> int:
        """Hold one more document with its centred vector and return its number."""
        number = len(self.documents)
        if number == len(self._rows):
            more = max(256, number)
            self._rows = np.concatenate([self._rows, np.zeros((more, centred.shape[-1]), dtype=np.float32)])
            self._days = np.concatenate([self._days, np.empty(more)])
        self._rows[number] = centred
        self._hold(document)
        return number

    def _hold(self, document: EventDocument) -> None:
        # Unknown dates are near everything: the words have to decide.
        self._days[len(self.documents)] = document.moment.timestamp() / 86_400 if document.moment else np.nan
        self.documents.append(document)
        self.languages.append(document.language)
        self.kinds.append(self.wording.kind(document.title))
        latest = self.weighed.append(document, profile(document, self.lexicon))
        for channel, counter in self.spread.items():
            counter.update(latest.rarity[channel].keys())

    def drop_last(self) -> None:
        """Let go of the document that was added last."""
        number = len(self.documents) - 1
        self.documents.pop()
        self.languages.pop()
        self.kinds.pop()
        gone = self.weighed.pop()
        for channel, counter in self.spread.items():
            counter.subtract(gone.rarity[channel].keys())
        self._scored = {pair: odds for pair, odds in self._scored.items() if number not in pair}

    @property
    def vectors(self) -> Vectors:
        """The centred vectors, a row a document."""
        return self._rows[: len(self.documents)]

    @property
    def days(self) -> NDArray[np.float64]:
        """When each document came out, in days; not a number where unknown."""
        return self._days[: len(self.documents)]

    def candidates(self, neighbours: int = NEIGHBOURS) -> list[tuple[int, int]]:
        """Return the pairs of nearest neighbours inside the window, each once, in order."""
        pairs: set[tuple[int, int]] = set()
        count = len(self.documents)
        for start in range(0, count, BLOCK):
            block = range(start, min(start + BLOCK, count))
            cosines = self.vectors[block.start : block.stop] @ self.vectors.T
            for i, row in zip(block, cosines, strict=True):
                pairs.update((min(i, j), max(i, j)) for j in self._nearest(i, row, neighbours))
        return sorted(pairs)

    def nearest(self, i: int, neighbours: int = NEIGHBOURS, cosines: Vectors | None = None) -> list[int]:
        """Return the documents nearest to one, inside the window, nearest first (``cosines``: those with every document, if known)."""
        return self._nearest(i, self.vectors @ self.vectors[i] if cosines is None else cosines, neighbours)

    def _nearest(self, i: int, cosines: Vectors, neighbours: int) -> list[int]:
        cosines[np.abs(self.days - self.days[i]) > self.window_days] = -2.0
        cosines[i] = -2.0
        count = min(neighbours, len(cosines))
        chosen = np.argpartition(-cosines, count - 1)[:count]
        ordered = sorted(chosen.tolist(), key=lambda j: (-float(cosines[j]), j))
        return [j for j in ordered if cosines[j] > -1.5]

    def apart(self, i: int, j: int) -> bool:
        """Whether two documents cannot tell of one event: further apart than the window, or a collection, a running report or an
        anniversary on one side. (Their copies are found by their words, not here.)"""
        first, second = self.kinds[i], self.kinds[j]
        if first in GATHERING or second in GATHERING:
            return True
        if first != second and not (self._recalls(i) and self._recalls(j)):
            return True
        return bool(abs(self.days[i] - self.days[j]) > self.window_days)

    def _recalls(self, i: int) -> bool:
        return self.wording.recalls(f"{self.documents[i].title}\n{self.documents[i].text}")

    def translated(self, i: int, j: int) -> tuple[float, float]:
        """Return what speaks for a translation: the cosine, and the share of names and numbers of the poorer text in the other."""
        a, b = self.weighed[i], self.weighed[j]
        shared = smaller = 0.0
        for channel in ("entities", "numbers", "skeletons"):
            if a.sums[channel] and b.sums[channel]:
                common = a.rarity[channel].keys() & b.rarity[channel].keys()
                shared += sum(a.rarity[channel][t] for t in common)
                smaller += min(a.sums[channel], b.sums[channel])
        return float(self.vectors[i] @ self.vectors[j]), shared / smaller if smaller else 0.0

    def row(self, i: int, j: int) -> dict[str, float]:
        """Return the features of a pair."""
        return features(self.weighed[i], self.weighed[j], round(float(self.vectors[i] @ self.vectors[j]), 6))

    def probability(self, i: int, j: int) -> float:
        """Return the probability that two documents tell of one event; 0 where they cannot."""
        return 0.0 if self.apart(i, j) else probability_of(self.odds(i, j))

    def strength(self, i: int, j: int) -> float:
        """Return the log-odds of a pair on a scale of 0 to 1; 0 where the two cannot tell of one event."""
        return strength_of(self.odds(i, j))

    def odds(self, i: int, j: int) -> float:
        """Return the log-odds of a pair, each pair reckoned once."""
        pair = (min(i, j), max(i, j))
        if pair not in self._scored:
            if len(self._scored) >= REMEMBERED:
                self._scored.clear()
            self._scored[pair] = -math.inf if self.apart(i, j) else self.weights.score(self.row(*pair))
        return self._scored[pair]
