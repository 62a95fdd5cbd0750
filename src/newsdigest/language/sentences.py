"""Sentences of Japanese, English and Chinese text, as spans of the stored text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = "「『（(“《〈【"
_CLOSE = "」』）)”》〉】"
_CJK_END = "。！？!?"
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Cmdr|Adm|Rep|Reps|Sen|Sens|Gov|Govs|Gens|Pres|Supt|Sgt|St|Jr|Sr|Inc|Ltd|Corp|Co|No|vs|etc|approx|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|D\.C|e\.g|i\.e)|\b[A-Z])$"
)
_EN_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` is one sentence without surrounding white space; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int


def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Split a text into sentences; paragraphs end at a line break and no sentence crosses one."""
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
            begin = cut
        offset += len(line)
    return tuple(found)


def _english_cuts(line: str) -> list[int]:
    cuts = []
    for match in _EN_END.finditer(line):
        before = line[: match.start()]
        if line[match.start()] == "." and _ABBREVIATION.search(before):
            following = line[match.end() :].lstrip()
            ends_here = re.search(r"(?:a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|D\.C|Inc|Ltd|Corp|Co)$", before)
            if not (ends_here and re.match(r"[A-Z“\"][a-z]+\b", following) and not _name_follows(following)):
                continue
        cuts.append(match.end())
    return cuts


def _name_follows(following: str) -> bool:
    """Whether "U.S." is followed by an office or a name part rather than by a new sentence."""
    return bool(
        re.match(
            r"(President|Secretary|Treasury|State|Embassy|Department|Senate|House|Congress|Navy|Army|Air|Coast|Federal|"
            r"Trade|Ambassador|Marine|Supreme|Capitol|Security|General|Representative|Vice)\b",
            following,
        )
    )


def _cjk_cuts(line: str) -> list[int]:
    cuts = []
    depth = 0
    for position, char in enumerate(line):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _CJK_END and depth == 0:
            end = position + 1
            while end < len(line) and line[end] in _CLOSE + _CJK_END:
                end += 1
            cuts.append(end)
        elif char == "." and depth == 0 and re.match(r"\s+[A-Z]", line[position + 1 :]):
            if re.search(r"[a-z]{2,}$", line[:position]):
                cuts.append(position + 1)
    return cuts
