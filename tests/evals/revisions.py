"""Rewrites of one link: is each recognised as one item, and does "numbers changed" hold exactly when the sets of numbers differ?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from newsdigest.items.decide import decide
from newsdigest.items.entry import ParsedEntry
from newsdigest.language.detect import detect_language
from newsdigest.sources.source import Source
from tests.reading import NOW, packaged_lexicon


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Store the old state, then the new, and look at what the decider made of it."""
    predictions = [_predict(row) for row in json.loads(path.read_text("utf-8"))["items"]]
    labelled = [p for p in predictions if p["expected"] is not None]
    right = sum(p["numbers_changed"] == p["expected"] and p["same_item"] for p in labelled)
    scores: dict[str, Any] = {
        "items": len(predictions),
        "same_item": sum(p["same_item"] for p in predictions) / len(predictions),
    }
    return ({"agreement": round(right / len(labelled), 4), **scores} if labelled else scores), predictions


def _predict(row: dict[str, Any]) -> dict[str, Any]:
    lexicon = packaged_lexicon()
    language = detect_language(row["old"]["title"] + row["old"]["text"], "en")
    source = Source(
        id="rewritten",
        name={"en": "Rewritten"},
        kind="newspaper",
        language=language,
        address="https://feed.invalid/",
        full_text=True,
    )

    def entry(state: dict[str, str]) -> ParsedEntry:
        return ParsedEntry(url=row["url"], title=state["title"], summary=state["text"])

    first = decide(source, entry(row["old"]), None, [], "d-1", NOW, lexicon)
    assert first is not None
    second = decide(source, entry(row["new"]), None, [first], "d-2", NOW, lexicon)
    changes = second.latest.changes if second is not None and len(second.versions) == 2 else ()
    labelled = "numbers_only_in_old" in row and "numbers_only_in_new" in row
    return {
        "id": row["id"],
        "same_item": second is None or second.key == first.key,
        "changes": list(changes),
        "numbers_changed": "number" in changes,
        "expected": bool(row["numbers_only_in_old"] or row["numbers_only_in_new"]) if labelled else None,
    }
