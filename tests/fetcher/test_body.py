"""Bodies are decoded in bounded steps."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest

from newsdigest.errors import FetchError, TooLarge
from newsdigest.fetcher.body import Limits, read_body

ADDRESS = "https://example.org/feed"


def read(body: bytes, encoding: str | None, limits: Limits | None = None, step: int = 1000) -> bytes:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), step):
            yield body[start : start + step]

    return asyncio.run(read_body(chunks(), encoding, limits or Limits(), ADDRESS))


TEXT = ("言葉 and words. " * 3000).encode()


def test_every_encoding_we_take_gives_the_same_bytes() -> None:
    raw = zlib.compressobj(wbits=-15)
    deflated = raw.compress(TEXT) + raw.flush()
    members = gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:])
    for body, encoding in (
        (TEXT, None),
        (TEXT, "identity"),
        (TEXT, "UTF-8"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZIP"),
        (members, "gzip"),
        (gzip.compress(TEXT) + b"\0\0rubbish", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (deflated, "deflate"),
    ):
        for step in (7, 1000, len(body)):
            assert read(body, encoding, step=step) == TEXT


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "br", "zstd", "compress"])
def test_nested_and_unknown_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(FetchError):
        read(gzip.compress(gzip.compress(TEXT)), encoding)


def test_a_cut_or_broken_stream_is_an_error_and_no_short_text() -> None:
    whole = gzip.compress(TEXT)
    with pytest.raises(FetchError):
        read(whole[:-20], "gzip")
    with pytest.raises(FetchError):
        read(b"no gzip at all", "gzip")
    with pytest.raises(FetchError):
        read(b"", "gzip")


def test_a_bomb_stops_at_the_limit_with_little_memory() -> None:
    bomb = gzip.compress(b"\0" * (256 * 1024 * 1024), 9)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read(bomb, "gzip", step=65536)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 * 1024 * 1024


def test_the_wire_has_its_own_limit() -> None:
    with pytest.raises(TooLarge):
        read(b"x" * 2000, None, Limits(wire=1000))
    assert read(b"x" * 1000, None, Limits(wire=1000)) == b"x" * 1000


def test_a_cut_reading_keeps_what_fits() -> None:
    limits = Limits(decoded=1000, cut=True)
    assert read(TEXT, None, limits) == TEXT[:1000]
    assert read(gzip.compress(TEXT), "gzip", limits) == TEXT[:1000]
