"""``formulae FILE``: is the issuer's stock phrase in the sentence that tells of the occasion?

Each document is read as its issuer's statement; the phrase a label names (应约 where there is no label) chooses the formula.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from newsdigest.comparison.formulae import StockPhrase, occurrence, stock_phrases
from newsdigest.comparison.reading import read
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.language.lexicon import LANGUAGES
from newsdigest.records import Bilingual
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
        phrase = phrase_named(wanted, vocabulary)
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


def phrase_named(wanted: str, vocabulary: Vocabulary) -> StockPhrase:
    """The formula that a label's words print or are an instance of; words of none are themselves the phrase."""
    table = stock_phrases(vocabulary)
    printed = next((p for p in table if wanted in p.phrase.values()), None)
    if printed is not None:
        return printed
    folded = vocabulary.book.fold(wanted)
    for phrase in table:
        sources = ((source, language) for language in LANGUAGES for source in phrase.patterns[language])
        if any(vocabulary.book.compile(source, language).search(folded) for source, language in sources):
            return phrase
    words = (re.escape(wanted),)
    return StockPhrase(
        wanted, Bilingual(ja=wanted, en=wanted), (), frozenset(), False, {}, dict.fromkeys(LANGUAGES, words)
    )
