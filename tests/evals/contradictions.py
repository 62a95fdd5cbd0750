"""``python -m tests.evals contradictions FILE``: pairs of sentences that exclude one another, against human labels.

``false_contradictions`` is the share of the pairs not so labelled that are called contradictions; ``recall`` the share found, by language.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from newsdigest.comparison.contradiction import OppositionReader
from tests.evals._members import lexicon


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read every pair."""
    reader = OppositionReader(lexicon())
    rows = []
    for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
        first, second = item["premise"], item["hypothesis"]
        found = reader.read(first, second, item["lang"])
        rows.append(
            {
                "id": item["id"],
                "lang": item["lang"],
                "label": item["label"],
                "kind": found.kind if found else None,
                "first": first[slice(*found.first)] if found else "",
                "second": second[slice(*found.second)] if found else "",
                "shared": round(found.shared, 3) if found else None,
            }
        )
    return _score(rows), rows


def _score(rows: list[dict[str, Any]]) -> dict[str, Any]:
    def share(chosen: list[dict[str, Any]]) -> float | None:
        return round(sum(r["kind"] is not None for r in chosen) / len(chosen), 4) if chosen else None

    languages = sorted({r["lang"] for r in rows})
    other = [r for r in rows if r["label"] != "contradiction"]
    return {
        "false_contradictions": share(other),
        "recall": {
            lang: share([r for r in rows if r["label"] == "contradiction" and r["lang"] == lang]) for lang in languages
        },
        "false_by_language": {lang: share([r for r in other if r["lang"] == lang]) for lang in languages},
        "items": len(rows),
    }
