"""The topics of an event: what its statements and voices name, found from the event itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsdigest.comparison.cast import Cast, name_of
from newsdigest.comparison.occasion import Subject
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Claim
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import LANGUAGES, Entry, Lexicon
from newsdigest.language.matcher import is_latin
from newsdigest.records import Bilingual

LIMIT = 40


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of the matrix. ``entries`` and ``words`` are searched for, ``slots`` are acts that answer it."""

    id: str
    name: Bilingual
    entries: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    slots: frozenset[str] = frozenset()
    country: str | None = None
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of topics.toml."""

    id: str
    name: Bilingual
    members: frozenset[str]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()
    guards: tuple[str, ...] = ()


def topic_groups(lexicon: Lexicon) -> tuple[Group, ...]:
    """The groups of topics.toml."""
    return tuple(
        Group(
            raw["id"],
            Bilingual(ja=raw["ja"], en=raw["en"]),
            frozenset(raw.get("members", ())),
            {lang: tuple(raw.get("words", {}).get(lang, ())) for lang in LANGUAGES},
            frozenset(raw.get("slots", ())),
            tuple(raw.get("guards", {}).get("words", ())),
        )
        for raw in lexicon.table("topics").get("group", ())
    )


class TopicFinder:
    """Maps mentions to topics for one event."""

    def __init__(self, subject: Subject, cast: Cast) -> None:
        self.subject = subject
        self.cast = cast
        self.lexicon = cast.lexicon
        self.groups = topic_groups(self.lexicon)
        self._group_of = {member: group.id for group in self.groups for member in group.members}
        self._by_id = {group.id: group for group in self.groups}
        self._topics_of: dict[str, tuple[str, ...]] = {}
        self._in_clause: dict[tuple[str, str, int, int], tuple[str, ...]] = {}
        self._folded = {
            group.id: {lang: tuple(fold(w).text for w in group.words.get(lang, ())) for lang in LANGUAGES}
            for group in self.groups
        }

    def topics_of(self, entry: str) -> tuple[str, ...]:
        """The topics that a mention of an entry belongs to; none where the entry is no topic of this event.

        A term that is about a broader thing ("Taiwan question", "Taiwan contingency") belongs to that thing's row.
        """
        if entry not in self._topics_of:
            self._topics_of[entry] = self._find_topics(entry)
        return self._topics_of[entry]

    def _find_topics(self, entry: str) -> tuple[str, ...]:
        known = self.lexicon.entries.get(entry)
        if entry in self._group_of:
            return (self._group_of[entry],)
        if known is not None and known.kind == "term" and known.broader:
            wider = [t for b in known.broader for t in self.topics_of(b)]
            if wider or all(self.cast.side(b) in self.subject.sides for b in known.broader):
                return tuple(dict.fromkeys(wider))
        own = self._own_topic(entry, known)
        return (own,) if own else ()

    def _own_topic(self, entry: str, known: Entry | None) -> str | None:
        if known is None:
            return None
        if "vague" in known.tags or known.kind in ("office", "occasion"):
            return None
        side = self.cast.side(entry)
        if known.kind in ("country", "place", "person", "body"):
            return self._party_topic(known, side)
        return entry if known.kind == "term" and "topic" in known.tags and "act" not in known.tags else None

    def _party_topic(self, known: Entry, side: str | None) -> str | None:
        if "outlet" in known.tags or self.cast.is_outlet(name_of(known.id, self.lexicon)):
            return None  # who carries it
        if known.kind == "body" and self.cast.speaks_in(known.id):
            return None  # who says it
        if side in self.subject.sides or known.id in {p.id for p in self.subject.parties}:
            return None
        if side and self.cast.vocabulary.kind(side) == "country":
            return side
        return known.id if "topic" in known.tags or known.kind in ("place", "body") else None

    def in_clause(self, clause: Clause) -> tuple[str, ...]:
        """The topics that a clause names, in order."""
        place = (clause.member.key, clause.field, clause.start, clause.end)
        if place not in self._in_clause:
            self._in_clause[place] = self._find_in_clause(clause)
        return self._in_clause[place]

    def _find_in_clause(self, clause: Clause) -> tuple[str, ...]:
        found: list[str] = []
        venues = self._venues(clause)
        for position in sorted(clause.groups):
            group = clause.groups[position]
            if position in venues:
                continue
            for entry in (group.country, group.entry, group.body):
                found.extend(t for t in (self.topics_of(entry) if entry else ()) if t not in found)
        language = clause.member.language
        folded = None
        for identity, words in self._folded.items():
            if identity in found or not words[language]:
                continue
            folded = fold(clause.text).text if folded is None else folded
            if any(contains(folded, w, self.lexicon) for w in words[language]):
                found.append(identity)
        return tuple(found)

    def _venues(self, clause: Clause) -> frozenset[int]:
        """The positions of the groups that only say where people met."""
        language = clause.member.language
        sources = self.cast.vocabulary.attribution.get("venues", {}).get(language, ())
        compiled = (self.cast.vocabulary.book.compile(source, language) for source in sources)
        return frozenset(m.start("object") for pattern in compiled for m in pattern.finditer(clause.string))

    def unsaid(self, clause: Clause) -> bool:
        """Whether a clause says of a matter only that it was none: denied, not discussed, not mentioned."""
        language = clause.member.language
        sources = self.cast.vocabulary.attribution.get("unsaid", {}).get(language, ())
        return any(self.cast.vocabulary.book.compile(s, language).search(clause.string) for s in sources)

    def topic(self, identity: str, present: Mapping[str, frozenset[str]]) -> Topic:
        """The topic of an id. ``present`` maps a topic to the entries that the event names for it."""
        if identity in self._by_id:
            group = self._by_id[identity]
            words = tuple(dict.fromkeys(w for lang in LANGUAGES for w in group.words.get(lang, ())))
            members = frozenset(m for m in group.members if m in self.lexicon.entries)
            return Topic(identity, group.name, members, words, group.slots, guards=group.guards)
        known = self.lexicon.entries[identity]
        ja, en = known.form("ja"), known.form("en")
        name = Bilingual(ja=ja or en or known.aliases()[0], en=en or ja or known.aliases()[0])
        country = identity if known.kind == "country" else None
        return Topic(identity, name, frozenset({identity}) | present.get(identity, frozenset()), country=country)


def contains(folded: str, word: str, lexicon: Lexicon) -> bool:
    """Whether a folded text contains a folded word (a Latin word between word boundaries, no word inside one of other meaning)."""
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        if lexicon.matcher.inside_other_word(folded, start, end):
            start = folded.find(word, start + 1)
            continue
        if not is_latin(word):
            return True
        before = start > 0 and folded[start - 1].isalnum() and folded[start - 1].isascii()
        after = end < len(folded) and folded[end].isalnum() and folded[end].isascii()
        if not before and not after:
            return True
        start = folded.find(word, start + 1)
    return False


def find_topics(
    readings: Sequence[Reading],
    apart: Mapping[str, frozenset[int]],
    lead_of: Mapping[str, str],
    finder: TopicFinder,
    claims: Sequence[Claim],
    repeated: Mapping[str, frozenset[int]],
) -> tuple[Topic, ...]:
    """Return the event's topics in order of weight: those that a body chose to name, or that two voices name.

    ``apart`` are, by item, the clauses about another occasion, ``repeated`` those that only repeat who speaks in another member;
    ``lead_of`` maps an item to the one that speaks for it.
    """
    voices: dict[str, set[str]] = {}
    official: dict[str, set[str]] = {}
    order: dict[str, int] = {}
    present: dict[str, set[str]] = {}
    for reading in readings:
        lead = lead_of[reading.member.key]
        for number, clause in enumerate(reading.clauses):
            if number in apart[reading.member.key] or clause.question:
                continue
            for topic in finder.in_clause(clause):
                order.setdefault(topic, len(order))
                if number not in repeated[reading.member.key]:
                    voices.setdefault(topic, set()).add(lead)
                if speaks_itself(reading.member) and reading.member.chosen:
                    official.setdefault(topic, set()).add(lead)
        for mention in (*reading.mentions, *reading.title_mentions):
            for topic in finder.topics_of(mention.entry):
                present.setdefault(topic, set()).add(mention.entry)
    for claim in claims:
        for group in finder.groups:
            if claim.slot in group.slots and not claim.related and not claim.attribution.second_hand:
                order.setdefault(group.id, len(order))
                voices.setdefault(group.id, set()).add(lead_of[claim.item])
    kept = [t for t, who in voices.items() if official.get(t) or len(who) >= 2]
    kept.sort(key=lambda t: (-(len(voices[t]) + len(official.get(t, ()))), order[t]))
    frozen = {k: frozenset(v) for k, v in present.items()}
    acts = _slot_topics(finder, claims)
    covered = {t for s in finder.cast.vocabulary.slots for t in s.covers if f"slot.{s.id}" in {a.id for a in acts}}
    return (*acts, *(finder.topic(t, frozen) for t in kept[:LIMIT] if t not in covered))


def _slot_topics(finder: TopicFinder, claims: Sequence[Claim]) -> list[Topic]:
    out = []
    for slot in finder.cast.vocabulary.slots:
        if slot.topic is None or not any(c.slot == slot.id and not c.related for c in claims):
            continue
        name = finder.subject.name
        ja = slot.topic.ja.replace("{object}", (name.ja if name else None) or "会談")
        en = slot.topic.en.replace("{object}", f"the {name.en}" if name and name.en else "it")
        out.append(Topic(f"slot.{slot.id}", Bilingual(ja=ja, en=en), slots=frozenset({slot.id})))
    return out
