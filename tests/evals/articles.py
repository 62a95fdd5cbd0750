"""Article text against gold: mean F1 of token 4-grams a page, CJK by character, as in ../shared/notes/ingest.md section 3.4."""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.items.page import read_page
from newsdigest.sources.source import Selectors
from tests.reading import packaged_tables

# Their gold is another page's text.
WRONG_GOLD = ("8f1cdd94", "b70f455d")
LANGUAGES = ("en", "ja", "zh")
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d]+"
)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def four_grams(text: str) -> Counter[tuple[str, ...]]:
    """The multiset of token 4-grams; a text shorter than that is one gram."""
    tokens = _TOKEN.findall(text.lower())
    if len(tokens) < 4:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def f1(gold: str, found: str) -> float:
    """F1 of the two multisets; 1 where both are empty."""
    wanted, got = four_grams(gold), four_grams(found)
    if not wanted or not got:
        return float(wanted == got)
    common = sum((wanted & got).values())
    return 2 * common / (sum(wanted.values()) + sum(got.values()))


def pages(folder: Path) -> list[dict[str, str]]:
    """The rows of pages, with gold where there is one, from MANIFEST.tsv."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in rows if row["kind"] == "article-html"]


def gold_of(folder: Path, row: dict[str, str]) -> dict[str, Any] | None:
    """The gold of a page where it has a body."""
    expected = row.get("expected") or ""
    path = folder / expected
    if not expected.endswith(".json") or not path.exists() or any(wrong in expected for wrong in WRONG_GOLD):
        return None
    gold = json.loads(path.read_text("utf-8"))
    return gold if isinstance(gold, dict) and isinstance(gold.get("body"), str) else None


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read every page of the folder; F1 over those with gold."""
    tables = packaged_tables()
    scores: dict[str, list[float]] = defaultdict(list)
    predictions = []
    spent = 0.0
    for row in pages(path):
        if row["lang"] not in LANGUAGES:
            continue
        raw = (path / row["path"]).read_bytes()
        body = gzip.decompress(raw) if row["path"].endswith(".gz") else raw
        gold = gold_of(path, row)
        address = str((gold or {}).get("url") or "https://page.invalid/")
        begun = time.process_time()
        page = read_page(
            body,
            address=address,
            media_type="text/html",
            selectors=Selectors(),
            language=row["lang"],
            zone="UTC",
            now=NOW,
            tables=tables,
        )
        spent += time.process_time() - begun
        score = f1(gold["body"], page.text) if gold else None
        if score is not None:
            scores[row["lang"]].append(score)
        predictions.append(
            {
                "path": row["path"],
                "lang": row["lang"],
                "title": page.title,
                "text": page.text,
                "state": page.state,
                "method": page.method,
                "flags": page.flags,
                "f1": score,
            }
        )
    result = {
        "f1": {lang: round(sum(scores[lang]) / len(scores[lang]), 4) for lang in LANGUAGES if scores[lang]},
        "pages": len(predictions),
        "pages_per_second": round(len(predictions) / spent, 1) if spent else None,
    }
    return result, predictions
