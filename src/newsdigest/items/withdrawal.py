"""Corrections and withdrawals that a source announces: flagged where they stand, and led to the item they mean."""

from __future__ import annotations

import re

from newsdigest.items.tables import ReadingTables

_URL = re.compile(r"https?://[^\s<>\"'）)」』]+")
_TITLED = re.compile(r"[“\"「『《]([^”\"」』》]{6,200})[”\"」』》]")


def notices(title: str, text: str, tables: ReadingTables) -> tuple[str, ...]:
    """Return ``correction`` and ``withdrawal`` where a text announces one, and ``withdraws:WHAT`` for what it names.

    A notice stands in the title or in the first or last paragraphs; WHAT is an address or a quoted title of the text.
    """
    paragraphs = text.split("\n")
    edges = "\n".join([title, *paragraphs[:2], *paragraphs[-2:]])
    found = []
    if tables.correction.found_in(edges):
        found.append("correction")
    if tables.withdrawal.found_in(edges):
        found.append("withdrawal")
        named = [*_URL.findall(text), *_TITLED.findall(edges)]
        found.extend(f"withdraws:{what}" for what in dict.fromkeys(named[:4]))
    return tuple(found)
