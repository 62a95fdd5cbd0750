"""An issuer's position on a matter that is another than in its own last statement on it.

Three kinds of position: an act affirmed, denied or left unanswered, compared over the statements of this happening, since the like act
of another day is another matter; a plan (a visit, a purchase), which stays one matter over days; and a stance with its strength on
one and the same subject. Plans and stances are compared with the issuer's earlier statements of any day, stances in one language.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsdigest.comparison.cast import Actor, Cast
from newsdigest.comparison.claims import SlotReader, negates
from newsdigest.comparison.holders import Holder, holders
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.reading import Clause, Reading, read
from newsdigest.comparison.record import Change, Claim, Position, PositionKind
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.comparison.strengths import Degree, Strengths
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment
from newsdigest.records import Bilingual, short_key

_LABELS: Mapping[PositionKind, Bilingual] = {
    "affirmed": Bilingual(ja="肯定", en="affirmed"),
    "denied": Bilingual(ja="否定", en="denied"),
    "declined": Bilingual(ja="回答せず", en="declined to answer"),
}
_STANDING = ("visit", "committed")
_OPPOSITE = frozenset(("objection", "support"))


def changes(packet: Packet, readings: Sequence[Reading], claims: Sequence[Claim], cast: Cast) -> tuple[Change, ...]:
    """Every change of position, acts first; one a matter and issuer, the last one."""
    found = [*_acts(packet, claims, cast), *_plans(packet, claims, cast), *_stances(packet, readings, cast)]
    latest = {(c.issuer.id or c.issuer.surface, c.slot, c.topics): c for c in found}
    return tuple(latest.values())


# ---- acts: affirmed, denied, declined ----


@dataclass(frozen=True, slots=True)
class _Said:
    """One claim of an issuer as a position."""

    kind: PositionKind
    claim: Claim
    at: datetime


def _acts(packet: Packet, claims: Sequence[Claim], cast: Cast) -> Iterator[Change]:
    by_act: dict[tuple[str, ...], list[_Said]] = {}
    declined: dict[str, list[_Said]] = {}
    for claim in claims:
        said = _said(packet, claim)
        issuer = _issuer_key(packet, claim, cast)
        if said is None or issuer is None or claim.related:
            continue
        if said.kind == "declined":
            declined.setdefault(issuer, []).append(said)
        else:
            by_act.setdefault((issuer, *_act(claim, cast)), []).append(said)
    for (issuer, *_), positions in (row for act in sorted(by_act.items()) for row in _matters(*act)):
        asked = [s for s in declined.get(issuer, ()) if _on_matter(s.claim, [p.claim for p in positions], cast)]
        yield from _turns(sorted((*positions, *asked), key=lambda s: (s.at, s.claim.id)), packet, cast)


def _said(packet: Packet, claim: Claim) -> _Said | None:
    """A claim that a body makes first-hand in a statement of its own, about an act, as its position."""
    member = packet.member(claim.item)
    own = (
        speaks_itself(member) and claim.attribution.role in ("issuer", "speaker") and not claim.attribution.second_hand
    )
    instant = claim.said_at.instant
    if not own or claim.attribution.account_of or claim.slot is None or instant is None:
        return None
    if claim.slot == "declined_to_answer" or claim.modality == "declines":
        return _Said("declined", claim, instant)
    if (
        claim.kind != "slot"
        or claim.hedges
        or claim.modality not in ("says", "denies", "confirms")
        or claim.actor is None
    ):
        return None
    return _Said("denied" if negates(claim) else "affirmed", claim, instant)


def _issuer_key(packet: Packet, claim: Claim, cast: Cast) -> str | None:
    issuer = cast.issuer(packet.member(claim.item))
    return issuer.key if issuer else None


def _act(claim: Claim, cast: Cast) -> tuple[str, ...]:
    """The slot and the side that acts."""
    actor = cast.side(claim.actor.id) if claim.actor and claim.actor.id else None
    named = claim.actor.id or claim.actor.en or claim.actor.surface if claim.actor else ""
    return (claim.slot or "", actor or named or "")


def _matters(act: tuple[str, ...], positions: list[_Said]) -> Iterator[tuple[tuple[str, ...], list[_Said]]]:
    """An act apart by what it was done to; a denial that does not repeat it denies the only one of which it is said."""
    by_target: dict[str, list[_Said]] = {}
    for said in positions:
        done_to = said.claim.object
        by_target.setdefault((done_to.id or done_to.en or done_to.surface) if done_to else "", []).append(said)
    bare = by_target.pop("", [])
    if len(by_target) == 1:
        next(iter(by_target.values())).extend(bare)
    for target, group in sorted(by_target.items()) or [("", bare)]:
        yield (*act, target), group


def _on_matter(declined: Claim, claims: Sequence[Claim], cast: Cast) -> bool:
    """Whether an answer was declined on this very act: the question names its thing or a topic of its sentences that is no party."""
    asked = set(declined.topics)
    for claim in claims:
        things = {n.id for n in (claim.object,) if n is not None and n.id and n.kind in ("term", "occasion", "place")}
        topics = {t for t in claim.topics if t in cast.lexicon.entries and cast.lexicon.entries[t].kind == "term"}
        if asked & (things | topics):
            return True
    return False


def _turns(positions: Sequence[_Said], packet: Packet, cast: Cast) -> Iterator[Change]:
    """The last turn of a row of positions in order of time; none where one text has two positions or the times are one."""
    texts: dict[str, set[str]] = {}
    for said in positions:
        texts.setdefault(said.claim.item, set()).add(said.kind)
    clear = [s for s in positions if len(texts[s.claim.item]) == 1]
    for before, now in reversed(list(itertools.pairwise(clear))):
        surely = _surely_before(before.claim.said_at, now.claim.said_at)
        if before.kind == now.kind or before.claim.item == now.claim.item or not surely:
            continue
        if now.kind == "declined":
            continue  # who declines to repeat himself has changed nothing
        issuer = cast.issuer(packet.member(now.claim.item))
        assert issuer is not None
        yield Change(
            id=short_key("ch", before.claim.id, now.claim.id),
            issuer=issuer.name,
            slot=now.claim.slot,
            topics=now.claim.topics,
            before=_position(before),
            now=_position(now),
        )
        return


def _position(said: _Said) -> Position:
    claim = said.claim
    return Position(
        kind=said.kind,
        label=_LABELS[said.kind],
        at=claim.said_at,
        item=claim.item,
        evidence=claim.evidence[0],
        claim=claim.id,
    )


def _surely_before(first: Moment, second: Moment) -> bool:
    """Whether one moment lies before another at the precision at which both are known."""
    if first.instant is None or second.instant is None or "unknown" in (first.precision, second.precision):
        return False
    coarse = {"day", "month", "year"} & {first.precision, second.precision}
    if coarse:
        return first.instant.date() < second.instant.date() and not {"month", "year"} & coarse
    return first.instant < second.instant


# ---- plans ----


def _plans(packet: Packet, claims: Sequence[Claim], cast: Cast) -> Iterator[Change]:
    """A plan that the issuer's last statement on it had the other way: a visit announced and then said not to take place."""
    now = [(kind, c) for c in claims if c.slot in _STANDING and (kind := _plan_of(packet, c)) is not None]
    here = {m.key for m in packet.members}
    earlier = {m.key: m for m in (*packet.history, *packet.earlier) if m.key not in here}
    reader = SlotReader(cast)
    for kind, claim in now:
        issuer = cast.issuer(packet.member(claim.item))
        past = sorted(earlier.values(), key=_newest) if issuer else []
        before = next((p for m in past if issuer and (p := _planned(m, claim, issuer, reader))), None)
        if issuer is None or before is None or before.kind == kind or not _surely_before(before.at, claim.said_at):
            continue
        yield Change(
            id=short_key("ch", before.evidence.item, str(before.evidence.start), claim.id),
            issuer=issuer.name,
            slot=claim.slot,
            topics=claim.topics,
            before=before,
            now=_position(_Said(kind, claim, before.at.instant or datetime.min.replace(tzinfo=UTC))),
        )


def _plan_of(packet: Packet, claim: Claim) -> PositionKind | None:
    """What a body's own text says of a plan with its parties known; None of any other claim."""
    own = speaks_itself(packet.member(claim.item)) and claim.attribution.role in ("issuer", "speaker")
    plain = claim.kind == "slot" and not claim.attribution.account_of and not claim.hedges and not claim.related
    if not own or not plain or claim.attribution.second_hand or not all(_parties(claim)):
        return None
    return "denied" if negates(claim) else "affirmed"


def _newest(member: Member) -> tuple[float, str]:
    instant = member.version.published.instant
    return (-instant.timestamp() if instant else 0.0, member.key)


def _parties(claim: Claim) -> tuple[str, str]:
    return ((claim.actor.id or "") if claim.actor else "", (claim.object.id or "") if claim.object else "")


def _planned(member: Member, claim: Claim, issuer: Actor, reader: SlotReader) -> Position | None:
    """Where an earlier statement of the issuer has a claim's plan, one way only; None where it does not speak of it."""
    cast = reader.cast
    teller = cast.issuer(member)
    if not speaks_itself(member) or teller is None or teller.key != issuer.key:
        return None
    reading = read(member, cast.vocabulary)
    held = holders(reading, cast)
    found: dict[PositionKind, Clause] = {}
    for number, clause in enumerate(reading.clauses):
        for slot in reader.read(clause, held[number].seen) if _own(held[number], issuer) else ():
            if slot.slot.id == claim.slot and (_id(slot.actor), _id(slot.object)) == _parties(claim):
                found.setdefault("denied" if slot.negated else "affirmed", clause)
    if len(found) != 1:
        return None
    kind, clause = next(iter(found.items()))
    return Position(
        kind=kind, label=_LABELS[kind], at=member.version.published, item=member.key, evidence=clause.cite()
    )


def _id(actor: Actor | None) -> str:
    return (actor.name.id or "") if actor else ""


# ---- stances ----


@dataclass(frozen=True, slots=True)
class _Stance:
    """A stance worded on a subject: the terms of its clause."""

    degree: Degree
    terms: frozenset[str]
    evidence: Evidence
    member: Member


def _stances(packet: Packet, readings: Sequence[Reading], cast: Cast) -> Iterator[Change]:
    vocabulary = cast.vocabulary
    strengths = Strengths(cast.lexicon, vocabulary.book)
    here = {r.member.key for r in readings}
    earlier = {m.key: m for m in (*packet.history, *packet.earlier) if m.key not in here}
    now = [r for r in readings if speaks_itself(r.member) and cast.issuer(r.member)]
    wanted = {t for r in now for s in _worded(r, strengths, cast) for t in s.terms}
    if not wanted:
        return
    past = [read(m, vocabulary) for m in earlier.values() if _names(m, wanted, cast)]
    rows = [(r, stance) for r in (*past, *now) for stance in _worded(r, strengths, cast)]
    rows.sort(
        key=lambda row: (row[0].member.version.published.instant or datetime.max.replace(tzinfo=UTC), row[0].member.key)
    )
    for at, (reading, stance) in enumerate(rows):
        if reading.member.key not in here:
            continue
        last = next((s for r, s in reversed(rows[:at]) if _same_matter(r, s, reading, stance, cast)), None)
        if last is None or not _differs(last.degree, stance.degree):
            continue
        issuer = cast.issuer(reading.member)
        assert issuer is not None
        yield Change(
            id=short_key(
                "ch", last.evidence.item, str(last.evidence.start), stance.evidence.item, str(stance.evidence.start)
            ),
            issuer=issuer.name,
            topics=tuple(sorted(stance.terms)),
            before=_stood(last),
            now=_stood(stance),
        )


def _names(member: Member, wanted: set[str], cast: Cast) -> bool:
    return any(m.entry in wanted for m in cast.lexicon.find(member.text, member.language))


def _worded(reading: Reading, strengths: Strengths, cast: Cast) -> list[_Stance]:
    """The stances of the issuer itself on a subject, clause by clause; a text that words one twice on one subject says neither."""
    issuer = cast.issuer(reading.member)
    if issuer is None:
        return []
    held: Sequence[Holder] | None = None
    found: dict[tuple[str, frozenset[str]], list[_Stance]] = {}
    for number, clause in enumerate(reading.clauses):
        degrees = (
            () if clause.question or clause.field == "title" else strengths.read(clause.text, clause.member.language)
        )
        terms = _terms(clause, cast)
        if not degrees or not terms:
            continue
        held = holders(reading, cast) if held is None else held
        if _own(held[number], issuer):
            for degree in degrees:
                stance = _Stance(degree, terms, clause.cite(), reading.member)
                found.setdefault((degree.scale, terms), []).append(stance)
    return [stances[0] for stances in found.values() if len({s.degree.rank for s in stances}) == 1]


def _own(holder: Holder, issuer: Actor) -> bool:
    return holder.account_of is None and holder.actor.side == issuer.side and holder.role in ("issuer", "speaker")


def _terms(clause: Clause, cast: Cast) -> frozenset[str]:
    entries = cast.lexicon.entries
    named = {g.entry for g in clause.groups.values() if g.entry in entries}
    return frozenset(i for i in named if i and entries[i].kind == "term" and "vague" not in entries[i].tags)


def _same_matter(earlier: Reading, last: _Stance, reading: Reading, stance: _Stance, cast: Cast) -> bool:
    issuers = cast.issuer(earlier.member), cast.issuer(reading.member)
    same = issuers[0] is not None and issuers[1] is not None and issuers[0].key == issuers[1].key
    scales = {last.degree.scale, stance.degree.scale}
    comparable = len(scales) == 1 or scales == _OPPOSITE
    languages = earlier.member.language == reading.member.language
    times = earlier.member.version.published, reading.member.version.published
    return same and comparable and languages and last.terms == stance.terms and _surely_before(*times)


def _differs(last: Degree, now: Degree) -> bool:
    return last.scale != now.scale or abs(last.rank - now.rank) >= max(last.least, now.least)


def _stood(stance: _Stance) -> Position:
    at = stance.member.version.published
    return Position(kind="stance", label=stance.degree.label, at=at, item=stance.member.key, evidence=stance.evidence)
