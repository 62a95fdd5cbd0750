"""Captures as WARC from the command line: exported, read again by a stranger's reader, and any change found."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsdigest.documents.document import Document
from newsdigest.ports import PollOutcome, SourceState
from newsdigest.records import digest, short_key
from newsdigest.store.sql import SqlStore, open_store
from tests.cli.test_command_line import call

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
READOUT = "<html><h1>通話の概要</h1><p>協定の延長を確認した。</p></html>".encode()


def capture(body: bytes, address: str, hours: int = 0, intake: str = "poll") -> tuple[Document, bytes]:
    sha = digest(body)
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", 'W/"7"'), ("Content-Encoding", "gzip"))
    document = Document(
        key=short_key("doc", address, sha),
        source="alba-ministry" if "alba" in address else "seret-ministry",
        address=address,
        final_address=address,
        status=200,
        headers=headers if intake == "poll" else (),
        sha256=sha,
        size=len(body),
        media_type="text/html" if intake == "poll" else "text/plain; charset=utf-8",
        received=NOON + timedelta(hours=hours),
        intake=intake,
    )
    return document, body


def commit(store: SqlStore, *captures: tuple[Document, bytes]) -> None:
    store.commit_poll(PollOutcome(SourceState("alba-ministry"), captures))


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """A bureau with a polled page (seen twice), a feed of another ministry, and a handout."""
    store = open_store(tmp_path / "newsdigest.sqlite")
    commit(store, capture(READOUT, "https://alba.example/1"))
    commit(store, capture(b"<rss/>", "https://seret.example/feed", 2))
    commit(store, capture("配布資料:通話は約45分。".encode(), "intake:0123", 3, "manual"))
    commit(store, capture(READOUT, "https://alba.example/1", 9))
    store.close()
    return tmp_path


def exported(bureau: Path, *options: str, name: str = "out.warc.gz") -> dict[str, object]:
    done = call("archive", "export", name, *options, folder=bureau)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def verified(bureau: Path, *options: str, name: str = "out.warc.gz") -> tuple[int, dict[str, object], str]:
    done = call("archive", "verify", name, *options, folder=bureau)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), done.stdout


def test_an_export_holds_what_was_received_and_when(bureau: Path) -> None:
    done = exported(bureau)
    assert (done["records"], done["revisits"], done["without_bytes"]) == (3, 1, 0)
    with (bureau / "out.warc.gz").open("rb") as stream:
        records = [
            (r.rec_type, r.rec_headers.get_header("WARC-Date"), r.http_headers, r.raw_stream.read())
            for r in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [r[0] for r in records] == ["warcinfo", "response", "revisit", "response", "resource"]
    _, date, http, body = records[1]
    assert (date, body) == ("2026-03-12T12:00:00.000000Z", READOUT)
    assert http.get_statuscode() == "200"
    assert http.get_header("ETag") == 'W/"7"'
    assert http.get_header("X-Crawler-Content-Encoding") == "gzip"
    assert http.get_header("Content-Length") == str(len(READOUT))
    assert records[2][1] == "2026-03-12T21:00:00.000000Z"
    assert records[4][3].decode() == "配布資料:通話は約45分。"


def test_a_sound_archive_is_the_stores(bureau: Path) -> None:
    done = exported(bureau)
    code, found, _ = verified(bureau)
    assert code == 0
    assert found["sha256"] == done["sha256"]
    assert (found["captures"], found["in_store"], found["not_in_store"]) == (3, 3, 0)
    assert found["exported_here"] is True


def test_the_same_export_is_the_same_records_and_an_old_file_is_never_overwritten(bureau: Path) -> None:
    exported(bureau)
    again = call("archive", "export", "out.warc.gz", folder=bureau)
    assert again.returncode == 1
    assert "exists already" in again.stderr
    exported(bureau, name="two.warc.gz")
    first, second = (gzip.decompress((bureau / n).read_bytes()) for n in ("out.warc.gz", "two.warc.gz"))
    assert first[first.index(b"WARC-Type: response") :] == second[second.index(b"WARC-Type: response") :]


@pytest.mark.parametrize(
    ("options", "records"),
    [
        (("--source", "seret-ministry"), 2),
        (("--since", "2026-03-12T14:30+00:00"), 2),
        (("--until", "2026-03-12T22:00+09:00"), 1),
        (("--since", "2026-03-12T13:00Z", "--until", "2026-03-12T14:30Z", "--source", "seret-ministry"), 1),
    ],
)
def test_a_span_or_a_source_alone(bureau: Path, options: tuple[str, ...], records: int) -> None:
    assert exported(bureau, *options)["records"] == records


def test_nothing_to_export_and_no_time_are_sentences(bureau: Path) -> None:
    assert call("archive", "export", "x.warc.gz", "--source", "none", folder=bureau).returncode == 1
    assert call("archive", "export", "x.warc.gz", "--since", "soon", folder=bureau).returncode == 2
    assert call("archive", "verify", "missing.warc.gz", folder=bureau).returncode == 1
    assert not (bureau / "x.warc.gz").exists()


def _rewritten(bureau: Path, old: bytes, new: bytes) -> None:
    plain = gzip.decompress((bureau / "out.warc.gz").read_bytes())
    assert plain.count(old)
    (bureau / "changed.warc").write_bytes(plain.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("延長".encode(), "破棄".encode(), "not those of the digest"),
        (b'W/"7"', b'W/"8"', "not the one that was written"),
        (b"WARC-Date: 2026-03-12T12:00", b"WARC-Date: 2026-03-12T11:00", "another time"),
        (b"URI: https://seret.example/feed", b"URI: https://seret.example/fooo", "another address"),
        (b"captures: 3", b"captures: 4", "says that it holds 4"),
    ],
)
def test_any_change_is_found(bureau: Path, old: bytes, new: bytes, said: str) -> None:
    exported(bureau)
    _rewritten(bureau, old, new)
    code, found, output = verified(bureau, name="changed.warc")
    assert code == 1
    assert said in output
    assert found["problems"]
    assert found["exported_here"] is False


def test_a_file_cut_off_is_found(bureau: Path) -> None:
    exported(bureau)
    whole = (bureau / "out.warc.gz").read_bytes()
    for size in (len(whole) - 40, len(whole) // 2, 300):
        (bureau / "cut.warc.gz").write_bytes(whole[:size])
        assert verified(bureau, name="cut.warc.gz")[0] == 1, size


def test_a_forged_digest_is_found_by_the_store(bureau: Path) -> None:
    exported(bureau)
    changed = READOUT.replace("延長".encode(), "破棄".encode())
    _rewritten(bureau, READOUT, changed)
    plain = (bureau / "changed.warc").read_bytes().replace(digest(READOUT).encode(), digest(changed).encode())
    (bureau / "changed.warc").write_bytes(plain)
    code, _, output = verified(bureau, name="changed.warc")
    assert code == 1
    assert "the store holds it with another digest" in output


def test_without_the_store_the_digests_still_hold(bureau: Path, tmp_path: Path) -> None:
    exported(bureau)
    code, found, _ = verified(bureau, "--alone")
    assert (code, found["captures"], found["in_store"]) == (0, 3, 0)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert call("archive", "verify", str(bureau / "out.warc.gz"), folder=elsewhere).returncode == 0
    assert not (elsewhere / "newsdigest.sqlite").exists()


def test_removed_bytes_leave_their_tombstone_in_the_archive(bureau: Path) -> None:
    store = open_store(bureau / "newsdigest.sqlite")
    store.let_go_of_bytes(NOON + timedelta(hours=2, minutes=30), NOON + timedelta(days=40), "round")
    store.close()
    done = exported(bureau)
    assert (done["records"], done["without_bytes"]) == (3, 1)
    assert b"let go on 2026-04-21" in gzip.decompress((bureau / "out.warc.gz").read_bytes())
    assert verified(bureau)[0] == 0
