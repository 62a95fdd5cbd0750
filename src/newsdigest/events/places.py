"""Places and foreign names that show themselves by their form: 港北市, 特萨利, "AURORA, Colo. (AP) -"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsdigest.language.lexicon import Lexicon

_DATELINE = re.compile(r"(?:^|\n)\s*([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,2})(?=,| \(| ?[-–—]{1,2} )")

# "PORT ARDEN, May 12 (Pale) -": who sent it from where is no name of the event.
_SENT = re.compile(r"(?:^|\n)\s*[A-Z][^\n(]{2,50}\([A-Z][\w .&-]{1,24}\)\s?[-–—]{1,2}\s")


def without_dateline(text: str) -> str:
    """Return an English text without its datelines."""
    return _SENT.sub("\n", text)


def place_names(text: str, language: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the names of towns, regions and waters in a text (NFKC, variants folded), without their ending; in English that of its dateline."""
    if language == "en":
        names = (found.group(1).title() for found in _DATELINE.finditer(text))
        yield from (name.lower() for name in names if not lexicon.find(name, language))
        return
    pattern, stop = _shape(language, _words(lexicon, language))
    for found in pattern.finditer(text) if pattern else ():
        if found.group() not in stop:
            yield found.group(1)


def scenes(title: str, lede: str, language: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield where a report says that its event is: the towns and regions of its title, and in English that of its dateline.

    Both NFKC, variants folded. Not the seats of governments, which stand for them and where correspondents sit, nor parts of the world.
    """
    seats = frozenset(lexicon.tables.get("events", {}).get("seats", {}).get("places", ()))
    for mention in lexicon.find(title, language):
        entry = lexicon.entries[mention.entry]
        if entry.kind == "place" and entry.country and entry.id not in seats:
            yield entry.id
    yield from place_names(lede if language == "en" else title, language, lexicon)


def transcriptions(text: str, lexicon: Lexicon) -> list[str]:
    """Return the runs of a Chinese text (simplified) in characters that transcribe foreign names, three or more at a time."""
    signs = _words(lexicon, "zh").get("transcription", "")
    return _run(signs).findall(text) if signs else []


def _words(lexicon: Lexicon, language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = lexicon.tables.get("discovery", {}).get(language, {})
    return found


def _shape(language: str, words: Mapping[str, Any]) -> tuple[re.Pattern[str] | None, frozenset[str]]:
    return _compiled(language, tuple(words.get("place", ()))), frozenset(words.get("stop", ()))


@lru_cache(maxsize=8)
def _compiled(language: str, endings: tuple[str, ...]) -> re.Pattern[str] | None:
    if not endings:
        return None
    listed = "|".join(re.escape(ending) for ending in sorted(endings, key=lambda word: (-len(word), word)))
    katakana = "|[ァ-ヴー]{2,8}" if language == "ja" else ""
    return re.compile(rf"([一-龥]{{2,4}}?{katakana})(?:{listed})")


@lru_cache(maxsize=4)
def _run(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(signs)}]{{3,}}")
