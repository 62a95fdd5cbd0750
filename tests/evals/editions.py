"""Editions of one text: ``editions FILE`` → dropped sentences named, sound ones accused, changed figures named, with the figures per fold.

The file is that of ``parity`` (human translations, and the same with one number changed or one sentence dropped). Here only what the
comparison would tell a reader counts: a sentence that stands in one edition only, a figure that differs or stands in one only.
``other_half`` scores the items whose name has an odd checksum by themselves.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.editions import EditionReader, edition_texts
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import EditionGap
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.embedding.bundled import BundledEmbedder
from newsdigest.events.encoding import content_hash, encodable
from newsdigest.items.item import Statement
from newsdigest.sources.source import Source
from tests.comparison.packets import lexicon, member, packet


def evaluate(path: Path, options: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Score every item; ``wrong_only`` are statements that a sentence stands in one edition only where it does not."""
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    packets = _encoded([_packet(item) for item in items])
    cast = Cast((), Vocabulary(lexicon()))
    rows = [_row(item, made, cast) for item, made in zip(items, packets, strict=True)]
    return {**_score(rows), "other_half": _score([r for r in rows if r["half"]])}, rows


def _packet(item: dict[str, Any]) -> Packet:
    sides = (("a", "src_lang", "source"), ("b", "tgt_lang", "target"))
    return packet([_member(key, item[lang], "\n".join(item[text])) for key, lang, text in sides], lexicon())


def _member(key: str, language: Any, text: str) -> Member:
    source = Source(id=key, name={language: key}, kind="government", language=language, address="https://x.invalid/")
    document = {"lang": language, "title": "", "body": text, "published": "2031-01-01T00:00:00+00:00"}
    return member(source, [document], Statement(issuer="body", channel="statement", chosen=True), key)


def _encoded(packets: list[Packet]) -> list[Packet]:
    texts = sorted({text for made in packets for text in edition_texts(made)})
    rows = BundledEmbedder().encode([encodable(text) for text in texts])
    vectors = {content_hash(text): row for text, row in zip(texts, rows, strict=True)}
    return [replace(made, vectors=vectors) for made in packets]


def _row(item: dict[str, Any], made: Packet, cast: Cast) -> dict[str, Any]:
    editions = tuple(EditionReader(made, cast, {}).editions())
    gaps = [g for edition in editions for g in edition.gaps]
    defect = item.get("defect") or {}
    dropped = item["source"][defect["segment"]] if defect.get("kind") == "sentence_dropped" else None
    only = [g for g in gaps if g.kind == "only_in"]
    right = [g for g in only if dropped and _same(g, dropped)]
    return {
        "id": item["id"],
        "defect": defect.get("kind"),
        "half": zlib.crc32(item["id"].rsplit("-", 1)[0].encode()) % 2,
        "aligned": sum(sum(e.aligned) for e in editions),
        "sentences": sum(sum(e.sentences) for e in editions),
        "found": bool(right),
        "wrong_only": len(only) - len(right),
        "figures": sum(g.kind.startswith("figure") for g in gaps),
    }


def _same(gap: EditionGap, segment: str) -> bool:
    words = gap.evidence[0].exact
    return words in segment or segment in words


def _score(rows: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = Counter(r["defect"] for r in rows)
    found = sum(r["found"] for r in rows if r["defect"] == "sentence_dropped")
    changed = sum(r["figures"] > 0 for r in rows if r["defect"] == "number_changed")
    return {
        "dropped_named": round(found / max(kinds["sentence_dropped"], 1), 4),
        "wrong_only": sum(r["wrong_only"] for r in rows),
        "changed_named": round(changed / max(kinds["number_changed"], 1), 4),
        "wrong_figures": sum(r["figures"] for r in rows if r["defect"] != "number_changed"),
        "aligned": sum(r["aligned"] for r in rows),
        "sentences": sum(r["sentences"] for r in rows),
        "items": len(rows),
    }
