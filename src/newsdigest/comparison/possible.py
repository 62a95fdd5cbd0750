"""What an editor may want to look at beyond the findings: never printed, always with the places marked.

Three kinds. *Contradictions*: sentences of two voices in one language that exclude one another in the marked places. *Departures*: an outlet's
sentence about a statement that says the opposite of the statement's own nearest sentence, or gives a number that it does not have. *Reasons*: why
one act was done, as several voices give it, those that say the same together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from newsdigest.comparison.answers import AnswerReader, Reply
from newsdigest.comparison.claims import negates
from newsdigest.comparison.content import Wording
from newsdigest.comparison.contradiction import Kind, OppositionReader, Span
from newsdigest.comparison.disagreements import Court
from newsdigest.comparison.holders import Holder
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Claim, Disagreement, Possible, PossibleSide
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.comparison.support import SupportReader
from newsdigest.items.evidence import Evidence
from newsdigest.records import Bilingual, short_key

_LEAST_WORDS = 3
_SHARED = 0.5
_RAREST = 3
_CROWD = 30
"""A word that so many sentences have leads to no pair."""
_SAME_DAYS = 3 * 86400
_BOUND = 0.6
"""From this share on a sentence tells what a passage of a statement says, and can depart from it."""
# Figures have their own comparison, which knows times, units and roundings.
_KINDS: tuple[Kind, ...] = ("opposite", "name", "roles", "negation")

_EXCLUDE = Bilingual(ja="両立しない可能性のある記述", en="Sentences that may exclude one another")
_DEPART = Bilingual(
    ja="発表文から離れている可能性のある記述", en="A report that may depart from the statement it tells of"
)


@dataclass(frozen=True)
class _Told:
    clause: Clause
    stems: frozenset[str]
    digits: frozenset[str]
    voice: str


class PossibleReader:
    """Finds what to propose in one event."""

    def __init__(self, court: Court) -> None:
        self._court = court
        lexicon = court.cast.lexicon
        self._wording = Wording(lexicon)
        self._oppositions = OppositionReader(lexicon)
        self._support = SupportReader(lexicon)
        self._answers = AnswerReader(lexicon)
        book = court.cast.vocabulary.book
        table = lexicon.tables.get("reasons", {})
        self._reasons = {lang: [book.compile(p, lang) for p in table.get(lang, ())] for lang in ("ja", "en", "zh")}

    def read(
        self,
        readings: Sequence[Reading],
        held: Mapping[str, Sequence[Holder]],
        claims: Sequence[Claim],
        known: Sequence[Disagreement],
    ) -> Iterator[Possible]:
        """Yield proposals; ``held`` are the holders of each item's clauses. A pair of sentences that a disagreement holds already is none."""
        yield from self._contradictions(readings, known)
        yield from self._departures(readings, held)
        yield from self._why(claims)

    # ---- contradictions ----------------------------------------------------------------------------------------------------

    def _contradictions(self, readings: Sequence[Reading], known: Sequence[Disagreement]) -> Iterator[Possible]:
        held = [{(e.item, e.start) for a in d.answers for e in a.evidence} for d in known]
        for first, second in self._pairs(readings):
            ours, theirs = first.clause, second.clause
            found = self._oppositions.read(ours.text, theirs.text, ours.member.language, _KINDS)
            if found is None:
                continue
            places = {(c.member.key, c.start) for c in (ours, theirs)}
            if any(places <= group for group in held):
                continue
            sides = (self._side([ours], [found.first]), self._side([theirs], [found.second]))
            yield _possible("contradiction", _EXCLUDE, sides)

    def _pairs(self, readings: Sequence[Reading]) -> Iterator[tuple[_Told, _Told]]:
        """Sentences of two voices in one language that share enough words to be about one matter, within three days."""
        by_language: dict[str, list[_Told]] = {}
        for reading in readings:
            language = reading.member.language
            voice = self._court.packet.lead_of(reading.member.key)
            for clause in reading.body:
                words = self._wording.content(clause.text, language)
                stems = frozenset(w.stem for w in words if not w.numeral)
                if not clause.question and len(stems) > _LEAST_WORDS:
                    digits = frozenset(w.stem for w in words if w.numeral)
                    by_language.setdefault(language, []).append(_Told(clause, stems, digits, voice))
        for told in by_language.values():
            for i, j in sorted(_candidates(told)):
                if _comparable(told[i], told[j]):
                    yield told[i], told[j]

    # ---- departures --------------------------------------------------------------------------------------------------------

    def _departures(self, readings: Sequence[Reading], held: Mapping[str, Sequence[Holder]]) -> Iterator[Possible]:
        """What outlets let a body say, against the statements of that body in their language."""
        statements = [r.member for r in readings if speaks_itself(r.member) and r.member.version.complete]
        for reading in readings:
            if speaks_itself(reading.member):
                continue
            for clause, holder in zip(reading.clauses, held[reading.member.key], strict=True):
                speaker = holder.actor.name.id
                if clause.field != "text" or clause.question or holder.role not in ("issuer", "speaker") or not speaker:
                    continue
                for statement in statements:
                    if self._speaks(statement, speaker) and _near(reading.member, statement):
                        yield from self._departure(clause, speaker, statement)

    def _speaks(self, statement: Member, speaker: str) -> bool:
        side = self._court.cast.side
        issuer = statement.item.statement.issuer if statement.item.statement else ""
        return (side(issuer) or issuer) == (side(speaker) or speaker)

    def _departure(self, clause: Clause, speaker: str, statement: Member) -> Iterator[Possible]:
        if statement.language != clause.member.language:
            return
        found = self._support.read(self._unattributed(clause, speaker), statement.language, statement.text)
        if found.bound is None or found.bound < _BOUND or not found.passages:
            return
        there = [statement.cite(*o.first) for o in found.opposed]
        turned = [o.second for o in found.opposed]
        turned += [(m.start, m.end) for m in found.missing if m.kind == "number"]
        if not turned:
            return
        here = [clause.member.cite(clause.start + a, clause.start + b, clause.field) for a, b in turned]
        passage = statement.cite(*found.passages[0])
        sides = (
            PossibleSide(sources=(statement.source.id,), voices=1, evidence=(passage,), marks=tuple(there)),
            PossibleSide(sources=(clause.member.source.id,), voices=1, evidence=(clause.cite(),), marks=tuple(here)),
        )
        yield _possible("departure", _DEPART, sides)

    def _unattributed(self, clause: Clause, speaker: str) -> str:
        """A clause with the names of its speaker blanked, which his own statement need not have; its length stays."""
        text = clause.text
        side = self._court.cast.side
        for mention in self._court.cast.lexicon.find(text, clause.member.language):
            if speaker in (mention.entry, *mention.others) or (side(mention.entry) or "") == speaker:
                text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
        return text

    # ---- reasons -----------------------------------------------------------------------------------------------------------

    def _why(self, claims: Sequence[Claim]) -> Iterator[Possible]:
        acts: dict[tuple[str, str, str], list[tuple[Claim, Evidence]]] = {}
        for claim in claims:
            side = self._court.side(claim)
            if claim.kind != "slot" or not side or not claim.slot or negates(claim) or claim.related:
                continue
            member = self._court.packet.member(claim.item)
            reason = self._reason(claim, member)
            if reason is not None:
                acts.setdefault((claim.slot, side, member.language), []).append((claim, reason))
        for (slot, side, language), given in acts.items():
            if len({self._court.voice(c) for c, _ in given}) < 2:
                continue
            said = self._court.said(given[0][0])
            groups = self._answers.groups([Reply(e.exact, language) for _, e in given], said.en)
            sides = tuple(self._given([given[i] for i in group]) for group in groups)
            note = Bilingual(ja=f"理由として挙げられたもの:{said.ja}", en=f"Reasons given: {said.en}")
            yield _possible("reasons", note, sides, slot, side, language)

    def _reason(self, claim: Claim, member: Member) -> Evidence | None:
        evidence = claim.evidence[0]
        folded = self._court.cast.vocabulary.book.fold(evidence.exact)
        for pattern in self._reasons[member.language]:
            match = pattern.search(folded)
            if match:
                start, end = _trimmed(folded, *match.span("why"))
                return member.cite(evidence.start + start, evidence.start + end, evidence.field)
        return None

    def _given(self, group: Sequence[tuple[Claim, Evidence]]) -> PossibleSide:
        sources = dict.fromkeys(self._court.packet.member(c.item).source.id for c, _ in group)
        return PossibleSide(
            sources=tuple(sources),
            voices=len({self._court.voice(c) for c, _ in group}),
            evidence=tuple(dict.fromkeys(c.evidence[0] for c, _ in group)),
            marks=tuple(dict.fromkeys(e for _, e in group)),
        )

    @staticmethod
    def _side(clauses: Sequence[Clause], spans: Sequence[Span]) -> PossibleSide:
        marks = [c.member.cite(c.start + a, c.start + b, c.field) for c, (a, b) in zip(clauses, spans, strict=True)]
        return PossibleSide(
            sources=tuple(dict.fromkeys(c.member.source.id for c in clauses)),
            voices=len(clauses),
            evidence=tuple(c.cite() for c in clauses),
            marks=tuple(marks),
        )


def _candidates(told: Sequence[_Told]) -> set[tuple[int, int]]:
    """Pairs that share one of a sentence's rarest words: sentences that say nearly the same share nearly all of them."""
    times = Counter(stem for one in told for stem in one.stems)
    having: dict[str, list[int]] = {}
    for number, one in enumerate(told):
        for stem in one.stems:
            if times[stem] <= _CROWD:
                having.setdefault(stem, []).append(number)
    pairs: set[tuple[int, int]] = set()
    for number, one in enumerate(told):
        rare = sorted((s for s in one.stems if 1 < times[s] <= _CROWD), key=lambda s: (times[s], s))[:_RAREST]
        for stem in rare:
            pairs.update((min(number, other), max(number, other)) for other in having[stem] if other != number)
    return pairs


def _comparable(a: _Told, b: _Told) -> bool:
    """Whether two voices' sentences share most of their words, and neither counts what the other does not."""
    if a.voice == b.voice or not (a.digits <= b.digits or b.digits <= a.digits):
        return False
    shared = len(a.stems & b.stems)
    enough = shared >= max(_LEAST_WORDS, _SHARED * min(len(a.stems), len(b.stems)))
    return enough and _near(a.clause.member, b.clause.member)


def _near(first: Member, second: Member) -> bool:
    one, other = first.version.published.instant, second.version.published.instant
    return one is None or other is None or abs((one - other).total_seconds()) <= _SAME_DAYS


def _trimmed(text: str, start: int, end: int) -> Span:
    found = re.compile(r"\S(?:.*\S)?", re.DOTALL).search(text, start, end)
    return found.span() if found else (start, end)


def _possible(
    kind: Literal["contradiction", "departure", "reasons"], note: Bilingual, sides: Iterable[PossibleSide], *parts: str
) -> Possible:
    sides = tuple(sides)
    places = [f"{e.item}@{e.version}:{e.field}:{e.start}-{e.end}" for side in sides for e in side.evidence]
    return Possible(id=short_key("p", kind, *parts, *places), kind=kind, note=note, sides=sides)
