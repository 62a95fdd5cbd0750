"""The worker process: reads jobs from its input until that ends, within a limit of memory."""

from __future__ import annotations

import logging
import os
import resource
import sys
from typing import IO, Any

from newsdigest.errors import ReadError
from newsdigest.isolation.frames import receive, send
from newsdigest.isolation.tasks import run

# Jobs after which a worker gives way to a fresh one: libraries keep caches and lxml its dictionary of names.
MOST_JOBS = 2000


def main() -> None:
    """Serve jobs: the first frame is (tables, MiB above what the process needs itself), every other (task, body, arguments)."""
    jobs, answers = _private_streams()
    sys.setrecursionlimit(3000)
    logging.disable(logging.CRITICAL)
    try:
        tables, mebibytes = receive(jobs, trusted=True)
        _import_readers()
        _limit_memory(mebibytes)
        send(answers, ("ready",))
        for _ in range(MOST_JOBS):
            task, body, arguments = receive(jobs, trusted=True)
            send(answers, _answer(task, body, arguments, tables))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass


def _answer(task: str, body: bytes, arguments: dict[str, Any], tables: Any) -> tuple[Any, ...]:
    try:
        return ("made", run(task, body, arguments, tables))
    except ReadError as error:
        return ("refused", str(error), error.about)
    except MemoryError:
        return ("refused", f"The {task} needs more memory than a reader may use.", str(arguments.get("address", task)))


def _private_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take the two pipes away from whatever prints or reads: libraries get /dev/null."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return jobs, answers


def _import_readers() -> None:
    # once, before the first job: its time is not to be charged to a page
    import newsdigest.items.feed
    import newsdigest.items.listing
    import newsdigest.items.page  # noqa: F401


def _limit_memory(mebibytes: int) -> None:
    """Allow so much address space above what the imports took (Linux and others that keep RLIMIT_AS)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        used = 1 << 30
    limit = used + mebibytes * 1024 * 1024
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    main()
