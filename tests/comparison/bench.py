"""Long texts for measuring: the invented collision's items, each made about 1,000 words long by repeating its paragraphs."""

from __future__ import annotations

from dataclasses import replace

from newsdigest.comparison.packet import Member, Packet
from newsdigest.records import digest
from tests.comparison.collision import collision_packet
from tests.comparison.packets import packet


def long_packet(items: int, words: int = 1000) -> Packet:
    """A packet of ``items`` members of about ``words`` words."""
    source = collision_packet()
    base = [m for m in source.members if len(m.text) > 120]
    members = [_long(base[n % len(base)], n, words) for n in range(items)]
    return packet(members, source.lexicon)


def _long(member: Member, number: int, words: int) -> Member:
    wanted = words * (6 if member.language == "en" else 2)
    pieces = []
    while sum(map(len, pieces)) < wanted:
        pieces.append(f"{member.text} ({number}.{len(pieces)})")
    text = "\n\n".join(pieces)
    version = member.version.model_copy(update={"text": text, "text_sha256": digest(text)})
    item = member.item.model_copy(update={"key": f"{member.key}-{number}", "versions": (version,)})
    return replace(member, item=item, version=version)
