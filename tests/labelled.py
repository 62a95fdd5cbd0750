"""Labelled documents for training and evaluation: JSON lines, or a case file with ``documents`` and ``labels.cluster``."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.embedding.bundled import BundledEmbedder
from newsdigest.events.encoding import text_for_encoding
from newsdigest.events.likeness import Vectors
from newsdigest.events.profile import EventDocument
from newsdigest.language.lexicon import Lexicon, build
from newsdigest.ports import Embedder

DATA = Path(__file__).resolve().parents[1] / "src" / "newsdigest" / "language" / "data"


def read(path: Path) -> tuple[list[EventDocument], dict[str, str], dict[str, Any]]:
    """Return the documents, the event of each (empty where the file has no labels), and all labels of a case file."""
    raw = path.read_bytes()
    content = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    if path.name.removesuffix(".gz").endswith(".jsonl"):
        rows = [json.loads(line) for line in content.splitlines() if line.strip()]
        labels = {row["id"]: str(row["cluster"]) for row in rows if row.get("cluster") is not None}
        return [document_of(row) for row in rows], labels, {"cluster": labels}
    case = json.loads(content)
    rows = case.get("documents") or case.get("items") or []
    feeds = {feed["id"]: feed for feed in case.get("feeds", [])}
    found = case.get("labels") or {}
    clusters = found.get("cluster") if isinstance(found, Mapping) else None
    documents = [document_of(row, feeds) for row in rows]
    return documents, {str(k): str(v) for k, v in (clusters or {}).items()}, dict(found)


def document_of(row: Mapping[str, Any], feeds: Mapping[str, Mapping[str, Any]] | None = None) -> EventDocument:
    """Return one document of a labelled file; a time without zone is UTC."""
    published = row.get("published")
    moment = datetime.fromisoformat(published) if published else None
    feed = (feeds or {}).get(row.get("feed", ""), {})
    return EventDocument(
        key=row["id"],
        title=row.get("title") or "",
        text=row.get("text") or row.get("body") or "",
        language=row.get("lang") or feed.get("lang") or "en",
        published=moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC),
        source=row.get("source") or row.get("feed") or "",
        source_kind=row.get("kind") or "",
        issuer=row.get("issuer"),
    )


def sha256(path: Path) -> str:
    """Return the digest by which weights name their training data."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def encode(documents: Sequence[EventDocument], embedder: Embedder | None = None) -> tuple[Vectors, str]:
    """Return an encoder's vectors of the documents (the bundled one's unless another is given), and its identity."""
    embedder = embedder or BundledEmbedder()
    return embedder.encode([text_for_encoding(d.title, d.text, d.language) for d in documents]), embedder.identity


def lexicon() -> Lexicon:
    """Return the lexicon of the package's language data."""
    return build(
        {
            str(path.relative_to(DATA).with_suffix("")): tomllib.loads(path.read_text(encoding="utf-8"))
            for path in sorted(DATA.rglob("*.toml"))
        }
    )
