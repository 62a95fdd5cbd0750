"""What a sentence says before it has a language: a frame's name, typed arguments and its proof.

A point is said in both renditions or in neither; so the halves carry the same claims, quotes and figures by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from newsdigest.comparison.record import Claim, Figure, Name, Quote
from newsdigest.drafts.draft import SentenceKind
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment
from newsdigest.records import Bilingual


@dataclass(frozen=True, slots=True)
class Who:
    """A person, body or place; ``short`` forbids the long form of a first mention (headlines)."""

    name: Name
    short: bool = False


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who speaks in an item: its issuing body where official, else its source; ``owner`` as an adjective or owner.

    ``listed`` prints the source as the catalogue calls it, whatever its script (a list of sources); ``described`` by what it is.
    """

    item: str
    owner: bool = False
    short: bool = False
    listed: bool = False
    described: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """The proposition of a claim in its slot's words, without who says it."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Reserved:
    """The proposition of a claim with the source's own reserves kept."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Topics:
    """Lexicon ids, printed as a list."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Lexicon ids in the order of the text, places taken with the occasion they follow ("APEC in Shenzhen").

    ``lang`` is the text's language: English names the smaller place first, Japanese and Chinese the larger.
    """

    ids: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its bound and unit."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Words:
    """A verbatim quotation with its marks."""

    quote: Quote


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stock phrase or other words cited as words, letter for letter."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class When:
    """A moment; ``zone`` is the zone of whoever speaks, ``clock`` asks for hour and minute."""

    moment: Moment
    zone: str | None = None
    clock: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number that we counted ourselves."""

    value: int
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A bilingual text of the comparison (a topic, a question, an answer); ``inside`` sets it into a sentence."""

    text: Bilingual
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the comparison set into a sentence ("who initiated the call"); ``subject`` stands for its bare ``noun``.

    ``answer`` asks for the same as a statement with this answer in place of the question word ("the United States initiated
    the call"), where the question's wording allows it.
    """

    text: Bilingual
    noun: Name | None = None
    subject: Arg | None = None
    answer: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the style table: ``Word("channels", "readout")``."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Many:
    """Several arguments as a list ("A, B and C"); ``sides`` sets whole clauses apart ("A said …; B said …"), ``dash``
    joins short names ("Trump-Xi"), ``either`` lists what is not ("A, B or C")."""

    parts: tuple[Arg, ...]
    sides: bool = False
    dash: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class Nested:
    """A frame inside a frame."""

    frame: str
    args: Mapping[str, Arg]


Arg: TypeAlias = (
    Who
    | Outlet
    | Clause
    | Reserved
    | Topics
    | Pairs
    | Amount
    | Words
    | Phrase
    | When
    | Count
    | Said
    | Asked
    | Word
    | Many
    | Nested
)


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence to be said in both languages.

    ``priority`` orders quotations when the share of foreign text is short (higher stays longer).
    """

    kind: SentenceKind
    frame: str
    args: Mapping[str, Arg] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    priority: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A section to be: it vanishes where none of its points can be said."""

    id: str
    heading: Point
    points: tuple[Point, ...]


def spans(*groups: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence of several groups without repeats, in order."""
    return tuple(dict.fromkeys(e for group in groups for e in group))
