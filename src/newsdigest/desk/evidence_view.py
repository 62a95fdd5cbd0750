"""Evidence as the desk shows it: the exact characters inside the sentence of the stored text around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsdigest.drafts.draft import Draft
from newsdigest.items.evidence import Evidence, resolves
from newsdigest.items.item import Item, ItemVersion
from newsdigest.records import short_key

AROUND = 90


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence: ``before`` + ``exact`` + ``after`` stand so in the stored version. ``sound`` is false where they no longer do.

    Where the item was removed, ``removed`` says when and why, and no word of it is shown.
    """

    key: str
    source: str
    language: str
    url: str
    item: str
    version: int
    published: str
    before: str
    exact: str
    after: str
    sound: bool
    removed: str = ""


def key_of(evidence: Evidence) -> str:
    """The page's anchor for a piece of evidence."""
    return short_key("e", evidence.item, str(evidence.version), evidence.field, str(evidence.start), str(evidence.end))


def views(draft: Draft, items: Mapping[str, Item], names: Mapping[str, str]) -> list[EvidenceView]:
    """Every piece of evidence of a draft once, in the order of the sentences that cite it."""
    seen: dict[str, EvidenceView] = {}
    for evidence in _cited(draft):
        key = key_of(evidence)
        if key not in seen:
            seen[key] = _view(key, evidence, items.get(evidence.item), names)
    return list(seen.values())


def _cited(draft: Draft) -> Iterable[Evidence]:
    for rendition in ("ja", "en"):
        for sentence in draft.sentences(rendition):
            yield from sentence.evidence


def _view(key: str, evidence: Evidence, item: Item | None, names: Mapping[str, str]) -> EvidenceView:
    version = next((v for v in item.versions if v.n == evidence.version), None) if item else None
    if item is None or version is None:
        return EvidenceView(key, "?", "", "", evidence.item, evidence.version, "", "", evidence.exact, "", False)
    if item.removed is not None:
        return _removed(key, evidence, item, version, names)
    text = version.title if evidence.field == "title" else version.text
    begin, end = max(0, evidence.start - AROUND), min(len(text), evidence.end + AROUND)
    before = ("…" if begin else "") + text[begin : evidence.start]
    after = text[evidence.end : end] + ("…" if end < len(text) else "")
    return EvidenceView(
        key=key,
        source=names.get(item.source, item.source),
        language=version.language,
        url=item.url if item.url.startswith(("https://", "http://")) else "",
        item=item.key,
        version=evidence.version,
        published=version.published.raw,
        before=before,
        exact=evidence.exact,
        after=after,
        sound=resolves(evidence, item),
    )


def _removed(key: str, evidence: Evidence, item: Item, version: ItemVersion, names: Mapping[str, str]) -> EvidenceView:
    source = names.get(item.source, item.source)
    shown = item.removed or ""
    published = version.published.raw
    return EvidenceView(
        key, source, version.language, "", item.key, evidence.version, published, "", "", "", False, shown
    )
