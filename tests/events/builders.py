"""Documents and vectors for the event stage's tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from newsdigest.events.likeness import Vectors
from newsdigest.events.profile import EventDocument

START = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)


def document(
    key: str, title: str, text: str = "", language: str = "en", hours: float | None = 0.0, **more: str
) -> EventDocument:
    """A document published so many hours after the start (None: undated)."""
    published = None if hours is None else START + timedelta(hours=hours)
    return EventDocument(key, title, text, language, published=published, **more)  # type: ignore[arg-type]


def directions(groups: Sequence[int], columns: int = 512, noise: float = 0.0, seed: int = 7) -> Vectors:
    """Unit vectors: one direction a group, all but at right angles to each other, with noise a document."""
    draw = np.random.default_rng(seed)
    axes = draw.normal(size=(max(groups) + 1, columns))
    rows = np.array([axes[group] for group in groups]) + noise * draw.normal(size=(len(groups), columns))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
