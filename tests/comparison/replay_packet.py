"""A packet straight from ../shared/replay/replay.json, before any feed is polled. For tests only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newsdigest.comparison.packet import Member, Packet
from newsdigest.events.event import Copy
from newsdigest.items.item import Statement
from newsdigest.sources.source import Source
from tests.comparison.packets import lexicon, member, packet

# The replay's words for a kind of source: (kind, channel, issuer's entry by country).
_KINDS: dict[str, tuple[str, str | None, str | None]] = {
    "state_media": ("state_media", "readout", "country"),
    "foreign_ministry": ("government", "briefing", "mfa"),
    "official_social": ("government", "post", "country"),
    "broadcaster_interview": ("broadcaster", "interview", None),
    "newspaper_analysis": ("newspaper", None, None),
    "analyst_newsletter": ("analyst", None, None),
    "newspaper_syndicated": ("newspaper", None, None),
    "newspaper_investigative": ("newspaper", None, None),
    "business_daily": ("newspaper", None, None),
    "wire": ("wire", None, None),
    "broadcaster": ("broadcaster", None, None),
}


def replay_packet(
    folder: Path, *, extended: bool = False, until: str | None = None, merged: bool = False, plain: bool = False
) -> Packet:
    """The packet of the replay's main event; ``merged`` takes the related call into it, ``plain`` knows issuers by their source only."""
    replay = json.loads((folder / "replay.json").read_text(encoding="utf-8"))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    feeds = {feed["id"]: feed for feed in replay["feeds"]}
    run = expected["extended_run" if extended else "base_run"]
    wanted = [*expected["clusters"]["CALL"], *(["x-weststreet"] if extended else [])]
    related = expected["clusters"]["JP_US_CALL"]
    if merged:
        wanted, related = [*wanted, *related], []
    documents = [d for d in replay["documents"] if d["id"] in run and (until is None or d["published"] <= until)]
    members = _members([d for d in documents if d["id"] in wanted], feeds, plain=plain)
    others = _members([d for d in documents if d["id"] in related], feeds, plain=plain)
    copies = [Copy(items=("wire", "wire-copy"), kind="syndicated", reason="same text")]
    keys = {m.key for m in members}
    return packet(members, lexicon(), copies=[c for c in copies if set(c.items) <= keys], related=others)


def _members(documents: list[dict[str, Any]], feeds: dict[str, Any], *, plain: bool) -> list[Member]:
    by_guid: dict[str, list[dict[str, Any]]] = {}
    for document in documents:
        by_guid.setdefault(document["guid"], []).append(document)
    out = []
    for group in by_guid.values():
        group.sort(key=lambda d: d["published"])
        feed = feeds[group[0]["feed"]]
        kind, channel, issuer = _KINDS[feed["kind"]]
        country = feed["country"].lower()
        names = {"country": f"country.{country}", "mfa": f"body.{country}_mfa"}
        source = Source(
            id=feed["id"],
            name={feed["lang"]: feed["title"]},
            kind=kind,  # type: ignore[arg-type]
            kind_word=feed["kind"],
            language=feed["lang"],
            country=feed["country"],
            address="https://replay.invalid/",
            issuer=names.get(issuer or ""),
            channel=channel,  # type: ignore[arg-type]
        )
        statement = None
        if issuer:
            chosen = channel in ("readout", "post")
            by = feed["id"] if plain and kind != "state_media" else names[issuer]
            statement = Statement(issuer=by, channel=channel, chosen=chosen, occasion="call")  # type: ignore[arg-type]
        elif plain and channel == "interview":
            statement = Statement(
                issuer=f"country.{country}", channel="interview", chosen=False, speaker="Scott Bessent"
            )
        out.append(member(source, group, statement, group[-1]["id"]))
    return out
