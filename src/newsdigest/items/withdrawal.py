"""Corrections and withdrawals that a source announces: flagged where they stand, and led to the item they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsdigest.documents.address import canonical_address
from newsdigest.items.item import Item
from newsdigest.items.tables import ReadingTables

WITHDRAWS = "withdraws:"
_URL = re.compile(r"https?://[^\s<>\"'“”（）()「」『』《》，。、；]+")
_TITLED = re.compile(r"[“\"「『《]([^”\"」』》]{4,200})[”\"」』》]")


def notices(title: str, text: str, tables: ReadingTables) -> tuple[str, ...]:
    """Return ``correction`` and ``withdrawal`` where a text announces one, and ``withdraws:WHAT`` for what it names.

    A notice stands in the title or in the first or last paragraphs; WHAT is an address or a quoted title of the text.
    """
    paragraphs = text.split("\n")
    edges = "\n".join([title, *dict.fromkeys([*paragraphs[:2], *paragraphs[-2:]])])
    found = []
    if tables.correction.found_in(edges):
        found.append("correction")
    if tables.withdrawal.found_in(edges):
        found.append("withdrawal")
        named = [*(url.rstrip(".,") for url in _URL.findall(text)), *_TITLED.findall(edges)]
        found.extend(f"{WITHDRAWS}{what}" for what in dict.fromkeys(named[:4]))
    return tuple(found)


def withdrawn_target(notice: Item, items: Iterable[Item]) -> Item | None:
    """Return the item of the same source that a notice withdraws, with its newest version marked as withdrawn; None where there is none.

    The words of the version stay: what was said is evidence of what was withdrawn. ``notice`` itself and items already
    withdrawn are no targets.
    """
    named = [flag.removeprefix(WITHDRAWS) for flag in notice.latest.flags if flag.startswith(WITHDRAWS)]
    addresses = {f"address:{canonical_address(name)}" for name in named if name.startswith(("http://", "https://"))}
    titles = {_squeezed(name) for name in named}
    for item in items:
        if item.key == notice.key or item.source != notice.source or item.latest.withdrawn:
            continue
        known_titles = {_squeezed(version.title) for version in item.versions}
        if (
            addresses & set(item.aliases)
            or f"guid:{item.guid}" in {f"guid:{n}" for n in named}
            or titles & known_titles
        ):
            marked = item.latest.model_copy(
                update={"withdrawn": True, "flags": (*item.latest.flags, f"withdrawn_by:{notice.key}")}
            )
            return item.model_copy(update={"versions": (*item.versions[:-1], marked)})
    return None


def _squeezed(title: str) -> str:
    return re.sub(r"[\s\W_]+", "", title).lower()
