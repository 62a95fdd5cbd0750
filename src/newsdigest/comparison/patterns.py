"""Patterns of the language data, compiled over tagged clauses (see tagging.py): names are single private-use characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from newsdigest.comparison.needles import Needles, lowered, needles
from newsdigest.errors import LexiconError
from newsdigest.language.folding import QUOTE_GLYPHS

# One block of the private use area a kind; a character in it says "here stands a name of this kind".
BLOCKS = {
    "person": 0xE000,
    "body": 0xE100,
    "country": 0xE200,
    "office": 0xE300,
    "place": 0xE400,
    # A seat of government stands for the government ("Beijing asks …"); other places act on nobody.
    "capital": 0xE700,
    "role": 0xE500,
    "pronoun": 0xE600,
    "occasion": 0xE800,
    "term": 0xE900,
}
BLOCK_SIZE = 256
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_MACRO = re.compile(r"\{([a-z_]+)\}")
_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_RANGES = r"[0-9]-[0-9]|[\u2e80-\ua4cf]-[\u2e80-\ua4cf]|[\ue000-\uf8ff]-[\ue000-\uf8ff]"
_ALONE = r"[ -,./0-9:-@^_`{|}~\u2010-\u206f\u2e80-\ua4cf\ue000-\uf8ff\uff01-\uff0f]"
_UNCASED = re.compile(rf"\[\^?(?:{_RANGES}|{_ALONE}(?!-))+\]")


def _block(*kinds: str) -> str:
    return "".join(f"{chr(BLOCKS[k])}-{chr(BLOCKS[k] + BLOCK_SIZE - 1)}" for k in kinds)


_ACTOR = f"[{_block('person', 'body', 'country', 'office', 'capital', 'role', 'pronoun')}]"
_ANY = f"[{_block(*BLOCKS)}]"
MACROS = {
    "actor": f"(?P<actor>{_ACTOR})",
    "object": f"(?P<object>{_ANY})",
    "first": f"(?P<first>{_ACTOR})",
    "second": f"(?P<second>{_ACTOR})",
    "place_object": f"(?P<object>[{_block('country', 'place', 'capital')}])",
    "any": _ANY,
    "person": f"[{_block('person', 'office', 'role', 'pronoun')}]",
    "place": f"[{_block('country', 'place', 'capital')}]",
    "country_in": f"[{_block('country')}]",
    "body_in": f"[{_block('person', 'body', 'role', 'office')}]",
    "role_in": f"[{_block('role')}]",
    "term": f"[{_block('term')}]",
    "term_in": f"[{_block('term')}]",
    "occasion": f"(?P<object>[{_block('occasion')}])",
    "det": r"(?:the |this |that |a |an |its |their |his |her |our |\w+day's |\w+day night's |last \w+ |earlier |latest )*",
    "aux": r"(?:has |had |have |would |will |also |later |then |again |was |is |were |are |been |not |never |first |itself |himself |herself |on \w+day |on \w{3,9}\.? \d{1,2} |\w+ly )*",
    # A craft's number: "coast guard ship 3105".
    "named": r"(?:(?: no\.?)? ?\d{1,6}(?:号|號)?)?",
    "aside": r"(?:,[^,.;]{1,60},| \([^)]{1,60}\))?",
    "far": f"(?:(?![称说]|表示|と発表|と述べ|と説明|と主張)[^.;!?。；！？{_block('person', 'body', 'country', 'office', 'role')}]){{0,40}}?",
    # One character that neither stops nor names anybody.
    "plain": f"[^.;,。；，！？!?{_block('person', 'body', 'country', 'office', 'role', 'capital')}]",
    "gap": r"[^.;:!?。；！？]{0,40}?",
}


class _Folds(dict[int, str]):
    """What each character folds to, exactly one for one: width, straight quotes, one form of a Han character."""

    def __init__(self, han: Mapping[int, str]) -> None:
        self._han = han

    def __missing__(self, ordinal: int) -> str:
        char = chr(ordinal)
        if not char.isascii():
            char = char.translate(QUOTE_GLYPHS)
            normal = unicodedata.normalize("NFKC", char)
            char = normal if len(normal) == 1 else char
            char = self._han.get(ord(char), char)
        self[ordinal] = char
        return char


@dataclass(slots=True, eq=False)
class Pattern:
    """A pattern of the data: compiled when first asked of a text that holds one of its needles, for most never are.

    ``source`` is the regular expression, ``bare`` the same as the data has it, with macros. Asking raises LexiconError where it is none.
    """

    source: str
    bare: str
    needles: Needles
    _compiled: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self._ready().search(text) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning of a text."""
        return self._ready().match(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return self._ready().finditer(text) if self.may_match(text) else iter(())

    def may_match(self, text: str) -> bool:
        """Whether a text holds a word without which the pattern does not match."""
        if not self.needles:
            return True
        plain = lowered(text)
        return plain is None or any(map(plain.__contains__, self.needles))

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            try:
                self._compiled = re.compile(_CLASS.sub(_uncased, self.source), re.IGNORECASE)
            except re.error as cause:
                raise LexiconError(
                    f"A pattern of the language data is no regular expression ({cause}): {self.bare}", about=self.bare
                ) from cause
        return self._compiled


def _uncased(found: re.Match[str]) -> str:
    """A class of characters that have no case, said to have none: it is compiled and matched several times faster."""
    return f"(?-i:{found[0]})" if _UNCASED.fullmatch(found[0]) else found[0]


class PatternSet:
    """Many patterns of one language, of which one look at a text tells the few that may match it."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._everything = frozenset(range(len(patterns)))
        self._always = frozenset(n for n, pattern in enumerate(patterns) if not pattern.needles)
        having: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for needle in pattern.needles:
                having.setdefault(needle, []).append(number)
        self._having = having

    def likely(self, text: str) -> Iterator[Pattern]:
        """The patterns that may match a text, in their order."""
        return map(self.patterns.__getitem__, sorted(self.may_match(text)))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match of the first pattern that matches a text."""
        return next((match for pattern in self.likely(text) if (match := pattern.search(text))), None)

    def may_match(self, text: str) -> frozenset[int]:
        """The numbers of the patterns that may match a text."""
        plain = lowered(text)
        if plain is None:
            return self._everything
        return self._always.union(*map(self._having.__getitem__, filter(plain.__contains__, self._having)))


@cache
def pattern_of(source: str, bare: str = "") -> Pattern:
    """One pattern a process: a comparison needs hundreds of them and most are the same the next time."""
    return Pattern(source, bare or source, needles(bare or source))


class PatternBook:
    """Makes patterns of the data with their macros. ``han`` maps ordinals of variant Han characters; ``occasions`` are plain words."""

    def __init__(self, han: Mapping[int, str], occasions: Mapping[str, tuple[str, ...]]) -> None:
        self._folds = _Folds({k: v for k, v in han.items() if len(v) == 1})
        self._occasions = occasions
        self.compile = cache(self._compile)
        self._macros = cache(self._filled)

    def fold(self, text: str) -> str:
        """Fold a text character by character; its length stays. A decimal point is no full stop."""
        return _DECIMAL.sub("‧", text.translate(self._folds))

    def _compile(self, pattern: str, language: str) -> Pattern:
        bare, macros = pattern.translate(self._folds), self._macros(language)
        return pattern_of(_MACRO.sub(lambda found: macros.get(found[1], found[0]), bare), bare)

    def _filled(self, language: str) -> Mapping[str, str]:
        """What each macro stands for in a language."""
        words = "|".join(re.escape(w) for w in self._occasions.get(language, ()))
        token = f"[{_block('occasion')}]"
        macros = {**MACROS, "occasion_in": f"(?:{token}|{words})" if words else token}
        return {name: value.translate(self._folds) for name, value in macros.items()}
