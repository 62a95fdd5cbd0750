"""One reader under atheris: ``python -m tests.fuzz.coverage_guided READER [libFuzzer options]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["newsdigest.items", "newsdigest.documents", "newsdigest.sources"]):
    from tests.fuzz.readers import seeds, survives


def main() -> None:
    """Fuzz until the options say stop; a fault ends with libFuzzer's exit code and the input that caused it."""
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as corpus:
        for number, body in enumerate(seeds(name)):
            Path(corpus, str(number)).write_bytes(body)
        atheris.Setup([sys.argv[0], *options, corpus], lambda body: survives(name, body))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
