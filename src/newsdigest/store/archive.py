"""Captures as a WARC file (ISO 28500), so that what a source said at a given hour can be shown to others, and checked.

A polled capture is a ``response`` record with its headers; one handed in is a ``resource``. ``WARC-Date`` is when we received it. The store
keeps bodies without their content encoding, so those headers that describe the wire stand under ``X-Crawler-`` (as other writers do).
The same bytes received again later are a ``revisit``; bytes that were removed leave a ``metadata`` record that says so.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from newsdigest.documents.document import Document
from newsdigest.errors import NotFound, StoreError
from newsdigest.records import digest
from newsdigest.store.sql import SqlStore

DOCUMENT, SOURCE = "X-Newsdigest-Document", "X-Newsdigest-Source"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_NAMES = uuid.UUID("6f1d2c52-6b39-5b5e-9b0e-3c8a4d0a7f11")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote; ``sha256`` is the file's. ``without_bytes`` counts captures whose bytes are gone."""

    file: str
    records: int
    revisits: int
    without_bytes: int
    sha256: str


def export(
    store: SqlStore,
    file: Path,
    *,
    now: datetime,
    software: str,
    since: datetime | None = None,
    until: datetime | None = None,
    source: str = "",
) -> Exported:
    """Write the captures received in ``[since, until)`` to a new file, first to last; raise StoreError where it exists or none are there."""
    captures = store.documents_between(since, until, source)
    if not captures:
        raise StoreError("There is no capture of that time and source to export.", about=source)
    try:
        with file.open("xb") as stream:
            exporter = _Exporter(store, WARCWriter(stream, gzip=file.name.endswith(".gz"), warc_version="WARC/1.1"))
            exporter.write_info(file.name, software, now, captures)
            for capture in captures:
                exporter.write(capture)
    except FileExistsError as error:
        raise StoreError(f"{file} exists already; nothing was changed.", about=str(file)) from error
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}.", about=str(file)) from error
    return Exported(file.name, exporter.records, exporter.revisits, exporter.without_bytes, file_hash(file))


def file_hash(file: Path) -> str:
    """The sha256 of a file's bytes."""
    import hashlib

    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def payload_digest(body: bytes) -> str:
    """A body's hash as WARC-Payload-Digest states it."""
    return f"sha256:{digest(body)}"


class _Exporter:
    """Writes captures one after the other and counts them."""

    def __init__(self, store: SqlStore, writer: Any) -> None:
        self._store = store
        self._writer = writer
        self.records = self.revisits = self.without_bytes = 0

    def write_info(self, name: str, software: str, now: datetime, captures: list[Document]) -> None:
        """Say first how many captures follow: a file that was cut off shows."""
        fields = {"software": software, "format": "WARC File Format 1.1", "captures": str(len(captures))}
        text = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
        headers = {
            "WARC-Date": _date(now),
            "WARC-Filename": name,
            "WARC-Record-ID": _identity("info", name, _date(now)),
        }
        self._write("", "warcinfo", text, headers)

    def write(self, capture: Document) -> None:
        """Write a capture: its record, and a revisit where the same bytes came again later."""
        headers = {
            "WARC-Date": _date(capture.received),
            "WARC-Record-ID": _identity(capture.key, "first", _date(capture.received)),
            DOCUMENT: capture.key,
            SOURCE: capture.source,
        }
        self.records += 1
        try:
            body = self._store.body(capture.sha256)
        except NotFound as error:
            self._write_gone(capture, str(error), headers)
            return
        headers["WARC-Payload-Digest"] = payload_digest(body)
        if capture.intake == "poll":
            self._write(capture.final_address, "response", body, headers, _http(capture, len(body)))
        else:
            headers["Content-Type"] = capture.media_type or "application/octet-stream"
            self._write(capture.final_address, "resource", body, headers)
        last = self._store.last_received(capture.key)
        if last > capture.received:
            self._write_revisit(capture, last, headers)

    def _write_gone(self, capture: Document, sentence: str, headers: dict[str, str]) -> None:
        self.without_bytes += 1
        text = f"sha256: {capture.sha256}\r\nsize: {capture.size}\r\nnote: {sentence}\r\n".encode()
        self._write(capture.final_address, "metadata", text, headers)

    def _write_revisit(self, capture: Document, last: datetime, first: dict[str, str]) -> None:
        self.revisits += 1
        headers = {
            **{key: value for key, value in first.items() if key != "Content-Type"},
            "WARC-Date": _date(last),
            "WARC-Record-ID": _identity(capture.key, "again", _date(last)),
            "WARC-Profile": IDENTICAL,
            "WARC-Refers-To": first["WARC-Record-ID"],
            "WARC-Refers-To-Target-URI": capture.final_address,
            "WARC-Refers-To-Date": first["WARC-Date"],
        }
        self._write(capture.final_address, "revisit", b"", headers)

    def _write(
        self, address: str, kind: str, body: bytes, headers: dict[str, str], http: StatusAndHeaders | None = None
    ) -> None:
        record = self._writer.create_warc_record(
            address, kind, payload=BytesIO(body), length=len(body), warc_headers_dict=headers, http_headers=http
        )
        self._writer.write_record(record)


def _http(capture: Document, size: int) -> StatusAndHeaders:
    kept = [(f"X-Crawler-{name}" if name.lower() in _WIRE_HEADERS else name, value) for name, value in capture.headers]
    try:
        phrase = HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = ""
    return StatusAndHeaders(f"{capture.status} {phrase}".strip(), [*kept, ("Content-Length", str(size))], "HTTP/1.1")


def _date(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _identity(*parts: str) -> str:
    """A record's id, the same in every export."""
    return f"<urn:uuid:{uuid.uuid5(_NAMES, chr(10).join(parts))}>"
