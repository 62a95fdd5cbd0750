"""Writing items: a known one keeps its key and its versions, and gains what is new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from newsdigest.errors import Conflict
from newsdigest.items.item import Item, ItemVersion
from newsdigest.store.coding import decode_mapping, encode, plain
from newsdigest.store.rows import insert_new
from newsdigest.store.search_index import index_item
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


def write_items(connection: Connection, arrivals: Iterable[Item]) -> None:
    """Store items within a transaction of the caller's. The same item twice changes nothing."""
    for item in arrivals:
        query = select(items.c.id, items.c.removed, items.c.head).where(items.c.key == item.key).with_for_update()
        row = connection.execute(query).first()
        if row is None:
            serial = _new_item(connection, item)
        elif row.removed is not None:
            continue  # removed by law: it does not come back with the next poll
        else:
            serial = row.id
            _renew_head(connection, row, item)
        if _write_versions(connection, serial, item):
            index_item(connection, serial, item.latest)
        _write_aliases(connection, serial, item)


def _columns(item: Item) -> dict[str, object]:
    statement = item.statement
    return {
        "issuer": statement.issuer if statement else None,
        "occasion": statement.occasion if statement else None,
        "head": head_of(item),
    }


def _new_item(connection: Connection, item: Item) -> int:
    values = {
        "key": item.key,
        "source": item.source,
        "moment": moment_of(item),
        "removed": item.removed,
        **_columns(item),
    }
    serial: int = connection.execute(insert(items).values(**values).returning(items.c.id)).scalar_one()
    return serial


def _renew_head(connection: Connection, row: Row[int, str | None, str], item: Item) -> None:
    """Write what changed of a known item; an alias it once had stays, also where the caller did not know of it."""
    kept = decode_mapping(row.head)["aliases"]
    merged = item.model_copy(update={"aliases": tuple(dict.fromkeys((*kept, *item.aliases)))})
    columns = _columns(merged)
    if columns["head"] != row.head:
        connection.execute(update(items).where(items.c.id == row.id).values(**columns))


def _version_row(serial: int, version: ItemVersion) -> dict[str, object]:
    return {
        "item": serial,
        "n": version.n,
        "title_sha256": version.title_sha256,
        "text_sha256": version.text_sha256,
        "document": version.document,
        "record": encode(version),
    }


def _write_versions(connection: Connection, serial: int, item: Item) -> bool:
    """Add the versions that are not there; return whether the newest is among them."""
    query = select(item_versions.c.n, item_versions.c.title_sha256, item_versions.c.text_sha256)
    known = {row.n: row for row in connection.execute(query.where(item_versions.c.item == serial))}
    for version in item.versions:
        row = known.get(version.n)
        if row is None:
            connection.execute(insert(item_versions).values(**_version_row(serial, version)))
        elif (row.title_sha256, row.text_sha256) != (version.title_sha256, version.text_sha256):
            raise Conflict(f"Version {version.n} of {item.key} is kept with other words.", about=item.key)
    return item.latest.n > max(known, default=0)


def _write_aliases(connection: Connection, serial: int, item: Item) -> None:
    aliases = sorted({plain(alias) for alias in item.aliases})
    insert_new(connection, item_aliases, [{"source": item.source, "alias": alias, "item": serial} for alias in aliases])
