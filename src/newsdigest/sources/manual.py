"""The source of what a person hands in: one of the catalogue, or one made for its issuer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from newsdigest.errors import CatalogueError
from newsdigest.records import short_key
from newsdigest.sources.source import SOURCE_KINDS, Channel, Language, Source

MEMO = "memo"
MEMO_NAME = {"ja": "本紙取材メモ", "en": "our own reporting notes"}


def manual_source(
    sources: Mapping[str, Source],
    *,
    source: str = "",
    issuer: str = "",
    kind: str = "",
    channel: str = "",
    language: str = "",
    zone: str = "UTC",
) -> Source | None:
    """Return the source of a handout, None where neither source nor issuer is given.

    An issuer without a source gets one of its own, named after it. Raises CatalogueError naming what would be right.
    """
    if language not in ("", *get_args(Language)):
        raise CatalogueError(f"There is no language «{language}»; it is ja, en or zh.", about=issuer)
    if channel not in ("", *get_args(Channel)):
        raise CatalogueError(
            f"There is no channel «{channel}»; there are {', '.join(get_args(Channel))}.", about=issuer
        )
    if kind not in ("", MEMO, *SOURCE_KINDS):
        raise CatalogueError(
            f"There is no kind «{kind}»; there are {', '.join(SOURCE_KINDS)} and {MEMO}.", about=issuer
        )
    if source:
        if source not in sources:
            raise CatalogueError(f"There is no source «{source}»; newsdigest sources list names them.", about=source)
        return sources[source]
    if not issuer and kind != MEMO:
        return None
    chosen = language or ("ja" if any(ord(char) > 0x2E80 for char in issuer) else "en")
    memo = kind == MEMO
    return Source.model_validate(
        {
            "id": "memo" if memo else short_key("handout", issuer),
            "name": MEMO_NAME if memo else {chosen: issuer},
            "kind": "other" if memo else kind or "government",
            "kind_word": MEMO if memo else kind,
            "language": chosen,
            "zone": zone,
            "address": "",
            "issuer": None if memo else issuer,
            "channel": channel or None,
            "enabled": False,
            "full_text": True,
        }
    )
