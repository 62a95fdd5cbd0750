"""Quoted spans of a text: what stands between quotation marks, outer ones with the inner ones inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_PAIRS = {"「": "」", "『": "』", "“": "”", "«": "»", "《": "》", "„": "“"}
_CLOSERS = {close: mark for mark, close in _PAIRS.items()}
_BLOCK = re.compile(r"^(?:>|&gt;)[ \t]?(.+)$", re.M)
_TRIM = " \t\n\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` are the words, ``[outer_start, outer_end)`` with the marks; ``mark`` is the opening mark."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    mark: str
    closed: bool = True
    inner: tuple[Span, ...] = field(default=())


def spans(text: str, *, works: bool = False) -> list[Span]:
    """Return the outermost quoted spans in order. A quote left open ends with its paragraph. Titles in 《》 only with ``works``."""
    found: list[Span] = []
    offset = 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        following = next((after.lstrip()[:1] for after in lines[number + 1 :] if after.strip()), "")
        found += _of_paragraph(line.rstrip("\r\n"), offset, following)
        offset += len(line)
    for match in _BLOCK.finditer(text):
        if not any(match.start(1) <= s.start < match.end(1) for s in found):
            found.append(Span(match.start(1), match.end(1), match.start(), match.end(), ">"))
    kept = [s for s in found if s.end > s.start and (works or s.mark != "《")]
    return sorted(kept, key=lambda s: s.start)


def _of_paragraph(line: str, offset: int, following: str) -> list[Span]:
    stack: list[tuple[str, int]] = []
    done: list[tuple[int, int, str, int, bool]] = []
    for position, char in enumerate(line):
        if char == '"':
            _straight(line, position, stack, done)
        elif char == "‘" or (char == "’" and any(mark == "‘" for mark, _ in stack)):
            _single(line, position, char, stack, done)
        elif char == "'":
            _typewriter(line, position, stack, done)
        elif char == "“" and stack and stack[-1][0] == "„":
            _close("„", position, stack, done)
        elif char in _PAIRS:
            stack.append((char, position))
        elif char in _CLOSERS and any(mark == _CLOSERS[char] for mark, _ in stack):
            _close(_CLOSERS[char], position, stack, done)
    for depth, (mark, position) in enumerate(stack):
        # Left open on purpose only where the next paragraph goes on with the quote, or where the whole paragraph is one.
        if mark in ('"', "“", "「") and len(line) - position > 2 and (following == mark or not line[:position].strip()):
            done.append((position, len(line), mark, depth, False))
    return _nested(line, done, offset)


def _close(mark: str, position: int, stack: list[tuple[str, int]], done: list[tuple[int, int, str, int, bool]]) -> None:
    while stack and stack[-1][0] != mark:
        stack.pop()
    if stack:
        _, begin = stack.pop()
        done.append((begin, position + 1, mark, len(stack), True))


def _straight(
    line: str, position: int, stack: list[tuple[str, int]], done: list[tuple[int, int, str, int, bool]]
) -> None:
    """A straight mark opens unless one is open; after a digit with none open it is an inch."""
    if any(mark == '"' for mark, _ in stack):
        _close('"', position, stack, done)
    elif not (position and line[position - 1].isdigit() and not line[position + 1 : position + 2].isalnum()):
        stack.append(('"', position))


def _single(
    line: str, position: int, char: str, stack: list[tuple[str, int]], done: list[tuple[int, int, str, int, bool]]
) -> None:
    """A curly single mark closes only where no letter follows: elsewhere it is an apostrophe."""
    if char == "‘":
        stack.append(("‘", position))
    elif not line[position + 1 : position + 2].isalnum() and not re.match(
        r"\s[a-z]+[^‘]*’(?!\w)", line[position + 1 :]
    ):
        _close("‘", position, stack, done)


def _typewriter(
    line: str, position: int, stack: list[tuple[str, int]], done: list[tuple[int, int, str, int, bool]]
) -> None:
    before, after = line[position - 1 : position] if position else "", line[position + 1 : position + 2]
    if any(mark == "'" for mark, _ in stack):
        if not after.isalnum() and (
            before in ",.!?" or not re.search(r"^[\s][^']*[,.!?\w]'(?!\w)", line[position + 1 :])
        ):
            _close("'", position, stack, done)
    elif (
        (not before or before in ' \t("“') and after.isalpha() and re.search(r"\w[,.!?]?'(?!\w)", line[position + 1 :])
    ):
        stack.append(("'", position))


def _nested(line: str, done: list[tuple[int, int, str, int, bool]], offset: int) -> list[Span]:
    """Order the closed marks and hang the inner ones on the outer."""
    ordered = sorted(done, key=lambda entry: (entry[0], -entry[1]))
    out: list[Span] = []
    for begin, end, mark, _, closed in ordered:
        start, stop = begin + 1, end - 1 if closed else end
        while start < stop and line[start] in _TRIM:
            start += 1
        # The comma before "he said" is the carrier's, not the speaker's.
        while stop > start and line[stop - 1] in _TRIM + ",，、":
            stop -= 1
        span = Span(start + offset, stop + offset, begin + offset, end + offset, mark, closed)
        if out and span.outer_start < out[-1].outer_end:
            last = out[-1]
            out[-1] = Span(
                last.start, last.end, last.outer_start, last.outer_end, last.mark, last.closed, (*last.inner, span)
            )
        else:
            out.append(span)
    return out
