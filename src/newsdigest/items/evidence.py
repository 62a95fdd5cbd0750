"""Evidence: the exact characters a claim or sentence rests on (W3C TextQuoteSelector with TextPositionSelector)."""

from __future__ import annotations

from typing import Literal

from newsdigest.errors import EvidenceError
from newsdigest.items.item import Item, ItemVersion
from newsdigest.records import Record, digest

Field = Literal["title", "text"]


class Evidence(Record):
    """``exact == text[start:end]`` of that field of that version; Unicode code points, half-open."""

    item: str
    version: int
    field: Field
    start: int
    end: int
    exact: str
    sha256: str


def cite(item: str, version: ItemVersion, field: Field, start: int, end: int) -> Evidence:
    """Return the evidence for ``[start, end)`` of a field; raise EvidenceError where the span is empty or outside."""
    text = version.title if field == "title" else version.text
    if not 0 <= start < end <= len(text):
        raise EvidenceError(f"There are no characters {start}–{end} in the {field} of {item}.", about=item)
    sha = version.title_sha256 if field == "title" else version.text_sha256
    return Evidence(item=item, version=version.n, field=field, start=start, end=end, exact=text[start:end], sha256=sha)


def resolves(evidence: Evidence, item: Item) -> bool:
    """Return whether the evidence's characters stand where it says, in that very version."""
    version = next((v for v in item.versions if v.n == evidence.version), None)
    if version is None or item.key != evidence.item:
        return False
    text = version.title if evidence.field == "title" else version.text
    return digest(text) == evidence.sha256 and text[evidence.start : evidence.end] == evidence.exact
