"""Copies: several items, one voice. Syndicated and cut texts by shared word sequences, official translations by issuer.

Containment of word 5-grams in the shorter text (Broder 1997) survives what outlets do to an agency's text: a dateline dropped, a lede
added, paragraphs cut, other apostrophes, tips to share. Independent reports of one event share below a tenth; full repeats of an
official text inside a report do not make the report a copy.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsdigest.events.codes import CodeIndex
from newsdigest.events.event import Copy, CopyKind
from newsdigest.events.linkage import components
from newsdigest.events.profile import EventDocument
from newsdigest.events.wording import Wording

CONTAINED = 0.45
# Below so many sequences two texts may agree by chance: then nearly all of both must agree.
SHORT = 12
SHORT_ALIKE = 0.8
CUT = 0.6
WORDS = 5
SIGNS = 8
SAMPLED = 4
TRANSLATION = 0.6
TRANSLATION_HOURS = 36.0
SHARED_NAMES = 0.5
BOILERPLATE = 200
# The same words a month later are a form that an office fills in again.
COPY_DAYS = 7.0

_TOKEN = re.compile(r"[a-z0-9À-ɏ']+|[\u3040-\u30ff\u3400-\u9fff々]")

Pair = tuple[int, int]
# Numbers of two documents to what speaks for a translation: (likeness of the centred vectors, shared names and numbers 0–1).
Translated = Callable[[int, int], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Documents (by number) that are one voice: the first is the lead."""

    members: tuple[int, ...]
    kind: CopyKind
    reason: str

    def record(self, documents: Sequence[EventDocument]) -> Copy:
        """Return the group as the event's record has it."""
        return Copy(items=tuple(documents[i].key for i in self.members), kind=self.kind, reason=self.reason)


def copy_groups(
    documents: Sequence[EventDocument], wording: Wording, translated: Translated | None = None
) -> list[CopyGroup]:
    """Return the groups of copies among documents; without ``translated`` only copies in one language are sought."""
    index = CopyIndex(wording, translated)
    for number, document in enumerate(documents):
        index.add(number, document)
    return groups_of(index, documents, range(len(documents)))


class CopyIndex:
    """Finds the copies of each document among those added before it."""

    def __init__(self, wording: Wording, translated: Translated | None = None) -> None:
        self.wording = wording
        self.shared: dict[Pair, float] = {}
        self.bridges: dict[Pair, str] = {}
        # Of each document its word sequences, four bytes each: sets of them would take gigabytes.
        self.texts: dict[int, array[int]] = {}
        self._copies: dict[int, list[int]] = {}
        self._translated = translated
        self._documents: dict[int, EventDocument] = {}
        self._holders = CodeIndex(BOILERPLATE)
        self._official: dict[str, list[int]] = {}

    def add(self, number: int, document: EventDocument) -> list[int]:
        """Hold a document under a number larger than those before, and return the numbers of its copies."""
        self._documents[number] = document
        own = _shingles(document, self.wording)
        self.texts[number] = array("I", own)
        found = []
        # The sequences divisible by ``SAMPLED``: the sample of a part is a part of the sample.
        for other in self._holders.add(number, [code for code in own if code % SAMPLED == 0]):
            share = _contained((self._documents[other], document), (frozenset(self.texts[other]), own), self.wording)
            if share is not None:
                self.shared[other, number] = share
                found.append(other)
        if self._translated and (voice := _official_voice(document)):
            for other in self._official.get(voice, ()):
                if reason := _translation(self._documents[other], document, self._translated(other, number)):
                    self.bridges[other, number] = reason
                    found.append(other)
            self._official.setdefault(voice, []).append(number)
        for other in found:
            self._copies.setdefault(other, []).append(number)
            self._copies.setdefault(number, []).append(other)
        return found

    def among(self, inside: Collection[int]) -> list[Pair]:
        """Return the pairs of copies among documents, in order."""
        pairs = ((i, j) for i in inside for j in self._copies.get(i, ()) if i < j and j in inside)
        return sorted(set(pairs))


def groups_of(index: CopyIndex, documents: Sequence[EventDocument], nodes: Iterable[int]) -> list[CopyGroup]:
    """Return the groups of copies among the documents ``nodes`` of an index."""
    inside = set(nodes)
    pairs = index.among(inside)
    shared = {pair: index.shared[pair] for pair in pairs if pair in index.shared}
    bridges = {pair: index.bridges[pair] for pair in pairs if pair in index.bridges}
    parts = components(inside, [*shared, *bridges])
    return [_group(documents, index, part, shared, bridges) for part in parts if len(part) > 1]


def _group(
    documents: Sequence[EventDocument],
    index: CopyIndex,
    part: Sequence[int],
    shared: Mapping[Pair, float],
    bridges: Mapping[Pair, str],
) -> CopyGroup:
    inside = set(part)
    sizes = {i: len(index.texts[i]) for i in part}
    credits = {i: index.wording.credit(documents[i].text) for i in part}
    reasons = [reason for pair, reason in sorted(bridges.items()) if inside.issuperset(pair)]

    def place(i: int) -> tuple[bool, bool, float, str]:
        """A text that was cut never leads; then the earliest."""
        moment = documents[i].moment
        cut = not reasons and sizes[i] < CUT * max(sizes.values())
        return cut, moment is None, moment.timestamp() if moment else 0.0, documents[i].key

    order = tuple(sorted(part, key=place))
    if reasons:
        return CopyGroup(order, "official_translation", reasons[0])
    least = min(value for pair, value in shared.items() if inside.issuperset(pair))
    kind: CopyKind = "cut" if len(part) == 2 and min(sizes.values()) < CUT * max(sizes.values()) else "syndicated"
    agencies = ", ".join(sorted({credits[i] for i in part} - {""}))
    credited = f"; credited to {agencies}" if agencies else ""
    return CopyGroup(order, kind, f"shares at least {least:.0%} of the shorter text word for word{credited}")


def _shingles(document: EventDocument, wording: Wording) -> frozenset[int]:
    plain = unicodedata.normalize("NFKC", wording.unwrapped(document.text)).lower()
    plain = plain.replace("’", "'").replace("‘", "'").replace("'", "")
    tokens = _TOKEN.findall(plain)
    width = WORDS if document.language == "en" else SIGNS
    if len(tokens) < width:
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", document.title).lower()) + tokens
    return frozenset(
        zlib.crc32("\x1f".join(tokens[i : i + width]).encode("utf-8", "surrogatepass"))
        for i in range(len(tokens) - width + 1)
    )


def _contained(
    pair: tuple[EventDocument, EventDocument], texts: tuple[frozenset[int], frozenset[int]], wording: Wording
) -> float | None:
    """Return the share of the shorter text that stands in the longer, where that makes them one voice."""
    if pair[0].language != pair[1].language or _days_apart(*pair) > COPY_DAYS:
        return None
    smaller, larger = sorted(len(text) for text in texts)
    common = len(texts[0] & texts[1])
    if smaller < SHORT:
        return common / larger if common >= SHORT_ALIKE * larger else None
    if common < CONTAINED * smaller:
        return None
    short, long = pair if len(texts[0]) <= len(texts[1]) else pair[::-1]
    # A report that prints a whole statement, or a collection that prints a whole report, is no copy of it.
    quoted = (short.issuer is None) != (long.issuer is None) or wording.kind(short.title) != wording.kind(long.title)
    return None if quoted and larger > 2 * smaller else common / smaller


def _days_apart(first: EventDocument, second: EventDocument) -> float:
    if first.moment is None or second.moment is None:
        return 0.0
    return abs((first.moment - second.moment).total_seconds()) / 86_400


def _translation(first: EventDocument, second: EventDocument, evidence: tuple[float, float]) -> str:
    """Return why two statements of one issuer are one statement in two languages, or nothing."""
    if first.language == second.language or first.moment is None or second.moment is None:
        return ""
    hours = abs((first.moment - second.moment).total_seconds()) / 3600
    likeness, shared = evidence
    if hours > TRANSLATION_HOURS or likeness < TRANSLATION or shared < SHARED_NAMES:
        return ""
    return (
        f"one issuer in {first.language} and {second.language}, {hours:.0f} h apart, likeness {likeness:.2f}, "
        f"{shared:.0%} of names and numbers shared"
    )


def _official_voice(document: EventDocument) -> str:
    """Who speaks officially in a document: its issuer, or the state's media of a country, which carry the state's texts."""
    if document.issuer:
        return f"issuer:{document.issuer}"
    if document.source_kind == "state_media" and (document.owner or document.country):
        return f"state media:{document.owner or document.country}"
    return ""
