"""The same words credited to two speakers: a disagreement of attribution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsdigest.comparison.quotes.linking import same_speaker
from newsdigest.comparison.record import Quote
from newsdigest.language.folding import fold


@dataclass(frozen=True, slots=True)
class Misattribution:
    """One set of words with the quotes that credit them, one group a speaker, in order of appearance."""

    words: str
    groups: tuple[tuple[Quote, ...], ...]


def misattributed(quotes: Sequence[Quote]) -> tuple[Misattribution, ...]:
    """Return the words that different items credit to different speakers.

    Words are compared letter for letter, but for case, width, quote glyphs and stops; a translation stands for the original it is linked to.
    Quotes without a speaker, single words, titles and scare quotes credit nobody. A description and a name may mean one person: only
    two names, or two bodies, contradict one another.
    """
    by_id = {q.id: q for q in quotes}
    words: dict[str, list[Quote]] = {}
    for quote in quotes:
        if quote.speaker_name is None or quote.kind in ("title", "scare") or quote.speaker_name.kind == "role":
            continue
        root = by_id.get(quote.original or "", quote)
        key = _plain(root.text)
        if _telling(root):
            words.setdefault(key, []).append(quote)
    found = []
    for same in words.values():
        groups: list[list[Quote]] = []
        for quote in same:
            home = next((g for g in groups if same_speaker(g[0], quote) or _part_of(g[0], quote)), None)
            if home is None:
                groups.append([quote])
            else:
                home.append(quote)
        if len(groups) > 1 and len({q.carrier for q in same}) > 1:
            found.append(Misattribution(same[0].text, tuple(tuple(g) for g in groups)))
    return tuple(found)


def _plain(text: str) -> str:
    return re.sub(r"[\s.,。、,!?！？]+", " ", fold(text).text).strip()


def _telling(quote: Quote) -> bool:
    """Whether the words are enough to be known again: three words, or six characters of Han and kana."""
    return len(quote.text.split()) >= 3 if quote.lang == "en" else len(quote.text) >= 6


def _part_of(a: Quote, b: Quote) -> bool:
    """Whether one printed name is a part of the other: Gao and Fred Gao."""
    first, second = (re.split(r"[\s・·]+", q.speaker or "") for q in (a, b))
    return set(first) <= set(second) or set(second) <= set(first)
