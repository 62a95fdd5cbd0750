"""Readers in this process and in workers: the same answers, and a job that takes too long or too much ends alone."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import pytest

from newsdigest.errors import ReadError
from newsdigest.isolation.frames import receive, send
from newsdigest.isolation.inline import InlineReader
from newsdigest.isolation.tasks import TASKS
from newsdigest.isolation.workers import WorkerReader
from newsdigest.ports import Reader, ReadJob
from newsdigest.sources.source import Selectors
from tests.reading import NOW, packaged_lexicon

PAGE = b"<html><body><article><h1>T</h1><p>Two ships collided.</p></article></body></html>"
ARGUMENTS = {"address": "https://x.example/", "media_type": "", "zone": "UTC", "now": NOW}


def page(body: bytes = PAGE) -> ReadJob:
    return ReadJob("page", body, {**ARGUMENTS, "selectors": Selectors(), "language": "en"})


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerReader]:
    reader = WorkerReader(packaged_lexicon().tables, seconds=2.0)
    yield reader
    asyncio.run(reader.close())


@pytest.fixture(params=["inline", "workers"])
def reader(request: pytest.FixtureRequest, workers: WorkerReader) -> Reader:
    return InlineReader(packaged_lexicon().tables) if request.param == "inline" else workers


JOBS = [
    page(),
    ReadJob(
        "feed",
        b"<rss><channel><item><title>a</title><link>https://x.example/1</link></item></channel></rss>",
        ARGUMENTS,
    ),
    ReadJob("json_feed", b'{"items": [{"id": "1", "content_text": "x"}]}', ARGUMENTS),
    ReadJob("sitemap", b"<urlset><url><loc>https://x.example/1</loc></url></urlset>", ARGUMENTS),
    ReadJob("listing", b"<ul><li data-guid='g'><a href='/1'>a</a></li></ul>", {**ARGUMENTS, "selectors": Selectors()}),
    ReadJob("intake", b"Words.", {**ARGUMENTS, "language": "en", "title": "", "published": ""}),
]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.task)
def test_every_task_answers(reader: Reader, job: ReadJob) -> None:
    answer = asyncio.run(reader.read(job))
    assert answer == asyncio.run(InlineReader(packaged_lexicon().tables).read(job))
    assert {job.task for job in JOBS} == set(TASKS)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_feed_that_answers_json_is_read_as_json(reader: Reader, codec: str) -> None:
    body = '{"items": [{"id": "1", "title": "x"}]}'.encode(codec)
    answer = asyncio.run(reader.read(ReadJob("feed", body, ARGUMENTS)))
    assert [entry.guid for entry in answer.entries] == ["1"]


def test_what_cannot_be_read_is_a_read_error(reader: Reader) -> None:
    with pytest.raises(ReadError) as caught:
        asyncio.run(reader.read(ReadJob("feed", b"<html></html>", ARGUMENTS)))
    assert caught.value.about == "https://x.example/"
    with pytest.raises(ReadError):
        asyncio.run(reader.read(ReadJob("no_such_task", b"", {})))
    with pytest.raises(ReadError):
        asyncio.run(reader.read(ReadJob("feed", b"", {"wrong": "arguments"})))


@pytest.mark.timing
def test_a_job_past_its_time_is_killed_and_the_next_one_runs(workers: WorkerReader) -> None:
    slow = (
        b"<rss><channel><item><description><![CDATA["
        + b"<!--" * 3_000_000
        + b"]]></description></item></channel></rss>"
    )
    begun = time.monotonic()
    with pytest.raises(ReadError, match="longer than 2 seconds"):
        asyncio.run(workers.read(ReadJob("feed", slow, ARGUMENTS)))
    assert time.monotonic() - begun < 8
    assert asyncio.run(workers.read(page())).state == "full"


def test_a_job_past_its_memory_is_refused_and_the_next_one_runs() -> None:
    async def main() -> str:
        reader = WorkerReader(packaged_lexicon().tables, workers=1, mebibytes=48)
        try:
            with pytest.raises(ReadError):
                await reader.read(page(b"<p>" + b"<b>word " * 4_000_000))
            return (await reader.read(page())).state
        finally:
            await reader.close()

    assert asyncio.run(main()) == "full"


def test_a_worker_that_is_killed_is_replaced(workers: WorkerReader) -> None:
    assert asyncio.run(workers.read(page())).state == "full"
    for worker in workers._all:
        if worker._process is not None:
            os.kill(worker._process.pid, signal.SIGKILL)
            worker._process.wait()
    assert asyncio.run(workers.read(page())).state == "full"


def test_jobs_run_side_by_side_and_all_answer(workers: WorkerReader) -> None:
    async def main() -> list[object]:
        return await asyncio.gather(*(workers.read(page()) for _ in range(20)))

    assert len({answer.text for answer in asyncio.run(main())}) == 1  # type: ignore[attr-defined]


def test_an_answer_may_hold_nothing_but_what_readers_make() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (os.system, ("echo bad",))

    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "wb") as out, os.fdopen(read_end, "rb") as back:
        send(out, ("made", Evil()))
        with pytest.raises(Exception, match="may not hold"):
            receive(back, trusted=False)


def test_no_worker_starts_before_the_first_job() -> None:
    reader = WorkerReader(packaged_lexicon().tables)
    assert all(worker._process is None for worker in reader._all)
    asyncio.run(reader.close())
