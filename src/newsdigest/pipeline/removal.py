"""A lawful removal: the words go, a tombstone stays, and every draft that rests on them says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdigest.drafts.draft import Draft
from newsdigest.errors import NotFound, ReviewError
from newsdigest.items.item import Item
from newsdigest.ports import Store

CITES_REMOVED = "cites_removed"


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal left: the item's tombstone, and the drafts that cite what is gone."""

    tombstone: str
    drafts: tuple[str, ...]


def remove_item(store: Store, key: str, *, reason: str, by: str, at: datetime) -> Removal:
    """Remove an item's words for a stated reason; every draft that cites it gets a line in its record.

    Raises ReviewError where no reason is given or the person is unknown or no longer active, NotFound where there is no such item.
    An item that is removed already keeps its first tombstone.
    """
    stated = " ".join(reason.split())
    if not stated:
        raise ReviewError("A removal needs a reason.", about=key)
    try:
        user = store.user(by)
    except NotFound as error:
        raise ReviewError(f"There is no user «{by}»; newsdigest user add {by} makes one.", about=by) from error
    if not user.active:
        raise ReviewError(f"{by} is no longer active.", about=by)
    known = store.item(key)
    if known.removed is not None:
        return Removal(known.removed, tuple(store.drafts_citing(key)))
    store.remove_item(key, stated, by, at)
    citing = tuple(store.drafts_citing(key))
    for draft in citing:
        store.record(at, by, CITES_REMOVED, draft, {"item": key, "reason": stated})
    return Removal(store.item(key).removed or "", citing)


def was_marked(store: Store, draft: str) -> bool:
    """Whether a draft's record says that something it cites was removed."""
    return any(entry.action == CITES_REMOVED for entry in store.audit(draft))


def removed_since(store: Store, draft: str, approved: datetime) -> bool:
    """Whether something that a draft cites was removed after a person approved it."""
    return any(entry.action == CITES_REMOVED and entry.at > approved for entry in store.audit(draft))


def removed_evidence(draft: Draft, items: Mapping[str, Item]) -> dict[str, str]:
    """The cited items that were removed since, each with its tombstone "removed on DATE, reason"."""
    cited = dict.fromkeys(cited_items(draft))
    return {key: items[key].removed or "" for key in cited if key in items and items[key].removed is not None}


def cited_items(draft: Draft) -> Iterable[str]:
    """The keys of the items that a draft's sentences cite, in their order."""
    for sentence in (*draft.sentences("ja"), *draft.sentences("en")):
        for evidence in sentence.evidence:
            yield evidence.item
