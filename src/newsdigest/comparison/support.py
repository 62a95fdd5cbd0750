"""How well a text bears out a sentence: what of it stands there, where, and what does not.

A sentence stands or falls first by its specifics (numbers, names, days: each must be in the text), then by how many of its words the text
has at all, and by whether the passage that says most of it says the opposite (a negation, an opposite, two actors in each other's place). Closeness of sentence vectors is no test of truth ("25 million tons" of one thing and of another are 0.92 alike), so none are asked for.
Of another language only the specifics can be looked for; ``covered`` is None then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from newsdigest.comparison.content import Word, Wording
from newsdigest.comparison.contradiction import Kind as Opposite
from newsdigest.comparison.contradiction import Opposition, OppositionReader
from newsdigest.comparison.figures import Number, numbers_in, same_number
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.sentences import sentences

ENOUGH = 0.5
"""The share of a sentence's words that a text must have: less is another sentence, however its specifics agree."""
_REACH = 2
"""A bound ("more than 500,000") is borne out by a figure up to so many times as large."""

_PROPER = ("person", "body", "place", "country")

_SAME = 0.7
"""From this share on one sentence says what another says: only then can it say the opposite."""
_TURNED: tuple[Opposite, ...] = ("opposite", "roles", "negation")

Kind = Literal["number", "name", "time", "word"]


@dataclass(frozen=True, slots=True)
class Missing:
    """``sentence[start:end] == surface`` stands nowhere in the text."""

    surface: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Support:
    """What a text has of a sentence.

    ``missing`` in order; ``covered`` the share of content words that the text has anywhere; ``passages`` the spans of the text's
    sentences that have most of it, one for each sentence of what was asked; ``bound`` the least share that one such passage has.
    ``opposed`` are the ways in which such a passage excludes the sentence: its span there, and where the sentence says otherwise.
    """

    missing: tuple[Missing, ...]
    covered: float | None
    passages: tuple[tuple[int, int], ...]
    bound: float | None
    opposed: tuple[Opposition, ...] = ()

    @property
    def specifics(self) -> tuple[Missing, ...]:
        """The numbers, names and times that the text does not have."""
        return tuple(m for m in self.missing if m.kind != "word")

    @property
    def borne_out(self) -> bool:
        """Whether nothing specific is missing, no passage says the opposite, and the text has enough of the words."""
        return not self.specifics and not self.opposed and (self.covered is None or self.covered >= ENOUGH)

    @property
    def score(self) -> float:
        """0 to 1: the share of words, halved for each specific that is missing and each passage that says the opposite."""
        return float((1.0 if self.covered is None else self.covered) * 0.5 ** (len(self.specifics) + len(self.opposed)))


@dataclass(frozen=True)
class _Text:
    """A text read once, for all sentences that are held against it."""

    text: str
    language: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    begins: frozenset[str]
    folded: str
    acronyms: str
    numbers: tuple[Number, ...]
    entries: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    sets: tuple[frozenset[str], ...]
    """The stems of each of its sentences."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text has one sentence of what is ``asked``: the one ``nearest`` sentence, and the passage with the largest share."""

    asked: tuple[int, int]
    nearest: tuple[int, int]
    alone: float
    span: tuple[int, int]
    share: float


class SupportReader:
    """Holds sentences against texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._wording = Wording(lexicon)
        self._oppositions = OppositionReader(lexicon)
        table = lexicon.table("bearing")
        self._times = {lang: tuple(table["time"].get(lang, ())) for lang in ("ja", "en", "zh")}
        self._order = frozenset(table.get("order", {}).get("en", ()))
        self._read = lru_cache(maxsize=64)(self._text)

    def read(self, sentence: str, language: str, text: str, text_language: str | None = None) -> Support:
        """Return what ``text`` has of ``sentence`` (one sentence or several); ``text_language`` where it is another's."""
        held = self._read(text, text_language or language)
        missing = list(self._specifics(sentence, language, held))
        if language != held.language:
            return Support(tuple(missing), None, (), None)
        content = self._wording.content(sentence, language)
        taken = [(m.start, m.end) for m in missing]
        absent = [w for w in content if not w.numeral and not _known(w, held)]
        missing += [
            Missing(w.surface, "word", w.start, w.end)
            for w in absent
            if not any(w.start < end and start < w.end for start, end in taken)
        ]
        covered = 1 - len(absent) / len(content) if content else 1.0
        places = self._places(sentence, language, held)
        return Support(
            tuple(sorted(missing, key=lambda m: m.start)),
            covered,
            tuple(p.span for p in places),
            min((p.share for p in places), default=1.0),
            tuple(self._opposed(sentence, language, held, places)),
        )

    def _text(self, text: str, language: str) -> _Text:
        words = self._wording.words(text, language)
        spans = tuple((s.start, s.end) for s in sentences(text, language))
        return _Text(
            text, language, words, frozenset(w.stem for w in words), frozenset(w.stem[:5] for w in words if len(w.stem) >= 5), text.lower(),
            "".join(f" {w.surface}" for w in words if len(w.surface) > 1 and w.surface.isupper()) + " ",
            numbers_in(text, language, self._lexicon),
            frozenset(i for m in self._lexicon.find(text) for i in (m.entry, *m.others)), spans,
            tuple(_stems_of(words, spans)),
        )  # fmt: skip

    # ---- specifics ---------------------------------------------------------------------------------------------------------

    def _specifics(self, sentence: str, language: str, held: _Text) -> Iterator[Missing]:
        numbers = numbers_in(sentence, language, self._lexicon)
        for number in numbers:
            if not any(_borne(number, other) for other in held.numbers):
                yield Missing(number.raw, "number", number.start, number.end)
        taken = [(n.start, n.end) for n in numbers]
        for missing in (*self._names(sentence, language, held), *self._moments(sentence, language, held)):
            if not any(missing.start < end and start < missing.end for start, end in taken):
                yield missing

    def _names(self, sentence: str, language: str, held: _Text) -> Iterator[Missing]:
        known = [m for m in self._lexicon.find(sentence, language) if self._lexicon.entries[m.entry].kind in _PROPER]
        for mention in known:
            ids = {mention.entry, *mention.others}
            if not ids & held.entries and not self._stands(mention.surface, language, held):
                yield Missing(mention.surface, "name", mention.start, mention.end)
        if language != "en" or held.language != "en":
            return
        openings = {s.start for s in sentences(sentence, language)}
        words = self._wording.words(sentence, language)
        for run in _capitalised(words, sentence):
            for word in run:
                if word.light or word.start in openings or any(m.start <= word.start < m.end for m in known):
                    continue
                if (
                    not _known(word, held)
                    and not _initials_stand(run, held)
                    and word.surface.lower() not in self._times["en"]
                ):
                    yield Missing(word.surface, "name", word.start, word.end)

    def _stands(self, surface: str, language: str, held: _Text) -> bool:
        if surface.lower() in held.folded:
            return True
        words = self._wording.content(surface, language)
        return held.language == language == "en" and bool(words) and all(_known(w, held) for w in words)

    def _moments(self, sentence: str, language: str, held: _Text) -> Iterator[Missing]:
        if language != held.language:
            return
        if language != "en":
            for word in self._times[language]:
                at = sentence.find(word)
                if at >= 0 and word not in held.text:
                    yield Missing(word, "time", at, at + len(word))
            return
        for found in self._wording.words(sentence, "en"):
            plain = found.surface.lower()
            if (plain in self._times["en"] or plain in self._order) and found.stem not in held.stems:
                yield Missing(found.surface, "time", found.start, found.end)

    # ---- where it stands ---------------------------------------------------------------------------------------------------

    def _places(self, sentence: str, language: str, held: _Text) -> list[_Place]:
        """For each sentence asked, the text's sentence (with its neighbour, where that adds to it) that has most of it."""
        sets = held.sets
        places: list[_Place] = []
        for part in sentences(sentence, language):
            asked = {w.stem for w in self._wording.content(sentence[part.start : part.end], language)}
            if not asked or not sets:
                continue
            alone = [len(asked & stems) / len(asked) for stems in sets]
            pairs = [len(asked & (a | b)) / len(asked) for a, b in pairwise(sets)]
            best = max(range(len(sets)), key=lambda i: (alone[i], -i))
            span, share = held.spans[best], alone[best]
            if pairs and max(pairs) > share:
                first = max(range(len(pairs)), key=lambda i: (pairs[i], -i))
                span, share = (held.spans[first][0], held.spans[first + 1][1]), pairs[first]
            places.append(_Place((part.start, part.end), held.spans[best], alone[best], span, share))
        return places

    def _opposed(self, sentence: str, language: str, held: _Text, places: Iterable[_Place]) -> Iterator[Opposition]:
        for place in places:
            if place.alone >= _SAME:
                there, here = held.text[slice(*place.nearest)], sentence[slice(*place.asked)]
                found = self._oppositions.read(there, here, language, _TURNED)
                if found is not None:
                    yield found.moved(place.nearest[0], place.asked[0])


def _stems_of(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> Iterator[frozenset[str]]:
    """The stems of each span's words, both in order."""
    at = 0
    for start, end in spans:
        stems = set()
        while at < len(words) and words[at].start < end:
            if words[at].start >= start:
                stems.add(words[at].stem)
            at += 1
        yield frozenset(stems)


def _known(word: Word, held: _Text) -> bool:
    """Whether a text has a word, or one that begins as it does (England, English)."""
    return word.stem in held.stems or (len(word.stem) >= 5 and word.stem[:5] in held.begins)


def _capitalised(words: Sequence[Word], text: str) -> Iterable[list[Word]]:
    """Runs of neighbouring words with capitals, which may be one name."""
    run: list[Word] = []
    for word in words:
        if word.surface[0].isupper() and (not run or not text[run[-1].end : word.start].strip()):
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if word.surface[0].isupper() else []
    if run:
        yield run


def _initials_stand(run: Sequence[Word], held: _Text) -> bool:
    """Whether the text has the name's initials for it (the Royal Naval Reserve: RNR)."""
    initials = "".join(w.surface[0] for w in run)
    return len(initials) >= 2 and f" {initials} " in held.acronyms


def _borne(claimed: Number, held: Number) -> bool:
    """Whether a number of the text states a claimed one, or lies within its bound."""
    if same_number(claimed, held):
        return True
    if claimed.date or held.date or claimed.unit != held.unit or claimed.kind != held.kind:
        return False
    if claimed.bound in ("at_least", "about") and claimed.value <= held.value <= claimed.value * _REACH:
        return claimed.bound == "at_least" or held.value <= claimed.value * 11 / 10
    return (
        claimed.bound in ("at_most", "about")
        and claimed.value / _REACH <= held.value <= claimed.value
        and (claimed.bound == "at_most" or held.value >= claimed.value * 9 / 10)
    )
