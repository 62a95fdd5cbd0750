"""Claims: each slot that a clause answers, with who says it and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsdigest.comparison.cast import Actor, Cast, name_of
from newsdigest.comparison.holders import Holder, attribution
from newsdigest.comparison.occasion import is_of
from newsdigest.comparison.patterns import Pattern, PatternSet
from newsdigest.comparison.reading import Clause
from newsdigest.comparison.record import Claim, Hedge, Name
from newsdigest.comparison.tagging import Tagged
from newsdigest.comparison.vocabulary import Slot, Vocabulary
from newsdigest.language.lexicon import Lexicon
from newsdigest.records import short_key


@dataclass(frozen=True, slots=True)
class Found:
    """A slot found in a clause: actor and object resolved, polarity, and whether it is meant for the future."""

    slot: Slot
    clause: Clause
    actor: Actor | None
    object: Actor | None
    occasion: str | None
    negated: bool
    planned: bool
    denied: bool
    start: int
    end: int
    said_by: Actor | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A slot in one language: its patterns with their numbers, what excludes it, how it is denied; ``numbers`` are all of its own."""

    slot: Slot
    patterns: tuple[tuple[int, Pattern], ...]
    excludes: tuple[Pattern, ...]
    denied: Pattern | None
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Rows:
    """All slots in one language, and the patterns of all together."""

    rows: tuple[_Row, ...]
    patterns: PatternSet


def _rows(vocabulary: Vocabulary, language: str) -> _Rows:
    denial = vocabulary.attribution["speech"].get(language, {}).get("denial", "")
    every: list[Pattern] = []
    rows = []
    for slot in vocabulary.slots:
        first = len(every)
        every += [vocabulary.book.compile(p, language) for p in slot.patterns[language]]
        patterns = tuple(enumerate(every[first:], first))
        noun = slot.noun.get(language)
        denied = vocabulary.book.compile(denial.replace("{noun}", noun), language) if noun and denial else None
        every += [denied] if denied else []
        excludes = tuple(vocabulary.book.compile(p, language) for p in slot.excludes[language])
        rows.append(_Row(slot, patterns, excludes, denied, frozenset(range(first, len(every)))))
    return _Rows(tuple(rows), PatternSet(every))


class SlotReader:
    """Reads the slots of clauses; holds the compiled patterns of one lexicon."""

    def __init__(self, cast: Cast, sides: Sequence[Actor] = ()) -> None:
        self.cast = cast
        self._sides = tuple(sides)
        self.vocabulary = cast.vocabulary
        self._by_language: dict[str, _Rows] = {}
        self._guards = self.vocabulary.lexicon.table("slots").get("guards", {})

    def _rows(self, language: str) -> _Rows:
        if language not in self._by_language:
            self._by_language[language] = _rows(self.vocabulary, language)
        return self._by_language[language]

    def read(self, clause: Clause, seen: Sequence[Actor]) -> Iterator[Found]:
        """Yield the slots of a clause; a question, a supposition or a general rule answers nothing."""
        if clause.question or not clause.groups:
            return
        each = list(self._mutual(clause, seen))
        if each:
            yield from each
            return
        rows = self._rows(clause.member.language)
        views = (clause.full,) if clause.names is clause.full else (clause.full, clause.names)
        possible = [(view, rows.patterns.may_match(view.string)) for view in views]
        for row in rows.rows:
            yield from self._of_slot(row, clause, possible, seen)

    def _of_slot(
        self, row: _Row, clause: Clause, possible: Sequence[tuple[Tagged, frozenset[int]]], seen: Sequence[Actor]
    ) -> Iterator[Found]:
        """Yield the answers of a clause to one slot; ``possible`` are the numbers of the patterns that may match each view."""
        if all(row.numbers.isdisjoint(numbers) for _, numbers in possible):
            return
        if any(p.search(clause.string) for p in row.excludes):
            return
        taken: set[tuple[object, ...]] = set()
        for view, numbers in possible:
            for number, pattern in row.patterns:
                for match in pattern.finditer(view.string) if number in numbers else ():
                    found = self._found(row.slot, clause, match, seen)
                    key = (found.actor.key if found.actor else None, found.negated) if found else ()
                    if found is not None and key not in taken:
                        taken.add(key)
                        yield found
        if row.denied is not None and not taken:
            denial = row.denied.search(clause.names.string)
            found = self._found(row.slot, clause, denial, seen) if denial else None
            if found is not None:
                yield replace(found, negated=True, denied=True)

    def _mutual(self, clause: Clause, seen: Sequence[Actor]) -> Iterator[Found]:
        """Two opposite claims where each of two says the same act of the other."""
        language = clause.member.language
        string = clause.names.string
        for source in self.vocabulary.lexicon.table("slots").get("mutual", {}).get(language, ()):
            match = self.vocabulary.book.compile(source, language).search(string)
            if match is None:
                continue
            named = [clause.group_at(match, n) for n in ("first", "second")]
            pair = [self.cast.resolve(g, clause, seen) if g else None for g in named]
            two = [a for a in pair if a is not None] or list(self._sides)
            if len(two) != 2 or not self.cast.apart(two[0], two[1]):
                continue
            for slot in self.vocabulary.slots:
                act = slot.act.get(language)
                if act and self._near(act, self.vocabulary.book.fold(clause.text), language):
                    for one, other in (two, two[::-1]):
                        yield Found(
                            slot, clause, other, one, None, False, False, False, match.start(), match.end(), said_by=one
                        )
            return

    def _found(self, slot: Slot, clause: Clause, match: re.Match[str], seen: Sequence[Actor]) -> Found | None:
        language = clause.member.language
        guards = self._guards.get(language, {})
        string = match.string
        if self._near(guards.get("supposed"), string[max(0, match.start() - 60) : match.end() + 24], language):
            return None
        if self._only_asked(slot, match, guards, language):
            return None
        actor_group = clause.group_at(match, "actor")
        actor = self.cast.resolve(actor_group, clause, seen) if actor_group else None
        if actor is None and "actor" in match.re.groupindex:
            return None
        object_group = clause.group_at(match, "object")
        occasion = object_group.entry if object_group and object_group.kind == "occasion" else None
        if occasion and slot.of and not is_of(occasion, self.vocabulary.lexicon.table("topics")[slot.of]["words"]):
            return None
        target = None
        if object_group is not None and object_group.kind not in ("occasion",):
            target = self.cast.resolve(object_group, clause, seen)
            if target is None and object_group.entry:
                target = Actor(name_of(object_group.entry, self.cast.lexicon, object_group.surface), None)
        if object_group is not None and occasion is None and target is None:
            return None
        if actor and target and actor.name.id and actor.name.id == target.name.id:
            return None
        negated = not slot.negative and (
            self._near(guards.get("before"), string[: match.start()], language)
            or self._near(guards.get("inside"), match.group(), language)
            or self._near(guards.get("after"), string[match.end() :], language)
        )
        planned = self._near(guards.get("planned"), string[match.start() : match.end() + 24], language)
        return Found(slot, clause, actor, target, occasion, negated, planned, False, match.start(), match.end())

    def _only_asked(self, slot: Slot, match: re.Match[str], guards: Mapping[str, str], language: str) -> bool:
        """Whether an act is only asked for or demanded, or hangs on a word by which its actor is no subject."""
        string, start, end = match.string, match.start(), match.end()
        first = "actor" in match.re.groupindex and match.start("actor") == start
        if first and self._near(guards.get("not_subject"), string[max(0, start - 4) : start], language):
            return True
        if slot.asks or slot.manner or slot.negative:
            return False
        return (
            self._near(guards.get("asked"), string[max(0, start - 80) : start], language)
            or self._near(guards.get("asked_inside"), match.group(), language)
            or self._near(guards.get("asked_after"), string[end:], language)
        )

    def _near(self, source: str | None, text: str, language: str) -> bool:
        return bool(source) and self.vocabulary.book.compile(source or "", language).search(text) is not None


def _same_occasion(occasion: str, subject: Name, lexicon: Lexicon) -> bool:
    known = lexicon.entries.get(occasion)
    return occasion == subject.id or (known is not None and subject.id in known.broader)


def negates(claim: Claim) -> bool:
    """Whether a claim says that something is not so: by denying it (the proposition itself stands affirmed) or by a negation."""
    return claim.modality == "denies" or claim.polarity == "negated"


def _telling(found: Found, holder: Holder, cast: Cast) -> Holder:
    """The holder with the other side whose words a slot tells ("A said B had promised …"), or without one where it tells an act."""
    tells = holder.role in ("issuer", "speaker") and found.actor is not None and found.slot.words
    if tells and found.actor is not None and cast.apart(found.actor, holder.actor):
        return replace(holder, modality="accounts", account_of=found.actor)
    if holder.role == "speaker" and holder.account_of is not None:
        return replace(holder, modality="says", account_of=None)
    return holder


def claim_of(
    found: Found,
    holder: Holder,
    first_hand: frozenset[str],
    topics: tuple[str, ...],
    hedges: tuple[Hedge, ...],
    subject: Name | None,
    cast: Cast,
    elsewhere: frozenset[str] = frozenset(),
) -> Claim:
    """The record of a slot found; ``elsewhere`` are the sides of another occasion than the subject's, where the clause is of one."""
    lexicon = cast.lexicon
    clause = found.clause
    evidence = clause.cite()
    if found.said_by is not None:
        holder = Holder(found.said_by, "speaker", explicit=True, seen=holder.seen)
    holder = _telling(found, holder, cast)
    modality = holder.modality
    if modality == "accounts":
        pass
    elif found.slot.manner:
        modality = "reports" if holder.role == "carrier" else "says"
    elif found.denied or (found.negated and modality in ("denies", "declines")):
        modality = "denies"
    elif modality == "says" and found.planned:
        modality = "plans"
    elif modality == "says" and holder.role == "carrier":
        modality = "reports"
    key = found.actor.key if found.actor else ""
    target = found.object.name if found.object else None
    parties = tuple(name_of(side, lexicon) for side in sorted(elsewhere)) if found.actor else ()
    if target is None and found.occasion and elsewhere:
        target = _with_parties(name_of(found.occasion, lexicon), parties, cast)
    elif elsewhere:
        pass
    elif (
        target is None
        and found.occasion
        and subject is not None
        and not _same_occasion(found.occasion, subject, lexicon)
    ):
        target = name_of(found.occasion, lexicon)
    elif target is None and (found.occasion or found.slot.id == "initiated"):
        target = subject
    return Claim(
        id=short_key("c", found.slot.id, key, evidence.item, evidence.field, str(evidence.start), str(found.negated)),
        kind="account" if holder.account_of else "slot",
        slot=found.slot.id,
        actor=found.actor.name if found.actor else None,
        object=target,
        parties=parties,
        topics=topics,
        attribution=attribution(holder, clause, first_hand, cast),
        modality=modality,
        polarity="negated" if found.negated and modality != "denies" else "affirmed",
        hedges=hedges,
        said_at=clause.member.version.published,
        item=clause.member.key,
        evidence=(evidence,),
        related=bool(elsewhere),
    )


def _with_parties(occasion: Name, parties: Sequence[Name], cast: Cast) -> Name:
    """An occasion with its own two parties in its name, so that it is not read as the event's ("the call between A and B")."""
    if len(parties) != 2 or not all(p.ja and p.en for p in parties) or not (occasion.ja and occasion.en):
        return occasion
    first, second = parties
    en = f"the {occasion.en} between {cast.with_article(first.en or '')} and {cast.with_article(second.en or '')}"
    return occasion.model_copy(
        update={"id": None, "kind": "", "ja": f"{first.ja}と{second.ja}の{occasion.ja}", "en": en}
    )
