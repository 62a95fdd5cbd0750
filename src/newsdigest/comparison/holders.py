"""Whose words a clause is: the speaker named in it, the one who spoke before, the issuer of a statement, or the outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from newsdigest.comparison.cast import Actor, Cast
from newsdigest.comparison.packet import Member
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Attribution, Modality
from newsdigest.comparison.speaking import is_interview, speaks_itself
from newsdigest.comparison.spoken import Speaker, passes_on, speaker_of

SpeakerRole = Literal["issuer", "speaker", "carrier", "analyst", "unnamed", "editorial"]
_REMEMBERED = 12


@dataclass(frozen=True, slots=True)
class Holder:
    """Who says a clause, as what, and how.

    ``explicit`` where the clause itself names him; ``seen`` are the actors named before it, the last speaker first.
    """

    actor: Actor
    role: SpeakerRole
    modality: Modality = "says"
    explicit: bool = False
    account_of: Actor | None = None
    seen: tuple[Actor, ...] = ()


def holders(reading: Reading, cast: Cast) -> tuple[Holder, ...]:
    """Return the holder of each clause of a reading, in order."""
    member = reading.member
    issuer = cast.issuer(member) if speaks_itself(member) else None
    carrier = Actor(cast.carrier(member), None)
    own = (
        Holder(issuer, "issuer")
        if issuer
        else Holder(carrier, "editorial" if member.source.kind == "analyst" else "carrier")
    )
    out: list[Holder] = []
    seen: list[Actor] = []
    speaker: Holder | None = None
    paragraph = -1
    for clause in reading.clauses:
        if clause.field == "text" and clause.sentence.paragraph != paragraph:
            paragraph = clause.sentence.paragraph
        found = None if clause.question else speaker_of(clause, cast, seen)
        if found is not None:
            holder = _placed(found, member, issuer, carrier, cast)
            speaker = holder
        elif speaker is not None and _continues(clause, member, cast):
            holder = Holder(speaker.actor, speaker.role, "says", account_of=speaker.account_of)
        else:
            holder = own
        out.append(replace(holder, seen=tuple(seen[:_REMEMBERED])))
        for actor in _named(clause, cast, seen):
            _to_front(seen, actor)
        if found is not None:
            # "He" in the next sentence is whoever spoke in this one, not whom he spoke of.
            _to_front(seen, found.actor)
    return tuple(out)


def _to_front(seen: list[Actor], actor: Actor) -> None:
    if actor in seen:
        seen.remove(actor)
    seen.insert(0, actor)


def _named(clause: Clause, cast: Cast, seen: list[Actor]) -> list[Actor]:
    found = []
    for position in sorted(clause.groups):
        group = clause.groups[position]
        if group.kind in ("person", "body", "office") or (
            group.role and group.role.type in ("body", "speaker", "leader")
        ):
            actor = cast.resolve(group, clause, seen)
            if actor:
                found.append(actor)
    return found


def _placed(found: Speaker, member: Member, issuer: Actor | None, carrier: Actor, cast: Cast) -> Holder:
    actor, modality = found.actor, found.modality
    if found.kind == "analyst":
        return Holder(actor, "analyst", modality, explicit=True)
    if found.kind == "unnamed":
        return Holder(actor, "unnamed", modality, explicit=True)
    if issuer is not None:
        if actor.name == issuer.name or not cast.apart(actor, issuer) or cast.is_own(actor, member):
            role: SpeakerRole = "issuer" if actor.name.id == issuer.name.id else "speaker"
            return Holder(actor, role, modality, explicit=True)
        return Holder(issuer, "issuer", "accounts", explicit=True, account_of=actor)
    if cast.is_outlet(actor.name) and cast.is_own(actor, member):
        # "The Post has learned" in the Post: the outlet's own words.
        return Holder(carrier, "carrier", explicit=False)
    told = found.told if found.told is not None and cast.apart(found.told, actor) else None
    return Holder(actor, "speaker", "accounts" if told else modality, explicit=True, account_of=told)


_QUOTE_ONLY = re.compile(r"^[\"“「『].*[\"”」』][.。]?$", re.DOTALL)


def _continues(clause: Clause, member: Member, cast: Cast) -> bool:
    """Whether a clause without a speaker goes on with the last one's words."""
    text = clause.text.strip()
    if speaks_itself(member):
        return False
    if _QUOTE_ONLY.match(text):
        return True
    patterns: Iterable[str] = cast.vocabulary.attribution.get("continues", {}).get(member.language, ())
    return any(cast.vocabulary.book.compile(p, member.language).search(clause.string) for p in patterns)


def relays(clause: Clause, cast: Cast) -> bool:
    """Whether an outlet passes on another outlet's report ("X, citing officials, said …", 米紙…が報じた, 《…》报道)."""
    member = clause.member
    if speaks_itself(member) or is_interview(member):
        return False
    text = clause.text
    for name in member.source.name.values():
        plain = re.split(r"[（(]", name)[0].strip()
        if plain and plain.lower() in text.lower():
            return False  # an outlet that speaks of its own report
    language = member.language
    patterns: Iterable[str] = cast.vocabulary.attribution.get("relays", {}).get(language, ())
    folded = cast.vocabulary.book.fold(text)
    return any(cast.vocabulary.book.compile(p, language).search(folded) for p in patterns)


def attribution(holder: Holder, clause: Clause, first_hand: frozenset[str], cast: Cast) -> Attribution:
    """The record of who says a clause. ``first_hand`` are the keys of those who speak in a member of the event themselves.

    What another outlet reported is second-hand, be it that outlet's own words, unnamed people's or somebody's it cites.
    """
    member = clause.member
    statement = member.item.statement
    named = _names_another(holder, member)
    relayed = holder.role in ("carrier", "unnamed") and relays(clause, cast)
    second = relayed or (named and (holder.actor.key in first_hand or passes_on(clause, cast, holder.seen)))
    return Attribution(
        holder=holder.actor.name,
        role=holder.role,
        via=member.key,
        channel=statement.channel if statement else member.source.channel,
        second_hand=second,
        origin=holder.actor.name if named else None,
        account_of=holder.account_of.name if holder.account_of else None,
    )


def _names_another(holder: Holder, member: Member) -> bool:
    return holder.role in ("speaker", "issuer") and not (speaks_itself(member) or is_interview(member))


def second_hand(reading: Reading, held: tuple[Holder, ...], first_hand: frozenset[str]) -> frozenset[int]:
    """The indexes of the clauses in which an outlet repeats somebody who speaks in a member of the event himself."""
    return frozenset(
        number
        for number, holder in enumerate(held)
        if _names_another(holder, reading.member) and holder.actor.key in first_hand
    )


def first_hand_keys(readings: Iterable[tuple[Reading, tuple[Holder, ...]]], cast: Cast) -> frozenset[str]:
    """The keys of all who speak for themselves in a statement or an interview of the event."""
    keys = set()
    for reading, held in readings:
        if not (speaks_itself(reading.member) or is_interview(reading.member)):
            continue
        issuer = cast.issuer(reading.member)
        if issuer:
            keys.add(issuer.key)
        if issuer and issuer.side and reading.member.source.kind == "government":
            # "Japan denied it" repeats Japan's government, which speaks in the event itself.
            keys.update((issuer.side, f"government@{issuer.side}"))
        keys.update(
            h.actor.key for h in held if h.explicit and h.role in ("issuer", "speaker") and h.account_of is None
        )
    return frozenset(keys)
