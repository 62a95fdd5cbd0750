"""What a comparison is made from: an event's items as plain values, the lexicon, the issuers' history, the hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from newsdigest.comparison.record import Comparison
from newsdigest.events.event import Copy, Event
from newsdigest.items.evidence import Evidence, Field, cite
from newsdigest.items.item import Item, ItemVersion
from newsdigest.language.lexicon import Lexicon
from newsdigest.sources.source import Language, Source


@dataclass(frozen=True)
class Member:
    """One item of the event in the version compared, with its source. ``earlier`` are its older versions."""

    item: Item
    version: ItemVersion
    source: Source

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key

    @property
    def language(self) -> Language:
        """The version's language."""
        return self.version.language

    @property
    def title(self) -> str:
        """The version's title as stored."""
        return self.version.title

    @property
    def text(self) -> str:
        """The version's text as stored."""
        return self.version.text

    @property
    def chosen(self) -> bool:
        """Whether a body chose what to say here, in a text that we hold whole: only such a member can be silent."""
        return self.item.statement is not None and self.item.statement.chosen and self.version.complete

    def cite(self, start: int, end: int, field: Field = "text") -> Evidence:
        """Evidence for a span of this member's version."""
        return cite(self.key, self.version, field, start, end)


@dataclass(frozen=True)
class Packet:
    """The input of a comparison.

    ``members`` are in order of first publication; ``related`` the members of related events (never of this one);
    ``history`` earlier statements of the issuers present, oldest first; ``as_of`` the hour (UTC) of the comparison.
    ``earlier`` are statements of these issuers on any occasion (for what they said last on a matter); ``vectors`` maps the hash of a
    sentence to its vector, for those that ``editions.edition_texts`` asks for; ``previous`` is the event's last comparison and
    ``removed`` the tombstones of items that were removed since, by key.
    """

    event: Event
    members: tuple[Member, ...]
    lexicon: Lexicon
    as_of: datetime
    related: tuple[Member, ...] = ()
    history: tuple[Member, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[Member, ...] = ()
    vectors: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    previous: Comparison | None = None
    removed: Mapping[str, str] = field(default_factory=dict)

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The groups of items that are one voice."""
        return self.event.copies

    def lead_of(self, key: str) -> str:
        """The item that speaks for ``key``: itself unless it is a copy."""
        return self._leads.get(key, key)

    def member(self, key: str) -> Member:
        """The member (or related member, or piece of history) of a key."""
        return self._by_key[key]

    @cached_property
    def _leads(self) -> Mapping[str, str]:
        # Of two groups that hold an item, as of two members of one key, the first counts.
        return {key: copy.items[0] for copy in reversed(self.event.copies) for key in copy.items}

    @cached_property
    def _by_key(self) -> Mapping[str, Member]:
        return {m.key: m for m in reversed((*self.members, *self.related, *self.history, *self.earlier))}
