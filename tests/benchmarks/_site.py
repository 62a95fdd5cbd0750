"""``python -m tests.benchmarks._site FOLDER``: feeds on loopback, in a process of its own so that its time is not the poller's.

``FOLDER`` holds ``0.feed``, ``1.feed`` …; every host is answered with the file of its number (``f17.replay.invalid``, or the path ``/17``) modulo
their count, gzip as servers do, with an ETag. ``/.edit`` makes every feed change: one more entry in each. Prints its port.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import sys
from pathlib import Path

_NUMBER = re.compile(rb"Host: f(\d+)\.|GET /(\d+)", re.IGNORECASE)
_FIRST = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")


class Feeds:
    """The bodies, compressed once an edition."""

    def __init__(self, folder: Path) -> None:
        self.originals = [path.read_bytes() for path in sorted(folder.glob("*.feed"), key=lambda path: int(path.stem))]
        self.edition = 0
        self.bodies = [gzip.compress(body, 6) for body in self.originals]

    def edit(self) -> None:
        """Another edition: where the first entry of a feed stands, a new one stands before it."""
        self.edition += 1
        self.bodies = [gzip.compress(self._edited(body), 1) for body in self.originals]

    def _edited(self, body: bytes) -> bytes:
        found = _FIRST.search(body)
        if found is None:
            return body + b"\n" * self.edition
        n = str(self.edition).encode()
        tag = found[0][1:-1].rstrip()
        name = b"id" if tag.endswith(b"entry") else b"guid"
        link = b"https://news.invalid/edition/" + n
        where = b'<link href="' + link + b'"/>' if name == b"id" else b"<link>" + link + b"</link>"
        words = b"<title>Edition " + n + b" of this feed is out</title>" + where
        made = b"<" + tag + b"><" + name + b">edition-" + n + b"</" + name + b">" + words + b"</" + tag + b">"
        return body[: found.start()] + made + body[found.start() :]


async def answer(feeds: Feeds, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve one connection until the other side leaves."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            found = _NUMBER.search(head)
            if path == b"/.edit":
                feeds.edit()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            elif found is None or path == b"/robots.txt":
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                writer.write(feed(feeds, int(found[1] or found[2]), head))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def feed(feeds: Feeds, number: int, head: bytes) -> bytes:
    """The answer for one feed: 304 where its ETag came back."""
    tag = f'"{feeds.edition}-{number}"'.encode()
    if tag in head:
        return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
    original = feeds.originals[number % len(feeds.originals)]
    kind = b"application/feed+json" if original.lstrip()[:1] == b"{" else b"application/xml"
    body = feeds.bodies[number % len(feeds.bodies)]
    top = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nContent-Encoding: gzip\r\nETag: " + tag
    return top + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body


async def main() -> None:
    """Serve until the input ends."""
    feeds = Feeds(Path(sys.argv[1]))
    server = await asyncio.start_server(
        lambda reader, writer: answer(feeds, reader, writer), "127.0.0.1", 0, backlog=4096
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
