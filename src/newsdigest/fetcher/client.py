"""The fetcher over httpx: one address at a time, politely, within limits, only where it is safe."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from newsdigest.errors import FetchError, Refused, TooLarge, UnsafeAddress
from newsdigest.fetcher.address import Target, next_target, parse_target
from newsdigest.fetcher.answers import PERMANENT, REDIRECTS, challenge, error_of
from newsdigest.fetcher.body import Limits, read_body
from newsdigest.fetcher.connections import Connections, Resolver, Unreachable, resolve
from newsdigest.fetcher.host_map import HostMap
from newsdigest.fetcher.robots import ALLOWED, MAXIMUM_BYTES, UNREACHABLE, Robots, parse_robots
from newsdigest.fetcher.waiting import HostTurns
from newsdigest.ports import Clock, Request, Response, Validators

ROBOTS_KEPT = timedelta(hours=24)
ROBOTS_KEPT_UNREACHABLE = timedelta(hours=1)
_ACCEPT = {
    True: b"text/html, application/xhtml+xml, */*;q=0.5",
    False: b"application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
}


@dataclass(slots=True)
class _Answer:
    """One hop's answer: headers, and the body where there was one to read."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


class HttpFetcher:
    """ports.Fetcher over httpx. ``host_map`` is for the demo's, tests' and benchmarks' own wiring only.

    Politeness (turns, pauses, back-off, Retry-After) waits on ``clock``; time-outs and the total deadline of the network run in real
    seconds. ``connections`` is how many hosts are asked at once. No cookie is kept, no Referer sent.
    """

    def __init__(
        self,
        clock: Clock,
        user_agent: str,
        *,
        limits: Limits | None = None,
        connections: int = 32,
        host_map: HostMap | None = None,
        resolver: Resolver = resolve,
    ) -> None:
        self._clock = clock
        self._user_agent = user_agent.encode("ascii")
        self._limits = limits or Limits()
        self._connections = Connections(self._limits, host_map, resolver)
        self._at_once = connections
        self._network = asyncio.Semaphore(connections)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.turns = HostTurns(clock)
        self._robots: dict[str, tuple[Robots, datetime]] = {}
        self._robots_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def fetch(self, request: Request) -> Response:
        """Fetch one address with its redirects; status 200 or 304, everything else raises a FetchError."""
        self._settle()
        return await self._follow(request, self._limits, ask_robots=True)

    async def close(self) -> None:
        """Let go of connections."""
        self._settle()
        await self._connections.close()

    def _settle(self) -> None:
        """Start anew with what is bound to an event loop: a caller may run each round in a loop of its own. Memory of hosts stays."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop = loop
            self._network = asyncio.Semaphore(self._at_once)
            self._robots_locks.clear()
            self.turns.renew_locks()
            self._connections.forget()

    async def _follow(self, request: Request, limits: Limits, *, ask_robots: bool) -> Response:
        target = parse_target(request.address)
        seen: set[str] = set()
        permanent = True
        seconds_left = limits.total
        while True:
            seen.add(target.address)
            if ask_robots:
                await self._check_robots(target, request.page)
            answer, seconds = await self._hop(target, request, limits, seconds_left)
            seconds_left -= seconds
            if answer.status not in REDIRECTS:
                return self._response(request, target, answer, permanent=permanent and len(seen) > 1)
            permanent = permanent and answer.status in PERMANENT
            target = self._next(target, answer, seen, limits)

    def _next(self, target: Target, answer: _Answer, seen: set[str], limits: Limits) -> Target:
        location = answer.header("location")
        if location is None:
            raise FetchError(f"{target.address} redirects to nowhere.", about=target.address, status=answer.status)
        following = next_target(target, _as_utf8(location))
        if following.address in seen:
            raise FetchError(f"{target.address} redirects in a circle.", about=target.address, status=answer.status)
        if len(seen) > limits.redirects:
            raise FetchError(
                f"{target.address} redirects more than {limits.redirects} times.",
                about=target.address,
                status=answer.status,
            )
        return following

    async def _hop(
        self, target: Target, request: Request, limits: Limits, seconds_left: float
    ) -> tuple[_Answer, float]:
        headers = self._headers(request.page, request.validators)
        async with self.turns.turn(target.host, target.address), self._network:
            started = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(max(seconds_left, 0.001)):
                    answer = await self._exchange(target, headers, limits)
            except Unreachable:
                self.turns.failed(target.host, unreachable=True)
                raise
            except (TimeoutError, httpx.TimeoutException) as error:
                self.turns.failed(target.host, unreachable=isinstance(error, httpx.ConnectTimeout))
                raise FetchError(f"{target.address} took too long.", about=target.address) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                self.turns.failed(target.host, unreachable=isinstance(error, httpx.ConnectError))
                sentence = f"{target.address} broke off the exchange ({error or type(error).__name__})."
                raise FetchError(sentence, about=target.address) from error
            self._note(target, answer, robots=limits.cut)
            return answer, asyncio.get_running_loop().time() - started

    async def _exchange(self, target: Target, headers: list[tuple[bytes, bytes]], limits: Limits) -> _Answer:
        try:
            return await self._read(await self._connections.open(target, headers), target, limits)
        finally:
            self._connections.done(target)

    async def _read(self, response: httpx.Response, target: Target, limits: Limits) -> _Answer:
        try:
            size = sum(len(name) + len(value) + 4 for name, value in response.headers.raw)
            if size > limits.headers:
                raise TooLarge(f"{target.address} sends {size} bytes of headers.", about=target.address)
            named = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in response.headers.raw]
            answer = _Answer(response.status_code, named, b"")
            if answer.status == 200:
                answer.body = await self._body(response, answer, target, limits)
            return answer
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response, answer: _Answer, target: Target, limits: Limits) -> bytes:
        length = answer.header("content-length") or ""
        if length.isdigit() and int(length) > limits.wire and not limits.cut:
            raise TooLarge(f"{target.address} announces {length} bytes.", about=target.address)
        encodings = ",".join(value for name, value in answer.headers if name.lower() == "content-encoding")
        stream = response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise FetchError(f"{target.address} gave no stream.", about=target.address)
        return await read_body(stream, encodings, limits, target.address)

    def _note(self, target: Target, answer: _Answer, *, robots: bool) -> None:
        """Let the host's state follow its answer; a robots.txt served well does not make up for failing feeds."""
        if answer.status in (429, 503):
            error = error_of(answer.status, target.address, answer.header("retry-after"), self._clock.now())
            if error.retry_at is not None:
                self.turns.told_to_wait(target.host, error.retry_at)
            else:
                self.turns.failed(target.host, unreachable=True)
        elif answer.status >= 500:
            self.turns.failed(target.host, unreachable=False)
        elif not robots:
            self.turns.succeeded(target.host)

    def _response(self, request: Request, target: Target, answer: _Answer, *, permanent: bool) -> Response:
        now = self._clock.now()
        if challenge(answer.headers, answer.body):
            raise Refused(
                f"{target.address} answers with a page that wants proof of a person.",
                about=request.address,
                status=answer.status,
            )
        conditional = request.validators != Validators()
        if answer.status != 200 and not (answer.status == 304 and conditional):
            raise error_of(answer.status, request.address, answer.header("retry-after"), now)
        return Response(
            address=request.address,
            final_address=target.address,
            status=answer.status,
            headers=tuple(answer.headers),
            body=answer.body,
            received=now,
            permanent=permanent,
        )

    def _headers(self, page: bool, validators: Validators) -> list[tuple[bytes, bytes]]:
        headers = [(b"User-Agent", self._user_agent), (b"Accept", _ACCEPT[page]), (b"Accept-Encoding", b"gzip")]
        if validators.etag is not None:
            headers.append((b"If-None-Match", validators.etag.encode("latin-1")))
        if validators.last_modified is not None:
            headers.append((b"If-Modified-Since", validators.last_modified.encode("latin-1")))
        return headers

    async def _check_robots(self, target: Target, page: bool) -> None:
        robots = await self._robots_of(target)
        if robots.forbids(target.path):
            raise Refused(f"The robots.txt of {target.host} closes {target.address} to us.", about=target.address)
        # A feed is offered to readers: only a rule that names it closes it, not a robots.txt that cannot be had.
        if page and not robots.reachable:
            raise FetchError(
                f"The robots.txt of {target.host} could not be had, so its pages wait.", about=target.address
            )

    async def _robots_of(self, target: Target) -> Robots:
        origin = f"{target.scheme}://{target.authority}"
        async with self._robots_locks[origin]:
            kept = self._robots.get(origin)
            if kept is not None and self._clock.now() < kept[1]:
                return kept[0]
            robots = await self._ask_robots(target, origin)
            lasts = ROBOTS_KEPT if robots.reachable else ROBOTS_KEPT_UNREACHABLE
            self._robots[origin] = (robots, self._clock.now() + lasts)
            self.turns.slow_down(target.host, robots.crawl_delay)
            return robots

    async def _ask_robots(self, target: Target, origin: str) -> Robots:
        limits = replace(self._limits, decoded=MAXIMUM_BYTES, cut=True)
        request = Request(address=f"{origin}/robots.txt", source="robots", page=True)
        try:
            answer = await self._follow(request, limits, ask_robots=False)
        except Unreachable:
            raise
        except UnsafeAddress as error:
            if error.about == request.address:
                raise
            return ALLOWED
        except FetchError as error:
            if error.retry_at is not None and error.status is None:
                raise
            # RFC 9309 2.3.1.3: 4xx and endless redirects leave all open; 2.3.1.4: a failing server leaves nothing open.
            open_to_all = error.status is not None and error.status < 500 and error.status != 429
            return ALLOWED if open_to_all else UNREACHABLE
        return parse_robots(answer.body)


def _as_utf8(header: str) -> str:
    # Addresses in a Location often stand there as raw UTF-8, which the header's Latin-1 reading has taken apart.
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
