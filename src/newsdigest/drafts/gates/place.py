"""What every gate walks over: each sentence of each rendition with where it stands, and the quotations inside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from newsdigest.comparison.figures import Number, numbers_in
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Comparison
from newsdigest.drafts.draft import RENDITIONS, Draft, DraftSentence, GateResult, Rendition
from newsdigest.items.item import Item
from newsdigest.language.folding import QUOTE_GLYPHS
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import Mention

Part = Literal["headline", "heading", "body"]

_QUOTED = re.compile(r"「([^「」]*)」|『([^『』]*)』|“([^“”]*)”|\"([^\"]*)\"|‘([^‘’]*)’(?!\w)")
SPEAKING = ("fact", "quote", "interpretation", "account", "no_mention", "formula", "disagreement")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and where it stands."""

    rendition: Rendition
    part: Part
    section: str
    sentence: DraftSentence

    def fault(self, words: str) -> str:
        """A fault with its place: rendition, section, sentence."""
        return f"{self.rendition} {self.section or 'headline'} {self.sentence.id}: {words}"


@dataclass(frozen=True)
class Desk:
    """What a gate looks at. The items are the packet's; the comparison says what is established."""

    draft: Draft
    comparison: Comparison
    packet: Packet
    lexicon: Lexicon
    _mentions: dict[tuple[str, str | None], list[Mention]] = field(default_factory=dict, compare=False, repr=False)
    _numbers: dict[tuple[str, str], tuple[Number, ...]] = field(default_factory=dict, compare=False, repr=False)

    def mentions(self, text: str, language: str | None = None) -> list[Mention]:
        """The lexicon's mentions in a text; several gates ask for the same sentences and spans."""
        key = (text, language)
        if key not in self._mentions:
            self._mentions[key] = self.lexicon.find(text, language)
        return self._mentions[key]

    def numbers(self, text: str, language: str) -> tuple[Number, ...]:
        """The numbers of a text."""
        key = (text, language)
        if key not in self._numbers:
            self._numbers[key] = numbers_in(text, language, self.lexicon)
        return self._numbers[key]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every sentence of both renditions in reading order."""
        return tuple(places(self.draft))

    def item(self, key: str) -> Item | None:
        """The item of a key, of the event, a related one or the history; None where the packet has none."""
        members = (*self.packet.members, *self.packet.related, *self.packet.history, *self.packet.earlier)
        return next((m.item for m in members if m.key == key), None)


def places(draft: Draft) -> Iterator[Place]:
    """Every sentence of both renditions in reading order."""
    for rendition in RENDITIONS:
        yield Place(rendition, "headline", "", getattr(draft.headline, rendition))
        for section in draft.sections:
            yield Place(rendition, "heading", section.id, getattr(section.heading, rendition))
            for sentence in getattr(section.sentences, rendition):
                yield Place(rendition, "body", section.id, sentence)


_NOTHING = {
    "verbatim": "the draft prints no quotation",
    "figures": "the draft prints no number",
    "names": "the draft names nobody",
    "silence": "the draft says of nothing that it is not mentioned",
    "both-sides": "the comparison found no disagreement",
    "attribution": "the draft names no claim and prints no quotation",
}


def result(gate: str, checked: int, faults: Sequence[str]) -> GateResult:
    """A gate's result: passed is None where nothing was there to check."""
    passed = None if not checked and not faults else not faults
    reason = _NOTHING.get(gate, "nothing was there to check") if passed is None else ""
    return GateResult(gate=gate, checked=checked, passed=passed, faults=tuple(dict.fromkeys(faults)), reason=reason)


def quoted(text: str) -> list[str]:
    """The strings between quotation marks."""
    return [next(g for g in match.groups() if g is not None) for match in _QUOTED.finditer(text)]


def unquoted(text: str) -> str:
    """The text without what stands between quotation marks; the marks stay."""
    return _QUOTED.sub("“”", text)


def without_sources(text: str, desk: Desk) -> str:
    """The text without the sources' own names, which stand as the sources write them."""
    members = (*desk.packet.members, *desk.packet.related)
    for name in sorted({n for m in members for n in m.source.name.values()}, key=len, reverse=True):
        text = text.replace(name, "◇")
    return text


_NESTED = str.maketrans({"『": "「", "』": "」", '"': "'"})
"""A quotation inside a quotation is set with the other marks."""


def folded(text: str) -> str:
    """NFKC, white space and quote glyphs folded; nothing else."""
    plain = unicodedata.normalize("NFKC", text).translate(QUOTE_GLYPHS).translate(_NESTED)
    return re.sub(r"\s+", " ", plain).strip()


def speaks(draft: Draft) -> bool:
    """Whether the draft states anything in both halves beside frames and caveats."""
    return all(
        any(p.sentence.kind in SPEAKING and p.part == "body" for p in places(draft) if p.rendition == rendition)
        for rendition in RENDITIONS
    )
