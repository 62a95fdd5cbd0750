"""Items with every version, found by key, alias, time, issuer or words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, select

from newsdigest.errors import NotFound
from newsdigest.items.item import Item
from newsdigest.ports import PollOutcome
from newsdigest.store.coding import chunks, decode, plain
from newsdigest.store.documents import write_documents
from newsdigest.store.item_writing import write_items
from newsdigest.store.rows import Rows
from newsdigest.store.sources import write_source_states
from newsdigest.store.tables import item_aliases, item_versions, items


def read_items(connection: Connection, query: Select[int, str]) -> list[Item]:
    """Return the items of a query for ``items.id`` and ``items.head``, in its order, each with every version."""
    heads = connection.execute(query).all()
    versions: dict[int, list[str]] = {}
    for serials in chunks(row.id for row in heads):
        rows = connection.execute(
            select(item_versions.c.item, item_versions.c.record)
            .where(item_versions.c.item.in_(serials))
            .order_by(item_versions.c.item, item_versions.c.n)
        )
        for serial, record in rows:
            versions.setdefault(serial, []).append(record)
    return [_assemble(row.head, versions[row.id]) for row in heads]


def _assemble(head: str, versions: Sequence[str]) -> Item:
    # both are JSON objects already: joining their texts spares parsing and writing them once more
    return decode(Item, f'{head[:-1]},"versions":[{",".join(versions)}]}}')


HEADS = select(items.c.id, items.c.head)


class ItemRows(Rows):
    """Items."""

    def commit_poll(self, outcome: PollOutcome) -> None:
        """Store all that a poll brought in one transaction; the validators last, so that nothing is skipped after a kill."""
        self.commit_polls([outcome])

    def commit_polls(self, outcomes: Sequence[PollOutcome]) -> None:
        """Store the polls of different sources in one transaction: all of them, or none."""
        with self.database.writing(alone=[f"source {outcome.state.source}" for outcome in outcomes]) as connection:
            write_documents(connection, [capture for outcome in outcomes for capture in outcome.documents])
            write_items(connection, [item for outcome in outcomes for item in outcome.items])
            write_source_states(connection, [outcome.state for outcome in outcomes])

    def item(self, key: str) -> Item:
        """Return an item with every version."""
        with self.database.reading() as connection:
            found = read_items(connection, HEADS.where(items.c.key == key))
        if not found:
            raise NotFound(f"There is no item {key}.", about=key)
        return found[0]

    def items(self, keys: Iterable[str]) -> dict[str, Item]:
        """Return the items of those keys that are there, in the order asked."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Item] = {}
        with self.database.reading() as connection:
            for some in chunks(wanted):
                found.update((item.key, item) for item in read_items(connection, HEADS.where(items.c.key.in_(some))))
        return {key: found[key] for key in wanted if key in found}

    def items_of_source(self, source: str, aliases: Iterable[str]) -> list[Item]:
        """Return the source's items that bear or bore one of the aliases, in order of arrival."""
        serials: set[int] = set()
        with self.database.reading() as connection:
            for some in chunks(sorted({plain(alias) for alias in aliases})):
                query = select(item_aliases.c.item).where(item_aliases.c.source == source)
                serials.update(connection.scalars(query.where(item_aliases.c.alias.in_(some))))
            found: list[Item] = []
            for ids in chunks(sorted(serials)):
                found.extend(read_items(connection, HEADS.where(items.c.id.in_(ids)).order_by(items.c.id)))
        return found

    def items_between(self, start: datetime, end: datetime) -> list[Item]:
        """Return the items first published in ``[start, end)``, in that order; where unknown, first seen counts."""
        query = HEADS.where(items.c.moment >= start, items.c.moment < end, items.c.removed.is_(None))
        with self.database.reading() as connection:
            return read_items(connection, query.order_by(items.c.moment, items.c.key))

    def statements_of(
        self, issuer: str, occasion: str | None, before: datetime, *, after: datetime | None = None
    ) -> list[Item]:
        """Return the issuer's statements (of the occasion, if one is named) first published before (and after), oldest first."""
        query = HEADS.where(items.c.issuer == issuer, items.c.moment < before, items.c.removed.is_(None))
        if after is not None:
            query = query.where(items.c.moment > after)
        if occasion is not None:
            query = query.where(items.c.occasion == occasion)
        with self.database.reading() as connection:
            return read_items(connection, query.order_by(items.c.moment, items.c.key))
