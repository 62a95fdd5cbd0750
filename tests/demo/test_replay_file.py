"""Reading replay files, and saying what is wrong with one."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsdigest.demo.replay import Replay, load_replay
from newsdigest.demo.replay_file import ReplayError, parse_instant


def feed(**changes: object) -> dict[str, object]:
    entry = {"id": "alba", "title": "Alba Wire", "kind": "wire", "country": "JP", "lang": "en", "format": "rss2"}
    return {**entry, **changes}


def document(**changes: object) -> dict[str, object]:
    entry = {
        "id": "d1",
        "feed": "alba",
        "published": "2026-03-02T06:00:00Z",
        "url": "/x/d1.html",
        "guid": "urn:d1",
        "title": "T",
        "body": "B",
    }
    return {**entry, **changes}


def load(tmp_path: Path, content: object) -> Replay:
    path = tmp_path / "own.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return load_replay(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", ["line 1", "not JSON"]),
        ("[]", ["object"]),
        ({"feeds": []}, ["documents"]),
        ({"feeds": [], "documents": []}, ["no feeds"]),
        ({"feeds": [feed()], "documents": []}, ["no documents"]),
        ({"feeds": [feed(format="gopher")], "documents": [document()]}, ["feed 1", "gopher", "html_list"]),
        ({"feeds": [feed(lang="fr")], "documents": [document()]}, ["feed 1", "fr", "zh"]),
        ({"feeds": [feed(), feed()], "documents": [document()]}, ["feed 2", "twice"]),
        ({"feeds": [feed()], "documents": [document(feed="seret")]}, ["document 1", "seret"]),
        ({"feeds": [feed()], "documents": [document(title="")]}, ["document 1", "d1", "title"]),
        ({"feeds": [feed()], "documents": [document(published="soon")]}, ["d1", "soon", "served_at"]),
        ({"feeds": [feed()], "documents": [document(), "x"]}, ["documents", "objects"]),
    ],
)
def test_a_bad_file_is_one_sentence_with_the_place(tmp_path: Path, content: object, words: list[str]) -> None:
    with pytest.raises(ReplayError) as caught:
        load(tmp_path, content)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "own.json" in sentence
    assert all(word in sentence for word in words), sentence


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="cannot be read"):
        load_replay(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T06:00:00Z", "2026-03-02T06:00"),
        ("2026-03-02T06:00:00+09:00", "2026-03-01T21:00"),
        ("2026-03-02 06:00", "2026-03-01T21:00"),
        ("2026-03-02", "2026-03-01T15:00"),
        ("2026/3/2 6:00", "2026-03-01T21:00"),
        ("2026年3月2日 06時00分", "2026-03-01T21:00"),
        ("令和8年3月2日", "2026-03-01T15:00"),
        ("令和元年12月2日", "2019-12-01T15:00"),
        ("Mon, 02 Mar 2026 06:00:00 +0000", "2026-03-02T06:00"),
        ("Mon, 02 Mar 2026 06:00:00 GMT", "2026-03-02T06:00"),
    ],
)
def test_a_time_in_any_form_says_when_it_is_served(text: str, expected: str) -> None:
    found = parse_instant(text, ZoneInfo("Asia/Tokyo"))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-40", "10:00"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert parse_instant(text, UTC) is None


def test_served_at_stands_before_published_which_stays_as_it_is(tmp_path: Path) -> None:
    entry = document(published="yesterday evening", served_at="2026-03-02T08:00:00Z")
    replay = load(tmp_path, {"feeds": [feed()], "documents": [entry]})
    assert replay.documents[0].published == "yesterday evening"
    assert replay.documents[0].served == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_late_documents_are_for_the_extended_run_only(tmp_path: Path) -> None:
    later = document(id="d2", guid="urn:d2", published="2026-03-02T09:00:00Z")
    content = {"feeds": [feed()], "documents": [document(), later]}
    assert [one.id for one in load(tmp_path, content).played()] == ["d1", "d2"]
    replay = load(tmp_path, {**content, "late": ["d2"]})
    assert [one.id for one in replay.played()] == ["d1"]
    assert [one.id for one in replay.played(extended=True)] == ["d1", "d2"]
    assert replay.moments() == [datetime(2026, 3, 2, 6, tzinfo=UTC)]
    assert replay.moments(extended=True) == [datetime(2026, 3, 2, 9, tzinfo=UTC)]


def test_every_feed_is_polled_before_each_revision_and_once_at_the_end(tmp_path: Path) -> None:
    at = [f"2026-03-02T0{hour}:00:00Z" for hour in range(4)]
    documents = [
        document(id="d1", published=at[0]),
        document(id="d2", published=at[1]),
        document(id="other", guid="urn:o", published=at[3]),
        document(id="d3", published=at[2]),
    ]
    replay = load(tmp_path, {"feeds": [feed()], "documents": documents})
    hour = [datetime.fromisoformat(text) for text in at]
    second = timedelta(seconds=1)
    assert replay.moments() == [hour[1] - second, hour[2] - second, hour[3]]
    assert replay.moments(until=hour[1]) == [hour[1] - second, hour[1]]
    assert replay.moments(until=hour[0]) == [hour[0]]
    assert replay.clock(until=hour[1]).end == hour[1]


def test_feeds_become_sources(tmp_path: Path) -> None:
    feeds = [
        feed(),
        feed(id="Coast Guard", kind="coast_guard", format="html_list", lang="ja", title="沿岸警備隊"),
        feed(id="post", kind="official_social", format="json", country="Alba"),
        feed(id="odd", kind="soothsayer"),
    ]
    replay = load(tmp_path, {"feeds": feeds, "documents": [document()]})
    sources = {source.id: source for source in replay.sources()}
    assert sources["alba"].address == "https://alba.replay.invalid/feed"
    assert (sources["alba"].issuer, sources["alba"].zone) == (None, "Asia/Tokyo")
    guard = sources["Coast Guard"]
    assert (guard.address, guard.format) == ("https://coast-guard.replay.invalid/feed", "listing")
    assert (guard.kind, guard.issuer, guard.name) == ("government", "Coast Guard", {"ja": "沿岸警備隊"})
    assert (sources["post"].format, sources["post"].channel, sources["post"].zone) == ("json_feed", "post", "UTC")
    assert sources["odd"].kind == "other"
    assert replay.warnings() == [warning for warning in replay.warnings() if warning.startswith("odd: ")]
    assert len(replay.warnings()) == 1


def test_the_packaged_replay_carries_no_judgement() -> None:
    replay = load_replay()
    raw = Path(str(__import__("newsdigest.demo", fromlist=["x"]).__path__[0]), "replay.json").read_text("utf-8")
    assert '"expect"' not in raw
    assert len(replay.played()) == 18
    assert len(replay.played(extended=True)) == 19
    assert len(replay.moments()) == 2
    assert replay.warnings() == []
