"""Finding items by words, in any script."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from newsdigest.items.item import Item
from newsdigest.store.bigrams import matches, query_words
from newsdigest.store.items import HEADS, read_items
from newsdigest.store.rows import Rows
from newsdigest.store.search_index import WORDS, reindex
from newsdigest.store.tables import items

NO_SERIAL_REACHES = 2**31 - 1
MOST_STEPS = 100


def _hits(connection: Connection, words: Sequence[str], before: int, limit: int) -> Sequence[int]:
    """The next serials, below ``before``, of items whose newest version has every word; last arrived first.

    FTS5 walks its rows in that order by itself, so that a word that stands everywhere costs no more than a rare one.
    """
    if connection.dialect.name == "sqlite":
        matching = "SELECT rowid FROM item_search WHERE item_search MATCH :words AND rowid < :before"
        query = text(f"{matching} ORDER BY rowid DESC LIMIT :limit")
        words_given: object = " AND ".join(f'"{word}"' for word in words)
    else:
        matching = "SELECT item FROM item_search WHERE words @> :words AND item < :before"
        query = text(f"{matching} ORDER BY item DESC LIMIT :limit").bindparams(bindparam("words", type_=WORDS))
        words_given = list(words)
    return connection.scalars(query, {"words": words_given, "before": before, "limit": limit}).all()


class SearchRows(Rows):
    """Search."""

    def search_items(self, words: str, limit: int = 50) -> list[Item]:
        """Return the items, last arrived first, whose newest title or text has every blank-separated term, in any script."""
        wanted = query_words(words)
        found: list[Item] = []
        if not wanted or limit < 1:
            return found
        step, before = max(limit, 20), NO_SERIAL_REACHES
        with self.database.reading() as connection:
            for _ in range(MOST_STEPS):
                serials = _hits(connection, wanted, before, step)
                query = HEADS.where(items.c.id.in_(serials)).order_by(items.c.id.desc())
                some = read_items(connection, query)
                found.extend(i for i in some if matches(words, f"{i.latest.title}\n{i.latest.text}"))
                if len(found) >= limit or len(serials) < step:
                    break
                before = serials[-1]
        return found[:limit]

    def reindex(self) -> int:
        """Build the index anew from the stored items; return how many are in it."""
        with self.database.writing() as connection:
            return reindex(connection)
