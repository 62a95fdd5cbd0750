"""Vectors of texts, as little-endian float32."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from newsdigest.store.coding import chunks
from newsdigest.store.rows import Rows, insert_new
from newsdigest.store.tables import vectors

_STORED = np.dtype("<f4")


class VectorRows(Rows):
    """Vectors by encoder and hash of the text."""

    def vectors(self, encoder: str, hashes: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are kept for those hashes."""
        found: dict[str, NDArray[np.float32]] = {}
        with self.database.reading() as connection:
            for some in chunks(hashes):
                query = select(vectors.c.sha256, vectors.c.data).where(vectors.c.encoder == encoder)
                for row in connection.execute(query.where(vectors.c.sha256.in_(some))):
                    found[row.sha256] = np.frombuffer(row.data, dtype=_STORED).astype(np.float32, copy=True)
        return found

    def save_vectors(self, encoder: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors; one that is kept already stays."""
        rows = [
            {"encoder": encoder, "sha256": sha256, "data": np.ascontiguousarray(vector, dtype=_STORED).tobytes()}
            for sha256, vector in vectors.items()
        ]
        with self.database.writing() as connection:
            for some in chunks(rows):
                insert_new(connection, _TABLE, some)


_TABLE = vectors
