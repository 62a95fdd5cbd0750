"""A deterministic encoder without weights, for tests and dry runs: hashed words and character trigrams."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsdigest.embedding.batches import encoded


class HashedEmbedder:
    """Adapter of ports.Embedder: texts that share words lie near each other, languages know nothing of one another."""

    identity = "hashed@1"

    def __init__(self, dimensions: int = 256) -> None:
        self.dimensions = dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row a text; an empty text gives a row of zeros."""
        return encoded(texts, self._batch, self.dimensions)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            folded = re.sub(r"\s+", " ", text.lower())
            pieces = re.findall(r"\w+", folded) + [folded[i : i + 3] for i in range(len(folded) - 2)] or [folded]
            for piece in pieces:
                code = zlib.crc32(piece.encode("utf-8"))
                row[code % self.dimensions] += 1.0 if code & 0x10000 else -1.0
            if not row.any():
                row[0] = 1.0
        return rows
