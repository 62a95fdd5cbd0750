"""An issuer's stock phrases over its statements: what ``newsdigest formulae ISSUER`` lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdigest.comparison.formulae import occurrence, stock_phrases
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import read
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.items.evidence import Evidence
from newsdigest.language.lexicon import Lexicon
from newsdigest.records import Bilingual


@dataclass(frozen=True, slots=True)
class PhraseHistory:
    """One formula over an issuer's statements of one occasion: the evidence where it stands, the items where it does not."""

    formula: str
    phrase: str
    meaning: Bilingual
    occasion: str
    found: tuple[Evidence, ...]
    missing: tuple[str, ...]

    @property
    def of(self) -> int:
        """How many statements were searched."""
        return len(self.found) + len(self.missing)


def formula_history(statements: Sequence[Member], lexicon: Lexicon) -> tuple[PhraseHistory, ...]:
    """Return the history of each formula that stands in one statement at least, by occasion; statements are of one issuer."""
    vocabulary = Vocabulary(lexicon)
    out = []
    occasions = sorted({m.item.statement.occasion or "" for m in statements if m.item.statement})
    for occasion in occasions:
        own = [m for m in statements if m.item.statement and (m.item.statement.occasion or "") == occasion]
        readings = [(m, read(m, vocabulary)) for m in own]
        for phrase in stock_phrases(vocabulary):
            places = [(m.key, occurrence(phrase, r, vocabulary)) for m, r in readings]
            found = tuple(place for _, place in places if place is not None)
            if found:
                printed = phrase.phrase[own[0].language]
                missing = tuple(key for key, place in places if place is None)
                out.append(PhraseHistory(phrase.id, printed, phrase.meaning, occasion, found, missing))
    return tuple(out)
