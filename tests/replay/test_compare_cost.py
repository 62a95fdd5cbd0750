"""What a comparison of long items costs, with a wide margin for a busy machine; ``python -m tests.benchmarks compare`` measures it."""

from __future__ import annotations

import time

import pytest

from newsdigest.comparison.compare import compare
from tests.benchmarks._accounts import accounts
from tests.shipped import shipped_lexicon


@pytest.mark.timing
@pytest.mark.slow
def test_a_comparison_grows_no_faster_than_its_texts() -> None:
    words = shipped_lexicon()
    compare(accounts(2, 1, words))
    took = []
    for items in (5, 20):
        packet = accounts(items, 0, words)
        began = time.process_time()
        compare(packet)
        took.append(time.process_time() - began)
    assert took[1] <= 15
    assert took[1] <= 10 * took[0]
