"""leftovers: no placeholder, prompt text, fence, markup or other-language text outside quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdigest.drafts.draft import GateResult
from newsdigest.drafts.gates.place import Desk, Place, result, unquoted, without_sources

_PLACEHOLDER = re.compile(
    r"\{[^}]*\}|\[\[|\]\]|<[A-Za-z/!][^>]*>|\bTODO\b|\bTBD\b|\bXXX\b|\blorem ipsum\b|�|○○|〇〇|＿＿|_{3,}|\[(?:s|S)\d+\]|\bNone\b"
)
_FENCE = re.compile(r"```|~~~|^\s*#{1,6}\s|\*\*|^\s*[-*]\s", re.MULTILINE)
_PROMPT = re.compile(
    r"as an ai\b|language model|i cannot|i'm sorry|here is the|here's the|system prompt|\bjson\b|承知しました|以下に|AIとして|言語モデル|出力します",
    re.IGNORECASE,
)
_KANA_OR_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_LATIN_RUN = re.compile(r"(?:[A-Za-z][A-Za-z’'.-]*[\s,]+){6,}[A-Za-z]")
_ADDRESS = re.compile(r"https?://|www\.")


def check(desk: Desk) -> GateResult:
    """Look at each sentence outside its quotations."""
    faults: list[str] = []
    checked = 0
    for place in desk.places:
        checked += 1
        faults.extend(place.fault(words) for words in _found(place, desk))
    return result("leftovers", checked, faults)


def _found(place: Place, desk: Desk) -> Iterator[str]:
    plain = unquoted(place.sentence.text)
    if not plain.strip():
        yield "is empty"
    for pattern, what in (
        (_PLACEHOLDER, "a placeholder"),
        (_FENCE, "markup"),
        (_PROMPT, "a prompt's words"),
        (_ADDRESS, "an address"),
    ):
        found = pattern.search(plain)
        if found and not (
            pattern is _PROMPT and found.group().lower() == "language model" and place.section == "method"
        ):
            yield f"has {what}: “{found.group()}”"
    if place.rendition == "en":
        # A list of sources calls each as it is called; nothing else of another script may stand there.
        listed = place.section in ("sources", "unused") and place.part == "body"
        other = _KANA_OR_HAN.search(without_sources(plain, desk) if listed else plain)
        if other:
            yield f"has “{other.group()}” outside a quotation"
    else:
        run = _LATIN_RUN.search(without_sources(plain, desk))
        if run:
            yield f"has English outside a quotation: “{run.group()[:40]}”"
