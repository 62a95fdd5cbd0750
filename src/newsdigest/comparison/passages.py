"""Claims that are no slot: accounts of the other side, views with their holders, what a text lists, and what it recalls."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from newsdigest.comparison.cast import Actor
from newsdigest.comparison.hedges import HedgeFinder
from newsdigest.comparison.holders import Holder, attribution
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Claim, ClaimKind, Figure, Quote
from newsdigest.comparison.speaking import is_interview, speaks_itself
from newsdigest.comparison.topics import TopicFinder
from newsdigest.items.evidence import Evidence
from newsdigest.records import short_key

_PLAIN = ("statement", "background")
T = TypeVar("T", Quote, Figure)


class Inside:
    """The quotes and figures of one member, found by their place."""

    def __init__(self, quotes: Sequence[Quote] = (), figures: Sequence[Figure] = ()) -> None:
        self._quotes = _Placed(quotes)
        self._figures = _Placed(figures)

    def quotes_in(self, clause: Clause) -> tuple[Quote, ...]:
        """The quotes that stand in a clause."""
        return tuple(self._quotes.within(clause))

    def figures_in(self, clause: Clause) -> tuple[Figure, ...]:
        """The figures that stand in a clause."""
        return tuple(self._figures.within(clause))


class _Placed(Generic[T]):
    """Things by field and place; asked by bisection for those within a clause, in the order they came in."""

    def __init__(self, things: Sequence[T]) -> None:
        self._by_field: dict[str, list[tuple[int, int, T]]] = {}
        for number, thing in enumerate(things):
            self._by_field.setdefault(thing.evidence.field, []).append((thing.evidence.start, number, thing))
        for placed in self._by_field.values():
            placed.sort(key=lambda p: p[:2])

    def within(self, clause: Clause) -> Iterator[T]:
        placed = self._by_field.get(clause.field, [])
        first = bisect_left(placed, clause.start, key=lambda p: p[0])
        last = bisect_left(placed, clause.end, first, key=lambda p: p[0])
        inside = [(n, thing) for _, n, thing in placed[first:last] if thing.evidence.end <= clause.end]
        yield from (thing for _, thing in sorted(inside, key=lambda p: p[0]))


class PassageReader:
    """Finds the claims of one event that no slot holds."""

    def __init__(self, finder: TopicFinder, hedges: HedgeFinder, first_hand: frozenset[str]) -> None:
        self.finder = finder
        self.hedges = hedges
        self.first_hand = first_hand
        self._words = finder.lexicon.table("interpretation")
        self._compile = finder.cast.vocabulary.book.compile

    def read(
        self,
        reading: Reading,
        held: Sequence[Holder],
        apart: frozenset[int],
        inside: Inside,
        taken: frozenset[Evidence],
    ) -> Iterator[Claim]:
        """Yield the claims of a reading in order; clauses ``taken`` by a slot only where they say more than the slot."""
        analysts = self._analysts(reading, held)
        asked: tuple[str, ...] = ()
        for number, clause in enumerate(reading.clauses):
            if clause.question:
                asked = self.finder.in_clause(clause)
                continue
            holder = held[number]
            kind, holder = self._kind(clause, holder, analysts, reading)
            if kind is None:
                continue
            claim = self._claim(clause, holder, kind, inside, asked, related=number in apart)
            plain = claim is not None and claim.slot is None and claim.actor is None and claim.kind in _PLAIN
            if claim is not None and not (plain and claim.evidence[0] in taken):
                yield claim

    def _analysts(self, reading: Reading, held: Sequence[Holder]) -> Mapping[str, Actor]:
        """The named people whom the text introduces as analysts ("who writes about …", 教授)."""
        found = {}
        for clause in reading.clauses:
            for group in clause.groups.values():
                if group.kind == "person" and group.beside and group.beside.type == "analyst":
                    actor = self.finder.cast.resolve(group, clause)
                    if actor:
                        found[actor.key] = actor
            for source in self._words.get("analyst", {}).get(reading.member.language, ()):
                for match in self._compile(source, reading.member.language).finditer(clause.string):
                    named = clause.group_at(match, "actor")
                    actor = self.finder.cast.resolve(named, clause) if named else None
                    if actor:
                        found[actor.key] = actor
        return found

    def _kind(
        self, clause: Clause, holder: Holder, analysts: Mapping[str, Actor], reading: Reading
    ) -> tuple[ClaimKind | None, Holder]:
        member = clause.member
        if holder.account_of is not None:
            return "account", holder
        if holder.role == "analyst":
            return "interpretation", replace(holder, modality="interprets")
        viewer = self._viewer(clause, analysts, holder)
        if viewer is not None:
            return "interpretation", Holder(viewer, "analyst", "interprets", explicit=True)
        if holder.actor.key in analysts:
            return "interpretation", replace(holder, role="analyst", modality="interprets")
        if speaks_itself(member) or is_interview(member):
            return "statement", holder
        account = self._account(clause)
        if account is not None:
            teller, told = account
            return "account", Holder(teller, "speaker", "accounts", explicit=True, account_of=told)
        if holder.role not in ("carrier", "editorial"):
            return "statement", holder
        view = replace(holder, role="editorial", modality="interprets")
        if self._matches("view", clause):
            return "interpretation", view
        analysis = holder.role == "editorial" or self._is_analysis(reading)
        if analysis and self._matches("analysis_view", clause):
            return "interpretation", view
        return "background", holder

    def _is_analysis(self, reading: Reading) -> bool:
        member = reading.member
        return "analysis" in member.source.kind_word or any(
            re.search(p, member.title, re.IGNORECASE) for p in self._words.get("analysis_title", ())
        )

    def _viewer(self, clause: Clause, analysts: Mapping[str, Actor], holder: Holder) -> Actor | None:
        """Who "sees" or "reads" something in a clause, where that is an analyst."""
        for source in self._words.get("sees", {}).get(clause.member.language, ()):
            for match in self._compile(source, clause.member.language).finditer(clause.string):
                group = clause.group_at(match, "actor")
                actor = self.finder.cast.resolve(group, clause, holder.seen) if group else None
                if actor and (actor.key in analysts or (group and group.role and group.role.type == "analyst")):
                    return actor
        return None

    def _account(self, clause: Clause) -> tuple[Actor, Actor] | None:
        """In an outlet's words: one side's text that tells the other side's position (teller, told)."""
        cast = self.finder.cast
        language = clause.member.language
        for source in cast.vocabulary.attribution.get("telling", {}).get(language, ()):
            for match in self._compile(source, language).finditer(clause.string):
                groups = [clause.group_at(match, name) for name in ("first", "second")]
                actors = [cast.resolve(g, clause) if g else None for g in groups]
                if actors[0] and actors[1] and actors[0].side and actors[1].side and actors[0].side != actors[1].side:
                    return actors[0], actors[1]
        return None

    def _matches(self, name: str, clause: Clause) -> bool:
        language = clause.member.language
        return any(
            self._compile(p, language).search(clause.string) for p in self._words.get(name, {}).get(language, ())
        )

    def _claim(
        self, clause: Clause, holder: Holder, kind: ClaimKind, inside: Inside, asked: Sequence[str], *, related: bool
    ) -> Claim | None:
        topics = self.finder.in_clause(clause)
        quotes = inside.quotes_in(clause)
        figures = inside.figures_in(clause)
        slot = "declined_to_answer" if holder.modality == "declines" else self._list_slot(clause, topics, figures)
        if slot == "declined_to_answer":
            kind, topics = "slot", tuple(dict.fromkeys((*asked, *topics)))
        if kind in ("statement", "background") and not (topics or quotes or figures):
            return None
        actor = None
        if kind == "background":
            actor = self._recalled(clause, holder)
            if actor is None and (clause.field == "title" or not topics):
                return None
        evidence = clause.cite()
        key = short_key("c", kind, evidence.item, evidence.field, str(evidence.start), str(evidence.end))
        return Claim(
            id=key,
            kind=kind,
            slot=slot,
            actor=actor.name if actor else None,
            topics=self._listed(clause) if slot == "occasions" else topics,
            figures=tuple(f.id for f in figures),
            quotes=tuple(q.id for q in quotes),
            attribution=attribution(holder, clause, self.first_hand, self.finder.cast),
            modality=holder.modality if kind != "background" or holder.role != "carrier" else "reports",
            hedges=self.hedges.find(clause),
            said_at=clause.member.version.published,
            item=clause.member.key,
            evidence=(evidence,),
            related=related,
        )

    def _listed(self, clause: Clause) -> tuple[str, ...]:
        """Places, bodies and occasions of a sentence that counts meetings, in order."""
        found: dict[str, None] = {}
        for position in sorted(clause.groups):
            group = clause.groups[position]
            if group.kind in ("place", "country", "body", "occasion", "term") and group.entry:
                found.setdefault(group.entry)
        return tuple(found)

    def _recalled(self, clause: Clause, holder: Holder) -> Actor | None:
        """The third party whose earlier words or acts an outlet recalls."""
        language = clause.member.language
        for source in self._words.get("recalls", {}).get(language, ()):
            for match in self._compile(source, language).finditer(clause.string):
                named = clause.group_at(match, "actor")
                actor = self.finder.cast.resolve(named, clause, holder.seen) if named else None
                if actor is not None and actor.side is not None:
                    return actor
        return None

    def _list_slot(self, clause: Clause, topics: Sequence[str], figures: Sequence[Figure]) -> str | None:
        """``topics`` where a text lists what was spoken of, ``occasions`` where it counts meetings or visits."""
        if self._matches("occasions", clause):
            return "occasions"
        if len(topics) >= 2 and self._matches("lists", clause):
            return "topics"
        return None
