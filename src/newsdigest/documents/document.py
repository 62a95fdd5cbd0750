"""What we received: one capture of one address, bytes as they came."""

from __future__ import annotations

from pydantic import AwareDatetime

from newsdigest.records import Record


class Document(Record):
    """A capture: the bytes are kept beside it in the store, under ``sha256``.

    ``key`` derives from address and hash; ``headers`` are lower-case names with their raw values;
    ``received`` is UTC. ``address`` is the address asked for, ``final_address`` where the answer came from.
    """

    key: str
    source: str
    address: str
    final_address: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    sha256: str
    size: int
    media_type: str = ""
    encoding: str = ""
    received: AwareDatetime
    intake: str = "poll"
