"""The circumstances of a figure, read again from its own sentence: subject, parties, places, what narrows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from newsdigest.comparison.figures.measures import Measure
from newsdigest.comparison.figures.sense import Sense, qualifier, root, scope
from newsdigest.comparison.figures.sentence import MeasuredSentence, SentenceReader
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Figure
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import Mention
from newsdigest.language.sentences import sentences

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Situation:
    """A figure with what decides whether another counts the same.

    ``parties`` are lexicon ids of the people, bodies and countries of its own sentence (a person stands for his country too), or, where
    ``inherited``, of its item's title and first sentence; ``places`` the places named; ``narrow`` what narrows the count (see
    ``sense.qualifier``); ``terms`` the terms of the sentence; ``step`` the size of the last stated digit; ``scope`` how far the count reaches.
    """

    figure: Figure
    member: Member
    measure: Measure
    sense: Sense
    parties: frozenset[str]
    inherited: bool
    places: frozenset[str]
    narrow: tuple[str, str]
    terms: frozenset[str]
    years: frozenset[str]
    step: Decimal
    scope: str = ""

    @property
    def key(self) -> str | None:
        """What it counts: the typed subject's id, else the term's, else None."""
        subject = self.sense.subject
        return subject.id if subject else self.sense.term


class Situator:
    """Reads the situations of one event's figures."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self._parties: dict[tuple[str, str, str], frozenset[str]] = {}

    def situate(self, figure: Figure, member: Member) -> Situation | None:
        """Return the situation of a counted figure, None for dates and times and where the sentence reads otherwise."""
        if figure.kind in ("date", "time", "fiscal_year", "ordinal", "age"):
            return None
        start, text = sentence_of(figure, member)
        sentence = self._reader.read(text, member.language)
        measure = next((m for m in sentence.measures if start + m.start == figure.evidence.start), None)
        return self._situation(figure, member, measure, sentence) if measure else None

    def _situation(self, figure: Figure, member: Member, measure: Measure, sentence: MeasuredSentence) -> Situation:
        text, words, lexicon = sentence.text, self._reader.words, self._reader.lexicon
        own = self._parties_in(text, member)
        inherited = len(own) < 2 and len({p for p in own if not p.startswith("country.")}) < 2
        parties = self._parties_in(main_text(member), member) if inherited and not own else own
        kinds = [(m.entry, lexicon.entries[m.entry].kind) for m in sentence.mentions]
        years = frozenset(_YEAR.findall(text[: measure.start] + " " + text[measure.end :]))
        return Situation(
            figure, member, measure, self._reader.sense(sentence, measure), parties, inherited and not own,
            frozenset(entry for entry, kind in kinds if kind == "place"),
            qualifier(measure, text, member.language, words),
            frozenset(root(entry, lexicon) for entry, kind in kinds if kind == "term"), years, measure.step,
            scope(measure, sentence.measures, text, member.language, words),
        )  # fmt: skip

    def _parties_in(self, text: str, member: Member) -> frozenset[str]:
        known = (text, member.language, member.source.country)
        if known not in self._parties:
            lexicon = self._reader.lexicon
            self._parties[known] = parties_of(text, lexicon.find(text, member.language), member, lexicon)
        return self._parties[known]


def sentence_of(figure: Figure, member: Member) -> tuple[int, str]:
    """Return offset and text of the sentence (or title) that a figure stands in."""
    if figure.evidence.field == "title":
        return 0, member.title
    for sentence in sentences(member.text, member.language):
        if sentence.start <= figure.evidence.start < sentence.end:
            return sentence.start, member.text[sentence.start : sentence.end]
    return 0, member.text


def main_text(member: Member) -> str:
    """The title and the first sentence: what an item is mainly about."""
    first = next(iter(sentences(member.text, member.language)), None)
    return member.title + "\n" + (member.text[first.start : first.end] if first else "")


def parties_of(text: str, mentions: Iterable[Mention], member: Member, lexicon: Lexicon) -> frozenset[str]:
    """Return the countries (of people, bodies, offices, or named themselves) that take part in a sentence; a person without one stands for himself.

    An office without a name or country (首相, the prime minister) is that of the carrier's own country.
    """
    found: set[str] = set()
    for mention in mentions:
        entry = lexicon.entries[mention.entry]
        if entry.kind == "country":
            found.add(entry.id)
        elif entry.kind in ("person", "body", "office"):
            found.add(entry.country or ("" if entry.kind == "office" else entry.id))
    found |= _initials(text, member, lexicon)
    found.discard("")
    if not found or len(found) == 1:
        found |= _own_office(text, member, lexicon)
    return frozenset(found - {""})


def home(member: Member) -> str:
    """The country entry of the carrier."""
    country = member.source.country.lower()
    return f"country.{country.removeprefix('country.')}" if country else ""


def _initials(text: str, member: Member, lexicon: Lexicon) -> set[str]:
    """米中, 日美: the two one-character names of a pair before a word of meeting."""
    table = lexicon.tables.get("attribution", {}).get("initials", {}).get(member.language, {})
    if not table:
        return set()
    signs = "".join(table)
    pairs = re.findall(
        rf"(?<![一-龥])([{signs}])([{signs}])(?=[一-龥]{{0,2}}(?:首脳|外相|国防|両|元首|领导|会|电话|電話|通|間|关系|関係))",
        text,
    )
    return {table[sign] for pair in pairs for sign in pair}


def _own_office(text: str, member: Member, lexicon: Lexicon) -> set[str]:
    """The carrier's own country where an office stands without a name: 「首相とX大統領の会談」."""
    offices = lexicon.table("units").get("own_offices", {}).get(member.language, ())
    for office in offices:
        for match in re.finditer(re.escape(office), text):
            before = text[: match.start()]
            if member.language == "en" or not re.search(r"[一-龯ァ-ヴー]$", before):
                return {home(member)}
    return set()
