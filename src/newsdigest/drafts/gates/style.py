"""style: register, typography, titles, absolute dates, headline length, and the share of foreign words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from newsdigest.drafts.draft import RENDITIONS, GateResult, Rendition
from newsdigest.drafts.gates.place import Desk, Place, quoted, result, unquoted, without_sources

_HALF_KANA = re.compile(r"[\uff61-\uff9f]")
_FULL_DIGIT = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_CJK = r"\u3040-\u30ff\u4e00-\u9fff"
_ASCII_STOP = re.compile(rf"(?<=[{_CJK}])[,.!?;:](?=\s|$|[{_CJK}])|(?<=[{_CJK}])[()]|[()](?=[{_CJK}])")
_PARENTHESES = re.compile(r"（[^（）]*）")


def check(desk: Desk) -> GateResult:
    """Check each sentence by its half's rules, then the share of foreign quotation."""
    faults: list[str] = []
    checked = 0
    for place in desk.places:
        checked += 1
        style = desk.lexicon.table(f"style/{place.rendition}")
        rules = _japanese if place.rendition == "ja" else _english
        faults.extend(place.fault(words) for words in rules(place, style, desk))
        plain = unquoted(place.sentence.text)
        faults.extend(
            place.fault(f"“{w}”: give the date") for w in style["gate"]["relative_dates"] if w in plain.lower()
        )
        faults.extend(place.fault(f"“{w}” is a stock phrase") for w in style["gate"]["worn"] if w in plain.lower())
        if place.part == "headline":
            faults.extend(place.fault(words) for words in _headline(place, style))
    for rendition in RENDITIONS:
        share = foreign_share(desk, rendition)
        if share > 0.25:
            faults.append(
                f"{rendition}: {share:.0%} of this half is foreign-language quotation, at most a quarter may be"
            )
    return result("style", checked, faults)


def _headline(place: Place, style: Mapping[str, Any]) -> Iterator[str]:
    text = place.sentence.text
    limit = int(style["headline"]["limit"])
    if text.endswith(("。", ".")):
        yield "a headline has no full stop"
    if len(text) > limit:
        yield f"the headline has {len(text)} characters, at most {limit} may be"


def _japanese(place: Place, style: Mapping[str, Any], desk: Desk) -> Iterator[str]:
    text = place.sentence.text
    plain = unquoted(without_sources(text, desk))
    if _HALF_KANA.search(text):
        yield "has half-width kana"
    if _FULL_DIGIT.search(plain):
        yield "has full-width digits or letters"
    if _ASCII_STOP.search(plain):
        yield "has half-width punctuation"
    if place.part != "body":
        return
    for piece in _PARENTHESES.sub("", plain).split("。")[:-1]:
        if not re.search(style["gate"]["polite"], piece.strip()):
            yield f"「…{piece[-8:]}。」 is not です・ます"
    rows = place.sentence.kind in ("quote", "frame")
    if not rows and not text.rstrip("）」").endswith("。"):
        yield "does not end with 。"


def _english(place: Place, style: Mapping[str, Any], desk: Desk) -> Iterator[str]:
    text = place.sentence.text
    if '"' in text or re.search(r"(?<!\w)'|'(?!\w)|(?<=\w)'(?=\w)", unquoted(text)):
        yield "has straight quotation marks"
    if "  " in text:
        yield "has two spaces"
    if place.part == "body" and place.sentence.kind not in ("quote", "frame") and text[-1:] not in ".?!”)":
        yield "does not end with a full stop"
    if place.part == "headline":
        words = [w for w in re.findall(r"[A-Za-z][\w’-]*", text)[1:] if len(w) > 3]
        if len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.8 * len(words):
            yield "the headline is not in sentence case"


def foreign_share(desk: Desk, rendition: Rendition) -> float:
    """The share of a half's characters that are quotations in another language."""
    total = foreign = 0
    for place in desk.places:
        if place.rendition != rendition:
            continue
        total += len(place.sentence.text)
        foreign += sum(len(words) for words in quoted(place.sentence.text) if script(words) != rendition)
    return foreign / total if total else 0.0


def script(text: str) -> str:
    """The language a quotation is written in, by its script: ja with kana, zh with Han only, else en."""
    names = [unicodedata.name(char, "") for char in text]
    if any(name.startswith(("HIRAGANA", "KATAKANA")) for name in names):
        return "ja"
    return "zh" if any(name.startswith("CJK UNIFIED") for name in names) else "en"
