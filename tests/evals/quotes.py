"""Quotes against human span labels: ``quotes FILE`` → recall of quoted spans, speaker right where named, spans not in the text.

A label's span counts as found where an extracted quote and the label cover one another (the label may be part of the quote, or the
quote a printed part of a label of several). A label "other_…" names nobody: it has no part in ``speaker``.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from newsdigest.comparison import quotes
from tests.evals._members import lexicon, member_of


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”‘’", "\"\"''"))
    return re.sub(r"\s+", " ", text).strip(" \"'.,").lower()


def _agrees(label: str, speaker: str | None) -> bool:
    wanted = {part.lower() for part in label.split("_")}
    return speaker is not None and label.split("_")[-1].lower() in speaker.lower().split() and bool(wanted)


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score the quotes of every document; without labels only ``quotes`` and ``not_in_text`` are given."""
    case = json.loads(path.read_text(encoding="utf-8"))
    words = lexicon()
    predictions: list[dict[str, Any]] = []
    by_document: dict[str, list[dict[str, Any]]] = {}
    missing = 0
    for document in case["documents"]:
        member = member_of(document)
        found = quotes.extract(member, words)
        rows = [{"doc": document["id"], "field": q.evidence.field, "start": q.evidence.start, "end": q.evidence.end, "text": q.text,
                 "kind": q.kind, "speaker": q.speaker, "office": q.office} for q in found]  # fmt: skip
        for row in rows:
            text = member.title if row["field"] == "title" else member.text
            missing += text[row["start"] : row["end"]] != row["text"]
        by_document[document["id"]] = rows
        predictions += rows
    scores: dict[str, Any] = {"quotes": len(predictions), "not_in_text": missing}
    labels = [s for s in case.get("labels", {}).get("spans", []) if s.get("is_quote")]
    if labels:
        scores |= _score(labels, by_document)
    return scores, predictions


def _score(labels: list[dict[str, Any]], by_document: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    hit = right = named = 0
    misses: list[str] = []
    for label in labels:
        wanted = _plain(label["text"])
        rows = [
            r for r in by_document.get(label["doc"], []) if wanted in _plain(r["text"]) or _plain(r["text"]) in wanted
        ]
        hit += bool(rows)
        if not rows:
            misses.append(f"span: {label['doc']}: {label['text'][:80]}")
        if not label["speaker"] or label["speaker"].startswith("other"):
            continue
        named += 1
        good = any(_agrees(label["speaker"], r["speaker"]) for r in rows)
        right += good
        if not good:
            misses.append(
                f"speaker: {label['doc']}: {label['speaker']} not {[r['speaker'] for r in rows]}: {label['text'][:60]}"
            )
    return {"recall": round(hit / len(labels), 4), "speaker": round(right / named, 4) if named else None, "labels": len(labels), "named": named, "misses": misses}  # fmt: skip
