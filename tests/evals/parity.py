"""Parity of two language versions: ``parity FILE`` → share of changed numbers and dropped sentences found, and of sound pairs accused.

Segments are aligned in order (dynamic programming over the encoder's likeness, shared numbers and length); a number is changed where
aligned segments each hold a number that the other lacks; a sentence is dropped where a source segment finds no partner.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdigest.comparison.figures import Number, numbers_in, same_number
from newsdigest.embedding.bundled import BundledEmbedder
from tests.evals._members import lexicon

_SKIP = 0.10


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score every item of the file; items without ``defect`` are sound."""
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    vectors = _vectors(items)
    predictions = []
    for item in items:
        numbers, dropped = check(item, vectors)
        defect = item.get("defect")
        kind = defect["kind"] if defect else None
        located = kind == "sentence_dropped" and item["source"][defect["segment"]] in dropped
        predictions.append(
            {"id": item["id"], "defect": kind, "numbers": numbers, "dropped": dropped, "located": located}
        )
    return _score(predictions), predictions


def _score(rows: list[dict[str, Any]]) -> dict[str, Any]:
    def share(kind: str | None, *fields: str) -> float | None:
        chosen = [r for r in rows if r["defect"] == kind]
        return round(sum(any(r[f] for f in fields) for r in chosen) / len(chosen), 4) if chosen else None

    return {
        "number_recall": share("number_changed", "numbers"),
        "drop_recall": share("sentence_dropped", "dropped"),
        "drop_located": share("sentence_dropped", "located"),
        "false_alarms": share(None, "numbers", "dropped"),
        "items": len(rows),
    }


def _vectors(items: list[dict[str, Any]]) -> dict[str, NDArray[np.float32]]:
    """A centred unit vector a segment: the mean of each language is taken away, it says only which language it is."""
    texts = {lang: sorted({s for item in items for side, key in (("source", "src_lang"), ("target", "tgt_lang")) if item[key] == lang for s in item[side]})
             for lang in ("ja", "en", "zh")}  # fmt: skip
    embedder = BundledEmbedder()
    out: dict[str, NDArray[np.float32]] = {}
    for language, segments in texts.items():
        if segments:
            rows = embedder.encode(segments)
            rows = rows - rows.mean(axis=0, keepdims=True)
            rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
            out.update({f"{language}:{segment}": row for segment, row in zip(segments, rows, strict=True)})
    return out


def check(item: dict[str, Any], vectors: dict[str, NDArray[np.float32]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the changed numbers and the dropped source segments of one item."""
    source, target = item["source"], item["target"]
    pairs, dropped = align(source, target, item["src_lang"], item["tgt_lang"], vectors)
    words = lexicon()
    changed = []
    for left, right in pairs:
        ours = numbers_in(left, item["src_lang"], words)
        theirs = numbers_in(right, item["tgt_lang"], words)
        lost, gained = unmatched(ours, theirs)
        names, others = codes(left), codes(right)
        if names and others and not set(names) & set(others):
            changed.append({"source": names, "target": others})
        elif lost and gained:
            changed.append({"source": [n.raw for n in lost], "target": [n.raw for n in gained]})
    return changed, dropped


def unmatched(ours: tuple[Number, ...], theirs: tuple[Number, ...]) -> tuple[list[Number], list[Number]]:
    """Return the numbers of each side that the other lacks."""

    def alike(n: Number, m: Number) -> bool:
        return same_number(n, m) or (n.date is None and m.date is None and n.stated == m.stated != 0)

    free = list(theirs)
    lost = []
    for number in ours:
        partner = next((m for m in free if alike(number, m)), None)
        if partner is None:
            lost.append(number)
        else:
            free.remove(partner)
    return lost, free


def codes(text: str) -> list[str]:
    """The digits of names such as J1 and T20, which are no figures."""
    return sorted(re.findall(r"(?<![A-Za-z0-9])[A-Z]+-?([0-9]+)", unicodedata.normalize("NFKC", text)))


def align(
    source: list[str], target: list[str], src: str, tgt: str, vectors: dict[str, NDArray[np.float32]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Align segments in order; return the pairs and the source segments without a partner."""
    words = lexicon()
    left, right = ([numbers_in(s, src, words) for s in source], [numbers_in(t, tgt, words) for t in target])
    likeness = np.stack([vectors[f"{src}:{s}"] for s in source]) @ np.stack([vectors[f"{tgt}:{t}"] for t in target]).T
    for i, ours in enumerate(left):
        for j, theirs in enumerate(right):
            lost, gained = unmatched(ours, theirs)
            likeness[i, j] += 0.1 * (len(ours) - len(lost)) - 0.05 * (len(lost) + len(gained))
    best = np.zeros((len(source) + 1, len(target) + 1))
    best[:, 0], best[0, :] = -_SKIP * np.arange(len(source) + 1), -_SKIP * np.arange(len(target) + 1)
    step = np.zeros(best.shape, dtype=int)
    step[1:, 0], step[0, 1:] = 1, 2
    for i in range(1, len(source) + 1):
        for j in range(1, len(target) + 1):
            options = (best[i - 1, j - 1] + likeness[i - 1, j - 1], best[i - 1, j] - _SKIP, best[i, j - 1] - _SKIP)
            step[i, j] = int(np.argmax(options))
            best[i, j] = max(options)
    pairs, dropped = [], []
    i, j = len(source), len(target)
    while i or j:
        if step[i, j] == 0 and i and j:
            i, j = i - 1, j - 1
            pairs.append((source[i], target[j]))
        elif step[i, j] == 1:
            i -= 1
            dropped.append(source[i])
        else:
            j -= 1
    return pairs[::-1], dropped[::-1]
