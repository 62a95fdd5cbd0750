"""Writing items, a poll's worth at a time: a known one keeps its key and its versions, and gains what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from newsdigest.errors import Conflict
from newsdigest.items.item import Item, ItemVersion
from newsdigest.store.coding import chunks, decode_mapping, encode, plain
from newsdigest.store.rows import insert_new
from newsdigest.store.search_index import forget_item, index_items
from newsdigest.store.tables import item_aliases, item_versions, items


def moment_of(item: Item) -> datetime:
    """Return when the item was first published: its first version's instant, never later than we first saw it."""
    first = item.versions[0]
    published = first.published.instant
    return first.first_seen if published is None else min(published, first.first_seen)


def head_of(item: Item) -> str:
    """Return the item without its versions, as JSON."""
    try:
        return encode(item.model_dump(mode="json", exclude={"versions"}))
    except UnicodeEncodeError:
        return encode(item.model_dump(exclude={"versions"}))


def write_items(connection: Connection, arrivals: Sequence[Item]) -> None:
    """Store items within a transaction of the caller's. The same item twice changes nothing."""
    for some in chunks(_once_each(arrivals)):
        _write_some(connection, some)


def _once_each(arrivals: Sequence[Item]) -> list[Item]:
    """One item a key, the one with the most versions: a feed may carry an item and its revision in one answer."""
    found: dict[str, Item] = {}
    for item in arrivals:
        if item.key not in found or len(item.versions) >= len(found[item.key].versions):
            found[item.key] = item
    return list(found.values())


def _write_some(connection: Connection, some: Sequence[Item]) -> None:
    columns = (items.c.id, items.c.key, items.c.removed, items.c.head)
    query = select(*columns).where(items.c.key.in_([item.key for item in some])).with_for_update()
    known = {row.key: row for row in connection.execute(query)}
    serials: dict[str, int] = {}
    fresh = [item for item in some if item.key not in known]
    if fresh:
        made = insert(items).returning(items.c.id, sort_by_parameter_order=True)
        ids = connection.scalars(made, [_new_row(item) for item in fresh]).all()
        serials.update((item.key, serial) for item, serial in zip(fresh, ids, strict=True))
    for item in some:
        row = known.get(item.key)
        if row is not None and row.removed is None:  # removed by law: it does not come back with the next poll
            serials[item.key] = row.id
            _renew_head(connection, row.id, row.head, item)
    live = [item for item in some if item.key in serials]
    _write_versions(connection, serials, live, {row.id for row in known.values()})
    insert_new(
        connection,
        item_aliases,
        [
            {"source": item.source, "alias": alias, "item": serials[item.key]}
            for item in live
            for alias in sorted({plain(alias) for alias in item.aliases})
        ],
    )


def _columns(item: Item) -> dict[str, Any]:
    statement = item.statement
    return {
        "issuer": statement.issuer if statement else None,
        "occasion": statement.occasion if statement else None,
        "head": head_of(item),
    }


def _new_row(item: Item) -> dict[str, Any]:
    row = {"key": item.key, "source": item.source, "moment": moment_of(item), "removed": item.removed}
    return {**row, **_columns(item)}


def _renew_head(connection: Connection, serial: int, head: str, item: Item) -> None:
    """Write what changed of a known item; an alias it once had stays, also where the caller did not know of it."""
    kept = decode_mapping(head)["aliases"]
    merged = item.model_copy(update={"aliases": tuple(dict.fromkeys((*kept, *item.aliases)))})
    columns = _columns(merged)
    if columns["head"] != head:
        connection.execute(update(items).where(items.c.id == serial).values(**columns))


def _write_versions(
    connection: Connection, serials: Mapping[str, int], live: Sequence[Item], earlier: set[int]
) -> None:
    """Add the versions that are not there, and index those that are now the newest."""
    known = _known_versions(connection, sorted(earlier & set(serials.values())))
    rows: list[dict[str, Any]] = []
    newest: dict[int, ItemVersion] = {}
    for item in live:
        serial = serials[item.key]
        there = known.get(serial, {})
        for version in item.versions:
            if version.n not in there:
                rows.append(_version_row(serial, version))
            elif there[version.n] != (version.title_sha256, version.text_sha256):
                raise Conflict(f"Version {version.n} of {item.key} is kept with other words.", about=item.key)
            elif version.withdrawn:  # the words stay; only the mark is added
                mine = (item_versions.c.item == serial) & (item_versions.c.n == version.n)
                connection.execute(update(item_versions).where(mine).values(record=encode(version)))
        if item.latest.n > max(there, default=0):
            newest[serial] = item.latest
    if rows:
        connection.execute(insert(item_versions), rows)
    for serial in newest:
        if serial in earlier:
            forget_item(connection, serial)
    index_items(connection, newest)


def _known_versions(connection: Connection, serials: Sequence[int]) -> dict[int, dict[int, tuple[str, str]]]:
    found: dict[int, dict[int, tuple[str, str]]] = {}
    columns = (item_versions.c.item, item_versions.c.n, item_versions.c.title_sha256, item_versions.c.text_sha256)
    for some in chunks(serials):
        for serial, n, title, words in connection.execute(select(*columns).where(item_versions.c.item.in_(some))):
            found.setdefault(serial, {})[n] = (title, words)
    return found


def _version_row(serial: int, version: ItemVersion) -> dict[str, Any]:
    return {
        "item": serial,
        "n": version.n,
        "title_sha256": version.title_sha256,
        "text_sha256": version.text_sha256,
        "document": version.document,
        "record": encode(version),
    }
