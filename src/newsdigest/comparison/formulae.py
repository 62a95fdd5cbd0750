"""Stock phrases: which a statement has, which it lacks, how often its issuer used them before, and who calls them usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.occasion import Subject, is_of
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import Clause, Reading, read
from newsdigest.comparison.record import Formula, History
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.items.evidence import Evidence
from newsdigest.language.lexicon import LANGUAGES
from newsdigest.records import Bilingual, short_key


@dataclass(frozen=True)
class StockPhrase:
    """A formula of formulae.toml."""

    id: str
    meaning: Bilingual
    occasions: tuple[str, ...]
    issuers: frozenset[str]
    lead: bool
    phrase: Mapping[str, str]
    patterns: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, occasion: str | None, side: str | None) -> bool:
        """Whether an issuer of this side would use it on this occasion."""
        if self.issuers and side not in self.issuers:
            return False
        return not self.occasions or (occasion is not None and is_of(occasion, self.occasions))


def stock_phrases(vocabulary: Vocabulary) -> tuple[StockPhrase, ...]:
    """Every formula of the data."""
    return tuple(_phrase(raw) for raw in vocabulary.lexicon.table("formulae").get("formula", ()))


def _phrase(raw: Mapping[str, Any]) -> StockPhrase:
    return StockPhrase(
        raw["id"],
        Bilingual(**raw["meaning"]),
        tuple(raw.get("occasions", ())),
        frozenset(raw.get("issuers", ())),
        bool(raw.get("lead", False)),
        dict(raw["phrase"]),
        {language: tuple(raw.get(language, ())) for language in LANGUAGES},
        {language: tuple(raw.get("usual", {}).get(language, ())) for language in LANGUAGES},
    )


def occurrence(phrase: StockPhrase, reading: Reading, vocabulary: Vocabulary) -> Evidence | None:
    """Where a formula stands in a reading, or None. One of the lead is looked for there only: later it speaks of something else.

    A pattern is tried on the names as tokens and on the words as they stand: a formula (严正交涉) may be a term of the lexicon itself.
    """
    clauses: Sequence[Clause] = _lead(reading, vocabulary) if phrase.lead else reading.clauses
    language = reading.member.language
    for clause in clauses:
        for source in phrase.patterns[language]:
            pattern = vocabulary.book.compile(source, language)
            match = pattern.search(clause.string)
            if match:
                start, end = clause.full.origin[match.start()], clause.full.origin[match.end()]
                return reading.member.cite(start, end, clause.field)
            match = pattern.search(vocabulary.book.fold(clause.text))
            if match:
                return reading.member.cite(clause.start + match.start(), clause.start + match.end(), clause.field)
    return None


def _lead(reading: Reading, vocabulary: Vocabulary) -> tuple[Clause, ...]:
    """The title and the sentences that tell of the occasion: the first, and the second where it names one."""
    names_one = vocabulary.book.compile("{occasion_in}", reading.member.language)
    numbers = list(dict.fromkeys(c.number for c in reading.body))[:2]
    second = {c.number for c in reading.body if c.number in numbers[1:] and names_one.search(c.string)}
    return tuple(c for c in reading.clauses if c.field == "title" or c.number in {*numbers[:1], *second})


def formulae(
    readings: Sequence[Reading], history: Sequence[Member], subject: Subject, cast: Cast, leads: frozenset[str]
) -> Iterator[Formula]:
    """Yield a formula's presence or absence in each statement whose body chose its words, where there is a reason to speak.

    ``leads`` are the items that speak for themselves: a copy calls nothing usual once more.
    """
    vocabulary = cast.vocabulary
    table = stock_phrases(vocabulary)
    earlier = [(m, read(m, vocabulary)) for m in history]
    calls = [
        c for r in readings if r.member.key in leads and not speaks_itself(r.member) for c in _calls_usual(r, cast)
    ]
    for reading in readings:
        member = reading.member
        if not (speaks_itself(member) and member.chosen):
            continue
        issuer = cast.issuer(member)
        side = issuer.side if issuer else None
        own = [r for m, r in earlier if _same_series(m, member, cast)]
        for phrase in table:
            if not phrase.fits(subject.occasion, side):
                continue
            found = occurrence(phrase, reading, vocabulary)
            past = sum(occurrence(phrase, r, vocabulary) is not None for r in own)
            usual = tuple(_called_usual(phrase, calls, side, cast))
            if found is None and not past and not usual:
                continue
            printed = phrase.phrase[member.language]
            yield Formula(
                id=short_key("f", phrase.id, member.key),
                formula=phrase.id,
                phrase=found.exact if found else printed,
                meaning=phrase.meaning,
                issuer=issuer.name.id or issuer.name.surface if issuer else member.source.id,
                source=member.source.id,
                item=member.key,
                present=found is not None,
                history=History(present=past, of=len(own)),
                called_usual=usual,
                evidence=(found,) if found else _where_it_would_stand(reading),
                searched=tuple(p for lang in LANGUAGES for p in (phrase.phrase[lang],)),
            )


def _where_it_would_stand(reading: Reading) -> tuple[Evidence, ...]:
    first = next(iter(reading.body), None)
    return (first.cite_sentence(),) if first else ()


def _same_series(earlier: Member, now: Member, cast: Cast) -> bool:
    """Whether an earlier statement is of the same issuer and occasion."""
    before, present = earlier.item.statement, now.item.statement
    if before is None or present is None or earlier.key == now.key:
        return False
    issuers = cast.issuer(earlier), cast.issuer(now)
    same = before.issuer == present.issuer or (issuers[0] and issuers[1] and issuers[0].key == issuers[1].key)
    return bool(same) and (before.occasion == present.occasion or not before.occasion or not present.occasion)


@dataclass(frozen=True)
class _Call:
    """A clause in which somebody calls a wording usual or missing, with the clauses of its text and its place among them."""

    clauses: Sequence[Clause]
    number: int
    near: tuple[str, ...]

    @property
    def clause(self) -> Clause:
        return self.clauses[self.number]


def _calls_usual(reading: Reading, cast: Cast) -> Iterator[_Call]:
    book, language = cast.vocabulary.book, reading.member.language
    patterns = [book.compile(p, language) for p in cast.vocabulary.lexicon.table("formulae")["usual"].get(language, ())]
    clauses = [c for c in reading.clauses if c.field == "text"]
    folded = [book.fold(c.text) for c in clauses]
    for number, text in enumerate(folded):
        if any(p.search(text) for p in patterns):
            around = range(max(0, number - 1), min(len(clauses), number + 2))
            paragraph = clauses[number].sentence.paragraph
            near = tuple(folded[n] for n in around if clauses[n].sentence.paragraph == paragraph)
            yield _Call(clauses, number, near)


def _called_usual(phrase: StockPhrase, calls: Sequence[_Call], side: str | None, cast: Cast) -> Iterator[Evidence]:
    """Sentences of others that call the formula usual for this issuer, or say that its usual wording is missing; one an item."""
    done: set[str] = set()
    for call in calls:
        member = call.clause.member
        patterns = [cast.vocabulary.book.compile(p, member.language) for p in phrase.usual[member.language]]
        spoken = any(p.search(text) for p in patterns for text in call.near)
        if member.key in done or not spoken:
            continue
        if side is None or _speaks_of(side, call.clauses, call.number, cast):
            done.add(member.key)
            yield call.clause.cite_sentence()


def _speaks_of(side: str, clauses: Sequence[Clause], number: int, cast: Cast) -> bool:
    """Whether the text around a clause speaks of a statement of this side: the nearest text or single side named up to it."""
    back = list(reversed(clauses[: number + 1]))
    for clause in back:
        owner = next((s for s in _sides(clause, cast, documents=True)), None)
        if owner is not None:
            return owner == side
    for clause in back:
        sides = set(_sides(clause, cast))
        if sides:
            return sides == {side}
    return False


def _sides(clause: Clause, cast: Cast, *, documents: bool = False) -> Iterator[str]:
    """The sides a clause names; with ``documents`` those of whom it names a text ("the Chinese account", 中国側が…出した発表)."""
    owner: str | None = None
    for position in sorted(clause.groups):
        group = clause.groups[position]
        actor = cast.resolve(group, clause)
        side = actor.side if actor else None
        is_text = group.role is not None and group.role.type == "document"
        if not documents and side:
            yield side
        elif documents and is_text and (side or owner):
            yield side or owner or ""
        owner = side or owner
