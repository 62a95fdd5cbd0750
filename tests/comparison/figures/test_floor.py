"""Real reports hold the figures to their floors."""

from __future__ import annotations

import argparse

import pytest

from tests.evals import figures, parity
from tests.shared import shared


def test_a_real_rising_toll_is_no_conflict() -> None:
    scores, rows = figures.evaluate(shared("cases/hk_fire_2025_numbers.json"), argparse.Namespace())
    assert scores["false_conflicts"] == 0
    tolls = {row["series"]: [value for value, *_ in row["points"]] for row in rows if "series" in row}
    assert tolls["toll.dead"] == sorted(tolls["toll.dead"], key=int)
    assert len(set(tolls["toll.dead"])) >= 3


@pytest.mark.slow
def test_parity_of_human_translations() -> None:
    scores, _ = parity.evaluate(shared("cases/parity_mutants.json"), argparse.Namespace())
    assert scores["number_recall"] >= 0.95
    assert scores["drop_recall"] >= 0.85
    assert scores["false_alarms"] <= 0.10
