"""The draft: one record with two renditions, written from one comparison. These names are a published format."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from newsdigest.comparison.record import Disagreement, Figure, History, Quote, Silence
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment
from newsdigest.records import Record

SentenceKind = Literal[
    "fact", "quote", "interpretation", "account", "no_mention", "formula", "disagreement", "caveat", "frame"
]
Rendition = Literal["ja", "en"]
RENDITIONS: tuple[Rendition, Rendition] = ("ja", "en")
SCHEMA = "newsdigest.draft/1"


class DraftSentence(Record):
    """One sentence of one rendition, with the ids of what it says and the characters it rests on."""

    id: str
    text: str
    kind: SentenceKind
    claims: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class BothSentence(Record):
    """A headline in both languages."""

    ja: DraftSentence
    en: DraftSentence


class BothSentences(Record):
    """A section's sentences in both languages."""

    ja: tuple[DraftSentence, ...]
    en: tuple[DraftSentence, ...]


class Section(Record):
    """A part of the memo; an empty one is never made."""

    id: str
    heading: BothSentence
    sentences: BothSentences


class DraftClaim(Record):
    """A claim the draft makes, in brief; ``id`` is the comparison's."""

    id: str
    kind: str
    holder: str | None
    modality: str
    polarity: str
    evidence: tuple[Evidence, ...]


class DraftFormula(Record):
    """A formula the draft speaks of."""

    id: str
    phrase: str
    issuer: str
    item: str
    present: bool
    history: History


class NotUsed(Record):
    """An item of the event that no sentence cites, and why."""

    item: str
    reason: str


class Coverage(Record):
    """Which items the draft cites."""

    used: tuple[str, ...]
    not_used: tuple[NotUsed, ...] = ()


class Caveat(Record):
    """A typed reserve of ours, in both languages."""

    kind: str
    ja: str
    en: str


class DraftSource(Record):
    """An item that the draft lists as a source, with what a rendering needs to lead there."""

    item: str
    source: str
    name: dict[str, str]
    language: str
    kind: str
    url: str


class GateResult(Record):
    """What a gate found. ``passed`` is None where nothing was there to check (``reason`` says what); ``faults`` have their place."""

    gate: str
    checked: int
    passed: bool | None
    faults: tuple[str, ...] = ()
    reason: str = ""


class Engine(Record):
    """Who wrote: the template writer, or a model with its prompts (name@hash)."""

    name: Literal["template", "model"]
    model: str | None = None
    prompts: tuple[str, ...] = ()


class Draft(Record):
    """A draft version. ``id`` is permanent, ``version`` counts from 1; ``engine`` says what really wrote it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    schema_: str = Field(default=SCHEMA, alias="schema")
    version: int
    id: str
    event: str
    comparison: str
    state: str = "queued"
    as_of: Moment
    engine: Engine
    headline: BothSentence
    sections: tuple[Section, ...]
    claims: tuple[DraftClaim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    silences: tuple[Silence, ...] = ()
    formulae: tuple[DraftFormula, ...] = ()
    coverage: Coverage
    caveats: tuple[Caveat, ...] = ()
    sources: tuple[DraftSource, ...] = ()
    gates: tuple[GateResult, ...] = ()

    def sentences(self, rendition: Rendition) -> tuple[DraftSentence, ...]:
        """Every sentence of a rendition in reading order: headline, then each heading with its sentences."""
        out = [getattr(self.headline, rendition)]
        for section in self.sections:
            out.append(getattr(section.heading, rendition))
            out.extend(getattr(section.sentences, rendition))
        return tuple(out)
