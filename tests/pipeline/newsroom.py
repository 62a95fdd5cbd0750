"""A small newsroom on loopback: a threaded site by host and path, a clock tests move, a bureau over both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsdigest.fetcher.client import HttpFetcher
from newsdigest.fetcher.host_map import HostMap
from newsdigest.isolation.inline import InlineReader
from newsdigest.pipeline.bureau import Bureau
from newsdigest.ports import Reader
from newsdigest.settings import Settings
from newsdigest.sources.source import Source
from newsdigest.wiring import assembled, packaged_lexicon

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


class MovedClock:
    """ports.Clock that tests move; sleeping passes virtual time only."""

    def __init__(self) -> None:
        self.instant = START

    def now(self) -> datetime:
        return self.instant

    async def sleep(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)

    def pass_time(self, **span: float) -> None:
        self.instant += timedelta(**span)


Live = Callable[[Mapping[str, str]], tuple[int, Mapping[str, str], bytes]]


@dataclass
class Newsroom:
    """Pages by (host, path): status, media type, body; ``headers`` what else to answer; ``log`` is what was asked.

    ``live`` answers by (host, path) for itself: from the request's headers (lower-case names) to status, headers, body. ``sent`` holds the
    headers of every request beside ``log``.
    """

    pages: dict[tuple[str, str], tuple[int, str, bytes]] = field(default_factory=dict)
    headers: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    live: dict[tuple[str, str], Live] = field(default_factory=dict)
    port: int = 0

    def serve(
        self, host: str, path: str, body: str | bytes, media_type: str = "text/html; charset=utf-8", status: int = 200
    ) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.pages[(f"{host}.replay.invalid", path)] = (status, media_type, content)

    def feed(self, host: str, *entries: tuple[str, str, str], published: str = "Mon, 02 Mar 2026 05:00:00 GMT") -> None:
        """Serve an RSS feed and one page an entry: (slug, title, body)."""
        items = []
        for slug, title, body in entries:
            link = f"https://{host}.replay.invalid/{slug}"
            items.append(
                f"<item><guid>{slug}</guid><link>{link}</link><title>{title}</title><description>{body[:60]}</description>"
                f"<pubDate>{published}</pubDate></item>"
            )
            paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n"))
            self.serve(
                host,
                f"/{slug}",
                f"<html><body><nav>Home</nav><article><h1>{title}</h1>{paragraphs}</article></body></html>",
            )
        feed = f"<rss version='2.0'><channel><title>{host}</title>{''.join(items)}</channel></rss>"
        self.serve(host, "/feed", feed, "application/rss+xml")


def source(identity: str, **more: object) -> Source:
    """A source of this newsroom."""
    fields: dict[str, object] = {
        "id": identity,
        "name": {"en": identity.title()},
        "kind": "newspaper",
        "language": "en",
        "address": f"https://{identity}.replay.invalid/feed",
    }
    return Source.model_validate({**fields, **more})


@contextmanager
def served(newsroom: Newsroom) -> Iterator[None]:
    """Serve the newsroom on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            asked = {name.lower(): value for name, value in self.headers.items()}
            newsroom.log.append((host, self.path))
            newsroom.sent.append(asked)
            headers = dict(newsroom.headers.get((host, self.path), {}))
            if live := newsroom.live.get((host, self.path)):
                status, more, body = live(asked)
                headers |= more
            else:
                status, media_type, body = newsroom.pages.get((host, self.path), (404, "text/plain", b"nothing here"))
                headers = {"Content-Type": media_type} | headers
            self.send_response(status)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    newsroom.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def bureau_of(
    newsroom: Newsroom,
    folder: Path,
    clock: MovedClock,
    *sources: Source,
    settings: Settings | None = None,
    reader: Reader | None = None,
) -> Iterator[Bureau]:
    """A bureau over the served newsroom; ``reader`` None reads in this process."""
    fetcher = HttpFetcher(clock, "newsdigest-tests/1 (desk@bureau.example)", host_map=HostMap(newsroom.port))
    reader = reader or InlineReader(packaged_lexicon().tables)
    with assembled(settings or Settings(root=folder), clock, fetcher, sources, reader=reader) as bureau:
        yield bureau
