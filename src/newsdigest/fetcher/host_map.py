"""Reserved names that demo, tests and benchmarks serve from this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HostMap:
    """Maps every host below ``suffix`` to one loopback address and port, in plain http.

    The suffix must end in ``.invalid`` (RFC 2606: no such host can exist) and the address must be loopback, so that a map can neither
    capture a real source nor open a private network. There is no setting for it: only a constructor argument of the fetcher.
    """

    port: int
    suffix: str = "replay.invalid"
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        if not self.suffix.endswith(".invalid"):
            raise ValueError(f"only names below .invalid can be mapped, not {self.suffix}")
        if not ipaddress.ip_address(self.address).is_loopback:
            raise ValueError(f"names can be mapped to loopback only, not to {self.address}")

    def covers(self, host: str) -> bool:
        """Whether the host is one of the mapped names."""
        return host.endswith("." + self.suffix)
