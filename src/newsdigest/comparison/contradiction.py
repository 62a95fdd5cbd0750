"""Whether two sentences of one language cannot both be so: the same said, but for one place where they exclude one another.

Most of what two sentences say must be shared before a difference means anything; then it must be one of a known kind: one is negated, an
opposite stands in the same place (``opposites.toml``), a different number of the same things, another name of the same kind. A sentence that says more than another
opposes nothing, and two that each name things or state numbers which the other has not are of two matters. Precision goes before recall: what is found is proposed to an editor with both places, never told as a fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Literal

from newsdigest.comparison.content import Wording
from newsdigest.comparison.figures import Number, numbers_in, same_number
from newsdigest.comparison.patterns import Pattern, PatternBook
from newsdigest.language.lexicon import LANGUAGES, Lexicon

Kind = Literal["negation", "opposite", "number", "name", "roles"]
Span = tuple[int, int]

KINDS: tuple[Kind, ...] = ("number", "opposite", "name", "roles", "negation")

SHARED = {"negation": 0.5, "opposite": 0.6, "number": 0.7, "name": 0.8, "roles": 0.9}
"""What share of the shorter sentence's content both must have outside the place where they differ, by kind."""
CLAUSE = 0.7
"""What share of a negated clause the other sentence must say too."""
_ATOM = re.compile(r"[A-Za-zÀ-ɏ]+(?:'[A-Za-z]+)*|\d[\d,.]*\d|\d|[^\s\W]")
_PROPER = frozenset({"person", "country", "place", "body"})
_SPEAKERS = frozenset({"person", "body", "office"})
_DIGITS = re.compile(r"\d[\d,.‧]*\d|\d")
_NOWHERE = (0, 0)
_COMMA = re.compile(r"[,、，;；。!?！？](?!\d)")
_NO_CONTENT = re.compile(r"[ぁ-ゖー]")


@dataclass(frozen=True, slots=True)
class Opposition:
    """``first`` and ``second`` are the spans that exclude one another; ``shared`` the share of content that the sentences have in common."""

    kind: Kind
    first: Span
    second: Span
    shared: float

    def moved(self, first: int, second: int) -> Opposition:
        """Return this with the spans counted from further left, as of the texts that the sentences stand in."""
        a, b = self.first, self.second
        return replace(self, first=(a[0] + first, a[1] + first), second=(b[0] + second, b[1] + second))


@dataclass(frozen=True, slots=True)
class _Atom:
    key: str
    start: int
    end: int
    content: bool


@dataclass(frozen=True, slots=True)
class _Set:
    """One set of ``opposites.toml``: per language a pattern for each group."""

    id: str
    groups: dict[str, tuple[Pattern, ...]]


@dataclass(frozen=True, slots=True)
class _Named:
    entries: frozenset[str]
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    language: str
    folded: str
    atoms: tuple[_Atom, ...]
    negations: tuple[Span, ...]
    names: tuple[_Named, ...]
    entries: frozenset[str]
    digits: frozenset[str]


@dataclass(frozen=True)
class _Pair:
    """Two sentences aligned: which atoms are the same, and the pairs of stretches that differ."""

    first: _Sentence
    second: _Sentence
    blocks: tuple[tuple[Span, Span], ...]
    equal: frozenset[int]

    def shared(self, first: Span, second: Span) -> float:
        """The share of the shorter sentence's content outside the two spans that stands in both."""
        ours = [i for i, a in enumerate(self.first.atoms) if a.content and not _within(a, first)]
        theirs = sum(a.content and not _within(a, second) for a in self.second.atoms)
        same = sum(i in self.equal for i in ours)
        return min(1.0, same / max(1, min(len(ours), theirs)))


class OppositionReader:
    """Finds what two sentences of one language cannot both have right."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._wording = Wording(lexicon)
        han = lexicon.tables.get("han", {}).get("variants", {})
        self._book = PatternBook({ord(k): v for k, v in han.items() if len(k) == 1}, {})
        table = lexicon.table("opposites")
        self._sets = tuple(
            _Set(raw["id"], {lang: tuple(self._any(group, lang) for group in raw.get(lang, ())) for lang in LANGUAGES})
            for raw in table.get("set", ())
        )
        self._negation = {lang: self._any(table["negation"][lang], lang) for lang in LANGUAGES}
        self._no_negation = {lang: self._any(table["not_negation"][lang], lang) for lang in LANGUAGES}
        self._passive = {lang: self._any(table["passive"][lang], lang) for lang in LANGUAGES}
        sole = table.get("sole", {})
        self._places = {
            lang: tuple(
                self._book.compile(p, lang) if (p := sole.get(f"{lang}_{side}")) else None
                for side in ("before", "after")
            )
            for lang in LANGUAGES
        }
        self._read = lru_cache(maxsize=4096)(self._sentence)
        self._counted = lru_cache(maxsize=4096)(self._numbers_of)
        self._marked = lru_cache(maxsize=4096)(self._sets_of)

    def read(self, first: str, second: str, language: str, kinds: Iterable[Kind] = KINDS) -> Opposition | None:
        """Return how two sentences exclude one another, or None: the first of ``kinds`` that holds, where most is shared."""
        ours, theirs = self._read(first, language), self._read(second, language)
        if not _one_matter(ours, theirs, kinds):
            return None
        pair = self._align(ours, theirs)
        readers = {
            "number": self._numbers,
            "opposite": self._opposites,
            "name": self._names,
            "roles": self._roles,
            "negation": self._negated,
        }
        for kind in kinds:
            sound = [o for o in readers[kind](pair) if o.shared >= SHARED[kind] and _nothing_else(pair, o)]
            if sound:
                return max(sound, key=lambda o: o.shared)
        return None

    def _any(self, words: Sequence[str], language: str) -> Pattern:
        body = "|".join(f"(?:{word})" for word in words)
        return self._book.compile(rf"\b(?:{body})\b" if language == "en" else body, language)

    def _sentence(self, text: str, language: str) -> _Sentence:
        folded = self._book.fold(text)
        atoms = tuple(self._atoms(folded, language))
        taken = [m.span() for m in self._no_negation[language].finditer(folded)]
        negations = tuple(
            m.span()
            for m in self._negation[language].finditer(folded)
            if not any(m.start() < end and start < m.end() for start, end in taken)
        )
        names = tuple(
            _Named(frozenset((m.entry, *m.others)), self._lexicon.entries[m.entry].kind, (m.start, m.end))
            for m in self._lexicon.find(text, language)
        )
        entries = frozenset(i for n in names for i in n.entries)
        return _Sentence(text, language, folded, atoms, negations, names, entries, frozenset(_DIGITS.findall(folded)))

    def _numbers_of(self, text: str, language: str) -> tuple[Number, ...]:
        return numbers_in(text, language, self._lexicon)

    def _sets_of(self, folded: str, language: str) -> dict[str, list[tuple[int, Span]]]:
        """The sets that have words in a sentence: which group, and where."""
        found: dict[str, list[tuple[int, Span]]] = {}
        for known in self._sets:
            for number, group in enumerate(known.groups[language]):
                for match in group.finditer(folded):
                    found.setdefault(known.id, []).append((number, match.span()))
        return found

    def _atoms(self, folded: str, language: str) -> Iterator[_Atom]:
        if language == "en":
            for word in self._wording.words(folded, "en"):
                yield _Atom(word.stem, word.start, word.end, not word.light)
            return
        for match in _ATOM.finditer(folded.lower()):
            yield _Atom(match.group(), *match.span(), _NO_CONTENT.match(match.group()) is None)

    def _align(self, first: _Sentence, second: _Sentence) -> _Pair:
        matcher = SequenceMatcher(None, [a.key for a in first.atoms], [a.key for a in second.atoms], autojunk=False)
        blocks: list[tuple[Span, Span]] = []
        equal: set[int] = set()
        for tag, i, j, k, end in matcher.get_opcodes():
            if tag == "equal":
                equal.update(range(i, j))
            else:
                blocks.append((_chars(first, i, j), _chars(second, k, end)))
        return _Pair(first, second, tuple(blocks), frozenset(equal))

    # ---- kinds -------------------------------------------------------------------------------------------------------------

    def _opposites(self, pair: _Pair) -> Iterator[Opposition]:
        """Words of two groups of one set in one place, neither sentence having the other's word too."""
        ours, theirs = (self._marked(x.folded, x.language) for x in (pair.first, pair.second))
        for known in sorted(ours.keys() & theirs.keys()):
            # A word that both have in one place is no part of the difference.
            left = [(n, span) for n, span in ours[known] if any(_meet(span, a) for a, _ in pair.blocks)]
            right = [(m, span) for m, span in theirs[known] if any(_meet(span, b) for _, b in pair.blocks)]
            mine, yours = {n for n, _ in left}, {m for m, _ in right}
            for n, span in left:
                for m, other in right:
                    if n != m and n not in yours and m not in mine and _one_place(pair, span, other):
                        yield self._found("opposite", pair, span, other)

    def _numbers(self, pair: _Pair) -> Iterator[Opposition]:
        for ours in self._counted(pair.first.text, pair.first.language):
            for theirs in self._counted(pair.second.text, pair.second.language):
                if ours.kind != theirs.kind or ours.unit != theirs.unit or same_number(ours, theirs):
                    continue
                if ours.bound != "exact" or theirs.bound != "exact":
                    continue
                mine, yours = (ours.start, ours.end), (theirs.start, theirs.end)
                if _one_place(pair, mine, yours):
                    yield self._found("number", pair, mine, yours)

    def _roles(self, pair: _Pair) -> Iterator[Opposition]:
        """Two names that have changed places in what is otherwise the same sentence, its voice (active, passive) included."""
        language = pair.first.language
        passive = self._passive[language]
        if bool(passive.search(pair.first.folded)) != bool(passive.search(pair.second.folded)):
            return
        ours, theirs = _actors(pair.first), _actors(pair.second)
        for (one, a), (two, b) in combinations(ours, 2):
            for (other, c), (another, d) in combinations(theirs, 2):
                if one != two and (one, two) == (another, other) and _alike_beside(pair, (a, b), (c, d)):
                    rest = _without(pair.first, (a, b)), _without(pair.second, (c, d))
                    shared = SequenceMatcher(None, *rest, autojunk=False).ratio()
                    yield Opposition("roles", (a[0], b[1]), (c[0], d[1]), shared)

    def _names(self, pair: _Pair) -> Iterator[Opposition]:
        """Two names of a kind in a place that only one can fill, in what is otherwise the same sentence."""
        for one in pair.first.names:
            for other in pair.second.names:
                if one.kind != other.kind or one.kind not in _PROPER:
                    continue
                if one.entries & pair.second.entries or other.entries & pair.first.entries:
                    continue
                sole = self._sole(pair.first, one.span) and self._sole(pair.second, other.span)
                if (
                    sole
                    and _one_place(pair, one.span, other.span)
                    and not _differ_elsewhere(pair, one.span, other.span)
                ):
                    yield Opposition("name", one.span, other.span, pair.shared(one.span, other.span))

    def _sole(self, sentence: _Sentence, span: Span) -> bool:
        before, after = self._places[sentence.language]
        return bool(
            (before and before.search(sentence.folded[: span[0]]))
            or (after and after.search(sentence.folded[span[1] :]))
        )

    def _negated(self, pair: _Pair) -> Iterator[Opposition]:
        """One sentence negates, the other does not, and what is negated stands in both."""
        if bool(pair.first.negations) == bool(pair.second.negations):
            return
        for span in pair.first.negations:
            said = _said_too(pair.first, pair.second, span)
            if said is not None:
                yield Opposition("negation", span, said, pair.shared(span, _NOWHERE))
        for span in pair.second.negations:
            said = _said_too(pair.second, pair.first, span)
            if said is not None:
                yield Opposition("negation", said, span, pair.shared(_NOWHERE, span))

    @staticmethod
    def _found(kind: Kind, pair: _Pair, first: Span, second: Span) -> Opposition:
        return Opposition(kind, first, second, pair.shared(first, second))


def _one_matter(first: _Sentence, second: _Sentence, kinds: Iterable[Kind]) -> bool:
    """A quick look: one name at most, and a number only where numbers are asked for, may stand in each that the other lacks."""
    ours, theirs = _own(first, second, _NOWHERE), _own(second, first, _NOWHERE)
    if all(sum(n.kind not in _SPEAKERS for n in side) > 1 for side in (ours, theirs)):
        return False
    return "number" in kinds or first.digits <= second.digits or second.digits <= first.digits


def _nothing_else(pair: _Pair, found: Opposition) -> bool:
    """Whether, but for the marked places, one sentence names and counts nothing that the other does not.

    Who says an opposite, or negates, may be another.
    """
    ours, theirs = _own(pair.first, pair.second, found.first), _own(pair.second, pair.first, found.second)
    if found.kind in ("opposite", "negation"):
        ours, theirs = ([n for n in side if n.kind not in _SPEAKERS] for side in (ours, theirs))
    if ours and theirs:
        return False
    if found.kind == "number":
        return True
    return pair.first.digits <= pair.second.digits or pair.second.digits <= pair.first.digits


def _differ_elsewhere(pair: _Pair, first: Span, second: Span) -> bool:
    """Whether another stretch has content in each sentence that the other does not have there."""
    for a, b in pair.blocks:
        if _meet(a, first) or _meet(b, second):
            continue
        if any(x.content and _within(x, a) for x in pair.first.atoms) and any(
            x.content and _within(x, b) for x in pair.second.atoms
        ):
            return True
    return False


def _own(sentence: _Sentence, other: _Sentence, span: Span) -> list[_Named]:
    """The names outside a span that the other sentence does not have."""
    return [n for n in sentence.names if not _meet(n.span, span) and not n.entries & other.entries]


def _actors(sentence: _Sentence) -> list[tuple[frozenset[str], Span]]:
    """The names of a sentence that may act, each of which it has once."""
    times = Counter(n.entries for n in sentence.names)
    return [(n.entries, n.span) for n in sentence.names if times[n.entries] == 1 and n.kind in _PROPER - {"place"}]


def _chars(sentence: _Sentence, first: int, last: int) -> Span:
    """The characters of a stretch of atoms; of none, the place where they would stand."""
    atoms = sentence.atoms
    if first < last:
        return atoms[first].start, atoms[last - 1].end
    at = atoms[first].start if first < len(atoms) else len(sentence.text)
    return at, at


def _meet(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _within(atom: _Atom, span: Span) -> bool:
    return atom.start < span[1] and span[0] < atom.end


def _one_place(pair: _Pair, first: Span, second: Span) -> bool:
    """Whether two spans lie in stretches that stand for one another."""
    return any(_meet(a, first) and _meet(b, second) for a, b in pair.blocks)


def _said_too(sentence: _Sentence, other: _Sentence, span: Span) -> Span | None:
    """Where the other sentence has the word that a negation turns, if it also says enough of the clause around it.

    That word stands before the negation in Japanese, behind it elsewhere.
    """
    content = [a for a in sentence.atoms if a.content and not _within(a, span)]
    before = sentence.language == "ja"
    near = [a for a in content if a.end <= span[0]][::-1] if before else [a for a in content if a.start >= span[1]]
    if sentence.language == "en" and not _follows(sentence, other, span):
        return None
    word = near[:1] if sentence.language == "en" else _together(near)
    keys = [a.key for a in sorted(word, key=lambda a: a.start)]
    said = [a for a in other.atoms if a.content]
    at = next((i for i in range(len(said)) if [a.key for a in said[i : i + len(keys)]] == keys), None)
    if not keys or at is None:
        return None
    known = {a.key for a in said}
    inside = [a for a in content if _within(a, _clause(sentence.folded, span))]
    if sum(a.key in known for a in inside) < CLAUSE * len(inside):
        return None
    return said[at].start, said[at + len(keys) - 1].end


def _follows(sentence: _Sentence, other: _Sentence, span: Span) -> bool:
    """Whether the word right behind an English negation, of grammar or not, stands in the other sentence."""
    behind = next((a.key for a in sentence.atoms if a.start >= span[1]), None)
    return any(a.key == behind for a in other.atoms)


def _together(atoms: Sequence[_Atom]) -> Sequence[_Atom]:
    """The first two atoms where they touch: a word of Han has two characters."""
    if len(atoms) > 1 and (atoms[0].end == atoms[1].start or atoms[1].end == atoms[0].start):
        return atoms[:2]
    return atoms[:1]


def _alike_beside(pair: _Pair, first: tuple[Span, Span], second: tuple[Span, Span]) -> bool:
    """Whether in Japanese each of two names has the particle that the other has in the other sentence; elsewhere their order decides."""
    if pair.first.language != "ja":
        return True
    return all(
        pair.first.folded[a[1] : a[1] + 1] == pair.second.folded[b[1] : b[1] + 1]
        for a, b in zip(first, second, strict=True)
    )


def _without(sentence: _Sentence, names: tuple[Span, Span]) -> list[str]:
    return [a.key for a in sentence.atoms if not any(_within(a, span) for span in names)]


def _clause(text: str, span: Span) -> Span:
    """The stretch between commas that a span stands in."""
    cuts = [m.start() for m in _COMMA.finditer(text)]
    return max((c for c in cuts if c < span[0]), default=0), min((c for c in cuts if c >= span[1]), default=len(text))
