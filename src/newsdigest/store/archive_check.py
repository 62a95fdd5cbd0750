"""An exported archive read again: every digest recomputed, every capture held against the store where it is at hand."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from newsdigest.documents.document import Document
from newsdigest.errors import NotFound, StoreError
from newsdigest.store.archive import DOCUMENT, IDENTICAL, file_hash, payload_digest
from newsdigest.store.sql import SqlStore

WITH_PAYLOAD = ("response", "resource")


@dataclass
class Verified:
    """What a check found: counts, and one sentence a problem. ``in_store`` counts captures that the store holds likewise."""

    sha256: str
    captures: int = 0
    revisits: int = 0
    without_bytes: int = 0
    in_store: int = 0
    not_in_store: int = 0
    problems: list[str] = field(default_factory=list)


def verify(file: Path, store: SqlStore | None = None) -> Verified:
    """Check a WARC file that ``archive.export`` wrote; raise StoreError where there is no such file."""
    try:
        found = Verified(file_hash(file))
    except OSError as error:
        raise StoreError(f"{file} cannot be read: {error.strerror}.", about=str(file)) from error
    promised: int | None = None
    digests: dict[str, str] = {}
    with file.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream, check_digests=True):
                if record.rec_type == "warcinfo":
                    promised = _promised(record.content_stream().read())
                else:
                    _check(record, found, digests, store)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
            found.problems.append(f"The file is damaged after {found.captures} captures ({type(error).__name__}).")
    if promised is None:
        found.problems.append("The file does not begin by saying how many captures it holds.")
    elif promised != found.captures:
        found.problems.append(f"The file says that it holds {promised} captures; {found.captures} are there.")
    return found


def _promised(info: bytes) -> int | None:
    for line in info.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name == "captures" and value.strip().isdecimal():
            return int(value)
    return None


def _check(record: Any, found: Verified, digests: dict[str, str], store: SqlStore | None) -> None:
    headers = record.rec_headers
    key = headers.get_header(DOCUMENT) or ""
    name = f"{key or headers.get_header('WARC-Record-ID')} ({headers.get_header('WARC-Target-URI')})"
    body = record.raw_stream.read()
    stated = headers.get_header("WARC-Payload-Digest") or ""
    if record.digest_checker.passed is False:
        found.problems.append(f"{name}: the record is not the one that was written.")
    if record.rec_type == "revisit":
        found.revisits += 1
        if headers.get_header("WARC-Profile") != IDENTICAL or digests.get(key) != stated:
            found.problems.append(f"{name}: it was received again, but not with the bytes that stand before.")
        return
    found.captures += 1
    if record.rec_type == "metadata":
        found.without_bytes += 1
        return
    if record.rec_type not in WITH_PAYLOAD:
        found.problems.append(f"{name}: a {record.rec_type} record is nothing that we write.")
        return
    digests[key] = stated
    if stated != payload_digest(body):
        found.problems.append(f"{name}: the bytes are not those of the digest.")
    elif store is not None:
        _compare(store, key, name, stated, headers, found)


def _compare(store: SqlStore, key: str, name: str, stated: str, headers: Any, found: Verified) -> None:
    try:
        held = store.document(key)
    except NotFound:
        found.not_in_store += 1
        return
    wrong = _differs(held, stated, headers)
    if wrong:
        found.problems.append(f"{name}: the store holds it with another {wrong}.")
    else:
        found.in_store += 1


def _differs(held: Document, stated: str, headers: Any) -> str:
    if f"sha256:{held.sha256}" != stated:
        return "digest"
    if held.final_address != headers.get_header("WARC-Target-URI"):
        return "address"
    if held.received != datetime.fromisoformat(headers.get_header("WARC-Date") or "1970-01-01T00:00:00Z"):
        return "time"
    return ""
