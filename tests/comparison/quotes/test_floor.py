"""Human labels hold the quotes to their floors."""

from __future__ import annotations

import argparse

from tests.evals.quotes import evaluate
from tests.shared import shared


def test_quotes_of_labelled_articles() -> None:
    scores, _ = evaluate(shared("cases/basil_triples.json"), argparse.Namespace())
    assert scores["recall"] >= 0.85
    assert scores["speaker"] >= 0.80
    assert scores["not_in_text"] == 0
