"""The words of content in a sentence, in a form in which two sentences of one language can share them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsdigest.language.folding import fold
from newsdigest.language.lexicon import Lexicon

_LATIN = "A-Za-zÀ-ɏ"
_EN = re.compile(rf"[{_LATIN}]+(?:['’][{_LATIN}]+)*|\d[\d,.]*\d|\d")
_RUN = re.compile(rf"[㐀-鿿々〆]+|[ァ-ヺー]+|[{_LATIN}]+|\d[\d,.]*\d|\d")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "ed", "es", "ly", "s", "e", "y")


@dataclass(frozen=True, slots=True)
class Word:
    """``text[start:end] == surface``; ``stem`` is what is compared, ``light`` a word of grammar."""

    surface: str
    stem: str
    start: int
    end: int
    light: bool = False

    @property
    def numeral(self) -> bool:
        """Whether it is written in digits: numbers are compared as numbers."""
        return self.surface[0].isdigit()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return an English word without its ending, so that "requested" and "requests" are one; of at least three letters."""
    plain = word.lower().replace("’", "'")
    plain = plain.removesuffix("'s").removesuffix("'")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            return plain[: -len(ending)]
    return plain


class Wording:
    """Reads words of content by the light words of ``bearing.toml``."""

    def __init__(self, lexicon: Lexicon) -> None:
        light = lexicon.table("bearing").get("light", {})
        self._light = {language: frozenset(light.get(language, ())) for language in ("ja", "en", "zh")}

    def words(self, text: str, language: str) -> tuple[Word, ...]:
        """Return the words of a text in order: English words, of Japanese and Chinese runs of one script, Han in overlapping pairs."""
        return tuple(self._english(text) if language == "en" else self._cjk(text, language))

    def content(self, text: str, language: str) -> tuple[Word, ...]:
        """Return the words that are not light."""
        return tuple(w for w in self.words(text, language) if not w.light)

    def _english(self, text: str) -> Iterator[Word]:
        for match in _EN.finditer(text):
            surface = match.group()
            yield Word(surface, stem(surface), *match.span(), surface.lower() in self._light["en"])

    def _cjk(self, text: str, language: str) -> Iterator[Word]:
        folded = fold(text)
        for match in _RUN.finditer(folded.text):
            run, at = match.group(), match.start()
            if not "㐀" <= run[0] <= "鿿" or len(run) == 1:
                parts = [(at, match.end())]
            else:
                parts = [(i, i + 2) for i in range(at, match.end() - 1)]
            for begin, finish in parts:
                start, end = folded.span(begin, finish)
                piece = folded.text[begin:finish]
                light = any(char in self._light[language] for char in piece)
                yield Word(text[start:end], stem(piece) if piece.isascii() else piece, start, end, light)
