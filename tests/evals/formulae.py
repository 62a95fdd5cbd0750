"""``formulae FILE``: is the issuer's stock phrase in the sentence that tells of the occasion?

Each document is read as its issuer's statement; the phrase a label names (应约 where there is no label) chooses the formula.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from newsdigest.comparison.formulae import occurrence, stock_phrases
from newsdigest.comparison.reading import read
from newsdigest.comparison.vocabulary import Vocabulary
from tests.comparison.packets import lexicon
from tests.evals.matrix import statement_member

DEFAULT = "应约"


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score presence against the labels, where there are any."""
    case = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = Vocabulary(lexicon())
    labels = case.get("labels", {})
    predictions = []
    right = total = 0
    for document in case["documents"]:
        label = labels.get(document["id"]) or {}
        wanted = label.get("stock_phrase", DEFAULT)
        phrase = next(p for p in stock_phrases(vocabulary) if wanted in p.phrase.values())
        found = occurrence(phrase, read(statement_member(document), vocabulary), vocabulary)
        predictions.append(
            {
                "id": document["id"],
                "formula": phrase.id,
                "present": found is not None,
                "exact": found.exact if found else None,
            }
        )
        if "stock_phrase_present" in label:
            total += 1
            right += label["stock_phrase_present"] == (found is not None)
    scores: dict[str, Any] = {"documents": len(predictions)}
    if total:
        scores = {"accuracy": round(right / total, 4), **scores}
    return scores, predictions
