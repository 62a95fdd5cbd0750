"""Vectors of texts, and the mean vectors of languages, as little-endian float32."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from newsdigest.events.means import Mean
from newsdigest.store.coding import chunks
from newsdigest.store.rows import Rows, insert_new, upsert
from newsdigest.store.tables import language_means, vectors

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

    def means(self, encoder: str) -> dict[int, dict[str, Mean]]:
        """Return the mean vectors by index version (0: those that run on) and language."""
        columns = language_means.c
        found: dict[int, dict[str, Mean]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(select(language_means).where(columns.encoder == encoder)):
                vector = np.frombuffer(row.data, dtype=_STORED).astype(np.float32, copy=True)
                found.setdefault(row.version, {})[row.language] = Mean(vector, row.documents)
        return found

    def save_means(self, encoder: str, version: int, means: Mapping[str, Mean], at: datetime) -> None:
        """Keep the mean vectors of a version; those of version 0 replace what was there, a frozen one stays as it is."""
        rows = [
            {
                "encoder": encoder,
                "version": version,
                "language": language,
                "documents": mean.documents,
                "made": at,
                "data": np.ascontiguousarray(mean.vector, dtype=_STORED).tobytes(),
            }
            for language, mean in sorted(means.items())
        ]
        with self.database.writing() as connection:
            if version:
                insert_new(connection, language_means, rows)
                return
            for row in rows:
                upsert(connection, language_means, ("encoder", "version", "language"), **row)


_TABLE = vectors
