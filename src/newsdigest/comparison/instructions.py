"""Sentences that instruct their reader are blanked before anything is compared: they and what stands with them say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.patterns import PatternSet, pattern_of
from newsdigest.language.lexicon import LANGUAGES, Lexicon
from newsdigest.language.sentences import sentences


def without_instructions(packet: Packet) -> Packet:
    """Return the packet with such sentences as spaces, so that every offset stays that of the stored text."""
    patterns = _patterns(packet.lexicon)

    def cleared(members: Iterable[Member]) -> tuple[Member, ...]:
        return tuple(_cleared(m, patterns) for m in members)

    return replace(
        packet,
        members=cleared(packet.members),
        related=cleared(packet.related),
        history=cleared(packet.history),
    )


def _patterns(lexicon: Lexicon) -> PatternSet:
    table = lexicon.table("injections")
    return PatternSet([pattern_of(p) for language in LANGUAGES for p in table.get(language, ())])


def _cleared(member: Member, patterns: PatternSet) -> Member:
    title = _blank(member.title, member, patterns)
    text = _blank(member.text, member, patterns)
    if (title, text) == (member.title, member.text):
        return member
    return replace(member, version=member.version.model_copy(update={"title": title, "text": text}))


def _blank(text: str, member: Member, patterns: PatternSet) -> str:
    """The text with each sentence that instructs its reader blanked; line breaks stay."""
    if patterns.search(text) is None:
        return text
    out = text
    for sentence in sentences(text, member.language):
        piece = text[sentence.start : sentence.end]
        if patterns.search(piece) is not None:
            out = out[: sentence.start] + re.sub(r"[^\n]", " ", piece) + out[sentence.end :]
    return out
