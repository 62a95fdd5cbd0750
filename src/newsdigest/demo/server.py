"""A loopback server that hands out a replay as its feeds and pages stood at the clock's instant."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from newsdigest.demo.rendering import render_feed, render_page
from newsdigest.demo.replay import Replay, documents_by_feed
from newsdigest.demo.replay_file import ReplayDocument, ReplayFeed
from newsdigest.fetcher.host_map import HostMap
from newsdigest.ports import Clock


@dataclass(frozen=True, slots=True)
class Page:
    """What one address answers: status, media type, bytes, and when it last changed."""

    status: int
    media_type: str
    body: bytes
    changed: datetime | None = None

    @property
    def etag(self) -> str:
        """A strong validator of the bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class ReplaySite:
    """What each host of the replay answers at an instant."""

    def __init__(self, replay: Replay, extended: bool = False) -> None:
        self._feeds = {feed.host: feed for feed in replay.feeds}
        self._documents = documents_by_feed(replay.played(extended))

    def page(self, host: str, path: str, now: datetime) -> Page:
        """Return what a host answers for a path at an instant."""
        feed = self._feeds.get(host)
        if feed is None:
            return _missing(f"There is no {host} in this replay.")
        standing = [document for document in self._documents.get(feed.id, []) if document.served <= now]
        if path == "/feed":
            return _feed_page(feed, standing)
        found = [document for document in standing if document.path == path]
        if not found:
            return _missing(f"{host} has no {path} yet.")
        latest = found[-1]
        return Page(200, "text/html; charset=utf-8", render_page(feed, latest).encode(), latest.served)


class ReplayServer:
    """Serves a replay on a free port of loopback while it is entered; ``host_map`` leads a fetcher to it."""

    def __init__(self, replay: Replay, clock: Clock, extended: bool = False) -> None:
        self._site = ReplaySite(replay, extended)
        self._clock = clock
        self.requests: list[tuple[str, str, int]] = []
        self._server: _Server | None = None

    @property
    def host_map(self) -> HostMap:
        """The map of the replay's names to this server."""
        if self._server is None:
            raise RuntimeError("the replay server is not running")
        return HostMap(port=self._server.server_address[1])

    def __enter__(self) -> Self:
        self._server = _Server(self._site, self._clock, self.requests)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="replay", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: ReplaySite, clock: Clock, requests: list[tuple[str, str, int]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.clock = clock
        self.requests = requests


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "replay"
    sys_version = ""
    # Header and body go out in one write: two would wait for each other's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        server = self.server
        if not isinstance(server, _Server):
            raise TypeError("this handler belongs to a replay server")
        host = (self.headers.get("Host") or "").lower()
        page = server.site.page(host, self.path, server.clock.now())
        status = 304 if page.status == 200 and self._unchanged(page) else page.status
        server.requests.append((host, self.path, status))
        self.send_response_only(status)
        if page.status == 200:
            self.send_header("ETag", page.etag)
            if page.changed is not None:
                self.send_header("Last-Modified", format_datetime(page.changed.replace(microsecond=0), usegmt=True))
        if status != 304:
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(page.body)
        self.wfile.flush()

    def _unchanged(self, page: Page) -> bool:
        tag = self.headers.get("If-None-Match")
        if tag is not None:
            return page.etag in (part.strip().removeprefix("W/") for part in tag.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None or page.changed is None:
            return False
        try:
            return page.changed.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: requests are in ``ReplayServer.requests``."""


def _feed_page(feed: ReplayFeed, standing: list[ReplayDocument]) -> Page:
    # The later document of a guid takes the earlier one's place.
    latest = {document.guid or document.path: document for document in standing}
    entries = sorted(latest.values(), key=lambda document: document.served, reverse=True)
    media_type, text = render_feed(feed, entries)
    return Page(200, media_type, text.encode(), entries[0].served if entries else None)


def _missing(sentence: str) -> Page:
    return Page(404, "text/plain; charset=utf-8", sentence.encode())
