"""What an edit changed: wording, headline, number, quote, attribution, removal, addition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from newsdigest.items.item import Change
from newsdigest.items.numbers import numbers_changed
from newsdigest.language.folding import fold
from newsdigest.language.sentences import sentences

FLAPPING_LIMIT = 24
SAME_SENTENCE = 0.55
_QUOTED = re.compile(r"[“\"]([^”\"]{2,400})[”\"]|「([^「」]{1,400})」|『([^『』]{1,400})』|«([^«»]{2,400})»")


def changes_between(
    old: tuple[str, str], new: tuple[str, str], language: str, readouts: Mapping[str, Any]
) -> tuple[Change, ...]:
    """Class the edit from one (title, text) to the next; empty where only white space, width or quote glyphs moved.

    ``readouts`` is that language table: its ``attribution`` words say who stands behind a sentence.
    """
    (old_title, old_text), (new_title, new_text) = old, new
    if _plain(old_title) == _plain(new_title) and _plain(old_text) == _plain(new_text):
        return ()
    found: list[Change] = []
    if _plain(old_title) != _plain(new_title):
        found.append("headline")
    if _plain(old_text) == _plain(new_text):
        return (*found, *(("number",) if numbers_changed(old_title, new_title) else ()))
    if numbers_changed(f"{old_title}\n{old_text}", f"{new_title}\n{new_text}"):
        found.append("number")
    if _quotes(old_text) != _quotes(new_text):
        found.append("quote")
    gone, come, reworded = _moved(old_text, new_text, language)
    words = tuple(word.lower() for word in readouts.get("attribution", {}).get("words", []))
    if any(_attribution(a, words) != _attribution(b, words) for a, b in reworded):
        found.append("attribution")
    if gone:
        found.append("removal")
    if come:
        found.append("addition")
    if reworded or not found:
        found.append("wording")
    return tuple(found)


def is_substance(changes: tuple[Change, ...]) -> bool:
    """Whether an edit changed more than words."""
    return bool(set(changes) - {"wording", "headline", "first"})


def similarity(first: str, second: str, size: int = 4) -> float:
    """The share of the shorter text's character n-grams that the other has too (containment), 0–1."""
    a, b = _grams(first, size), _grams(second, size)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _grams(text: str, size: int) -> set[str]:
    plain = re.sub(r"\W+", "", _plain(text))
    return {plain[i : i + size] for i in range(max(0, len(plain) - size + 1))}


def _plain(text: str) -> str:
    return " ".join(fold(text).text.split())


def _quotes(text: str) -> frozenset[str]:
    return frozenset(_plain(next(filter(None, match.groups()), "")) for match in _QUOTED.finditer(text))


def _attribution(sentence: str, words: tuple[str, ...]) -> frozenset[str]:
    lowered = sentence.lower()
    return frozenset(word for word in words if word in lowered)


def _moved(old: str, new: str, language: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Sentences gone, sentences come, and pairs (old, new) that say the same in other words."""
    before = [old[s.start : s.end] for s in sentences(old, language)]
    after = [new[s.start : s.end] for s in sentences(new, language)]
    kept = {_plain(s) for s in before} & {_plain(s) for s in after}
    gone = [s for s in before if _plain(s) not in kept]
    come = [s for s in after if _plain(s) not in kept]
    grams = {sentence: _grams(sentence, 2) for sentence in {*gone, *come}}
    pairs: list[tuple[str, str]] = []
    for sentence in list(gone):
        best = max(come, key=lambda other: _shared(grams[sentence], grams[other]), default=None)
        if best is not None and _shared(grams[sentence], grams[best]) >= SAME_SENTENCE:
            pairs.append((sentence, best))
            gone.remove(sentence)
            come.remove(best)
    return gone, come, pairs


def _shared(first: set[str], second: set[str]) -> float:
    """Dice's coefficient of two sets of character pairs."""
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
