"""Whether an official body speaks in an item, and how."""

from __future__ import annotations

from newsdigest.items.item import Statement
from newsdigest.language.lexicon import Lexicon
from newsdigest.sources.source import Source


def statement_of(source: Source, title: str, text: str, lexicon: Lexicon) -> Statement | None:
    """Return the statement an item is, or None where it is ordinary news."""
    if source.official and source.kind != "state_media":
        return Statement(
            issuer=source.issuer or source.id,
            channel=source.channel or "statement",
            chosen=source.channel not in ("briefing", "interview"),
        )
    return None
