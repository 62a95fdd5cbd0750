"""Readers in worker processes that can be killed: a page that takes too long or too much ends its worker, not the round."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pickle import UnpicklingError
from queue import SimpleQueue
from typing import IO, Any

from newsdigest.errors import ReadError
from newsdigest.isolation.frames import receive, send
from newsdigest.items.tables import ReadingTables
from newsdigest.ports import ReadJob

START_SECONDS = 60.0


class WorkerReader:
    """A few worker processes, started when first needed; a killed one is replaced for the next job.

    ``seconds`` is the wall limit of one job, ``mebibytes`` the memory a job may take above the worker's own.
    """

    def __init__(
        self,
        tables: Mapping[str, Mapping[str, Any]],
        *,
        workers: int = 2,
        seconds: float = 10.0,
        mebibytes: int = 384,
    ) -> None:
        """``tables`` are the lexicon's (``lexicon.tables``)."""
        self._tables = ReadingTables.of(tables)
        self._seconds = seconds
        self._mebibytes = mebibytes
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="reader")
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        for _ in range(workers):
            self._add(_Worker(self._tables, mebibytes))

    def _add(self, worker: _Worker) -> None:
        self._all.append(worker)
        self._idle.put(worker)

    async def read(self, job: ReadJob) -> Any:
        """Return what the reader made of the bytes, or raise ReadError; at most ``workers`` jobs run side by side."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, job)

    async def close(self) -> None:
        """End the workers; jobs under way fail."""
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _read(self, job: ReadJob) -> Any:
        worker = self._idle.get()
        try:
            return worker.run(job, self._seconds)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process and its two pipes; started on the first job, and again after it died."""

    def __init__(self, tables: ReadingTables, mebibytes: int) -> None:
        self._tables = tables
        self._mebibytes = mebibytes
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: ReadJob, seconds: float) -> Any:
        about = str(job.arguments.get("address", job.task))
        for attempt in (1, 2):
            process = self._started(about)
            try:
                answer = self._ask(process, (job.task, job.body, dict(job.arguments)), seconds)
                break
            except TimeoutError as error:
                raise ReadError(f"Reading the {job.task} took longer than {seconds:g} seconds.", about=about) from error
            except (EOFError, OSError, UnpicklingError) as error:
                self.kill()
                # a worker that had served its number of jobs ends between two: the next one takes the job over, once
                if attempt == 2:
                    raise ReadError(f"The reader of the {job.task} ended before its answer.", about=about) from error
        if answer[0] == "made":
            return answer[1]
        raise ReadError(str(answer[1]), about=str(answer[2]))

    def kill(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        process.wait()

    def _started(self, about: str) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.kill()
        # the very paths of this process: a checkout need not be installed
        code = f"import sys; sys.path[:] = {sys.path!r}; from newsdigest.isolation.worker import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            self._ask(self._process, (self._tables, self._mebibytes), START_SECONDS)
        except (TimeoutError, EOFError, OSError) as error:
            self.kill()
            raise ReadError("No reader process could be started.", about=about) from error
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], question: Any, seconds: float) -> Any:
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            stdin, stdout = _pipes(process)
            send(stdin, question)
            return receive(stdout, trusted=False)
        except (EOFError, OSError, UnpicklingError):
            if late.is_set():
                self.kill()
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:  # pragma: no cover - both were asked for
        raise OSError("The reader has no pipes.")
    return process.stdin, process.stdout
