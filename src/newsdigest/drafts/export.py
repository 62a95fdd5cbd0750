"""One rendition of a draft as data: what may leave the house once a person approved that half, and nothing of the other."""

from __future__ import annotations

from typing import Any

from newsdigest.drafts.draft import RENDITIONS, Draft, Rendition

SCHEMA = "newsdigest.rendition/1"


def rendition_json(draft: Draft, rendition: Rendition) -> dict[str, Any]:
    """The draft's record with every text of the other half left out.

    Shape: the draft's, ``schema`` and ``rendition`` apart; what is ``{"ja": …, "en": …}`` there keeps one key here. The gates'
    findings are the desk's and stay inside.
    """
    plain = draft.model_dump(mode="json", by_alias=True, exclude={"gates"})
    other = next(r for r in RENDITIONS if r != rendition)
    out: dict[str, Any] = _without(plain, other)
    return {**out, "schema": SCHEMA, "rendition": rendition}


def _without(value: Any, other: str) -> Any:
    if isinstance(value, dict):
        both = set(RENDITIONS) <= value.keys()
        return {k: _without(v, other) for k, v in value.items() if not (both and k == other)}
    if isinstance(value, list):
        return [_without(v, other) for v in value]
    return value
