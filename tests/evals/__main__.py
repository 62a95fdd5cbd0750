"""``python -m tests.evals KIND FILE [--predictions OUT.jsonl] [--online]``: score one stage on labelled data.

One JSON object is the last line printed. Each kind is a module of this folder with
``evaluate(path: Path, options: argparse.Namespace) -> tuple[dict, list[dict]]``: the scores (only those the file has labels for) and the
predictions, one dict each, which ``--predictions`` writes as JSON lines.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

import tests.evals


def kinds() -> list[str]:
    """The evaluations there are."""
    return sorted(m.name for m in pkgutil.iter_modules(tests.evals.__path__) if not m.name.startswith("_"))


def main(arguments: list[str] | None = None) -> int:
    """Run one evaluation; exit 2 with one sentence where the call is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals", description=__doc__)
    parser.add_argument("kind", choices=kinds())
    parser.add_argument("file", type=Path, nargs="?", help="the labelled data; some kinds have their own")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--online", action="store_true", help="clusters: one item at a time, in random order")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    module = importlib.import_module(f"tests.evals.{options.kind}")
    file = options.file or getattr(module, "DEFAULT", None)
    if file is None or not file.exists():
        print(f"There is no {file}." if file else f"{options.kind} needs a file.", file=sys.stderr)
        return 2
    scores, predictions = module.evaluate(file, options)
    if options.predictions:
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in predictions)
        options.predictions.write_text("".join(lines), encoding="utf-8")
    print(json.dumps(scores, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
