"""``python -m tests.benchmarks KIND [--feeds N] [--kills N] [--no-reader] [--seed N]``: measure one thing on this machine.

One JSON object is the last line printed. Each kind is a module of this folder with ``measure(options: argparse.Namespace) -> dict``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys

import tests.benchmarks


def kinds() -> list[str]:
    """The benchmarks there are."""
    return sorted(m.name for m in pkgutil.iter_modules(tests.benchmarks.__path__) if not m.name.startswith("_"))


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark; exit 2 with one sentence where what it needs is not here."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("kind", choices=kinds())
    parser.add_argument("--feeds", type=int, default=1000, help="poll: how many feeds")
    parser.add_argument("--kills", type=int, default=200, help="kills: how many")
    parser.add_argument("--no-reader", action="store_true", help="poll: leave lemon24/reader out")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    try:
        measured = importlib.import_module(f"tests.benchmarks.{options.kind}").measure(options)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(measured, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
