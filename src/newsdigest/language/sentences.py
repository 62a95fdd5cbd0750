"""Sentences of Japanese, English and Chinese text, as spans of the stored text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PAIRS = {
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "“": "”",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "［": "］",
    "[": "]",
}
_CLOSE = "」』）)”》〉】］]’\"'"
_CJK_END = "。！？!?．"
_TITLES = "Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Col|Lt|Capt|Cmdr|Adm|Rep|Reps|Sen|Sens|Gov|Govs|Pres|Sgt|Cpl|Pvt|Rev|Hon|Supt|Insp|Messrs|St|Mt|Ft"
_MIDDLE = "vs|approx|est|cf|Fig|Art|Sec|Vol|pp|e\\.g|i\\.e"
_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
# After these a sentence may end as well as go on; what follows decides.
_EITHER = "Jr|Sr|Inc|Ltd|Corp|Co|Bros|etc|a\\.m|p\\.m|U\\.S|U\\.K|U\\.N|E\\.U|D\\.C|U\\.S\\.A|Ph\\.D"
_NEVER = re.compile(rf"(?:\b(?:{_TITLES}|{_MIDDLE})|\b[A-Z])$")
_MONTH = re.compile(rf"\b(?:{_MONTHS})$")
_MAYBE = re.compile(rf"\b(?:{_EITHER})$")
_EN_END = re.compile(r"(?:[.!?…]+|\.{3,})[\"'”’)\]]*(?=\s|$)|[.!?][\"'”’)\]]*[”\"](?=[A-Z“\"])")
_BEGINS = re.compile(r"[“\"'(\[]*(?:[A-Z][a-zà-ÿ’']*|\d)")
# Words that go on after "U.S." as part of a name, though they begin with a capital.
_GOES_ON = re.compile(
    r"(?:President|Vice|Secretary|Treasury|State|States|Embassy|Ambassador|Department|Senate|Senator|Sen|Rep|House|Congress|Navy|Army|Air|Coast|"
    r"Federal|Trade|Marine|Marines|Supreme|Capitol|Security|Secretary-General|General|Representative|Commerce|Defense|Attorney|District|Justice|"
    r"Geological|Forces|Steel|Open|Postal|Bank|Court|Customs|Central|Indo-Pacific|Space|Agriculture|Energy|Food|National|Human|High|Charter)\b"
)
_LIST_MARK = re.compile(r"(?:^|[.!?:;]\s)\s*(?:\(?\d{1,2}[.)]|[-*•・◆■▼]|[A-Za-z][.)])$")
_DATED = re.compile(rf"\b(?:{_MONTHS}|Nos?)\.\s+\d+[.)]$")
_NUMBER = re.compile(r"\bNos?$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` is one sentence without surrounding white space; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int


# A comparison asks for the same text's sentences many times; a few hundred texts are an event with all its versions.
@lru_cache(maxsize=512)
def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Split a text into sentences; paragraphs end at a line break and no sentence crosses one.

    The spans are in order, do not overlap, and hold every character that is no white space.
    """
    found: list[Sentence] = []
    offset = 0
    for number, line in enumerate(re.split(r"(?<=\n)", text)):
        cuts = _english_cuts(line) if language == "en" else _cjk_cuts(line)
        begin = 0
        for cut in [*cuts, len(line)]:
            piece = line[begin:cut]
            stripped = piece.strip()
            if stripped:
                lead = len(piece) - len(piece.lstrip())
                start = offset + begin + lead
                found.append(Sentence(start, start + len(stripped), number))
            begin = max(begin, cut)
        offset += len(line)
    return tuple(found)


NEAR = 160


def _english_cuts(line: str) -> list[int]:
    cuts = []
    for match in _EN_END.finditer(line):
        following = line[match.end() : match.end() + NEAR].lstrip()
        if following and not _ends(line, match, following):
            continue
        cuts.append(match.end())
    return cuts


def _ends(line: str, match: re.Match[str], following: str) -> bool:
    """Whether a stop within a line ends a sentence."""
    # Only what stands near decides: looking back over the whole line would take the square of its length.
    before = line[max(0, match.start() - NEAR) : match.start()]
    mark = match.group()
    near = max(0, match.end() - NEAR)
    if _LIST_MARK.search(line, near, match.end()) and not _DATED.search(line, near, match.end()):
        return False
    if mark[0] == "." and not mark.startswith(".."):
        if _MAYBE.search(before):
            return bool(re.match(r"[“\"]?[A-Z]", following)) and not _GOES_ON.match(following)
        if _NEVER.search(before) and not before.endswith(" I"):
            return False
        if _MONTH.search(before) or _NUMBER.search(before):
            return not re.match(r"\d", following)
    return bool(_BEGINS.match(following)) or not following[0].islower()


def _cjk_cuts(line: str) -> list[int]:
    """Cuts after a full stop outside brackets; an unclosed bracket does not swallow the rest of the line."""
    closed = _closed_brackets(line)
    cuts: list[int] = []
    until = -1
    for position, char in enumerate(line):
        if position in closed:
            until = max(until, closed[position])
        if position <= until:
            continue
        if char in _CJK_END and not _inside_address(line, position):
            end = position + 1
            while end < len(line) and line[end] in _CLOSE + _CJK_END:
                end += 1
            cuts.append(end)
            until = max(until, end - 1)
        elif line.startswith("……", position) and re.match(r"[”』」]*\s+\S", line[position + 2 :]):
            cuts.append(position + 2)
        elif char == "." and re.match(r"\s+[A-Z]", line[position + 1 :]) and re.search(r"[a-z]{2,}$", line[:position]):
            cuts.append(position + 1)
    return _after_quotations(line, cuts, closed)


def _closed_brackets(line: str) -> dict[int, int]:
    """Where each outermost bracket that is closed in this line begins and ends."""
    stack: list[tuple[str, int]] = []
    found: dict[int, int] = {}
    for position, char in enumerate(line):
        if char in _PAIRS:
            stack.append((_PAIRS[char], position))
        else:
            depth = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][0] == char), None)
            if depth is not None:
                found[stack[depth][1]] = position
                del stack[depth:]
    return found


def _after_quotations(line: str, cuts: list[int], closed: dict[int, int]) -> list[int]:
    """Also cut after a quotation that is a sentence by itself: 「…。」 or “…。” and then no particle or verb of speech."""
    ends = set(cuts)
    for start, end in closed.items():
        outermost = not any(s < start and e > end for s, e in closed.items())
        stop = end > 0 and line[end - 1] in "。！？!?"
        if not outermost or not stop or line[end] not in "」』”":
            continue
        rest = line[end + 1 :]
        begins = start == 0 or line[start - 1] in "。！？\n 　" or start in ends
        if (
            begins
            and rest
            and not re.match(r"[とはがをにのもで、，。」』）)”！？!?，；：:]|など|って|という|\s*$", rest)
            and line[end] != "”"
        ) or (
            line[end] == "”"
            and re.match(r"[“\u4e00-\u9fff]", rest)
            and not re.match(r"[的是等和与、]|这|一", rest)
            and line[start - 1 : start] in "：:"
        ):
            ends.add(end + 1)
    return sorted(ends)


def _inside_address(line: str, position: int) -> bool:
    """Whether a question mark belongs to a web address."""
    before = re.search(r"https?://[\x21-\x7e]*$", line[:position])
    return (
        bool(before)
        and position + 1 < len(line)
        and line[position].isascii()
        and bool(re.match(r"[\w%=&]", line[position + 1], re.ASCII))
    )
