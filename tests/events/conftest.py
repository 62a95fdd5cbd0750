"""Fixtures of the event stage: the shipped weights, a small lexicon, documents and a hand-made likeness."""

from __future__ import annotations

import pytest

from newsdigest.embedding.bundled_weights import bundled_weights
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon
from tests import labelled


@pytest.fixture(scope="session")
def weights() -> Weights:
    return bundled_weights()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return labelled.lexicon()
