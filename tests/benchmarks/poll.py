"""A thousand feeds of real bytes on loopback: first, unchanged and changed rounds, beside lemon24/reader on the same feeds.

``new``: every feed is met for the first time, all its entries are stored. ``unchanged``: every answer is 304. ``changed``: each feed has one more
entry. The bytes are those of ``../shared/ingest/feeds``, in turn over the hosts; pages are not fetched.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from json import loads
from pathlib import Path
from typing import Any

from tests.evals.feeds import feeds
from tests.shared import SHARED

CHECKOUT = Path(__file__).resolve().parents[2]
ROUNDS = ("new", "unchanged", "changed")


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run the three rounds of each side; the ratio is reader's seconds by ours."""
    folder = SHARED / "ingest"
    if not folder.exists():
        raise FileNotFoundError("../shared/ingest is not here: the benchmark needs its feeds.")
    bodies = [(folder / row["path"]).read_bytes() for row in feeds(folder) if row["kind"] == "feed"]
    bodies = [body for body in bodies if body.strip()]
    result: dict[str, Any] = {
        "feeds": options.feeds,
        "mean_bytes": round(sum(len(bodies[n % len(bodies)]) for n in range(options.feeds)) / options.feeds),
        "ours": _ours(bodies, options.feeds),
    }
    if not options.no_reader and importlib.util.find_spec("reader"):
        result["reader"] = _theirs(bodies, options.feeds)
        result["ratio"] = {
            name: round(result["reader"][name]["seconds"] / result["ours"][name]["seconds"], 2) for name in ROUNDS
        }
    return result


def _ours(bodies: list[bytes], count: int) -> dict[str, Any]:
    formats = "".join("j" if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else "x" for body in bodies)
    return _rounds(bodies, count, lambda port, place: ["_bureau", str(port), str(count), formats, place])


def _theirs(bodies: list[bytes], count: int) -> dict[str, Any]:
    return _rounds(bodies, count, lambda port, place: ["_reader", str(port), str(count), place])


def _rounds(bodies: list[bytes], count: int, call: Any) -> dict[str, Any]:
    with ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory())
        port = int(_said(stack.enter_context(_site(bodies))))
        poller = stack.enter_context(_process(*call(port, place)))
        assert _said(poller) == "ready"
        found = {}
        for name in ROUNDS:
            if name == "changed":
                urllib.request.urlopen(f"http://127.0.0.1:{port}/.edit").read()
            assert poller.stdin is not None
            poller.stdin.write("go\n")
            poller.stdin.flush()
            row = loads(_said(poller))
            row["feeds_per_second"] = round(count / row["seconds"], 1)
            row["cpu_ms_per_feed"] = round(1000 * row["cpu"] / count, 2)
            found[name] = row
    return found


@contextmanager
def _site(bodies: list[bytes]) -> Iterator[subprocess.Popen[str]]:
    with tempfile.TemporaryDirectory() as place:
        for number, body in enumerate(bodies):
            (Path(place) / f"{number}.feed").write_bytes(body)
        with _process("_site", place) as process:
            yield process


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    call = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    with subprocess.Popen(call, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(timeout=120)


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
