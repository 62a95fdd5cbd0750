"""Short names that several countries share (巴方 is the side of Brazil, Pakistan or Palestine): whose it is, its own text says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import Mention


def settled(parts: Sequence[Sequence[Mention]], lexicon: Lexicon) -> tuple[tuple[Mention, ...], ...]:
    """Give each shared short name to the one country that the text names in full, else to the one whose people or places it names.

    ``parts`` are the mentions of one text's parts (title, body). A name that remains open is nobody's and is left out.
    """
    own = [m for part in parts for m in part if not m.others]
    named = frozenset(m.entry for m in own)
    homes = frozenset(lexicon.entries[m.entry].country for m in own)
    return tuple(tuple(kept for m in part if (kept := _settled(m, named, homes, lexicon))) for part in parts)


def _settled(mention: Mention, named: frozenset[str], homes: frozenset[str], lexicon: Lexicon) -> Mention | None:
    owners = (mention.entry, *mention.others)
    if not mention.others or any(lexicon.entries[e].kind != "country" for e in owners):
        return mention
    for known in (named, homes):
        possible = [e for e in owners if e in known]
        if possible:
            return replace(mention, entry=possible[0], others=()) if len(possible) == 1 else None
    return None
