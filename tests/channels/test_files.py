"""The files channel: whole files or none, the same again untouched, a withdrawal with its reason."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from newsdigest.channels.files import FilesChannel
from newsdigest.errors import ChannelError
from newsdigest.publication.article import Article
from tests.store.samples import NOW

RENDERED = {"md": "# 見出し\n", "html": "<h1>見出し</h1>", "json": "{}"}


def make_article(draft: str = "d-1", rendition: str = "ja") -> Article:
    """An article to publish."""
    return Article.model_validate(
        {
            "key": "a-1",
            "draft": draft,
            "version": 1,
            "rendition": rendition,
            "version_hash": "h",
            "channel": "files",
            "address": "",
            "approved_by": "ito",
            "published": NOW,
        }
    )


def test_a_rendition_is_written_in_every_format_and_nothing_else_is_left(tmp_path: Path) -> None:
    channel = FilesChannel(tmp_path / "out")
    address = channel.publish(make_article(), RENDERED)
    assert address == (tmp_path / "out" / "d-1.ja.html").as_uri()
    assert {f.name: f.read_text("utf-8") for f in (tmp_path / "out").iterdir()} == {
        f"d-1.ja.{kind}": content for kind, content in RENDERED.items()
    }
    assert stat.S_IMODE((tmp_path / "out" / "d-1.ja.md").stat().st_mode) == 0o644
    assert channel.name == "files"


def test_the_same_again_leaves_the_files_untouched(tmp_path: Path) -> None:
    channel = FilesChannel(tmp_path)
    first = channel.publish(make_article(), RENDERED)
    before = {f.name: f.stat().st_mtime_ns for f in tmp_path.iterdir()}
    assert channel.publish(make_article(), RENDERED) == first
    assert {f.name: f.stat().st_mtime_ns for f in tmp_path.iterdir()} == before
    channel.publish(make_article(), {**RENDERED, "md": "# 訂正\n"})
    assert (tmp_path / "d-1.ja.md").read_text("utf-8") == "# 訂正\n"


def test_the_renditions_do_not_touch_each_other(tmp_path: Path) -> None:
    channel = FilesChannel(tmp_path)
    channel.publish(make_article(), RENDERED)
    channel.publish(make_article(rendition="en"), {"md": "# Head\n"})
    assert sorted(f.name for f in tmp_path.iterdir()) == ["d-1.en.md", "d-1.ja.html", "d-1.ja.json", "d-1.ja.md"]


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = FilesChannel(tmp_path)
    channel.publish(make_article(), RENDERED)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ChannelError, match="No space left"):
        channel.publish(make_article(), {"md": "# half"})
    assert (tmp_path / "d-1.ja.md").read_text("utf-8") == RENDERED["md"]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["d-1.ja.html", "d-1.ja.json", "d-1.ja.md"]


def test_a_withdrawal_leaves_a_page_with_its_reason_and_none_of_the_old_words(tmp_path: Path) -> None:
    channel = FilesChannel(tmp_path)
    channel.publish(make_article(), RENDERED)
    channel.withdraw(make_article(), {"html": "<p>取り下げました</p>"})
    assert [f.name for f in tmp_path.iterdir()] == ["d-1.ja.html"]
    assert "見出し" not in (tmp_path / "d-1.ja.html").read_text("utf-8")


@pytest.mark.parametrize("draft", ["../x", "", "a/b", ".hidden", "x\x00y"])
def test_a_draft_cannot_name_a_file_elsewhere(tmp_path: Path, draft: str) -> None:
    with pytest.raises(ChannelError, match="cannot name a file"):
        FilesChannel(tmp_path / "out").publish(make_article(draft), RENDERED)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rendered", [{}, {"exe": "x"}])
def test_an_unknown_format_is_refused(tmp_path: Path, rendered: dict[str, str]) -> None:
    with pytest.raises(ChannelError, match="md, html, json"):
        FilesChannel(tmp_path).publish(make_article(), rendered)
