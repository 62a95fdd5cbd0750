"""Any OpenAI-compatible embeddings endpoint (OpenAI, Azure, vLLM, Ollama, llama.cpp)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdigest.embedding.batches import encoded
from newsdigest.errors import ModelError


class EndpointEmbedder:
    """Adapter of ports.Embedder over ``client.embeddings.create``; raises ModelError where no usable vectors come.

    ``client`` is an ``openai.OpenAI`` (or anything with its ``embeddings.create``); without one it is made from ``address`` and
    ``key`` with the first text, because importing openai takes 2 s.
    """

    def __init__(
        self,
        model: str,
        dimensions: int,
        *,
        address: str = "",
        key: str = "",
        client: Any = None,
        seconds: float = 60.0,
    ) -> None:
        self.identity = f"{model}@{dimensions}"
        self.dimensions = dimensions
        self._model = model
        self._address = address
        self._key = key
        self._client = client
        self._seconds = seconds

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row a text; an empty text gives a row of zeros and is not sent."""
        return encoded(texts, self._batch, self.dimensions)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        import openai

        if self._client is None:
            self._client = openai.OpenAI(
                base_url=self._address or None, api_key=self._key or "none", timeout=self._seconds, max_retries=2
            )
        try:
            answer = self._client.embeddings.create(model=self._model, input=texts, encoding_format="float")
        except openai.OpenAIError as cause:
            raise ModelError(f"The embeddings endpoint gave no answer for {self._model}.", about=self._model) from cause
        ordered = sorted(answer.data, key=lambda row: row.index)
        shape = {len(row.embedding) for row in ordered}
        if len(ordered) != len(texts) or shape != {self.dimensions}:
            raise ModelError(
                f"{self._model} answered {len(ordered)} vectors of length {sorted(shape)} for {len(texts)} texts; "
                f"{self.dimensions} is configured.",
                about=self._model,
            )
        return np.array([row.embedding for row in ordered], dtype=np.float32)
