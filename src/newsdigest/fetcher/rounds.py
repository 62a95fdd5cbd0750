"""Many addresses at once: hosts side by side, the requests of one host one after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from urllib.parse import urlsplit

from newsdigest.errors import FetchError
from newsdigest.ports import Fetcher, Request, Response

Outcome = tuple[Request, Response | FetchError]


async def fetch_all(fetcher: Fetcher, requests: Iterable[Request]) -> AsyncIterator[Outcome]:
    """Yield each request with its response or its error, as they come; one task a host, none stops another.

    Errors outside the FetchError family are bugs and end the round.
    """
    by_host: dict[str, list[Request]] = {}
    for request in requests:
        by_host.setdefault(urlsplit(request.address).netloc.lower(), []).append(request)
    done: asyncio.Queue[Outcome | BaseException] = asyncio.Queue()
    tasks = [asyncio.create_task(_host(fetcher, group, done)) for group in by_host.values()]
    try:
        for _ in range(sum(len(group) for group in by_host.values())):
            outcome = await done.get()
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _host(fetcher: Fetcher, group: list[Request], done: asyncio.Queue[Outcome | BaseException]) -> None:
    for request in group:
        try:
            done.put_nowait((request, await fetcher.fetch(request)))
        except FetchError as error:
            done.put_nowait((request, error))
        except Exception as error:  # noqa: BLE001 - handed to the consumer, which raises it
            done.put_nowait(error)
            return
