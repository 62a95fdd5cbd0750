"""One member read: its clauses, with names as tokens and each name resolved to who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from newsdigest.comparison.packet import Member
from newsdigest.comparison.patterns import Pattern
from newsdigest.comparison.tagging import Group, Tagged, groups, pieces, tagged
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.items.evidence import Evidence, Field
from newsdigest.language.matcher import Mention
from newsdigest.language.sentences import Sentence, sentences
from newsdigest.language.sides import settled


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or a part of one between semicolons. Offsets are of the field.

    ``full`` has every name, occasion and term as a token; in ``names`` acts and things are left as words ("rammed",
    "used water cannon"), which may be terms of the lexicon too.
    """

    member: Member
    field: Field
    start: int
    end: int
    sentence: Sentence
    number: int
    full: Tagged
    names: Tagged
    question: bool = False  # asks, instructs its reader, or says where a report was filed: states nothing

    @property
    def string(self) -> str:
        """The fully tagged string."""
        return self.full.string

    @property
    def groups(self) -> dict[int, Group]:
        """The groups of the fully tagged string."""
        return self.full.groups

    @property
    def text(self) -> str:
        """The clause as stored."""
        whole = self.member.title if self.field == "title" else self.member.text
        return whole[self.start : self.end]

    def group_at(self, match: re.Match[str], name: str) -> Group | None:
        """The group that a named part of a match stands on, if any."""
        return (self.full if match.string == self.full.string else self.names).group(match, name)

    def cite(self) -> Evidence:
        """Evidence for the clause's sentence (a clause after a semicolon: for itself)."""
        return self.member.cite(self.start, self.end, self.field)

    def cite_sentence(self) -> Evidence:
        """Evidence for the whole sentence."""
        return self.member.cite(self.sentence.start, self.sentence.end, self.field)


@dataclass(frozen=True)
class Reading:
    """A member's clauses, title first, and every mention of a lexicon entry in its text and title."""

    member: Member
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    title_mentions: tuple[Mention, ...]

    @property
    def body(self) -> Iterator[Clause]:
        """The clauses of the text."""
        return (c for c in self.clauses if c.field == "text")

    @property
    def lead(self) -> tuple[Clause, ...]:
        """The title and the first sentence, where a text says what it is about."""
        first = next((c.number for c in self.body), None)
        return tuple(c for c in self.clauses if c.field == "title" or c.number == first)


def read(member: Member, vocabulary: Vocabulary) -> Reading:
    """Read a member's title and text."""
    found = [vocabulary.lexicon.find(whole, member.language) if whole else [] for whole in (member.title, member.text)]
    title, text = settled(found, vocabulary.lexicon)
    clauses = [
        *_clauses(member, "title", member.title, title, vocabulary),
        *_clauses(member, "text", member.text, text, vocabulary),
    ]
    return Reading(member, tuple(clauses), text, title)


def _clauses(
    member: Member, name: Field, text: str, mentions: tuple[Mention, ...], vocabulary: Vocabulary
) -> Iterator[Clause]:
    language = member.language
    found = groups(text, pieces(text, mentions, vocabulary, language), vocabulary, language)
    folded = vocabulary.book.fold(text)
    whole = (Sentence(0, len(text), 0),) if name == "title" and text.strip() else sentences(text, language)
    at = 0
    asking = _Asking(vocabulary, language)
    first = 0
    for number, sentence in enumerate(whole):
        while first < len(found) and found[first].end <= sentence.start:
            first += 1
        inside = _before(sentence.end, found[first:])
        turns = _turns(tagged(sentence.start, sentence.end, inside, folded), vocabulary, language)
        for start, end, before_answer in _parts(text, sentence, turns, vocabulary, language, name):
            while at and found[at - 1].start >= start:
                at -= 1
            while at < len(found) and found[at].end <= start:
                at += 1
            within = []
            for group in found[at:]:
                if group.start >= end:
                    break
                if group.start >= start:
                    within.append(group)
            full = tagged(start, end, within, folded)
            others = [g for g in within if g.kind not in ("term", "occasion")]
            names = full if len(others) == len(within) else tagged(start, end, others, folded)
            asked = asking.hears(text[start:end], sentence.paragraph)
            yield Clause(member, name, start, end, sentence, number, full, names, asked or before_answer)


def _before(end: int, found: Iterable[Group]) -> list[Group]:
    return list(takewhile(lambda group: group.start < end, found))


def _turns(sentence: Tagged, vocabulary: Vocabulary, language: str) -> Iterator[int]:
    """Where a sentence that lets two speak turns from one to the other ("A said …, while B said …")."""
    if len(sentence.groups) > 1:
        for source in vocabulary.attribution.get("turns", {}).get(language, ()):
            for match in vocabulary.book.compile(source, language).finditer(sentence.string):
                yield sentence.origin[match.end()]


def _parts(
    text: str, sentence: Sentence, turns: Iterable[int], vocabulary: Vocabulary, language: str, name: Field
) -> Iterator[tuple[int, int, bool]]:
    """Cut a sentence at semicolons and turns of speech, a headline at its wide space, what only asks or says where a report was filed
    (True) from the rest."""
    start = sentence.start
    whole = text[sentence.start : sentence.end]
    cuts = {sentence.start + m.end(): False for m in re.finditer(r"[;；]\s*", whole)} | dict.fromkeys(turns, False)
    if name == "title":
        cuts |= {sentence.start + m.end(): False for m in re.finditer(r"\u3000\s*", whole)}
    for source in vocabulary.attribution.get("datelines", {}).get(language, ()):
        match = vocabulary.book.compile(source, language).match(vocabulary.book.fold(whole))
        if match:
            cuts[sentence.start + match.end()] = True
    for source in vocabulary.attribution.get("question_splits", {}).get(language, ()):
        for match in vocabulary.book.compile(source, language).finditer(vocabulary.book.fold(whole)):
            cuts[sentence.start + match.end()] = True
    for cut in sorted(cuts):
        if start < cut < sentence.end:
            yield start, cut, cuts[cut]
            start = cut
    if text[start : sentence.end].strip():
        yield start, sentence.end, False


class _Asking:
    """Hears which clauses only ask or instruct: a reporter's question lasts until its question mark, the answer, or the paragraph's end."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        def compiled(patterns: Iterable[str]) -> list[Pattern]:
            return [vocabulary.book.compile(p, language) for p in patterns]

        words = vocabulary.attribution
        self._fold = vocabulary.book.fold
        # A sentence that instructs its reader says nothing of the event either.
        self._asks = compiled(
            (*words.get("question", {}).get(language, ()), *vocabulary.lexicon.table("injections").get(language, ()))
        )
        self._opens = compiled(words.get("question_opens", {}).get(language, ()))
        self._answers = compiled(words.get("answer_opens", {}).get(language, ()))
        self._open = False
        self._paragraph = -1

    def hears(self, text: str, paragraph: int) -> bool:
        """Whether a clause, told in order, states nothing."""
        folded = self._fold(text.strip())
        if paragraph != self._paragraph:
            self._open, self._paragraph = False, paragraph
        if any(p.search(folded) for p in self._opens):
            self._open = not folded.endswith("?")
            return True
        if self._open and any(p.search(folded) for p in self._answers):
            self._open = False
        was = self._open
        if was and folded.endswith("?"):
            self._open = False
        return was or any(p.search(folded) for p in self._asks)
