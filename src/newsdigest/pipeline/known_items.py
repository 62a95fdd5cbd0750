"""What the store holds of the entries of one poll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsdigest.items.entry import ParsedEntry
from newsdigest.items.identity import guid_alias, lookup_aliases, trustworthy
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau
from newsdigest.sources.source import Source


class KnownItems:
    """The stored items that a poll's entries may be, found by the names they go by."""

    def __init__(
        self,
        bureau: Bureau,
        source: Source,
        entries: Sequence[ParsedEntry],
        *,
        listed: Sequence[ParsedEntry] = (),
        nothing_stored: bool = False,
    ) -> None:
        self._bureau = bureau
        self._nothing_stored = nothing_stored
        self._source = source
        self.items: dict[str, Item] = {}
        self._by_alias: dict[str, dict[str, None]] = {}
        self._listed_guids = {guid_alias(entry.guid) for entry in listed if trustworthy(entry)}
        self._asked: set[str] = set()
        self.look_up(alias for entry in entries for alias in lookup_aliases(entry))

    def of(self, entry: ParsedEntry, canonical: str) -> list[Item]:
        """The items that share a name with the entry or with its page.

        An item whose guid another entry of the same answer bears is that entry's, unless the titles are one.
        """
        aliases = lookup_aliases(entry, canonical)
        self.look_up(aliases)
        keys = {key for alias in aliases for key in self._by_alias.get(alias, ())}
        if not keys:
            return []
        others = self._listed_guids - {guid_alias(entry.guid)}
        return [
            item
            for key, item in self.items.items()
            if key in keys and (item.latest.title == entry.title or others.isdisjoint(item.aliases))
        ]

    def add(self, item: Item) -> None:
        """Take up what was just decided."""
        self.items[item.key] = item
        for alias in item.aliases:
            self._by_alias.setdefault(alias, {})[item.key] = None

    def look_up(self, aliases: Iterable[str]) -> None:
        """Ask the store for the items that bear one of the names, unless that was done before."""
        wanted = set(aliases) - self._asked
        self._asked |= wanted
        if wanted and not self._nothing_stored:
            for item in self._bureau.store.items_of_source(self._source.id, wanted):
                if item.key not in self.items:
                    self.add(item)
