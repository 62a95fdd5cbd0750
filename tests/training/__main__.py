"""``python -m tests.training FILE [--out weights.json]``: train the pair scorer on a labelled file and write its weights."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newsdigest.events.scorer import content_of
from newsdigest.events.training import train
from tests import labelled
from tests.training.alterations import altered

OUT = Path(__file__).resolve().parents[2] / "src" / "newsdigest" / "events" / "weights.json"


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.training", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    documents, labels, _ = labelled.read(options.file)
    vectors, encoder = labelled.encode(documents)
    events = [labels[d.key] for d in documents]
    data = {
        "file": options.file.name,
        "sha256": labelled.sha256(options.file),
        "documents": len(documents),
        "events": len(set(events)),
    }
    lexicon = labelled.lexicon()
    made = altered(documents)
    weights = train(documents, events, vectors, lexicon, encoder=encoder, data=data, alterations=made)
    options.out.write_text(json.dumps(content_of(weights), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(weights.coefficients)} weights from {len(documents)} documents written to {options.out}")


if __name__ == "__main__":
    main()
