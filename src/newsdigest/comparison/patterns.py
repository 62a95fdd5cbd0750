"""Patterns of the language data, compiled over tagged clauses (see tagging.py): names are single private-use characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

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


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """One compiled pattern a process: a comparison needs hundreds of them and most are the same the next time."""
    return re.compile(source, re.IGNORECASE)


class PatternBook:
    """Compiles patterns with their macros once. ``han`` maps ordinals of variant Han characters; ``occasions`` are plain words."""

    def __init__(self, han: Mapping[int, str], occasions: Mapping[str, tuple[str, ...]]) -> None:
        self._folds = _Folds({k: v for k, v in han.items() if len(v) == 1})
        self._occasions = occasions
        self.compile = cache(self._compile)

    def fold(self, text: str) -> str:
        """Fold a text character by character; its length stays. A decimal point is no full stop."""
        return _DECIMAL.sub("‧", text.translate(self._folds))

    def _compile(self, pattern: str, language: str) -> re.Pattern[str]:
        words = "|".join(re.escape(w) for w in self._occasions.get(language, ()))
        token = f"[{_block('occasion')}]"
        occasion = f"(?:{token}|{words})" if words else token
        filled = pattern.replace("{occasion_in}", occasion)
        for name, value in MACROS.items():
            filled = filled.replace("{" + name + "}", value)
        return _compiled(filled.translate(self._folds))
