"""Which addresses we connect to: http and https on their own ports, and only global unicast hosts."""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from newsdigest.errors import UnsafeAddress

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_ASCII_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Python 3.11's is_global is true for several of these; each is a way to reach another network than the one it shows.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """One address taken apart: ``host`` is lower-case ASCII without brackets, ``path`` carries the query, ``literal`` is set for IPs."""

    scheme: str
    host: str
    path: str
    literal: IPAddress | None = None

    @property
    def port(self) -> int:
        """The scheme's own port: no other is ever asked for."""
        return _PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """What the Host header says."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def address(self) -> str:
        """The address as we write it."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse_target(address: str) -> Target:
    """Take an address apart; raise UnsafeAddress with the reason where we do not go there."""
    address = address.strip(" \t\r\n")
    if any(ord(character) < 32 or ord(character) == 127 for character in address) or "\\" in address:
        raise _unsafe(address, "it contains a control character or a backslash")
    try:
        parts = urlsplit(address)
        port = parts.port
        hostname = parts.hostname
    except ValueError as error:
        raise _unsafe(address, "it is not an address") from error
    if parts.scheme not in _PORTS:
        raise _unsafe(address, "only http and https are fetched")
    if "@" in parts.netloc:
        raise _unsafe(address, "it carries a user name or a password")
    if port not in (None, _PORTS[parts.scheme]):
        raise _unsafe(address, f"port {port} is not the port of {parts.scheme}")
    if not hostname:
        raise _unsafe(address, "it names no host")
    host, literal = _host(hostname, address)
    if literal is not None:
        check_ip(literal, address)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]{}|^`\"<>")
    return Target(parts.scheme, host, path, literal)


def next_target(current: Target, location: str) -> Target:
    """Return where a redirect leads; raise UnsafeAddress for one that leaves https or the rules above."""
    target = parse_target(urljoin(current.address, location.strip()))
    if current.scheme == "https" and target.scheme == "http":
        raise _unsafe(target.address, f"{current.address} redirects from https to http")
    return target


def check_ip(ip: IPAddress, address: str) -> None:
    """Raise UnsafeAddress unless the IP address is global unicast, whatever is embedded in it."""
    if not is_global_unicast(ip):
        raise _unsafe(address, f"{ip} is not a public address")


def is_global_unicast(ip: IPAddress) -> bool:
    """Whether an address is one host of the public Internet.

    IPv4-mapped addresses count as the IPv4 address inside; NAT64, 6to4, Teredo and IPv4-compatible ones are refused altogether.
    """
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_global_unicast(ip.ipv4_mapped)
        if ip not in _GLOBAL_UNICAST or ip.scope_id is not None:
            return False
    if ip.is_multicast or ip.is_reserved or ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_unspecified:
        return False
    return ip.is_global and not any(ip in network for network in _REFUSED if network.version == ip.version)


def _host(hostname: str, address: str) -> tuple[str, IPAddress | None]:
    # Full-width digits and dots are folded first: browsers and resolvers read them as plain ones.
    host = unicodedata.normalize("NFKC", hostname).lower().rstrip(".")
    if ":" in host or "%" in host:
        try:
            six = ipaddress.IPv6Address(host)
        except ValueError as error:
            raise _unsafe(address, "its host is not an IPv6 address") from error
        return str(six), six
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _unsafe(address, "its host is not a name") from error
    if _NUMBER.fullmatch(host.rsplit(".", 1)[-1]):
        return _loose_ipv4(host, address)
    if not _ASCII_HOST.fullmatch(host):
        raise _unsafe(address, "its host is not a name")
    return host, None


def _loose_ipv4(host: str, address: str) -> tuple[str, IPAddress]:
    # 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1 to a resolver.
    if not all(_NUMBER.fullmatch(part) for part in host.split(".")):
        raise _unsafe(address, "its host is not a name")
    try:
        four = ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError as error:
        raise _unsafe(address, "its host is not an IPv4 address") from error
    return str(four), four


def _unsafe(address: str, reason: str) -> UnsafeAddress:
    return UnsafeAddress(f"{address[:300]} is not fetched: {reason}.", about=address)
