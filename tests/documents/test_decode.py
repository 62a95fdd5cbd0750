"""Bytes to text: the order of evidence, and what a declared name really means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdigest.documents.decode import codec_of, decode

JA = "髙島市は①号機の点検を始めた。～影響は小さいとみられる。担当者は「早期に再開したい」と話している。"
ZH = "外交部发言人表示，双方就渔业协定交换了意见，会谈镕合各方关切，气氛坦诚友好，将继续保持沟通。"
TW = "外交部發言人表示，雙方就漁業協定交換了意見，會談氣氛坦誠友好，將繼續保持溝通與合作關係。"


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (JA, "cp932", "Shift_JIS"),
        (JA, "cp932", "x-sjis"),
        (ZH, "gb18030", "gb2312"),
        (ZH, "gb18030", "GBK"),
        (TW, "big5hkscs", "Big5"),
        ("会談は１時間続いた。", "euc_jp", "EUC-JP"),
    ],
)
def test_a_declared_name_is_read_as_the_family_that_browsers_read(text: str, codec: str, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body>{text}</body></html>'.encode(codec)
    found = decode(page)
    assert text in found.text
    assert found.origin == "declared"
    assert text in decode(text.encode(codec), media_type=f"text/html; charset={declared}").text


def test_escape_sequences_come_before_utf_8_although_they_are_valid_ascii() -> None:
    text = "会談は１時間続いた。"
    assert decode(text.encode("iso2022_jp")).text == text


def test_a_byte_order_mark_beats_every_declaration() -> None:
    body = b"\xef\xbb\xbf" + '<?xml version="1.0" encoding="shift_jis"?><a>会談</a>'.encode()
    assert "会談" in decode(body, media_type="text/xml; charset=euc-jp").text
    assert decode("会談".encode("utf-16")).text == "会談"


def test_a_header_that_lies_is_not_believed() -> None:
    assert "会談" in decode("<html>会談が行われた".encode(), media_type="text/html; charset=iso-8859-1").text
    page = f'<meta charset="gb2312">{ZH}'.encode("gb18030")
    assert ZH in decode(page, media_type="text/html; charset=utf-8").text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (JA * 3, "cp932"),
        (JA.replace("髙", "高").replace("①", "1").replace("～", "") * 3, "euc_jp"),
        (ZH * 3, "gb18030"),
    ],
)
def test_undeclared_bytes_are_detected(text: str, codec: str) -> None:
    found = decode(text.encode(codec))
    assert found.text == text
    assert found.origin == "detected"


def test_a_few_broken_bytes_do_not_turn_a_text_into_another_language() -> None:
    found = decode(("<p>" + JA * 4 + "</p>").encode() + b"\xff\xfe")
    assert JA in found.text
    assert found.origin == "replaced"


def test_codecs_that_are_not_of_text_are_no_codecs() -> None:
    assert codec_of("rot13") is None
    assert codec_of("hex") is None
    assert codec_of("no-such-thing") is None


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(body: bytes) -> None:
    assert isinstance(decode(body, media_type="text/html; charset=gb2312").text, str)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff\x1b\x00"), min_size=1, max_size=200))
def test_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode(), media_type="text/plain; charset=utf-8").text == text
