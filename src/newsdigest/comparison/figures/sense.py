"""What a figure counts: the typed subject, the lexicon's term, or the text's own noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsdigest.comparison.figures.measures import Measure
from newsdigest.comparison.figures.vocabulary import Subject, Vocabulary
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import Mention

_CLAUSE = re.compile(r"[。；;、,，]|\s(?:and|but|while|as|which|who)\s")
_JOINT = re.compile(r"^(?:者)?(?:と|や|し|、)|和$|及$")
_NOUN_STOP = re.compile(
    r"[,.;:()\"“”—]|\s(?:and|but|or|on|in|at|to|by|with|for|from|over|after|before|when|while|that|which|who|was|were|is|are|has|had|have|said|could|would|will|"
    r"as|since|during|this|last|next|per|a|an|died|killed|injured)\b",
    re.I,
)
_CJK_NOUN = re.compile(r"の([^、。をがはにでとも「」\s]{1,16}(?:の[^、。をがはにでとも「」\s]{1,10})?)")


@dataclass(frozen=True, slots=True)
class Sense:
    """``of`` in the text's words, ``term`` a lexicon id, ``subject`` the typed subject, ``part`` whether it is a part of a total."""

    of: str
    term: str | None
    subject: Subject | None
    part: bool


def sense(
    measure: Measure, sentence: str, language: str, mentions: Sequence[Mention], words: Vocabulary, lexicon: Lexicon
) -> Sense:
    """Return what a measure of a sentence counts; offsets of measure and mentions are those of the sentence."""
    subject, found = _subject(measure, sentence, language, words)
    noun = _noun(measure, sentence, language)
    people = () if base_of(measure) in ("", "person") else words.table["people_only"]["terms"]
    counted = [m for m in mentions if m.entry not in people]
    term = _term(measure, sentence, counted, lexicon, noun_at=_noun_span(measure, sentence, language))
    of = noun or (term.surface if term else "") or found
    return Sense(of, root(term.entry, lexicon) if term else None, subject, _part(measure, sentence, words))


def base_of(measure: Measure) -> str:
    """The base unit of a measure, "" where it has none."""
    return measure.unit.base if measure.unit else ""


def root(term: str, lexicon: Lexicon) -> str:
    """Return the broadest term above a term that still says something: purchases of soybeans are counted in soybeans."""
    seen = {term}
    while True:
        above = (lexicon.entries.get(b) for b in lexicon.entries[term].broader)
        parent = next(
            (e.id for e in above if e and e.kind == "term" and "vague" not in e.tags and e.id not in seen), None
        )
        if parent is None:
            return term
        seen.add(parent)
        term = parent


def _subject(measure: Measure, sentence: str, language: str, words: Vocabulary) -> tuple[Subject | None, str]:
    base, kind = base_of(measure), measure.kind
    owners = words.subject_words[language][1]
    own = _own_clause(measure, sentence)
    best: tuple[int, Subject, str] | None = None
    toll: tuple[int, Subject, str] | None = None
    for begin, end in _subject_words(sentence, language, words):
        for identity in owners.get(sentence[begin:end].lower(), ()):
            subject = words.subject_of[identity]
            if not (subject.fits(base, kind) or (not base and subject.unit == "person")):
                continue
            if (subject.unit == "person" or subject.units) and not own[0] <= begin < own[1]:
                continue  # the dead of one clause are not the missing of the next
            distance = _distance(measure, begin, end, sentence)
            if not base and subject.unit == "person" and (distance > _BESIDE or measure.value % 1):
                continue  # a number that names no people counts some only right beside the word
            if distance <= _REACH and (best is None or distance < best[0]):
                best = (distance, subject, sentence[begin:end])
            if subject.rises and distance < 25 and (toll is None or distance < toll[0]):
                toll = (distance, subject, sentence[begin:end])
    if best and toll and best[1].unit == "person" and not best[1].rises:
        best = toll  # "three crew members were injured" counts the injured
    if best is None and base in ("", "person") and kind == "count":
        climbed = _climbing(sentence[: measure.start], language, words)
        return (climbed, climbed.words[language][0]) if climbed else (None, "")
    return (best[1], best[2]) if best else (None, "")


def _climbing(before: str, language: str, words: Vocabulary) -> Subject | None:
    """The toll whose verb a number follows ("the death toll from the quake rose to 41")."""
    for rule in words.table["climbing"]:
        if any(re.search(source, before, re.IGNORECASE) for source in rule.get(language, ())):
            return words.subject_of[rule["subject"]]
    return None


# Each figure of a sentence asks for the sentence's words.
@lru_cache(maxsize=4096)
def _subject_words(sentence: str, language: str, words: Vocabulary) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in words.subject_words[language][0].finditer(sentence))


def holds(text: str, word: str) -> bool:
    """Whether a text has a word, a Latin one as a word of its own."""
    # Looked for as it stands before the pattern that minds its boundaries.
    return word in text and (not word.isascii() or re.search(rf"\b{re.escape(word)}\b", text) is not None)


def _holds_one(text: str, words: Sequence[str]) -> bool:
    return any(holds(text, word) for word in filter(text.__contains__, words))


_REACH = 60
_BESIDE = 12
_PARTED = re.compile(
    r"[。；;、，\u3000]|[.,](?!\d)|(?<=[^\x00-\x7f]) (?=[^\x00-\x7f]|\d)|\s(?:and|but|while|as|which|who)\s|[与和及并]|(?<=\d人)と"
)


def _own_clause(measure: Measure, sentence: str) -> tuple[int, int]:
    """The clause that a measure stands in: between the stops, commas and conjunctions around it."""
    start, end = 0, len(sentence)
    for first, last in _parted(sentence):
        if last <= measure.core[0]:
            start = last
        elif first >= measure.core[1]:
            return start, first
    return start, end


@lru_cache(maxsize=4096)
def _parted(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _PARTED.finditer(sentence))


def _distance(measure: Measure, start: int, end: int, sentence: str) -> int:
    """Characters between, with a penalty for every clause boundary crossed."""
    low, high = (end, measure.start) if end <= measure.start else (measure.end, start)
    if low > high:
        return 10  # inside the measure: the counted noun itself; what is said of it decides before
    between = sentence[low:high]
    # 「4人の死亡と3人の負傷」: what follows with a particle belongs closer than what stands before a と.
    joined = _JOINT.search(between) if end <= measure.start else None
    return len(between) + 25 * len(_CLAUSE.findall(between)) + (25 if joined else 0)


def _noun_span(measure: Measure, sentence: str, language: str) -> tuple[int, int]:
    """Where the counted noun would stand right behind the measure."""
    return measure.end, min(len(sentence), measure.end + (30 if language == "en" else 14))


def _noun(measure: Measure, sentence: str, language: str) -> str:
    if language == "en":
        return _english_noun(measure, sentence)
    match = _CJK_NOUN.match(sentence, measure.end)
    return match.group(1).strip("の") if match and language == "ja" else ""


def _english_noun(measure: Measure, sentence: str) -> str:
    raw = sentence[measure.core[1] : measure.end].strip(" -")
    rest = sentence[measure.end :]
    of = re.match(r"\s+of\s+(?:the\s+|its\s+|their\s+)?", rest)
    if of:
        return _cut(rest[of.end() :])
    if measure.kind == "duration" and sentence[measure.core[1] : measure.core[1] + 1] == "-":
        return _cut(rest)
    return raw if measure.kind == "count" else ""


def _cut(text: str) -> str:
    text = text.strip()
    stop = _NOUN_STOP.search(text.replace("U.S.", "U_S_").replace("U.K.", "U_K_"))
    return " ".join(text[: stop.start() if stop else len(text)].split()[:5])


def _term(
    measure: Measure, sentence: str, mentions: Sequence[Mention], lexicon: Lexicon, noun_at: tuple[int, int]
) -> Mention | None:
    """The nearest term: one that starts right behind the measure, else the last one before it in reach, else the next."""
    following = sentence[measure.end : measure.end + 30]
    if measure.kind == "duration" and re.match(
        r"\s*(?:before|after|earlier|later)\b|[^。、]{0,8}(?:前|あと|後)に|[^。，]{0,6}(?:之前|之后)", following
    ):
        return None  # "for 20 minutes before the collision" is not how long the collision lasted
    kinds = ("term", "occasion") if measure.kind == "duration" or measure.unit is None else ("term",)
    terms = [
        m for m in mentions if lexicon.entries[m.entry].kind in kinds and "vague" not in lexicon.entries[m.entry].tags
    ]
    behind = [
        m for m in terms if noun_at[0] <= m.start < noun_at[1] and not _CLAUSE.search(sentence[measure.end : m.start])
    ]
    if behind:
        return behind[0]
    if measure.kind == "count" and (measure.unit is None or measure.unit.id not in ("time", "item")):
        return None  # its own noun says what it counts
    if measure.kind in ("length", "area", "age", "speed", "temperature", "ordinal"):
        return None  # a distance is seldom one of the thing named nearby
    ranked = sorted((m for m in terms), key=lambda m: _distance(measure, m.start, m.end, sentence))
    return ranked[0] if ranked and _distance(measure, ranked[0].start, ranked[0].end, sentence) <= _REACH else None


def _part(measure: Measure, sentence: str, words: Vocabulary) -> bool:
    subset = words.table["subset"]
    before, after = sentence[: measure.start].rstrip().lower(), sentence[measure.end :].lstrip().lower()
    inside = sentence[measure.core[1] : measure.end].lower()
    start, end = _own_clause(measure, sentence)
    own = sentence[start:end].lower()
    change = subset["change_from"]
    return (
        _holds_one(own, subset["apart"])
        or _holds_one(before, subset["apart_since"])
        or any(re.search(source, before) for source in change["before"])
        or any(re.search(source, after) for source in change["after"])
        or before.endswith(tuple(subset["before"]))
        or after.startswith(tuple(subset["after"]))
        or " other " in inside
        or " more " in inside
    )


def scope(measure: Measure, others: Sequence[Measure], sentence: str, language: str, words: Vocabulary) -> str:
    """How far a count reaches, by the words beside it ("nationwide", 市内, 每天): a group of units.toml, "" where it says nothing.

    In Japanese and Chinese the words stand before the number, in English behind it or at the sentence's head.
    """
    last = max((m.end for m in others if m.end <= measure.start), default=0)
    start, end = _own_clause(measure, sentence)
    before, after = sentence[last : measure.start].lower(), sentence[measure.core[1] : end].lower()
    if language == "en":
        return _reach(after, words) or _reach(sentence[start : measure.start].lower() if last else before, words)
    return _reach(before, words) or _reach(after, words)


def _reach(text: str, words: Vocabulary) -> str:
    for group, ends, forms in words.scopes:
        if text.endswith(ends) or _holds_one(text, forms):
            return group
    return ""


def qualifier(measure: Measure, sentence: str, language: str, words: Vocabulary) -> tuple[str, str]:
    """Return what narrows a count: (group, words). The group is one of units.toml, alike in all languages: firefighters, 消防士, 消防员.

    The words are those of the text itself, to be compared within a language only. Both are "" where nothing narrows it.
    """
    if measure.kind != "count":
        return "", ""
    table = words.table["qualifier"]
    near = _near(measure, sentence, language)
    group = next((name for name, forms in table["groups"].items() if _holds_one(near, forms)), "")
    general = sorted((word.lower() for word in table[language]), key=len, reverse=True)
    if language == "en":
        left = [word for word in re.findall(r"[a-z-]+", near) if word not in general]
        return group, " ".join(left[-2:])
    for word in general:
        near = near.replace(word, "")
    return group, near if language == "ja" else ""


def _near(measure: Measure, sentence: str, language: str) -> str:
    """The words that belong to a number: behind it in English and Chinese, right before it in Japanese."""
    if language == "en":
        return sentence[measure.core[1] : measure.end].lower()
    if language == "zh":
        match = re.match(r"[一-龥]{0,4}", sentence[measure.end :])
        return match.group() if match else ""
    before = sentence[: measure.start]
    match = re.search(r"[一-龯々ァ-ヴーA-Za-z]+$", before)
    return match.group() if match else ""
