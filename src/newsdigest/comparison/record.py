"""The comparison: who says what about one event, and who does not, each cell with its proof. Immutable."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from newsdigest.events.event import Copy
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment
from newsdigest.records import Bilingual, Record
from newsdigest.sources.source import Channel, Language

QuoteKind = Literal["original", "translation", "gist", "headline", "title", "scare"]
Bound = Literal["exact", "at_least", "at_most", "about"]
Modality = Literal[
    "says",
    "reports",
    "denies",
    "confirms",
    "interprets",
    "proposes",
    "requests",
    "plans",
    "declines",
    "asks",
    "accounts",
]
MatrixState = Literal[
    "says",
    "denies",
    "no_mention",
    "declined",
    "not_asked",
    "second_hand",
    "partial",
    "not_yet",
    "not_applicable",
    "edited_out",
]
"""``edited_out``: an earlier version of the text named the topic, the version compared does not; never told as a plain silence."""
ClaimKind = Literal["fact", "statement", "slot", "figure", "interpretation", "account", "background"]


class Name(Record):
    """A person, body, place or thing as both halves may print it.

    ``id`` is a lexicon id (also of an entry discovered in the event), ``ja`` / ``en`` the printable forms, None where no source
    and no gazetteer gives one; ``surface`` is how the text has it; ``guessed`` marks an inferred link between scripts.
    ``role`` is a printable description where there is no name ("people familiar with the matter", 「専門家の一人」).
    """

    id: str | None = None
    ja: str | None = None
    en: str | None = None
    surface: str = ""
    kind: str = ""
    guessed: bool = False
    role: Bilingual | None = None


class Attribution(Record):
    """Whose words or view a claim is: never the carrier's where somebody else spoke.

    ``holder`` speaks; ``role`` says as what; ``via`` is the item that carries it; ``origin`` the source or body that an
    outlet cites ("X citing Y": Y). ``account_of`` is set where one side tells the other's words or position.
    """

    holder: Name | None = None
    role: Literal["issuer", "speaker", "carrier", "analyst", "unnamed", "editorial"] = "carrier"
    via: str
    channel: Channel | None = None
    second_hand: bool = False
    origin: Name | None = None
    account_of: Name | None = None


class Hedge(Record):
    """A source's own reserve (據其了解, 約, reportedly): part of the claim, kept in both halves."""

    id: str
    surface: str
    evidence: Evidence


class Quote(Record):
    """Words between quotation marks as ``carrier`` (an item key) printed them. ``original`` is the id of the quote it translates."""

    id: str
    text: str
    lang: Language
    kind: QuoteKind
    speaker: str | None = None
    speaker_name: Name | None = None
    office: str | None = None
    carrier: str
    evidence: Evidence
    cue: Evidence | None = None
    original: str | None = None


class Figure(Record):
    """A number somebody gave. ``value`` is a decimal string in the base unit ``unit``; ``of`` says what it counts.

    ``of_id`` is a lexicon id where known; ``period`` is the figure id of the span of time it holds for; ``holder`` is who gave it.
    ``kind``: count, money, percent, duration, length, mass, date, time, ordinal, …
    """

    id: str
    raw: str
    value: str
    unit: str
    kind: str = "count"
    of: str = ""
    of_id: str | None = None
    bound: Bound = "exact"
    as_of: Moment
    period: str | None = None
    holder: Attribution
    evidence: Evidence


class Claim(Record):
    """One proposition with who says it, when, by which channel, and how.

    ``slot`` is a slot of the lexicon (``initiated``, ``denied``, ``visit``, ``hit`` …) with ``actor`` and ``object``
    (``parties`` where several take part alike); ``topics`` are the
    lexicon ids mentioned in its sentence, in order; ``figures`` and ``quotes`` the ids of those inside it.
    ``related`` marks a claim about another occasion than the event's own.
    """

    id: str
    kind: ClaimKind
    slot: str | None = None
    actor: Name | None = None
    object: Name | None = None
    parties: tuple[Name, ...] = ()
    topics: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    attribution: Attribution
    modality: Modality = "says"
    polarity: Literal["affirmed", "negated"] = "affirmed"
    hedges: tuple[Hedge, ...] = ()
    said_at: Moment
    item: str
    evidence: tuple[Evidence, ...]
    related: bool = False


class Answer(Record):
    """One group of a disagreement: a value, the sources that give it, how many independent voices, the proof."""

    value: Bilingual
    sources: tuple[str, ...]
    voices: int
    holders: tuple[Name, ...] = ()
    claims: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class Disagreement(Record):
    """A question and its groups of answers; ``related`` where it concerns another event of the storyline."""

    id: str
    kind: Literal["who", "number", "date", "attribution", "other"]
    slot: str | None = None
    question: Bilingual
    related: bool = False
    answers: tuple[Answer, ...]


class Agreement(Record):
    """A question that every voice which answers it answers alike, with the chosen texts that leave it open (``silent``: item keys)."""

    id: str
    slot: str
    question: Bilingual
    answer: Answer
    silent: tuple[str, ...] = ()


class Silence(Record):
    """No mention of a topic in a complete text whose body chose what to say, with the search that proves it.

    ``weight`` says how much others made of the topic (chosen texts 3, headlines 2, voices 1 each); silences are in its order. ``carried`` where
    state media carry the statement of a body of their own state, and nothing else.
    """

    id: str
    topic: Bilingual
    topic_id: str
    source: str
    items: tuple[str, ...]
    searched: tuple[str, ...]
    text_sha256: tuple[str, ...] = ()
    weight: float = 0.0
    carried: bool = False


class Cell(Record):
    """One cell of the matrix: a topic, an item, its state."""

    topic: Bilingual
    topic_id: str
    aliases: tuple[str, ...]
    source: str
    item: str
    state: MatrixState
    evidence: tuple[Evidence, ...] = ()


class History(Record):
    """How often the issuer used a formula in its earlier statements of the occasion that we hold."""

    present: int
    of: int


class Formula(Record):
    """A stock phrase of an issuer: in this statement or not; ``called_usual`` cites who says that it is usual."""

    id: str
    formula: str
    phrase: str
    meaning: Bilingual | None = None
    issuer: str
    source: str
    item: str
    present: bool
    history: History
    called_usual: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()


class Framing(Record):
    """How one headline names actors, act and object."""

    item: str
    source: str
    country: str
    kind: str
    lang: Language
    actors: tuple[Name, ...] = ()
    acts: tuple[str, ...] = ()
    objects: tuple[Name, ...] = ()
    evidence: Evidence


class HeadlineWord(Record):
    """One way to call a thing in headlines ("collision", "ramming"): who calls it so, with the words themselves."""

    id: str
    label: Bilingual
    items: tuple[str, ...]
    sources: tuple[str, ...]
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class HeadlineContrast(Record):
    """A thing that the event's headlines call by words that differ in kind, aligned across languages; no word is called right."""

    id: str
    group: str
    label: Bilingual
    words: tuple[HeadlineWord, ...]


class EditionGap(Record):
    """Where two language editions of one text part. ``evidence`` stands in ``item``, ``counterpart`` in ``other``.

    ``only_in``: nothing in the other edition answers to the sentence; ``figure_only`` / ``figure_changed``: a number of an aligned
    sentence; ``softened``: a stance that the other edition words weaker (``first`` and ``second`` are the two degrees).
    """

    id: str
    kind: Literal["only_in", "figure_only", "figure_changed", "softened"]
    item: str
    other: str
    evidence: tuple[Evidence, ...]
    counterpart: tuple[Evidence, ...] = ()
    topics: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    first: Bilingual | None = None
    second: Bilingual | None = None


class Edition(Record):
    """One issuer's or outlet's text in two languages, aligned by sentence.

    ``shorter`` is the edition that only sums the other up: what it lacks is then no finding. ``aligned`` counts the sentences of
    each edition that have a counterpart, ``unclear`` those of which neither can be said.
    """

    id: str
    items: tuple[str, str]
    languages: tuple[Language, Language]
    sentences: tuple[int, int]
    aligned: tuple[int, int]
    unclear: tuple[int, int]
    shorter: str | None = None
    gaps: tuple[EditionGap, ...] = ()


PositionKind = Literal["affirmed", "denied", "declined", "stance"]


class Position(Record):
    """Where an issuer stands on a matter in one statement; ``label`` is how a sentence prints it ("denied it", "oppose")."""

    kind: PositionKind
    label: Bilingual
    at: Moment
    item: str
    evidence: Evidence
    claim: str | None = None


class Change(Record):
    """An issuer's position on a matter that is another than in its own last statement on it.

    The matter is the act of the present position's claim (affirmed, denied, not answered) or, for a stance, the lexicon ids in ``topics``.
    """

    id: str
    issuer: Name
    slot: str | None = None
    topics: tuple[str, ...] = ()
    before: Position
    now: Position


class Commitment(Record):
    """What somebody says will be done, with the date he gives: ``by`` is absolute, with the precision stated.

    ``until`` where the date is a limit ("by the end of the year"); ``condition`` are the words it is made to depend on.
    """

    id: str
    claim: str
    by: Moment
    until: bool = False
    condition: Evidence | None = None
    date: Evidence
    item: str
    evidence: Evidence


class Reopened(Record):
    """A finding of the last comparison that rested on words which were since edited, removed or withdrawn.

    ``finding`` is its id there, ``kind`` its field, ``what`` how it read; ``lost`` are the words it rested on (empty where the item was
    removed: none of its words is kept); ``stands`` says whether this comparison finds the same by other words.
    """

    id: str
    finding: str
    kind: str
    what: Bilingual
    reason: Literal["edited", "removed", "withdrawn"]
    item: str
    source: str = ""
    lost: tuple[Evidence, ...] = ()
    stands: bool = False


class TimelineEntry(Record):
    """Something said or done, when, by whom, through which item. ``basis`` says which of the two.

    ``first``: surely before every other entry of its kind, at the precision at which both times are known.
    """

    at: Moment
    basis: Literal["happened", "said", "published"]
    who: Name | None = None
    item: str
    source: str
    claim: str | None = None
    channel: Channel | None = None
    evidence: Evidence | None = None
    first: bool = False


class SeriesPoint(Record):
    """One value of a series at one time, with everybody who gave it and the figures that hold it."""

    value: Bilingual
    as_of: Moment
    holders: tuple[Name, ...] = ()
    items: tuple[str, ...]
    figures: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class FigureSeries(Record):
    """What one count came to over the hours: a toll that rises, never a contradiction. ``label`` says what is counted."""

    id: str
    of_id: str
    label: Bilingual
    points: tuple[SeriesPoint, ...]


class Drift(Record):
    """A change between two texts that rest on one another, or of one item between versions.

    ``chain`` are the stations from the words themselves to the last text that tells them, where there are more than two;
    ``words`` what was dropped on the way (a condition, a reserve) or edited away, as it stood in ``first``; ``topic`` what they named.
    """

    id: str
    kind: Literal[
        "paraphrase", "condition_dropped", "hedge_dropped", "position_changed", "edited", "wording", "dropped_mention"
    ]
    first: Evidence
    second: Evidence | None = None
    note: Bilingual
    chain: tuple[Evidence, ...] = ()
    words: Evidence | None = None
    topic: Bilingual | None = None
    topic_id: str | None = None


class Voice(Record):
    """One independent origin in the event: the items that carry it. Copies, translations and repeats add none."""

    lead: str
    items: tuple[str, ...]
    source: str
    name: Name
    official: bool
    channel: Channel | None = None
    at: Moment


class Flag(Record):
    """Something an editor must know of an item: hidden text, an instruction to the reader, a partial text, a withdrawal."""

    item: str
    kind: str
    note: Bilingual


class PossibleSide(Record):
    """One side of a proposal: sentences, and in ``marks`` the words in them that it turns on."""

    sources: tuple[str, ...]
    voices: int
    evidence: tuple[Evidence, ...]
    marks: tuple[Evidence, ...] = ()


class Possible(Record):
    """Something for an editor to look at, beyond the findings: no sentence of a draft may rest on it.

    ``contradiction``: sentences that exclude one another; ``departure``: a statement's passage and a report that tells it otherwise;
    ``reasons``: why one act was done, those who say the same together.
    """

    id: str
    kind: Literal["contradiction", "departure", "reasons"]
    note: Bilingual
    sides: tuple[PossibleSide, ...]


class Comparison(Record):
    """Everything the draft may say. ``topics`` are the event's topics in order of weight; ``subject`` describes the event."""

    id: str
    event: str
    as_of: AwareDatetime
    items: tuple[str, ...]
    inputs: dict[str, str]
    headline_topics: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    subject: Claim | None = None
    voices: tuple[Voice, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    series: tuple[FigureSeries, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    silences: tuple[Silence, ...] = ()
    formulae: tuple[Formula, ...] = ()
    accounts: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    framing: tuple[Framing, ...] = ()
    headline_words: tuple[HeadlineContrast, ...] = ()
    editions: tuple[Edition, ...] = ()
    changes: tuple[Change, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    reopened: tuple[Reopened, ...] = ()
    previous: str | None = None
    possible: tuple[Possible, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    drifts: tuple[Drift, ...] = ()
    copies: tuple[Copy, ...] = ()
    flags: tuple[Flag, ...] = ()
    matrix: tuple[Cell, ...] = ()
