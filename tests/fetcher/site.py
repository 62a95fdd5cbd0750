"""A loopback site that logs every request, and a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.host_map import HostMap

START = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
AGENT = "newsdigest/0.1 (+https://bureau.example/bot)"


class StillClock:
    """ports.Clock that stands still but for ``sleep`` and ``pass_time``."""

    def __init__(self) -> None:
        self.instant = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.instant

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.instant += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def pass_time(self, **span: float) -> None:
        self.instant += timedelta(**span)


@dataclass
class Seen:
    """One request as it arrived."""

    host: str
    path: str
    headers: dict[str, str]
    at: datetime


@dataclass
class Answer:
    """What to answer; ``drip`` sends the body a byte at a time with that pause."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    silent: bool = False


Route = Answer | Callable[[Seen], Answer]


class Site:
    """Routes by (host, path) or by path alone; 404 for the rest (so robots.txt allows all)."""

    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self.routes: dict[object, Route] = {}
        self.seen: list[Seen] = []
        self.port = 0
        self.open_now: dict[str, int] = {}
        self.most_open: dict[str, int] = {}

    def of(self, path: str, host: str | None = None) -> list[Seen]:
        return [request for request in self.seen if request.path == path and (host is None or request.host == host)]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self.answer(head.decode("latin-1"), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.rstrip("\r\n").split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        request = Seen(headers["host"], first.split(" ")[1], headers, self.clock.now())
        self.seen.append(request)
        self.open_now[request.host] = self.open_now.get(request.host, 0) + 1
        self.most_open[request.host] = max(self.most_open.get(request.host, 0), self.open_now[request.host])
        await asyncio.sleep(0)
        route = self.routes.get((request.host, request.path), self.routes.get(request.path, Answer(status=404)))
        given = route(request) if callable(route) else route
        if given.silent:
            await asyncio.sleep(3600)
        sent = {"Content-Length": str(len(given.body)), **given.headers}
        if given.status == 304:
            sent.pop("Content-Length")
        top = f"HTTP/1.1 {given.status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(top.encode("latin-1") + b"\r\n")
        if given.drip:
            for byte in given.body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(given.drip)
        else:
            writer.write(given.body)
        await writer.drain()
        self.open_now[request.host] -= 1


@asynccontextmanager
async def site_and_fetcher(**options: object) -> AsyncIterator[tuple[Site, HttpFetcher, StillClock]]:
    """Run a site on loopback and a fetcher whose ``*.replay.invalid`` names lead to it."""
    clock = StillClock()
    site = Site(clock)
    server = await asyncio.start_server(site.handle, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    fetcher = HttpFetcher(clock, AGENT, host_map=HostMap(port=site.port), **options)  # type: ignore[arg-type]
    try:
        yield site, fetcher, clock
    finally:
        await fetcher.close()
        server.close()
