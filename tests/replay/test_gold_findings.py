"""Every must finding of gold.json is in the comparison, whatever language its evidence is in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.replay.conftest import Run
from tests.replay.gold_findings import LISTED_APART, Gold
from tests.shared import shared


@pytest.fixture(scope="module")
def findings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shared("replay/gold.json").read_text())["findings"]
    return found


@pytest.mark.parametrize("which", ["base", "extended"])
def test_every_must_finding_is_in_the_comparison(
    which: str, base_run: Run, extended_run: Run, findings: list[dict[str, Any]]
) -> None:
    run = base_run if which == "base" else extended_run
    comparison = run.comparison(run.main_draft()["event"])
    language = {headline["item"]: headline["lang"] for headline in comparison["framing"]}
    gold = Gold(comparison, run.slug, language)
    must = [f for f in findings if f["must"] and f["group"] not in LISTED_APART]
    absent = [f["id"] for f in must if not gold.holds(f, [g for g in must if g["group"] == f["group"]])]
    assert absent == []
