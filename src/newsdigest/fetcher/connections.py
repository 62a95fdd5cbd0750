"""Connections to hosts: one small transport a host, connected to an IP address that we have checked."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from functools import cache

import httpx

from newsdigest.errors import FetchError
from newsdigest.fetcher.address import IPAddress, Target, check_ip, is_global_unicast
from newsdigest.fetcher.body import Limits
from newsdigest.fetcher.host_map import HostMap

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
_TRIED = 3


class Unreachable(FetchError):
    """No connection to the host could be made."""


async def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host as the system resolves it, best first."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=1)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def _tls() -> ssl.SSLContext:
    # Loading the certificates takes some ten milliseconds: once, not once a host.
    return httpx.create_ssl_context(trust_env=False)


class Connections:
    """Opens requests on checked addresses.

    A name is resolved here and the connection goes to the very address that was checked (no second look-up that could answer otherwise);
    Host header and TLS name stay the host's. A transport a host, not one client: one pool of 64 connections costs five times the CPU,
    and a pool keyed by IP must not hand one host's TLS connection to another.
    """

    def __init__(
        self, limits: Limits, host_map: HostMap | None = None, resolver: Resolver = resolve, kept: int = 256
    ) -> None:
        self._limits = limits
        self._map = host_map
        self._resolve = resolver
        self._kept = kept
        self._busy: Counter[str] = Counter()
        self._transports: OrderedDict[str, httpx.AsyncHTTPTransport] = OrderedDict()

    async def open(self, target: Target, headers: Sequence[tuple[bytes, bytes]]) -> httpx.Response:
        """Send a GET and return the answer with its body unread; raise Unreachable or UnsafeAddress. ``done`` must follow."""
        self._busy[target.host] += 1
        transport = await self._transport(target.host)
        if self._map is not None and self._map.covers(target.host):
            return await transport.handle_async_request(
                request_to(target, "http", self._map.address, self._map.port, headers, self._limits)
            )
        failure: Exception | None = None
        for ip in (await self.addresses(target))[:_TRIED]:
            try:
                return await transport.handle_async_request(
                    request_to(target, target.scheme, str(ip), target.port, headers, self._limits)
                )
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise Unreachable(
            f"No connection to {target.host} could be made ({failure}).", about=target.address
        ) from failure

    def done(self, target: Target) -> None:
        """The answer was read or given up: the host's connection may be let go."""
        self._busy[target.host] -= 1
        if self._busy[target.host] <= 0:
            del self._busy[target.host]

    def forget(self) -> None:
        """Drop connections of an event loop that is gone: they cannot be closed any more."""
        self._transports.clear()
        self._busy.clear()

    async def close(self) -> None:
        """Close every connection."""
        while self._transports:
            await self._transports.popitem()[1].aclose()

    async def addresses(self, target: Target) -> list[IPAddress]:
        """Return the public addresses of a host, best first; raise UnsafeAddress where it has no public one, Unreachable where none."""
        if target.literal is not None:
            return [target.literal]
        try:
            async with asyncio.timeout(self._limits.connect):
                found = await self._resolve(target.host, target.port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"The name {target.host} could not be resolved.", about=target.address) from error
        addresses = [ipaddress.ip_address(text.split("%")[0]) for text in found]
        if not addresses:
            raise Unreachable(f"The name {target.host} has no address.", about=target.address)
        safe = [ip for ip in addresses if is_global_unicast(ip)]
        if not safe:
            check_ip(addresses[0], target.address)
        return safe

    async def _transport(self, host: str) -> httpx.AsyncHTTPTransport:
        transport = self._transports.get(host)
        if transport is None:
            transport = httpx.AsyncHTTPTransport(
                verify=_tls(),
                trust_env=False,
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=15),
            )
            self._transports[host] = transport
        self._transports.move_to_end(host)
        if len(self._transports) > self._kept:
            await self._let_go()
        return transport

    async def _let_go(self) -> None:
        idle = next((host for host in self._transports if host not in self._busy), None)
        if idle is not None:
            await self._transports.pop(idle).aclose()


def request_to(
    target: Target, scheme: str, ip: str, port: int, headers: Sequence[tuple[bytes, bytes]], limits: Limits
) -> httpx.Request:
    """Return the GET that goes to an IP address while Host header and TLS name (so the certificate asked for) stay the host's."""
    seconds = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.total}
    return httpx.Request(
        "GET",
        httpx.URL(scheme=scheme, host=ip, port=port, raw_path=target.path.encode("ascii")),
        headers=[(b"Host", target.authority.encode("ascii")), *headers],
        extensions={"timeout": seconds, "sni_hostname": target.host},
    )
