"""Finding items by words, in any script."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Select, bindparam, text

from newsdigest.items.item import Item
from newsdigest.store.bigrams import matches, query_words
from newsdigest.store.items import HEADS, read_items
from newsdigest.store.rows import Rows
from newsdigest.store.search_index import WORDS, reindex
from newsdigest.store.tables import items


def _candidates(connection: Connection, words: Sequence[str]) -> Select[int, str]:
    """Items whose newest version has every word, newest first."""
    if connection.dialect.name == "sqlite":
        query = " AND ".join(f'"{word}"' for word in words)
        hits = text("SELECT rowid FROM item_search WHERE item_search MATCH :words").bindparams(words=query)
    else:
        hits = text("SELECT item FROM item_search WHERE words @> :words").bindparams(
            bindparam("words", list(words), type_=WORDS)
        )
    inside = items.c.id.in_(hits.columns(items.c.id).scalar_subquery())
    return HEADS.where(inside, items.c.removed.is_(None)).order_by(items.c.moment.desc(), items.c.key)


class SearchRows(Rows):
    """Search."""

    def search_items(self, words: str, limit: int = 50) -> list[Item]:
        """Return the newest items whose newest title or text has every blank-separated term, in any script."""
        wanted = query_words(words)
        found: list[Item] = []
        if not wanted or limit < 1:
            return found
        step = max(limit, 20)
        with self.database.reading() as connection:
            query = _candidates(connection, wanted)
            for offset in range(0, 100 * step, step):
                some = read_items(connection, query.limit(step).offset(offset))
                found.extend(i for i in some if matches(words, f"{i.latest.title}\n{i.latest.text}"))
                if len(found) >= limit or len(some) < step:
                    break
        return found[:limit]

    def reindex(self) -> int:
        """Build the index anew from the stored items; return how many are in it."""
        with self.database.writing() as connection:
            return reindex(connection)
