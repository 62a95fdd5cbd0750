"""``python -m tests.benchmarks._bureau PORT FEEDS FORMATS FOLDER``: rounds of a bureau over the feeds of a site, in a process of its own.

For each line of its input (a round) it prints one JSON object: seconds, CPU seconds with the readers', peak MiB, what was stored.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.host_map import HostMap
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.polling import poll_sources
from newsdigest.ports import ReadJob
from newsdigest.settings import RoundSettings, Settings
from newsdigest.sources.source import Source
from newsdigest.wiring import assembled
from tests.pipeline.newsroom import MovedClock


def sources(count: int, formats: str) -> list[Source]:
    """One source a host; ``formats`` has a letter for each body: ``j`` is a JSON feed."""
    return [
        Source(
            id=f"f{n}",
            name={"en": f"Feed {n}"},
            kind="newspaper",
            language="en",
            address=f"https://f{n}.replay.invalid/feed",
            format="json_feed" if formats[n % len(formats)] == "j" else "feed",
        )
        for n in range(count)
    ]


def cpu() -> float:
    """CPU seconds of this process and of its children, also of those that were replaced meanwhile."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(_spent(child) for child in _children())


def peak() -> float:
    """The largest resident size in MiB: this process and its readers, each at its own peak."""
    return sum(_high_water(pid) for pid in ("self", *_children())) / 1024


def _children() -> list[str]:
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread may end while its row is read
            found += (task / "children").read_text().split()
    return found


def _spent(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _high_water(pid: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def one_round(bureau: Bureau) -> dict[str, object]:
    """Poll every source once."""
    used, begun = cpu(), perf_counter()
    report = bureau.wait(poll_sources(bureau, force=True))
    rows = report.sources.values()
    return {
        "seconds": round(perf_counter() - begun, 3),
        "cpu": round(cpu() - used, 3),
        "peak_mib": round(peak(), 1),
        "new": report.new,
        "entries": sum(row.entries for row in rows),
        "unchanged": sum(row.unchanged for row in rows),
        "failed": report.failed,
    }


def main() -> None:
    """Open the bureau, start the readers, then a round a line."""
    port, count, formats, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    clock = MovedClock()
    fetcher = HttpFetcher(clock, "newsdigest-benchmark/1 (desk@bureau.example)", host_map=HostMap(port))
    settings = Settings(root=folder, round=RoundSettings(pages_per_source=0))
    with assembled(settings, clock, fetcher, sources(count, formats)) as bureau:
        body = b"<rss version='2.0'><channel><item><title>x</title></item></channel></rss>"
        job = ReadJob("feed", body, {"address": "", "media_type": "", "zone": "UTC", "now": clock.now()})

        async def warm() -> None:
            import asyncio

            await asyncio.gather(*(bureau.reader.read(job) for _ in range(4)))

        bureau.wait(warm())
        print("ready", flush=True)
        for _ in sys.stdin:
            print(json.dumps(one_round(bureau)), flush=True)
            clock.pass_time(hours=1)


if __name__ == "__main__":
    main()
