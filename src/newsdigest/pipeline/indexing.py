"""The index version that a round compares under: read, run on with new vectors, renewed where a mean has moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from newsdigest.events.likeness import Vectors
from newsdigest.events.means import IndexVersion, Mean, blended, moved, next_version, run_on
from newsdigest.events.scorer import Weights
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import Embedder, Store

# The version under which the store keeps the means that run on.
RUNNING = 0


def weights_now(bureau: Bureau, encoder: Embedder, at: datetime) -> Weights:
    """Return the scorer's weights with the means of the index version, renewed first where one has moved enough."""
    version = _renewed(bureau.store, encoder, bureau.weights, at, asked=False)
    named = f"{encoder.identity}#{version.number}" if version.number else encoder.identity
    return replace(bureau.weights, encoder=named, means=version.means)


def note_vectors(store: Store, encoder: str, rows: Iterable[tuple[str, Vectors]], at: datetime) -> None:
    """Let the running means take in vectors that were encoded just now (language, row)."""
    store.save_means(encoder, RUNNING, run_on(store.means(encoder).get(RUNNING, {}), rows), at)


def renew(store: Store, encoder: Embedder, weights: Weights, at: datetime) -> IndexVersion:
    """Make a new version of the means as they are now, if they have moved at all, and return the one that holds."""
    return _renewed(store, encoder, weights, at, asked=True)


def standing(store: Store, encoder: Embedder, weights: Weights) -> tuple[IndexVersion, Mapping[str, Mean], float]:
    """Return the version that holds, the running means, and how far they have moved from it."""
    kept = store.means(encoder.identity)
    trained = _trained(encoder, weights)
    number = max(kept, default=RUNNING)
    means = {name: mean.vector for name, mean in kept[number].items()} if number != RUNNING else trained
    running = kept.get(RUNNING, {})
    return IndexVersion(number, means), running, moved(means, blended(trained, running))


def _renewed(store: Store, encoder: Embedder, weights: Weights, at: datetime, *, asked: bool) -> IndexVersion:
    version, running, _ = standing(store, encoder, weights)
    following = next_version(version, blended(_trained(encoder, weights), running), asked=asked)
    if following is not version:
        counts = {name: running[name].documents if name in running else 0 for name in following.means}
        frozen = {name: Mean(vector, counts[name]) for name, vector in following.means.items()}
        store.save_means(encoder.identity, following.number, frozen, at)
    return following


def _trained(encoder: Embedder, weights: Weights) -> Mapping[str, Vectors]:
    """The trained means, where they are of this encoder's space."""
    same = encoder.identity.partition("@")[0] == weights.encoder.partition("@")[0]
    return weights.means if same else {}
