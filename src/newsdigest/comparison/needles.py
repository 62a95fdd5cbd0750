"""What a pattern cannot match without: words read off its source, of which every text that it matches holds one.

Whether a text holds a word is told many times faster than whether a pattern matches, and a pattern that never may match need not be
compiled. RE2's filtered sets do the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

Needles = frozenset[str]
_NONE = Needles()

_TOKEN = re.compile(
    r"(?P<letters>[^\\\[\](){}.*+?|^$]+)"
    r"|(?P<place>\\[bBAZ]|[\^$])"
    r"|\\(?P<escaped>[^\w\s])"
    r"|(?P<one>\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[wWsSdDnt]|\[\^?\]?(?:\\.|[^\]\\])*\]|\.|\{[a-z_]+\})"
    r"|(?P<aside>\(\?<?[=!])"
    r"|(?P<open>\((?:\?(?:P<\w+>|:)|(?!\?)))"
    r"|(?P<close>\))"
    r"|(?P<bar>\|)"
    r"|(?P<optional>[*?]\??|\{0?,\d*\}\??|\{0\}\??)"
    r"|(?P<times>\+\??|\{\d+(?:,\d*)?\}\??)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ENOUGH = 3
"""The least weight of a needle: three letters, or one Han character or kana."""
_LONG = 6
"""From this weight on a needle is not better for being longer."""
# Where case is ignored they are an i and an s, which str.lower does not make of them: İ, ı, ſ.
_ODD = ("\u0130", "\u0131", "\u017f")


@lru_cache(maxsize=1024)
def lowered(text: str) -> str | None:
    """A text in which needles are looked for; None for one with letters that only a pattern can tell."""
    return None if not text.isascii() and any(char in text for char in _ODD) else text.lower()


def needles(source: str) -> Needles:
    """The words of which each match of a pattern holds at least one, in lower case; none where that cannot be said.

    ``source`` is a regular expression in which ``{name}`` stands for an expression that has no word of its own.
    """
    levels = [_Level()]
    for token in _TOKEN.finditer(source):
        kind, level = token.lastgroup, levels[-1]
        if kind == "letters" or kind == "escaped":
            level.letters(token[kind])
        elif kind == "optional" or kind == "times":
            level.repeated(optional=kind == "optional")
        elif kind == "open" or kind == "aside":
            level.end_of_run()
            levels.append(_Level(aside=kind == "aside"))
        elif kind == "close" and len(levels) > 1:
            whole = levels.pop()
            levels[-1].group = _NONE if whole.aside else whole.whole()
        elif kind == "bar":
            level.end_of_branch()
        elif kind == "one":
            level.end_of_run()
        elif kind != "place":
            return _NONE
    return levels[0].whole() if len(levels) == 1 else _NONE


@dataclass(slots=True)
class _Level:
    """What was read of one group so far: a run of letters or a group within, the best of this branch, the branches before it."""

    aside: bool = False
    run: str = ""
    group: Needles | None = None
    best: Needles = _NONE
    branches: list[Needles] = field(default_factory=list)

    def letters(self, text: str) -> None:
        if self.group is not None:
            self.end_of_run()
        if text.isascii() or text.lower() == text.upper():
            self.run += text.lower()
            return
        for part in _uncased(text):
            self.end_of_run()
            self.run = part

    def repeated(self, *, optional: bool) -> None:
        """Mind a quantifier: of the group or the letter before it."""
        if optional and self.group is not None:
            self.group = None
        elif optional:
            self.run = self.run[:-1]
        self.end_of_run()

    def end_of_run(self) -> None:
        if self.group is not None:
            self.best = max(self.best, self.group, key=_worth)
        if self.run:
            self.best = max(self.best, Needles((self.run,)), key=_worth)
        self.run, self.group = "", None

    def end_of_branch(self) -> None:
        self.end_of_run()
        self.branches.append(self.best)
        self.best = Needles()

    def whole(self) -> Needles:
        self.end_of_branch()
        return Needles().union(*self.branches) if all(map(_worth, self.branches)) else _NONE


def _uncased(text: str) -> Sequence[str]:
    """The stretches between letters of other alphabets, whose case is not told here; the last one may go on."""
    return "".join(c if c.isascii() or c.lower() == c.upper() else "\0" for c in text).lower().split("\0")


def _worth(some: Needles) -> float:
    """How well needles tell texts apart: long ones better than short ones, few better than many; 0 where they tell nothing."""
    least = min(map(_weight, some), default=0)
    return 0 if least < _ENOUGH else min(least, _LONG) + 1 / len(some)


def _weight(needle: str) -> int:
    return len(needle) if needle.isascii() else sum(1 if char.isascii() else _ENOUGH for char in needle)
