"""Topic by item: who says it, who declines, who was not asked, and who, choosing what to say, does not mention it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.claims import negates
from newsdigest.comparison.holders import Holder
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Cell, Claim, MatrixState, Silence
from newsdigest.comparison.speaking import is_interview, speaks_itself
from newsdigest.comparison.topics import Topic, TopicFinder, contains
from newsdigest.items.evidence import Evidence
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import Lexicon
from newsdigest.moments import Moment
from newsdigest.records import short_key

_PROOFS = 4
# How much later than its instant a moment of rough precision may have been.
_ROUGH = {"day": timedelta(days=1), "month": timedelta(days=31), "year": timedelta(days=366)}


def aliases(topic: Topic, cast: Cast) -> tuple[str, ...]:
    """Every word, in every language, that a search for a topic looks for."""
    words: dict[str, None] = {}
    for entry in sorted(topic.entries):
        known = cast.lexicon.entries.get(entry)
        if known is not None:
            words.update(dict.fromkeys(known.aliases()))
    words.update(dict.fromkeys(topic.words))
    if topic.id.startswith("slot."):
        traces = cast.lexicon.table("slots").get("traces", {})
        words.update(dict.fromkeys(w for slot in sorted(topic.slots) for w in traces.get(slot, ())))
    return tuple(words)


def matrix(
    topics: Sequence[Topic],
    readings: Sequence[Reading],
    held: Mapping[str, tuple[Holder, ...]],
    apart: Mapping[str, frozenset[int]],
    claims: Sequence[Claim],
    finder: TopicFinder,
    *,
    talks: bool,
) -> Iterator[Cell]:
    """Yield the cells, topic by topic. ``talks``: the occasion is one whose content each side chooses to tell."""
    named = {
        reading.member.key: [
            frozenset()
            if number in apart[reading.member.key] or clause.question
            else frozenset(finder.in_clause(clause))
            for number, clause in enumerate(reading.clauses)
        ]
        for reading in readings
    }
    found = {r.member.key: entries_anywhere(r.member, finder.cast) for r in readings}
    folded = {r.member.key: fold(f"{r.member.title}\n{r.member.text}").text for r in readings}
    carried = {r.member.key for r in readings if carries_statement(r, held[r.member.key], finder.cast)}
    by_item: dict[str, list[Claim]] = {}
    for claim in claims:
        by_item.setdefault(claim.item, []).append(claim)
    for topic in topics:
        words = aliases(topic, finder.cast)
        first = _first_mention(topic, words, readings, named, claims, finder.cast.lexicon)
        own = not talks and own_to(topic, finder.subject.occasion, words, finder.cast)
        firm = _is_firm(topic, readings, held, named, by_item, finder)
        for reading in readings:
            key = reading.member.key
            party = not talks or _is_party(reading, finder)
            anywhere = _Anywhere(topic, words, found[key], folded[key], finder.cast.lexicon)
            mine = [c for c in by_item.get(key, ()) if c.slot in topic.slots and not c.related]
            hits = [
                (clause, held[key][number])
                for number, clause in enumerate(reading.clauses)
                if topic.id in named[key][number]
            ]
            state, evidence = _state(
                reading,
                hits,
                mine,
                anywhere,
                first,
                talks=talks,
                own=own or not party,
                firm=firm,
                carried=key in carried,
            )
            if state == "no_mention" and named_before(topic, reading.member, words, finder.cast):
                state = "edited_out"
            yield Cell(
                topic=topic.name,
                topic_id=topic.id,
                aliases=words,
                source=reading.member.source.id,
                item=key,
                state=state,
                evidence=tuple(evidence[:_PROOFS]),
            )


def _first_mention(
    topic: Topic,
    words: Sequence[str],
    readings: Sequence[Reading],
    named: Mapping[str, list[frozenset[str]]],
    claims: Sequence[Claim],
    lexicon: Lexicon,
) -> Moment | None:
    """When the topic first stood in any member: in the earliest of its versions that has one of its words, else in the one compared."""
    items = {c.item for c in claims if c.slot in topic.slots and not c.related}
    moments = []
    folded = [fold(w).text for w in words]
    for reading in readings:
        member = reading.member
        if member.key in items or any(topic.id in there for there in named[member.key]):
            earlier = (v for v in member.item.versions if v.n < member.version.n)
            texts = ((v, fold(f"{v.title}\n{v.text}").text) for v in earlier)
            held = next((v for v, text in texts if any(contains(text, w, lexicon) for w in folded)), member.version)
            moments.append(held.published)
    dated = [m for m in moments if m.instant is not None]
    return min(dated, key=lambda m: m.instant + _ROUGH.get(m.precision, timedelta(0)), default=None)  # type: ignore[operator]


def _state(
    reading: Reading,
    hits: list[tuple[Clause, Holder]],
    claims: list[Claim],
    anywhere: _Anywhere,
    first: Moment | None,
    *,
    talks: bool,
    own: bool,
    firm: bool,
    carried: bool,
) -> tuple[MatrixState, list[Evidence]]:
    member = reading.member
    official = speaks_itself(member) or is_interview(member)
    if claims:
        proof = [e for c in claims for e in c.evidence]
        if all(c.attribution.second_hand for c in claims):
            return "second_hand", proof
        if all(negates(c) for c in claims):
            return "denies", proof
        return "says", proof
    if hits:
        proof = [clause.cite() for clause, _ in hits]
        if all(holder.modality == "declines" for _, holder in hits):
            return "declined", proof
        if not official and all(holder.role == "speaker" for _, holder in hits):
            return "second_hand", proof
        return "says", proof
    if not member.version.complete:
        return "partial", []
    if not official and not carried:
        return "not_applicable", []
    if not carried and not (member.chosen and speaks_itself(member)):
        return "not_asked", []
    if anywhere.found or anywhere.topic.id.startswith("found."):
        # The word stands there, but about something else or in a question: never called silent. A name that only this event
        # taught may stand there in a spelling that we do not know.
        return "not_applicable", []
    if not talks and not _surely_after(member.version.published, first):
        return "not_yet", []
    if own or not firm:
        return "not_applicable", []
    return "no_mention", []


def _is_party(reading: Reading, finder: TopicFinder) -> bool:
    """Whether a body takes part in a talk of two sides: whoever only welcomes it leaves nothing out of it."""
    sides = finder.subject.sides
    issuer = finder.cast.issuer(reading.member)
    words = finder.cast.vocabulary.attribution.get("welcomes", {}).get(reading.member.language, ())
    if any(word in reading.member.title.lower() for word in words):
        return False
    return issuer is None or issuer.side is None or len(sides) != 2 or issuer.side in sides


_OTHERS = ("analyst", "unnamed", "editorial")


def _is_firm(
    topic: Topic,
    readings: Sequence[Reading],
    held: Mapping[str, tuple[Holder, ...]],
    named: Mapping[str, list[frozenset[str]]],
    by_item: Mapping[str, list[Claim]],
    finder: TopicFinder,
) -> bool:
    """Whether anybody says the topic in his own name: what stands only denied, or only as a view or rumour, nobody can leave out."""
    claims = (c for own in by_item.values() for c in own if c.slot in topic.slots and not c.related)
    if any(not negates(c) and c.attribution.role not in _OTHERS for c in claims):
        return True
    for reading in readings:
        key = reading.member.key
        for number, clause in enumerate(reading.clauses):
            holder = held[key][number]
            told = holder.role not in _OTHERS and holder.modality not in ("denies", "declines")
            if topic.id in named[key][number] and told and not finder.unsaid(clause):
                return True
    return False


def _surely_after(published: Moment, first: Moment | None) -> bool:
    """Whether a text came after the matter was public, as far as both times are known: a day is no hour."""
    if first is None or first.instant is None or published.instant is None:
        return True
    latest = first.instant + _ROUGH.get(first.precision, timedelta(0))
    return published.instant >= latest


def carries_statement(reading: Reading, held: Sequence[Holder], cast: Cast) -> bool:
    """Whether state media carry a statement of a body of their own state, whole: what that leaves out, the body left out."""
    member = reading.member
    home = cast.country_of(member)
    if (
        member.source.kind != "state_media"
        or member.item.statement is not None
        or not member.version.complete
        or not home
    ):
        return False
    titled = any(
        g.role is not None and g.role.type == "document"
        for c in reading.clauses
        if c.field == "title"
        for g in c.groups.values()
    )
    speakers = [h for c, h in zip(reading.clauses, held, strict=True) if c.field == "text" and h.explicit]
    return titled and bool(speakers) and all(h.actor.side == home and h.role == "speaker" for h in speakers)


def own_to(topic: Topic, occasion: str | None, words: Sequence[str], cast: Cast) -> bool:
    """Whether a topic is a part of the happening itself, so that a text on it cannot be said to leave it out."""
    known = cast.lexicon.entries.get(occasion or "")
    if known is None or topic.id.startswith("slot."):
        return False
    table = cast.lexicon.table("topics").get("own", {})
    for roots in table.values():
        for root in roots:
            if any(root in form.lower() for form in known.aliases()) and any(root in word.lower() for word in words):
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """The search that a silence rests on: a topic's entries and words in all that a member says, in every language."""

    topic: Topic
    words: Sequence[str]
    entries: frozenset[str]
    folded: str
    lexicon: Lexicon

    @property
    def found(self) -> bool:
        words = (*self.words, *self.topic.guards)
        return bool(self.topic.entries & self.entries) or any(
            contains(self.folded, fold(w).text, self.lexicon) for w in words
        )


def entries_anywhere(member: Member, cast: Cast) -> frozenset[str]:
    """Every entry that a member's title or text names in any language."""
    mentions = [m for text in (member.title, member.text) for m in cast.lexicon.find(text)]
    return frozenset(e for m in mentions for e in (m.entry, *m.others))


def mentioned_anywhere(topic: Topic, member: Member, words: Sequence[str], cast: Cast) -> bool:
    """Search a member's title and whole text for a topic in every language: entries by the matcher, words as folded strings."""
    text = fold(f"{member.title}\n{member.text}").text
    return _Anywhere(topic, words, entries_anywhere(member, cast), text, cast.lexicon).found


def named_before(topic: Topic, member: Member, words: Sequence[str], cast: Cast) -> bool:
    """Whether an earlier version of a member's text named a topic: its body said the word and took it out."""
    return any(
        mentioned_anywhere(topic, replace(member, version=version), words, cast)
        for version in member.item.versions
        if version.n < member.version.n
    )


def silences(cells: Sequence[Cell], members: Mapping[str, Member]) -> Iterator[Silence]:
    """One silence a topic and source, with what was searched and the hash of the text it was searched in."""
    grouped: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.state == "no_mention":
            grouped.setdefault((cell.topic_id, cell.source), []).append(cell)
    said = {(c.topic_id, c.source) for c in cells if c.state == "says"}
    weights = _weights(cells, members)
    for (topic, source), group in sorted(grouped.items(), key=lambda pair: -weights.get(pair[0][0], 0.0)):
        if (topic, source) in said:
            continue  # its issuer speaks of it in another of its own texts
        yield Silence(
            id=short_key("s", topic, source, *(c.item for c in group)),
            topic=group[0].topic,
            topic_id=topic,
            source=source,
            items=tuple(c.item for c in group),
            searched=group[0].aliases,
            text_sha256=tuple(members[c.item].version.text_sha256 for c in group),
            weight=weights.get(topic, 0.0),
            carried=all(members[c.item].item.statement is None for c in group),
        )


def _weights(cells: Sequence[Cell], members: Mapping[str, Member]) -> dict[str, float]:
    out: dict[str, float] = {}
    for cell in cells:
        if cell.state in ("says", "denies", "declined", "second_hand"):
            chosen = cell.state == "says" and members[cell.item].chosen
            titled = any(e.field == "title" for e in cell.evidence)
            out[cell.topic_id] = out.get(cell.topic_id, 0.0) + 1.0 + 3.0 * chosen + 2.0 * titled
    return out
