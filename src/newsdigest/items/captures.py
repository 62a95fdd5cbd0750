"""Which captures a version's words were read from: its document, and those of the further pages that it goes on over."""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.items.item import Item, ItemVersion


def captures_of(version: ItemVersion) -> tuple[str, ...]:
    """The keys of the documents that a version rests on, first page to last."""
    return tuple(key for key in (version.document or "", *version.further) if key)


def resting_on(item: Item, documents: Sequence[str]) -> Item:
    """Return the item, its newest version naming the further documents where it was read from the first of them."""
    first, *further = documents
    latest = item.latest
    if not further or latest.document != first:
        return item
    named = latest.model_copy(update={"further": tuple(further)})
    return item.model_copy(update={"versions": (*item.versions[:-1], named)})
