"""Invented statements and reports in three languages, and vectors that say which sentences mean the same. All names are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from newsdigest.comparison.packet import Member, Packet
from newsdigest.events.encoding import content_hash
from newsdigest.items.item import Statement
from newsdigest.language.sentences import sentences
from newsdigest.sources.source import Channel, Language, Source, SourceKind
from tests.comparison.collision import NAMES
from tests.comparison.packets import lexicon_with, member

WORDS = lexicon_with(NAMES)
VELDAN, KORSUND = "country.veldan", "country.korsund"


def document(language: Language, title: str, body: str, hour: str) -> dict[str, Any]:
    return {"lang": language, "title": title, "body": body, "published": f"2031-06-{hour}:00+00:00"}


def spoken(
    key: str,
    issuer: str,
    *documents: Mapping[str, Any],
    channel: Channel = "statement",
    zone: str = "UTC",
    name: str = "",
) -> Member:
    """A statement of a body; several documents are its versions."""
    language = documents[0]["lang"]
    known = WORDS.entries[issuer].form(language)
    source = Source(
        id=key, name={language: name or known or key}, kind="government", language=language, zone=zone,
        address="https://x.invalid/", issuer=issuer,
    )  # fmt: skip
    statement = Statement(issuer=issuer, channel=channel, chosen=channel != "briefing")
    return member(source, list(documents), statement, key)


def reported(
    key: str, *documents: Mapping[str, Any], name: str = "", kind: SourceKind = "newspaper", country: str = "GB"
) -> Member:
    """An outlet's report."""
    language = documents[0]["lang"]
    source = Source(
        id=key,
        name={language: name or key},
        kind=kind,
        language=language,
        country=country,
        address="https://x.invalid/",
    )
    return member(source, list(documents), None, key)


def with_meanings(packet: Packet, *same: Sequence[str]) -> Packet:
    """The packet with vectors: sentences of one group point one way, every other sentence a way of its own."""
    texts = dict.fromkeys(m.text[s.start : s.end] for m in packet.members for s in sentences(m.text, m.language))
    groups = {text: n for n, group in enumerate(same) for text in group}
    for text in texts:
        groups.setdefault(text, max(groups.values(), default=-1) + 1)
    size = max(groups.values()) + 1
    vectors = {content_hash(text): np.eye(size, dtype=np.float32)[n] for text, n in groups.items()}
    return replace(packet, vectors=vectors)
