"""Which item an entry is: (source, lineage), with every address and guid it ever had."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdigest.documents.address import canonical_address
from newsdigest.items.entry import ParsedEntry
from newsdigest.items.item import Item
from newsdigest.items.versions import similarity
from newsdigest.records import digest, short_key

SAME_STORY = 0.5
_GENERIC = re.compile(r"(?i)(?:null|none|undefined|n/?a|guid|id|false|true|0+|\d{1,3}|-|\?|#)$")


@dataclass(frozen=True, slots=True)
class Identity:
    """``lineage`` names the item within its source; ``aliases`` are all the names this entry goes by."""

    lineage: str
    aliases: tuple[str, ...]


def identity_of(entry: ParsedEntry, address: str, text: str) -> Identity:
    """Return an entry's identity: a trustworthy guid, else the canonical address, else the content.

    ``address`` is the page's canonical address where it was read, else the entry's.
    """
    names: list[str] = []
    if trustworthy(entry):
        names.append(guid_alias(entry.guid))
    for stated in (address, entry.url):
        if stated:
            names.append(f"address:{canonical_address(stated)}")
    if not names:
        names.append(f"content:{digest(entry.title + chr(31) + text)[:32]}")
    unique = tuple(dict.fromkeys(names))
    return Identity(unique[0], unique)


def guid_alias(guid: str) -> str:
    """The alias of a guid; one that is an address is canonical, so that tracking parameters do not churn it.

    Its fragment stays: a page that holds a day's notes names each of them by one.
    """
    if not guid.startswith(("http://", "https://")):
        return f"guid:{guid}"
    _, mark, fragment = guid.partition("#")
    return f"guid:{canonical_address(guid)}{mark}{fragment}" if fragment else f"guid:{canonical_address(guid)}"


def trustworthy(entry: ParsedEntry) -> bool:
    """Whether the guid names this entry and no other."""
    return bool(entry.guid) and "guid_repeated" not in entry.flags and not _GENERIC.match(entry.guid.strip())


def key_of(source: str, lineage: str) -> str:
    """The item's opaque, permanent key."""
    return short_key("i", source, lineage)


def lookup_aliases(entry: ParsedEntry, address: str = "") -> tuple[str, ...]:
    """The aliases to ask the store for before deciding (``Store.items_of_source``)."""
    return identity_of(entry, address, entry.content or entry.summary).aliases


def same_item(entry: ParsedEntry, identity: Identity, text: str, existing: list[Item]) -> Item | None:
    """Return the stored item that this entry is, or None where it is new.

    The same guid is the same item. The same address is, unless both guids can be trusted and neither title nor text is alike: some feeds
    link every entry to their front page.
    """
    guid = guid_alias(entry.guid) if trustworthy(entry) else None
    if guid:
        for item in existing:
            if guid in item.aliases:
                return item
    addresses = {alias for alias in identity.aliases if not alias.startswith("guid:")}
    for item in existing:
        if not addresses & set(item.aliases):
            continue
        other_guids = [alias for alias in item.aliases if alias.startswith("guid:")]
        if not guid or not other_guids or _alike(entry, text, item):
            return item
    return None


def _alike(entry: ParsedEntry, text: str, item: Item) -> bool:
    latest = item.latest
    if entry.title and entry.title == latest.title:
        return True
    return similarity(text or entry.title, latest.text or latest.title) >= SAME_STORY
