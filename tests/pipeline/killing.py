"""Killing rounds at random moments: the nursery's other end, used by the tests and by the benchmark ``kills``."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def nothing() -> int:
    """No progress to wait for."""
    return 0


class Nursery:
    """Starts rounds and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._line()

    def kill_after(self, seconds: float, progress: Callable[[], int] = nothing) -> bool:
        """Start a round and kill it so long after ``progress`` has moved; False where it had ended by itself."""
        before = progress()
        child = self._start()
        patience = time.monotonic() + 30
        while progress is not nothing and progress() == before and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)  # not reaped before the nursery says so: the id is still the round's
        return self._line() == f"ended {int(signal.SIGKILL)}"

    def run(self) -> int:
        """Run a round to its end; return its status."""
        self._start()
        return int(self._line().split()[1])

    def _start(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def nursery(work: str, port: int, folder: Path) -> Iterator[Nursery]:
    """A nursery for one kind of round over one folder."""
    call = [sys.executable, "-m", "tests.pipeline.nursery", work, str(port), str(folder)]
    with subprocess.Popen(call, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Nursery(process)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(timeout=60)


def moments(count: int, longest: float, seed: int) -> list[float]:
    """Random moments to kill at, in seconds."""
    chance = random.Random(seed)
    return [chance.uniform(0.02, longest) for _ in range(count)]
