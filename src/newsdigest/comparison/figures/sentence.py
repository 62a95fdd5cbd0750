"""Sentences read for their figures: names, measures and what each of them counts, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsdigest.comparison.figures.measures import Measure, measures
from newsdigest.comparison.figures.numbers import named_spans
from newsdigest.comparison.figures.sense import Sense, sense
from newsdigest.comparison.figures.vocabulary import Vocabulary, vocabulary
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import Mention


@dataclass(slots=True)
class MeasuredSentence:
    """A sentence with the lexicon's mentions, the spans of names that hold a number, and its measures (offsets of the sentence).

    ``senses`` are what was asked so far, by the start of the measure.
    """

    text: str
    language: str
    mentions: tuple[Mention, ...]
    names: tuple[tuple[int, int], ...]
    measures: tuple[Measure, ...]
    senses: dict[int, Sense] = field(default_factory=dict)


class SentenceReader:
    """Reads the sentences of one event; they are asked for when figures are found, and again when they are held against one another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words: Vocabulary = vocabulary(lexicon)
        self._read: dict[tuple[str, str], MeasuredSentence] = {}

    def read(self, text: str, language: str) -> MeasuredSentence:
        """Return a sentence with its measures."""
        if (text, language) not in self._read:
            names = tuple(named_spans(text, self.lexicon))
            found = tuple(measures(text, language, self.words, names))
            mentions = tuple(self.lexicon.find(text, language))
            self._read[text, language] = MeasuredSentence(text, language, mentions, names, found)
        return self._read[text, language]

    def sense(self, sentence: MeasuredSentence, measure: Measure) -> Sense:
        """Return what one of a sentence's measures counts."""
        known = sentence.senses.get(measure.start)
        if known is None:
            known = sense(measure, sentence.text, sentence.language, sentence.mentions, self.words, self.lexicon)
            sentence.senses[measure.start] = known
        return known
