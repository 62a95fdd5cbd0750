"""A newsroom whose feeds gain an item with every answer, and what its store must hold whenever a poller dies."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from newsdigest.records import digest
from newsdigest.sources.source import Source
from newsdigest.store.sql import SqlStore
from tests.pipeline.newsroom import START, source

HOSTS = tuple(f"outlet{n}" for n in range(4))
MOST = 60
PAGED = 3
"""Every third item has its text on a page of its own."""


def outlets() -> list[Source]:
    """The newsroom's sources."""
    return [source(host) for host in HOSTS]


def sentence(host: str, number: int, revision: int) -> str:
    """The text of an item; an item of an earlier answer is edited once, ten answers later."""
    edited = " The figure was corrected." if revision >= number + 10 else ""
    return f"{host.title()} counted {number * 7 + 3} boats in the harbour of Sole on its round number {number}.{edited}"


class Growing:
    """The n-th answer of a feed lists the items 1 to n; its ETag is n. ``asked`` counts answers by host."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.port = 0

    def feed(self, host: str) -> tuple[int, bytes]:
        """The next answer's number and body."""
        self.asked[host] += 1
        revision = min(self.asked[host], MOST)
        rows = []
        for number in range(1, revision + 1):
            stamp = (START - timedelta(hours=20) + timedelta(minutes=number)).strftime("%a, %d %b %Y %H:%M:%S GMT")
            words = sentence(host, number, revision)
            where = "description" if number % PAGED == 0 else "content:encoded"
            rows.append(
                f"<item><guid isPermaLink='false'>{host}-{number}</guid><title>Round {number} of {host}</title>"
                f"<link>https://{host}.replay.invalid/{number}</link><pubDate>{stamp}</pubDate><{where}>{words}</{where}></item>"
            )
        top = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>x</title>"
        return revision, f"{top}{''.join(rows)}</channel></rss>".encode()


@contextmanager
def growing() -> Iterator[Growing]:
    """Serve such a newsroom on a free port of loopback."""
    room = Growing()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(".")[0]
            tag, kind, status = "", "text/html", 200
            if self.path == "/feed":
                revision, body = room.feed(host)
                tag, kind = f'"{revision}"', "application/rss+xml"
            elif self.path.removeprefix("/").isdigit():
                words = sentence(host, int(self.path[1:]), 0)
                body = f"<html><body><article><h1>Round</h1><p>{words}</p></article></body></html>".encode()
            else:
                status, body = 404, b""
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if tag:
                self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()


def faults(store: SqlStore) -> list[str]:
    """What is lost, doubled or ahead in the store; an empty list where all is well."""
    found = []
    guids = defaultdict(list)
    for item in store.items_between(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)):
        guids[item.guid].append(item.key)
        if [version.n for version in item.versions] != list(range(1, len(item.versions) + 1)):
            found.append(f"{item.guid}: versions {[version.n for version in item.versions]}")
        for version in item.versions:
            capture = store.document(str(version.document))
            if digest(store.body(capture.sha256)) != capture.sha256 or digest(version.text) != version.text_sha256:
                found.append(f"{item.guid}: version {version.n} does not stand on its bytes")
    found += [f"{guid} is doubled: {keys}" for guid, keys in guids.items() if len(keys) > 1]
    for host, state in store.source_states().items():
        answered = int((state.validators.etag or '"0"').strip('"'))
        lost = [n for n in range(1, answered + 1) if f"{host}-{n}" not in guids]
        found += [f"{host}: its validators are of answer {answered}, its items {lost} are not there"] if lost else []
    return found
