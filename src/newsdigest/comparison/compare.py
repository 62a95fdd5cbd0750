"""``compare``: a packet in, a comparison out. Pure: the same packet gives the same comparison, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from newsdigest.comparison.cast import Actor, Cast, name_of
from newsdigest.comparison.changes import changes
from newsdigest.comparison.claims import SlotReader, claim_of
from newsdigest.comparison.commitments import CommitmentFinder
from newsdigest.comparison.differing_figures import figure_series, number_disagreements
from newsdigest.comparison.disagreements import (
    Court,
    agreements,
    attributions,
    denials,
    denied_reports,
    polarities,
    who,
)
from newsdigest.comparison.drifts import dropped_mentions, edits, paraphrases
from newsdigest.comparison.dropped import DroppedFinder
from newsdigest.comparison.editions import EditionReader
from newsdigest.comparison.figures import SentenceReader, situations
from newsdigest.comparison.figures import extract as extract_figures
from newsdigest.comparison.flags import flags
from newsdigest.comparison.formulae import formulae
from newsdigest.comparison.framing import framing, headline_words
from newsdigest.comparison.hedges import HedgeFinder
from newsdigest.comparison.holders import Holder, first_hand_keys, holders, second_hand
from newsdigest.comparison.homes import settled
from newsdigest.comparison.instructions import without_instructions
from newsdigest.comparison.matrix import matrix, silences
from newsdigest.comparison.occasion import Subject, is_of, other_parties, subject_of
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.passages import Inside, PassageReader
from newsdigest.comparison.possible import PossibleReader
from newsdigest.comparison.quotes import extract as extract_quotes
from newsdigest.comparison.quotes import link as link_quotes
from newsdigest.comparison.quotes.speakers import named_persons
from newsdigest.comparison.reading import Reading, read
from newsdigest.comparison.record import Attribution, Cell, Claim, Comparison, Disagreement, Drift, Figure, Quote
from newsdigest.comparison.reopened import reopened
from newsdigest.comparison.timeline import subject_day, timeline
from newsdigest.comparison.topics import Topic, TopicFinder, find_topics
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.comparison.voices import voices
from newsdigest.language.discovery import discover
from newsdigest.records import digest, short_key

_HEADLINES = 5


def with_discoveries(packet: Packet) -> Packet:
    """The packet with the names that its own texts introduce laid beneath its lexicon; the writer needs the same packet.

    Twice is as good as once.
    """
    members = (*packet.members, *packet.related)
    sources = {m.source.id: m.source for m in members if m.source.issuer}
    names = [(f"source.{s.id}", language, name, "") for s in sources.values() for language, name in s.name.items()]
    found = discover([*((m.key, m.language, m.title, m.text) for m in members), *names], packet.lexicon)
    lexicon = packet.lexicon.extended(found) if found else packet.lexicon
    at_home = settled(members, lexicon)
    lexicon = lexicon.extended(at_home) if at_home else lexicon
    return packet if lexicon is packet.lexicon else replace(packet, lexicon=lexicon)


def compare(packet: Packet) -> Comparison:
    """Compare an event's members: who says what, who differs, who is silent."""
    stored = packet
    packet = with_discoveries(without_instructions(packet))
    vocabulary = Vocabulary(packet.lexicon)
    readings = tuple(read(member, vocabulary) for member in packet.members)
    cast = Cast(readings, vocabulary)
    lead_of = {m.key: packet.lead_of(m.key) for m in packet.members}
    subject = subject_of(readings, frozenset(lead_of.values()), cast)
    held = {r.member.key: holders(r, cast) for r in readings}
    others = {r.member.key: other_parties(r, subject, cast) for r in readings}
    apart = {key: frozenset(found) for key, found in others.items()}
    first_hand = first_hand_keys([(r, held[r.member.key]) for r in readings], cast)
    finder = TopicFinder(subject, cast)
    present = named_persons((*packet.members, *packet.related), packet.lexicon)
    quotes = {m.key: extract_quotes(m, packet.lexicon, present) for m in packet.members}
    sentences = SentenceReader(packet.lexicon)
    figures = {
        m.key: extract_figures(m, packet.lexicon, present, sentences) for m in (*packet.members, *packet.related)
    }
    for reading in readings:
        key = reading.member.key
        figures[key] = _stated(reading, figures[key])
    linked = link_quotes([q for m in packet.members for q in quotes[m.key]], packet)
    counted = tuple(f for m in (*packet.members, *packet.related) for f in figures[m.key])
    weighed = situations(counted, packet, sentences)
    members = frozenset(m.key for m in packet.members)
    hedges = HedgeFinder(packet.lexicon)
    slots = SlotReader(cast, [Actor(name_of(s, packet.lexicon), s) for s in sorted(subject.sides)])
    passages = PassageReader(finder, hedges, first_hand)
    claims: list[Claim] = []
    for reading in readings:
        key = reading.member.key
        inside = Inside(quotes[key], figures[key])
        own = list(_slot_claims(reading, held[key], others[key], first_hand, finder, slots, hedges, inside, subject))
        claims += own
        claims += passages.read(reading, held[key], apart[key], inside, frozenset(c.evidence[0] for c in own))
    claims = list({c.id: c for c in claims}.values())
    repeated = {r.member.key: second_hand(r, held[r.member.key], first_hand) for r in readings}
    topics = find_topics(readings, apart, lead_of, finder, claims, repeated)
    cells = tuple(matrix(topics, readings, held, apart, claims, finder, talks=_is_talk(subject, vocabulary)))
    court = Court(packet, subject, cast)
    differing, alike = who(court, claims)
    denied = (*denials(court, claims), *polarities(court, claims))
    taken = frozenset(c for d in (*differing, *denied) for a in d.answers for c in a.claims)
    about = _subject_claim(packet, subject, readings, figures)
    inputs = {**packet.inputs, "lexicon": packet.lexicon.digest}
    made = Comparison(
        id=short_key("cmp", packet.event.id, digest(inputs), *(f"{m.key}@{m.version.n}" for m in packet.members)),
        event=packet.event.id,
        as_of=packet.as_of,
        items=tuple(m.key for m in packet.members),
        inputs=inputs,
        headline_topics=_headline_topics(topics, cells, packet, differing, alike),
        topics=tuple(t.id for t in topics),
        subject=about,
        voices=voices(packet, cast),
        claims=tuple(claims),
        quotes=linked,
        figures=counted,
        series=tuple(
            figure_series(
                [f for f in counted if f.evidence.item in members],
                packet,
                cast,
                [s for s in weighed if s.member.key in members],
            )
        ),
        disagreements=(
            *differing,
            *denied,
            *denied_reports(court, claims, taken, frozenset(d.slot for d in (*differing, *denied) if d.slot)),
            *number_disagreements(counted, packet, weighed),
            *attributions(court, linked),
        ),
        agreements=tuple(agreements(court, alike, cells)),
        silences=tuple(silences(cells, {m.key: m for m in packet.members})),
        formulae=tuple(formulae(readings, packet.history, subject, cast, frozenset(lead_of.values()))),
        accounts=tuple(c.id for c in claims if c.kind == "account"),
        interpretations=tuple(c.id for c in claims if c.kind == "interpretation"),
        framing=tuple(framing(readings, cast)),
        headline_words=tuple(headline_words(readings, frozenset(lead_of.values()), cast)),
        editions=tuple(EditionReader(packet, cast, figures).editions()),
        changes=changes(packet, readings, claims, cast),
        commitments=tuple(CommitmentFinder(cast).commitments(readings, claims, figures)),
        timeline=tuple(timeline(readings, about, claims, cast)),
        drifts=(
            *(d for m in packet.members for d in edits(m)),
            *(d for m in packet.members for d in dropped_mentions(m, topics, cells, cast)),
            *_losses(readings, held, claims, linked, hedges, finder, cast),
        ),
        possible=tuple(PossibleReader(court).read(readings, held, claims, (*differing, *denied))),
        copies=packet.copies,
        flags=tuple(f for m in stored.members for f in flags(m, packet.lexicon)),
        matrix=cells,
    )
    return made.model_copy(
        update={
            "reopened": tuple(reopened(packet, made)),
            "previous": packet.previous.id if packet.previous is not None else None,
        }
    )


def _losses(
    readings: Sequence[Reading],
    held: Mapping[str, tuple[Holder, ...]],
    claims: Sequence[Claim],
    quotes: Sequence[Quote],
    hedges: HedgeFinder,
    finder: TopicFinder,
    cast: Cast,
) -> Iterator[Drift]:
    """What was changed or lost between the words themselves and those who tell them."""
    told = tuple(paraphrases(readings, finder, cast))
    yield from told
    dropped = DroppedFinder(readings, held, cast)
    yield from dropped.conditions()
    yield from dropped.reserves(claims, hedges)
    yield from dropped.quoted(quotes, told)


def _stated(reading: Reading, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures that a text states: none of a question, a dateline, or what an earlier version said."""
    void = [c for c in reading.clauses if c.question]
    return tuple(
        f for f in figures if not any(c.field == f.evidence.field and c.start <= f.evidence.start < c.end for c in void)
    )


def _slot_claims(
    reading: Reading,
    held: tuple[Holder, ...],
    others: Mapping[int, frozenset[str]],
    first_hand: frozenset[str],
    finder: TopicFinder,
    slots: SlotReader,
    hedges: HedgeFinder,
    inside: Inside,
    subject: Subject,
) -> Iterator[Claim]:
    for number, clause in enumerate(reading.clauses):
        everything = list(slots.read(clause, held[number].seen))
        specific = any(f.negated and f.slot.id != "denied" for f in everything)
        for found in everything:
            if specific and found.slot.id == "denied":
                continue
            if found.slot.thing and held[number].role in ("carrier", "editorial"):
                continue  # an outlet that tells two sides in one sentence says neither itself
            claim = claim_of(
                found,
                held[number],
                first_hand,
                finder.in_clause(clause),
                hedges.find(clause),
                subject.name,
                finder.cast,
                others.get(number, frozenset()),
            )
            yield claim.model_copy(
                update={
                    "quotes": tuple(q.id for q in inside.quotes_in(clause)),
                    "figures": tuple(f.id for f in inside.figures_in(clause)),
                }
            )


def _is_talk(subject: Subject, vocabulary: Vocabulary) -> bool:
    words = vocabulary.lexicon.table("topics").get("talks", {}).get("words", ())
    return subject.occasion is not None and is_of(subject.occasion, words)


def _subject_claim(
    packet: Packet, subject: Subject, readings: Sequence[Reading], figures: Mapping[str, Sequence[Figure]]
) -> Claim | None:
    """The event's own occasion with its parties, and the day that a lead gives for it."""
    day = subject_day(readings, figures)
    clause = day[1] if day else subject.lead
    if clause is None:
        return None
    moment = day[0] if day else clause.member.version.published.model_copy(update={"precision": "unknown"})
    return Claim(
        id=short_key("c", "subject", packet.event.id),
        kind="fact",
        slot="occasion",
        object=subject.name,
        parties=subject.parties,
        attribution=Attribution(role="carrier", via=clause.member.key),
        modality="reports",
        said_at=moment,
        item=clause.member.key,
        evidence=(clause.cite(),),
    )


def _headline_topics(
    topics: Sequence[Topic],
    cells: Sequence[Cell],
    packet: Packet,
    differing: Sequence[Disagreement],
    alike: Mapping[str, Sequence[Claim]],
) -> tuple[str, ...]:
    """What the accounts part on: disputed acts, acts that a chosen text leaves open, topics that only one issuer mentions.

    In order: disputes, then topics that one issuer's chosen text names and another's does not, by how many voices take them up.
    """
    disputed = [f"slot.{d.slot}" for d in differing if d.slot]
    by_topic: dict[str, list[Cell]] = {}
    for cell in cells:
        by_topic.setdefault(cell.topic_id, []).append(cell)
    weights: list[tuple[int, int, str]] = []
    for rank, topic in enumerate(topics):
        row = by_topic.get(topic.id, [])
        silent = {_issuer(packet, c) for c in row if c.state == "no_mention"}
        says = {_issuer(packet, c) for c in row if c.state == "says"} - {None}
        if not silent or not says - silent or topic.id in disputed:
            continue
        taken_up = [c for c in row if c.state in ("says", "second_hand") and packet.lead_of(c.item) == c.item]
        titles = sum(any(e.field == "title" for e in c.evidence) for c in taken_up)
        answered = 2 if topic.id.removeprefix("slot.") in alike else 0
        weights.append((-(len(taken_up) + 3 * (titles + answered)), rank, topic.id))
    return (*disputed, *(identity for _, _, identity in sorted(weights)[:_HEADLINES]))


def _issuer(packet: Packet, cell: Cell) -> str | None:
    statement = packet.member(cell.item).item.statement
    return statement.issuer if statement else None
