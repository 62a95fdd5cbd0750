"""What changed between two texts that rest on one another, or between versions of one item."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Cell, Drift
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.comparison.topics import Topic, TopicFinder
from newsdigest.items.evidence import Evidence, cite
from newsdigest.items.item import ItemVersion
from newsdigest.language.sentences import sentences
from newsdigest.records import Bilingual, short_key

_SIMILAR = 0.5
_CHANGED = Bilingual(ja="掲載後に表現が改められた", en="The wording was changed after publication")
_ADDED = Bilingual(ja="掲載後に書き加えられた", en="Added after publication")
_RETOLD = Bilingual(ja="発表文と報道で言葉が異なる", en="The report’s words differ from the statement’s")
_DROPPED = Bilingual(ja="掲載後に言及が削られた", en="No longer mentioned after an edit")
_REMOVED = Bilingual(ja="掲載後に削られた", en="Removed after publication")


def edits(member: Member) -> Iterator[Drift]:
    """Yield what each later version of a member changed, sentence by sentence; both versions are cited."""
    versions = [v for v in member.item.versions if v.n <= member.version.n]
    for old, new in itertools.pairwise(versions):
        if old.title != new.title and old.title and new.title:
            first = cite(member.key, old, "title", 0, len(old.title))
            second = cite(member.key, new, "title", 0, len(new.title))
            yield _drift("edited", first, second, _CHANGED)
        if old.text != new.text:
            yield from _text_edits(member, old, new)


def _text_edits(member: Member, old: ItemVersion, new: ItemVersion) -> Iterator[Drift]:
    before = [(s.start, s.end) for s in sentences(old.text, old.language)]
    after = [(s.start, s.end) for s in sentences(new.text, new.language)]
    matcher = SequenceMatcher(
        None, [old.text[a:b] for a, b in before], [new.text[a:b] for a, b in after], autojunk=False
    )
    for tag, i, j, k, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [cite(member.key, old, "text", a, b) for a, b in before[i:j]]
        come = [cite(member.key, new, "text", a, b) for a, b in after[k:end]]
        for first in list(gone):
            second = max(come, key=lambda e: _likeness(first.exact, e.exact), default=None)
            if second is not None and _likeness(first.exact, second.exact) >= _SIMILAR:
                gone.remove(first)
                come.remove(second)
                yield _drift("edited", first, second, _CHANGED)
        for evidence in gone:
            yield _drift("edited", evidence, None, _REMOVED)
        for evidence in come:
            yield _drift("edited", evidence, None, _ADDED)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _drift(kind: str, first: Evidence, second: Evidence | None, note: Bilingual) -> Drift:
    key = (first.item, str(first.version), first.field, str(first.start), second.item if second else "", note.en)
    return Drift(id=short_key("dr", kind, *key), kind=kind, first=first, second=second, note=note)


@dataclass(frozen=True)
class _Told:
    """A clause with the terms and the people it names."""

    clause: Clause
    terms: frozenset[str]
    people: frozenset[str]


def _told(readings: Sequence[Reading], cast: Cast, *, own: bool) -> Iterator[_Told]:
    for reading in readings:
        if speaks_itself(reading.member) != own:
            continue
        for clause in reading.body:
            terms = frozenset(
                g.entry for g in clause.groups.values() if g.entry and cast.vocabulary.kind(g.entry) == "term"
            )
            people = frozenset(g.entry for g in clause.groups.values() if g.kind == "person" and g.entry)
            if len(terms) >= 2 and people and not clause.question:
                yield _Told(clause, terms, people)


def paraphrases(readings: Sequence[Reading], finder: TopicFinder, cast: Cast) -> Iterator[Drift]:
    """An outlet that, telling a statement's sentence, puts another thing of the same group in its place.

    The statement's sentence and the outlet's must share a specific term and a person; the statement's has one member of a
    topic group, the outlet's another ("post-war order" told as "Allied victory").
    """
    statements = tuple(_told(readings, cast, own=True))
    first: dict[tuple[Evidence, frozenset[str]], list[Evidence]] = {}
    for report in sorted(_told(readings, cast, own=False), key=lambda t: _hour(t.clause.member)):
        for group in finder.groups:
            mine = report.terms & group.members
            source = next((s for s in statements if mine and _rests_on(report, s, mine, group.members)), None)
            if source is None:
                continue
            start, end = source.clause.cite(), report.clause.cite()
            before = first.setdefault((start, mine), [])
            told = _drift("paraphrase", start, end, _RETOLD)
            link = next((e for e in before if _names_outlet(report.clause, e.item, readings)), None)
            yield told if link is None else told.model_copy(update={"chain": (start, link, end)})
            before.append(end)


def _hour(member: Member) -> tuple[datetime, str]:
    return (member.item.versions[0].published.instant or datetime.max.replace(tzinfo=UTC), member.key)


def _names_outlet(clause: Clause, item: str, readings: Sequence[Reading]) -> bool:
    """Whether a clause names the outlet of an earlier report as where its words are from."""
    member = next(r.member for r in readings if r.member.key == item)
    names = (re.split(r"[（(,、]", name)[0].strip() for name in member.source.name.values())
    return item != clause.member.key and any(name and name in clause.text for name in names)


def dropped_mentions(member: Member, topics: Sequence[Topic], cells: Sequence[Cell], cast: Cast) -> Iterator[Drift]:
    """A topic that an earlier version of a statement named and the version compared no longer names anywhere.

    Such a text is not silent on the topic as one that never had it: its body took the word out.
    """
    edited = {c.topic_id for c in cells if c.item == member.key and c.state == "edited_out"}
    for topic in topics:
        if topic.id not in edited:
            continue
        for version in reversed([v for v in member.item.versions if v.n < member.version.n]):
            words = _word_of(topic, version, cast)
            if words is not None:
                start, end = words
                evidence = cite(member.key, version, "text", start, end)
                drift = _drift("dropped_mention", evidence, None, _DROPPED)
                yield drift.model_copy(update={"topic": topic.name, "topic_id": topic.id, "words": evidence})
                break


def _word_of(topic: Topic, version: ItemVersion, cast: Cast) -> tuple[int, int] | None:
    for mention in cast.lexicon.find(version.text, version.language):
        if topic.entries & {mention.entry, *mention.others}:
            return mention.start, mention.end
    return None


def _rests_on(report: _Told, statement: _Told, mine: frozenset[str], group: frozenset[str]) -> bool:
    theirs = statement.terms & group
    shared = (report.terms & statement.terms) - group
    return bool(shared and theirs and not theirs & mine and report.people & statement.people)
