"""``python -m tests.evals grounding FILE``: is a claim borne out by its article, against human labels.

Balanced accuracy over ``items`` of ``{doc, claim, supported}``; ``caught`` is the share of labelled error spans that the missing words touch.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from pathlib import Path
from typing import Any

from newsdigest.comparison.support import SupportReader
from tests.evals._members import lexicon


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Hold each claim against its article."""
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    reader = SupportReader(lexicon())
    rows = []
    for item in items:
        claim = typeset(item["claim"])
        found = reader.read(claim, item.get("lang", "en"), item["doc"])
        rows.append(
            {
                "id": item["id"],
                "supported": item["supported"],
                "said": found.borne_out,
                "covered": found.covered,
                "missing": [[m.kind, m.surface] for m in found.missing],
                "caught": _caught(item, {m.surface.lower() for m in found.missing}),
            }
        )
    return _score(rows), rows


def typeset(text: str) -> str:
    """Undo the white space that a summariser's tokens leave around hyphens and behind signs of currency."""
    text = re.sub(r"(?<=\w) - (?=\w)", "-", text)
    text = re.sub(r"([£$€¥]) (?=\d)", r"\1", text)
    return re.sub(r"(?<=\d) (m|bn|k|th)\b", r"\1", text)


def _caught(item: dict[str, Any], missing: set[str]) -> float | None:
    spans = ast.literal_eval(item["error_spans"]) if item.get("error_spans") else []
    if not spans:
        return None
    return sum(any(word in typeset(span).lower() for word in missing) for span in spans) / len(spans)


def _score(rows: list[dict[str, Any]]) -> dict[str, Any]:
    def recall(label: bool) -> float:
        chosen = [r for r in rows if r["supported"] is label]
        return sum(r["said"] is label for r in chosen) / len(chosen) if chosen else 0.0

    caught = [r["caught"] for r in rows if r["caught"] is not None]
    return {
        "balanced_accuracy": round((recall(True) + recall(False)) / 2, 4),
        "supported_recall": round(recall(True), 4),
        "unsupported_recall": round(recall(False), 4),
        "caught": round(sum(caught) / len(caught), 4) if caught else None,
        "items": len(rows),
    }
