"""What an edit did to a text, word by word; in Japanese and Chinese character by character, grown to where a reader would cut.

Spans are Unicode code points, half-open, into the stored old and new text, so that a view can mark them and evidence can point there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Operation = Literal["same", "insert", "delete", "replace"]

# A run of one script is a word to a reader: numbers with their separators, Latin words, katakana. Kanji and hiragana go one by one.
_WORDS = re.compile(
    r"\d+(?:[.,:]\d+)*|[A-Za-z\u00c0-\u024f]+(?:[’'][A-Za-z]+)*|[\u30a1-\u30fa\u30fc]+|[０-９]+(?:[．，][０-９]+)*|[^\S\n]+|.",
    re.DOTALL,
)
# An unchanged stretch this short between two changes, with no sentence end in it, would only make the view flicker.
SHORTEST_SAME = 2
# difflib is quadratic where texts share little: beyond this many tokens paragraphs are compared first.
MOST_TOKENS = 6000


@dataclass(frozen=True, slots=True)
class Change:
    """One step from the old text to the new one: ``old[old_start:old_end]`` became ``new[new_start:new_end]``."""

    operation: Operation
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def words(self, old: str, new: str) -> tuple[str, str]:
        """The two stretches."""
        return old[self.old_start : self.old_end], new[self.new_start : self.new_end]


def difference(old: str, new: str) -> list[Change]:
    """Return the steps from ``old`` to ``new``, in order, ``same`` ones included: together they cover both texts without a gap."""
    before, after = _tokens(old), _tokens(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        before, after = _lines(old), _lines(new)
    matcher = SequenceMatcher(None, [old[a:b] for a, b in before], [new[a:b] for a, b in after], autojunk=False)
    names: dict[str, Operation] = {"equal": "same", "insert": "insert", "delete": "delete", "replace": "replace"}
    steps = [
        Change(names[tag], *_span(before, i1, i2, len(old)), *_span(after, j1, j2, len(new)))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    return _joined(steps, old)


def changed_only(steps: list[Change]) -> list[Change]:
    """The steps that change something."""
    return [step for step in steps if step.operation != "same"]


def _tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORDS.finditer(text)]


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n。！？]*[\n。！？]|[^\n。！？]+", text)]


def _span(tokens: list[tuple[int, int]], first: int, last: int, length: int) -> tuple[int, int]:
    start = tokens[first][0] if first < len(tokens) else length
    return start, (tokens[last - 1][1] if last > first else start)


def _joined(steps: list[Change], old: str) -> list[Change]:
    """Join changes that only a particle or a space keeps apart: a reader sees one change there."""
    found: list[Change] = []
    for position, step in enumerate(steps):
        between = 0 < position < len(steps) - 1 and step.operation == "same" and _is_crumb(step, old)
        after_crumb = found and found[-1].operation != "same" and (between or step.operation != "same")
        found[-1:] = [_together(found[-1], step)] if after_crumb else [*found[-1:], step]
    return found


def _is_crumb(step: Change, old: str) -> bool:
    stretch = old[step.old_start : step.old_end]
    return len(stretch) <= SHORTEST_SAME and not re.search(r"[。．.!?！？\n]", stretch)


def _together(first: Change, second: Change) -> Change:
    old_end, new_end = second.old_end, second.new_end
    removes, adds = old_end > first.old_start, new_end > first.new_start
    operation: Operation = "replace" if removes and adds else "delete" if removes else "insert"
    return Change(operation, first.old_start, old_end, first.new_start, new_end)
