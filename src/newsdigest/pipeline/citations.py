"""Which items our drafts cite: their pages are watched more often and longer than others."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from newsdigest.pipeline.removal import cited_items
from newsdigest.ports import Store
from newsdigest.sources.revisits import CITED_WATCHED


class Citations:
    """The items cited by the drafts in force; read once, and only when somebody asks.

    A draft from before the longest watch cites nothing that is still watched, so it is not read.
    """

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._since = now - CITED_WATCHED

    def __contains__(self, key: object) -> bool:
        """Whether a draft cites the item of that key."""
        return bool(key) and key in self._keys

    @cached_property
    def _keys(self) -> frozenset[str]:
        drafts = [self._store.draft(row.draft) for row in self._store.queue() if row.as_of >= self._since]
        return frozenset(key for draft in drafts for key in cited_items(draft))
