"""The words of a text as full-text search keeps them: whole words, and of CJK runs the overlapping pairs and the characters.

Neither database cuts Chinese or Japanese into words; pairs find 日銀 and 中国 where trigrams and word breakers find nothing.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

from newsdigest.language.folding import INVISIBLE

CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"([{CJK}]+)|([^\W_{CJK}]+)")
_DROP = re.compile("[" + re.escape("".join(sorted(INVISIBLE))) + "]")

LONGEST = 200_000
"""Characters of one text that are indexed; words further on are not found."""


def folded(text: str) -> str:
    """Return the text as it is compared: width and case folded, invisible characters dropped."""
    return unicodedata.normalize("NFKC", _DROP.sub("", text)).lower()


def index_words(text: str) -> list[str]:
    """Return every word the index keeps of a text, once each, sorted."""
    found: set[str] = set()
    for token in set(folded(text[:LONGEST]).split()):  # each once: no word and no run crosses white space
        if token.isascii() and token.isalnum():
            found.add(token)
            continue
        for cjk, word in _PIECE.findall(token):
            if word:
                found.add(word)
            else:
                found.update(cjk)
                found.update(map(add, cjk, cjk[1:]))
    return sorted(found)


def query_words(words: str) -> list[str]:
    """Return the index words that a text must all have to match: pairs of a CJK run, or its one character."""
    found: set[str] = set()
    for cjk, word in _PIECE.findall(folded(words)):
        if word:
            found.add(word)
        elif len(cjk) == 1:
            found.add(cjk)
        else:
            found.update(map(add, cjk, cjk[1:]))
    return sorted(found)


def matches(words: str, text: str) -> bool:
    """Return whether every blank-separated term stands in the text as it is (the pairs alone may lie apart)."""
    haystack = folded(text)
    return all(term in haystack for term in folded(words).split())
