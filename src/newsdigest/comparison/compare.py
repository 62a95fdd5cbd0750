"""``compare``: a packet in, a comparison out. Pure: the same packet gives the same comparison, byte for byte."""

from __future__ import annotations

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.claims import SlotReader, claim_of
from newsdigest.comparison.holders import Holder, first_hand_keys, holders, is_interview, speaks_itself
from newsdigest.comparison.matrix import matrix, silences
from newsdigest.comparison.occasion import Subject, elsewhere, subject_of
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.reading import Reading, read
from newsdigest.comparison.record import Claim, Comparison, Voice
from newsdigest.comparison.topics import TopicFinder, find_topics
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.records import digest, short_key


def compare(packet: Packet) -> Comparison:
    """Compare an event's members: who says what, who differs, who is silent."""
    vocabulary = Vocabulary(packet.lexicon)
    readings = tuple(read(member, vocabulary) for member in packet.members)
    cast = Cast(readings, vocabulary)
    lead_of = {m.key: packet.lead_of(m.key) for m in packet.members}
    subject = subject_of(readings, frozenset(lead_of.values()), cast)
    held = {r.member.key: holders(r, cast) for r in readings}
    apart = {r.member.key: elsewhere(r, subject, cast) for r in readings}
    first_hand = first_hand_keys([(r, held[r.member.key]) for r in readings], cast)
    finder = TopicFinder(subject, cast)
    claims = [
        c
        for r in readings
        for c in _slot_claims(r, held[r.member.key], apart[r.member.key], first_hand, finder, subject)
    ]
    topics = find_topics(readings, apart, lead_of, finder, claims)
    cells = tuple(matrix(topics, readings, held, apart, claims, finder, talks=_is_talk(subject, vocabulary)))
    members = {m.key: m for m in packet.members}
    inputs = {**packet.inputs, "lexicon": packet.lexicon.digest}
    return Comparison(
        id=short_key("cmp", packet.event.id, digest(inputs), *(f"{m.key}@{m.version.n}" for m in packet.members)),
        event=packet.event.id,
        as_of=packet.as_of,
        items=tuple(m.key for m in packet.members),
        inputs=inputs,
        topics=tuple(t.id for t in topics),
        voices=_voices(packet, readings, cast),
        claims=tuple(claims),
        silences=tuple(silences(cells, members)),
        accounts=tuple(c.id for c in claims if c.kind == "account"),
        copies=packet.copies,
        matrix=cells,
    )


def _slot_claims(
    reading: Reading,
    held: tuple[Holder, ...],
    apart: frozenset[int],
    first_hand: frozenset[str],
    finder: TopicFinder,
    subject: Subject,
) -> list[Claim]:
    reader = SlotReader(finder.cast)
    out: dict[str, Claim] = {}
    for number, clause in enumerate(reading.clauses):
        for found in reader.read(clause, held[number].seen):
            claim = claim_of(found, held[number], first_hand, finder.in_clause(clause), (), subject.name)
            claim = claim.model_copy(update={"related": number in apart})
            out.setdefault(claim.id, claim)
    return list(out.values())


def _is_talk(subject: Subject, vocabulary: Vocabulary) -> bool:
    words = vocabulary.lexicon.table("topics").get("talks", {}).get("words", ())
    return subject.occasion is not None and any(word in subject.occasion.split(".", 1)[1] for word in words)


def _voices(packet: Packet, readings: tuple[Reading, ...], cast: Cast) -> tuple[Voice, ...]:
    out = []
    for reading in readings:
        member = reading.member
        if packet.lead_of(member.key) != member.key:
            continue
        issuer = cast.issuer(member)
        out.append(
            Voice(
                lead=member.key,
                items=tuple(m.key for m in packet.members if packet.lead_of(m.key) == member.key),
                source=member.source.id,
                name=issuer.name if issuer and speaks_itself(member) else cast.carrier(member),
                official=speaks_itself(member) or is_interview(member),
                channel=member.item.statement.channel if member.item.statement else member.source.channel,
                at=member.version.published,
            )
        )
    return tuple(out)
