"""The words of our own frames: what a sentence may say without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsdigest.drafts.draft import Rendition
from newsdigest.language.lexicon import Lexicon

_FIELD = re.compile(r"\{[^}]*\}")
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'.-]*")


@lru_cache(maxsize=16)
def _frames(digest: str, language: Rendition, joined: str) -> frozenset[str]:
    return frozenset(word.lower().strip(".’'") for word in _WORD.findall(joined))


def frame_text(lexicon: Lexicon, language: Rendition) -> str:
    """Everything our frames, slots and topic groups say in a language, as one text."""
    cached = _TEXTS.get((lexicon.digest, language))
    if cached is None:
        parts = list(_strings(lexicon.table(f"style/{language}")))
        for name in ("slots", "hedges", "formulae", "topics", "units", "framing", "strengths"):
            parts += list(_spoken(lexicon.tables.get(name, {}), language))
        # What a body is called that has no printable name ("the fire department").
        for word in lexicon.tables.get("kinds", {}).get("word", {}).values():
            parts += list(word.get("body", {}).get(language, ()))
        cached = _FIELD.sub(" ", "\n".join(parts))
        _TEXTS[(lexicon.digest, language)] = cached
    return cached


_TEXTS: dict[tuple[str, str], str] = {}


def frame_words(lexicon: Lexicon, language: Rendition) -> frozenset[str]:
    """The Latin words of the frames, lower case."""
    return _frames(lexicon.digest, language, frame_text(lexicon, language))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner)


def _spoken(value: Any, language: Rendition) -> Iterator[str]:
    """Strings under keys that are said in this language: ``ja``, ``say_ja``, ``ja_say``."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in (f"say_{language}", f"{language}_say", f"say_{language}_count", f"label_{language}"):
                yield from _strings(inner)
            elif key == language:
                # A list under a language holds forms and cues to search for; only a single string is said.
                yield from (inner,) if isinstance(inner, str) else ()
            else:
                yield from _spoken(inner, language)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _spoken(inner, language)
