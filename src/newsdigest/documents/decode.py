"""Bytes to text: BOM, then escape sequences, then what is declared, then UTF-8, then a detector."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass
from typing import Literal

from resiliparse.parse.encoding import detect_encoding

LARGEST = 15 * 1024 * 1024
Origin = Literal["bom", "escape", "declared", "utf-8", "detected", "replaced"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A document in UTF-16 or UTF-32 without a mark begins with "<" (or "{", where it is JSON) in one of these forms.
_MARKLESS = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
)
# What a page declares is a family: the superset that browsers use decodes the characters that the strict codec refuses
# (WHATWG Encoding Standard, section 4.2; gb18030 contains gbk and gb2312).
_ALIASES = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_2",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "unicode": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\([BJI]|\$\(D)")
_DECLARED = (
    re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s*([A-Za-z0-9._:-]+)"""),
    re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE),
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"cp12\d\d|cp874|iso8859|koi8|mac|latin|cp437")


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without byte order mark, the Python codec that gave it, and how it was chosen.

    ``origin`` is ``replaced`` where no codec took every byte: U+FFFD stands for what was lost.
    """

    text: str
    encoding: str
    origin: Origin


def decode(body: bytes, *, media_type: str = "") -> Decoded:
    """Decode a feed's or page's bytes; ``media_type`` is the Content-Type header with its charset, if any. Never raises."""
    body = unzipped(body)
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _replacing(body[len(mark) :], codec, "bom")
    head = body[:4]
    for start, codec in _MARKLESS:
        if head.startswith(start):
            return _replacing(body, codec, "detected")
    if _ESCAPES.search(body[:65536]) and body.isascii():
        text = _strict(body, "iso2022_jp_2") or _strict(body, "iso2022_jp_ext")
        if text is not None:
            return Decoded(text, "iso2022_jp_2", "escape")
    for name in _declarations(body, media_type):
        found = _declared(body, name)
        if found:
            return found
    text = _strict(body, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", "utf-8")
    return _detected(body)


def unzipped(body: bytes) -> bytes:
    """Return what a gzip file holds (15 MiB of it at most), as far as it is whole; other bytes as they are.

    Some servers hand out a compressed file and do not say so.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, LARGEST)
    except zlib.error:
        return body


def codec_of(name: str) -> str | None:
    """Return the Python codec for a declared encoding name through the alias table, or None where there is none."""
    folded = name.strip().lower()
    folded = _ALIASES.get(folded, folded)
    try:
        codec = codecs.lookup(folded)
    except (LookupError, ValueError):
        return None
    # "hex", "rot13" and the like are codecs too, but not of text
    return codec.name if getattr(codec, "_is_text_encoding", True) else None


def _declarations(body: bytes, media_type: str) -> list[str]:
    """What the header and then the document itself declare; the document comes first where they differ and both fit."""
    names = [match[1] for match in [_CHARSET.search(media_type)] if match]
    for pattern in _DECLARED:
        match = pattern.search(body[:4096])
        if match:
            names.append(match[1].decode("ascii"))
    return list(dict.fromkeys(names))


def _declared(body: bytes, name: str) -> Decoded | None:
    codec = codec_of(name)
    if codec is None or codec.startswith(
        ("utf-16", "utf-32", "utf_16", "utf_32", "utf_7", "utf-7", "idna", "punycode")
    ):
        # a declaration that could be read as bytes cannot be true of these
        return None
    if _SINGLE_BYTE.match(codec) and _contradicted(body):
        # a single-byte codec takes anything: valid UTF-8 with multi-byte characters disproves it
        return None
    text = _strict(body, codec)
    return Decoded(text, codec, "declared") if text is not None else None


def _contradicted(body: bytes) -> bool:
    return not body.isascii() and _strict(body, "utf-8") is not None


def _detected(body: bytes) -> Decoded:
    codec = codec_of(detect_encoding(body) or "") or "utf-8"
    if _SINGLE_BYTE.match(codec):
        # vendors' characters (髙, ①) mislead the detector to a codec that takes any byte
        codec = _east_asian(body) or codec
    text = _strict(body, codec)
    if text is not None:
        return Decoded(text, codec, "detected")
    # a few broken bytes in a declared or detected text must not turn it into another language
    candidates = [codec_of(name) for name in _declarations(body, "")]
    names = [name for name in ("utf-8", codec, *candidates) if name]
    best = min(names, key=lambda name: body.decode(name, "replace").count("\ufffd"))
    return _replacing(body, best, "replaced")


def _east_asian(body: bytes) -> str | None:
    """The East Asian codec in which the bytes read as running text: with kana, or with Chinese commas and stops."""
    best, share = None, 0.5
    for codec in ("cp932", "euc_jp", "gb18030", "big5hkscs"):
        text = _strict(body, codec)
        wide = [char for char in text or "" if ord(char) > 0x7F]
        if len(wide) < 4:
            continue
        marks = sum(char in "、。，「」《》：；！？" or "\u3041" <= char <= "\u30ff" for char in wide)
        odd = sum("\uff61" <= char <= "\uff9f" or "\ue000" <= char <= "\uf8ff" for char in wide)
        common = sum("\u4e00" <= char <= "\u9fff" for char in wide)
        score = (marks + common - 2 * odd) / len(wide) + marks / len(wide)
        if marks >= 0.02 * len(wide) and score > share:
            best, share = codec, score
    return best


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _replacing(body: bytes, codec: str, origin: Origin) -> Decoded:
    text = body.decode(codec, "replace")
    return Decoded(text.removeprefix("\ufeff"), codec, "replaced" if "\ufffd" in text and origin != "bom" else origin)
