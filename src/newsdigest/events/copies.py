"""Copies: several items, one voice. Syndicated and cut texts by shared word sequences, official translations by issuer.

Containment of word 5-grams in the shorter text (Broder 1997) survives what outlets do to an agency's text: a dateline dropped, a lede
added, paragraphs cut, other apostrophes, tips to share. Independent reports of one event share below a tenth; full repeats of an
official text inside a report do not make the report a copy.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    texts = [_shingles(d, wording) for d in documents]
    shared = {pair: c for pair in _candidates(texts) if (c := _contained(documents, texts, wording, pair)) is not None}
    bridges = _translations(documents, translated) if translated else {}
    groups = [part for part in components(len(documents), [*shared, *bridges]) if len(part) > 1]
    return [_group(documents, texts, wording, part, shared, bridges) for part in groups]


def _group(
    documents: Sequence[EventDocument],
    texts: Sequence[frozenset[int]],
    wording: Wording,
    part: Sequence[int],
    shared: dict[Pair, float],
    bridges: dict[Pair, str],
) -> CopyGroup:
    inside = set(part)
    credits = {i: wording.credit(documents[i].text) for i in part}
    # The original: whoever credits nobody else, else the earliest; a cut text never leads.
    longest = max(len(texts[i]) for i in part)
    order = sorted(
        part,
        key=lambda i: (
            len(texts[i]) < CUT * longest and not bridges,
            documents[i].moment is None,
            documents[i].moment.timestamp() if (documents[i].moment) else 0.0,  # type: ignore[union-attr]
            documents[i].key,
        ),
    )
    reasons = [reason for pair, reason in sorted(bridges.items()) if inside.issuperset(pair)]
    if reasons:
        return CopyGroup(tuple(order), "official_translation", reasons[0])
    strengths = [value for pair, value in shared.items() if inside.issuperset(pair)]
    sizes = [len(texts[i]) for i in part]
    kind: CopyKind = "cut" if len(part) == 2 and min(sizes) < CUT * max(sizes) else "syndicated"
    agencies = sorted({credits[i] for i in part} - {""})
    credited = f"; credited to {', '.join(agencies)}" if agencies else ""
    return CopyGroup(
        tuple(order), kind, f"shares at least {min(strengths):.0%} of the shorter text word for word{credited}"
    )


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


def _candidates(texts: Sequence[frozenset[int]]) -> list[Pair]:
    """Pairs that share sampled sequences (those divisible by ``SAMPLED``: the sample of a part is a part of the sample)."""
    holders: dict[int, list[int]] = {}
    for number, sequences in enumerate(texts):
        few = len(sequences) < 8 * SAMPLED
        for code in sequences:
            if few or code % SAMPLED == 0:
                holders.setdefault(code, []).append(number)
    met: dict[Pair, int] = {}
    for numbers in holders.values():
        # What very many documents share is boilerplate.
        if len(numbers) <= 200:
            for a, first in enumerate(numbers):
                for second in numbers[a + 1 :]:
                    pair = (min(first, second), max(first, second))
                    met[pair] = met.get(pair, 0) + 1
    return sorted(met)


def _contained(
    documents: Sequence[EventDocument], texts: Sequence[frozenset[int]], wording: Wording, pair: Pair
) -> float | None:
    """Return the share of the shorter text that stands in the longer, where that makes them one voice."""
    first, second = (documents[i] for i in pair)
    if first.language != second.language:
        return None
    a, b = (texts[i] for i in pair)
    smaller, larger = sorted((len(a), len(b)))
    common = len(a & b)
    if smaller < SHORT:
        return common / larger if common >= SHORT_ALIKE * larger else None
    if common < CONTAINED * smaller:
        return None
    short, long = (first, second) if len(a) <= len(b) else (second, first)
    if larger > 2 * smaller and (short.issuer is not None) != (long.issuer is not None):
        return None
    if wording.kind(short.title) != wording.kind(long.title) and larger > 2 * smaller:
        return None
    return common / smaller


def _translations(documents: Sequence[EventDocument], translated: Translated) -> dict[Pair, str]:
    """Return pairs of statements of one issuer in two languages, hours apart, that say the same, with the reason."""
    official: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        if voice := _official_voice(document):
            official.setdefault(voice, []).append(number)
    found: dict[Pair, str] = {}
    for numbers in official.values():
        for a, i in enumerate(numbers):
            for j in numbers[a + 1 :]:
                if documents[i].language == documents[j].language or _hours(documents[i], documents[j]) is None:
                    continue
                likeness, shared = translated(i, j)
                if likeness >= TRANSLATION and shared >= 0.5:
                    found[min(i, j), max(i, j)] = (
                        f"one issuer in {documents[i].language} and {documents[j].language}, "
                        f"{_hours(documents[i], documents[j]):.0f} h apart, likeness {likeness:.2f}, "
                        f"{shared:.0%} of names and numbers shared"
                    )
    return found


def _official_voice(document: EventDocument) -> str:
    """Who speaks officially in a document: its issuer, or the state's media of a country, which carry the state's texts."""
    if document.issuer:
        return f"issuer:{document.issuer}"
    if document.source_kind == "state_media" and (document.owner or document.country):
        return f"state media:{document.owner or document.country}"
    return ""


def _hours(a: EventDocument, b: EventDocument) -> float | None:
    if a.moment is None or b.moment is None:
        return None
    hours = abs((a.moment - b.moment).total_seconds()) / 3600
    return hours if hours <= TRANSLATION_HOURS else None
