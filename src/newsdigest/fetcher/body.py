"""Reading an answer's body within its limits, decoding it in bounded steps."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from dataclasses import dataclass

from newsdigest.errors import FetchError, TooLarge

MEBIBYTE = 1024 * 1024
_STEP = 64 * 1024
# Some servers put the character set there; that is no content encoding.
_NO_ENCODING = ("identity", "none", "binary", "utf-8", "utf8")
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds an answer may take. ``cut`` keeps what fits instead of raising (robots.txt)."""

    wire: int = 5 * MEBIBYTE
    decoded: int = 15 * MEBIBYTE
    headers: int = 64 * 1024
    connect: float = 5.0
    read: float = 15.0
    total: float = 30.0
    redirects: int = 5
    cut: bool = False


async def read_body(chunks: AsyncIterable[bytes], encoding: str | None, limits: Limits, address: str) -> bytes:
    """Return the decoded body of a raw stream.

    httpx's own decoding hands out a whole decompressed chunk at once (measured: 512 MiB for 980 bytes of nested gzip), so the raw
    stream goes through zlib with a maximum length here. Raises TooLarge past a limit, FetchError for an encoding that we did not ask for.
    """
    decoder = _decoder(encoding, limits, address)
    wire = 0
    async for chunk in chunks:
        wire += len(chunk)
        if wire > limits.wire and not limits.cut:
            raise TooLarge(f"{address} sends more than {limits.wire} bytes.", about=address)
        decoder.feed(chunk)
        if limits.cut and (decoder.full or wire > limits.wire):
            return decoder.content()
    decoder.finish()
    return decoder.content()


class _Plain:
    """Collects bytes up to the limit."""

    def __init__(self, limits: Limits, address: str) -> None:
        self._limits = limits
        self._address = address
        self._kept = bytearray()

    @property
    def full(self) -> bool:
        return len(self._kept) >= self._limits.decoded

    def feed(self, data: bytes) -> None:
        self._keep(data)

    def finish(self) -> None:
        """The stream ended."""

    def content(self) -> bytes:
        return bytes(self._kept)

    def _keep(self, data: bytes) -> None:
        if len(self._kept) + len(data) > self._limits.decoded:
            if not self._limits.cut:
                raise TooLarge(f"{self._address} is larger than {self._limits.decoded} bytes.", about=self._address)
            data = data[: self._limits.decoded - len(self._kept)]
        self._kept += data


class _Inflating(_Plain):
    """Inflates gzip (any number of members), zlib or raw deflate, never more than one step at a time."""

    def __init__(self, limits: Limits, address: str, gzip: bool) -> None:
        super().__init__(limits, address)
        self._gzip = gzip
        self._begun = False
        self._inflate = zlib.decompressobj(_GZIP if gzip else zlib.MAX_WBITS)

    def feed(self, data: bytes) -> None:
        if not data or (self._inflate.eof and not self._next_member(data)):
            return
        try:
            self._inflate_all(data)
        except zlib.error as error:
            if self._gzip or self._begun:
                raise FetchError(f"{self._address} sends broken compressed data.", about=self._address) from error
            # "deflate" without the zlib wrapper, as some servers send it.
            self._begun = True
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            self.feed(data)

    def finish(self) -> None:
        # All input may be taken in while output is still waiting behind the step's maximum.
        while not self._inflate.eof and (rest := self._inflate.decompress(b"", _STEP)):
            self._keep(rest)
        if not self._inflate.eof and not self._limits.cut:
            raise FetchError(f"{self._address} was cut off before its end.", about=self._address)

    def _inflate_all(self, data: bytes) -> None:
        while data and not self._enough():
            self._keep(self._inflate.decompress(data, _STEP))
            self._begun = True
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data = self._inflate.unused_data
                if not self._next_member(data):
                    return

    def _enough(self) -> bool:
        return self._limits.cut and self.full

    def _next_member(self, data: bytes) -> bool:
        if not (self._gzip and data.startswith(b"\x1f\x8b")):
            return False
        self._inflate = zlib.decompressobj(_GZIP)
        return True


def _decoder(encoding: str | None, limits: Limits, address: str) -> _Plain:
    names = [name.strip().lower() for name in (encoding or "").split(",")]
    applied = [name for name in names if name and name not in _NO_ENCODING]
    if not applied:
        return _Plain(limits, address)
    if len(applied) > 1:
        raise FetchError(f"{address} is compressed more than once ({encoding}), which is refused.", about=address)
    if applied[0] in ("gzip", "x-gzip"):
        return _Inflating(limits, address, gzip=True)
    if applied[0] == "deflate":
        return _Inflating(limits, address, gzip=False)
    raise FetchError(f"{address} is encoded as {applied[0]!r}, which we did not ask for.", about=address)
