"""A comparison as a bag of findings that can be held against another's: without ids, ranks, hashes and words of proof.

Offsets of one edited field are carried back to where they stood before the edit, so that only what a finding says can differ.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsdigest.comparison.record import Comparison

# What describes the comparison and not the event, and what only ranks or repeats findings.
_NO_FINDINGS = frozenset(
    [
        "id",
        "event",
        "as_of",
        "items",
        "inputs",
        "headline_topics",
        "topics",
        "copies",
        "accounts",
        "interpretations",
        "subject",
    ]
)
# Ids (made from offsets), hashes, ranks, quoted proof, and the words that a search looked for.
_NOT_SAID = frozenset(
    [
        "id",
        "claims",
        "quotes",
        "figures",
        "claim",
        "period",
        "original",
        "weight",
        "exact",
        "sha256",
        "text_sha256",
        "searched",
        "aliases",
        "guessed",
    ]
)
_EVIDENCE = frozenset({"item", "version", "field", "start", "end", "sha256"})
_NAME = frozenset({"surface", "ja", "en", "role", "kind"})
_KINDS = {"matrix": "cell", "formulae": "formula", "series": "series", "timeline": "timeline", "framing": "framing"}


@dataclass(frozen=True)
class Edit:
    """``put`` in place of ``[start, end)`` of one field of an item's version."""

    item: str
    version: int
    field: str
    start: int
    end: int
    put: str

    def collapsed(self, place: int, *, made: bool) -> int:
        """An offset of the edited field, before or after the edit was ``made``, with all that it touches drawn together to one place."""
        length = len(self.put) if made else self.end - self.start
        return place if place <= self.start else max(self.start, place - length)


@dataclass(frozen=True)
class Finding:
    """What a comparison says in one place: its kind, the labels by which a specification names it, and all it says as JSON."""

    kind: str
    labels: tuple[tuple[str, str], ...]
    body: str

    def fits(self, wanted: Mapping[str, str]) -> bool:
        """Whether this is one of the findings that a specification names."""
        labels = dict(self.labels)
        return self.kind == wanted["kind"] and all(labels.get(k) == v for k, v in wanted.items() if k != "kind")


def findings(comparison: Comparison, slug: Mapping[str, str], edit: Edit, *, made: bool) -> Counter[Finding]:
    """Return the findings of a comparison before or after an edit was ``made``; ``slug`` maps an item's key to its document's id."""
    see = _View(slug, edit, made)
    raw = comparison.model_dump(mode="json")
    found: Counter[Finding] = Counter()
    for name, rows in raw.items():
        if name in _NO_FINDINGS or not isinstance(rows, list):
            continue
        kind = _KINDS.get(name, name.removesuffix("s"))
        for row in rows:
            body = json.dumps(see.plain(row), ensure_ascii=False, sort_keys=True)
            found[Finding(kind, _labels(kind, row, slug), body)] += 1
    return found


@dataclass(frozen=True)
class _View:
    slug: Mapping[str, str]
    edit: Edit
    made: bool

    def plain(self, value: Any) -> Any:
        if isinstance(value, list):
            seen = [self.plain(v) for v in value]
            # The same place cited twice says no more than once.
            return [v for n, v in enumerate(seen) if v not in seen[:n]]
        if isinstance(value, str):
            return self.slug.get(value, value)
        if not isinstance(value, dict):
            return value
        if value.keys() >= _EVIDENCE:
            return self._place(value)
        if value.keys() >= _NAME:
            return _named(value)
        return {k: self.plain(v) for k, v in value.items() if k not in _NOT_SAID}

    def _place(self, value: Mapping[str, Any]) -> list[Any]:
        start, end, edit = value["start"], value["end"], self.edit
        if (value["item"], value["version"], value["field"]) == (edit.item, edit.version, edit.field):
            start, end = (edit.collapsed(place, made=self.made) for place in (start, end))
        return [self.slug.get(value["item"], value["item"]), value["version"], value["field"], start, end]


def _named(name: Mapping[str, Any]) -> str:
    """Whom a name means: an entry that the event itself taught has an id made from all its spellings, so its spelling here."""
    identity = name["id"] or ""
    if identity and not identity.startswith("found."):
        return str(identity)
    return str(name["surface"] or name["en"] or name["ja"])


def _labels(kind: str, row: Mapping[str, Any], slug: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    evidence = row.get("evidence") or row.get("first") or {}
    first = evidence[0] if isinstance(evidence, list) and evidence else evidence
    item = row.get("item") or row.get("carrier") or row.get("lead") or (first.get("item") if first else "") or ""
    labels = {
        "item": slug.get(item, item),
        "slot": row.get("slot"),
        "topic": row.get("topic_id"),
        "source": row.get("source"),
        "formula": row.get("formula"),
        "of": row.get("of_id"),
        "claim": row.get("kind") if kind == "claim" else None,
        "what": row.get("kind") if kind != "claim" else None,
    }
    return tuple(sorted((k, str(v)) for k, v in labels.items() if v))
