"""Documents ready to be compared: centred vectors, weighed profiles, nearest neighbours, scored pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsdigest.events.pairs import Weighed, features, weighed
from newsdigest.events.profile import EventDocument, profile
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon

NEIGHBOURS = 30
Vectors = NDArray[np.float32]


def centre(vectors: Vectors, languages: Sequence[str], means: Mapping[str, Vectors]) -> Vectors:
    """Return unit rows with their language's mean subtracted: uncentred, a language's documents lie nearer to one another
    than to their own translations. A row of zeros (no text) stays zero."""
    centred = vectors.astype(np.float32, copy=True)
    known = centred.any(axis=1)
    for row, language in enumerate(languages):
        if known[row] and language in means:
            centred[row] -= means[language]
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-6), dtype=np.float32)


class Likeness:
    """Scores pairs of the documents it holds; each pair once."""

    def __init__(
        self,
        documents: Sequence[EventDocument],
        vectors: Vectors,
        lexicon: Lexicon,
        weights: Weights,
        window_days: float,
    ) -> None:
        self.documents = documents
        self.weights = weights
        self.window_days = window_days
        self.vectors = centre(vectors, [d.language for d in documents], weights.means)
        self.weighed: list[Weighed] = [weighed(d, profile(d, lexicon), weights.background) for d in documents]
        # Unknown dates are near everything: the words have to decide.
        self.days = np.array([d.moment.timestamp() / 86_400 if d.moment else np.nan for d in documents])
        self._scored: dict[tuple[int, int], float] = {}

    def candidates(self, neighbours: int = NEIGHBOURS) -> list[tuple[int, int]]:
        """Return the pairs of nearest neighbours inside the window, each once, in order."""
        pairs: set[tuple[int, int]] = set()
        for i in range(len(self.documents)):
            pairs.update((min(i, j), max(i, j)) for j in self.nearest(i, neighbours))
        return sorted(pairs)

    def nearest(self, i: int, neighbours: int = NEIGHBOURS) -> list[int]:
        """Return the documents nearest to one, inside the window, nearest first."""
        cosines = self.vectors @ self.vectors[i]
        cosines[np.abs(self.days - self.days[i]) > self.window_days] = -2.0
        cosines[i] = -2.0
        count = min(neighbours, len(cosines))
        chosen = np.argpartition(-cosines, count - 1)[:count]
        ordered = sorted(chosen.tolist(), key=lambda j: (-float(cosines[j]), j))
        return [j for j in ordered if cosines[j] > -1.5]

    def apart(self, i: int, j: int) -> bool:
        """Whether two documents lie further apart than the window."""
        return bool(abs(self.days[i] - self.days[j]) > self.window_days)

    def row(self, i: int, j: int) -> dict[str, float]:
        """Return the features of a pair."""
        return features(self.weighed[i], self.weighed[j], round(float(self.vectors[i] @ self.vectors[j]), 6))

    def probability(self, i: int, j: int) -> float:
        """Return the probability that two documents tell of one event; 0 beyond the window."""
        pair = (min(i, j), max(i, j))
        if pair not in self._scored:
            self._scored[pair] = 0.0 if self.apart(i, j) else self.weights.probability(self.row(*pair))
        return self._scored[pair]
