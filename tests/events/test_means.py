"""The mean of each language: it runs on, is frozen for a version, and moves to the next one by distance or on request."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.events.means import LEAST, MOVED, PRIOR, IndexVersion, Mean, blended, moved, next_version, run_on
from tests.events.builders import directions

ROWS = directions([0, 1, 2, 3], columns=16)


@given(cuts=st.lists(st.integers(0, 40), max_size=3))
def test_the_running_mean_does_not_depend_on_how_the_vectors_come(cuts: list[int]) -> None:
    rows = [(("ja", "en")[n % 2], row) for n, row in enumerate(directions(range(40), columns=16))]
    places = sorted({0, 40, *cuts})
    running: dict[str, Mean] = {}
    for start, end in pairwise(places):
        running = run_on(running, rows[start:end])
    assert {name: mean.documents for name, mean in running.items()} == {"ja": 20, "en": 20}
    assert np.allclose(running["ja"].vector, np.mean([row for name, row in rows if name == "ja"], axis=0), atol=1e-5)


def test_empty_texts_have_no_say() -> None:
    assert run_on({}, [("ja", np.zeros(16, dtype=np.float32))]) == {}


def test_trained_means_weigh_as_so_many_documents() -> None:
    both = blended({"ja": ROWS[0]}, {"ja": Mean(ROWS[1], PRIOR)})
    assert np.allclose(both["ja"], (ROWS[0] + ROWS[1]) / 2, atol=1e-6)


@pytest.mark.parametrize(("documents", "taken"), [(LEAST - 1, False), (LEAST, True)])
def test_a_language_the_encoder_brings_no_mean_for_needs_enough_documents(documents: int, taken: bool) -> None:
    assert ("zh" in blended({}, {"zh": Mean(ROWS[0], documents)})) is taken


def test_a_version_holds_until_a_mean_has_moved_enough_or_a_person_asks() -> None:
    version = IndexVersion(3, {"ja": ROWS[0]})
    little = {"ja": np.asarray(ROWS[0] * (1 - MOVED / 2), dtype=np.float32)}
    far = {"ja": np.asarray(ROWS[0] * (1 - 2 * MOVED), dtype=np.float32)}
    assert next_version(version, little) is version
    assert next_version(version, far).number == 4
    assert next_version(version, little, asked=True).number == 4
    assert next_version(version, dict(version.means), asked=True) is version
    assert moved({}, {"zh": ROWS[0]}) == 1.0
