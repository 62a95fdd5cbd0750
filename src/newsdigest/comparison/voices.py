"""The independent origins of an event: copies, editions and repeats add none."""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Voice
from newsdigest.comparison.speaking import is_interview, speaks_itself

_EDITION_HOURS = 24


def voices(packet: Packet, cast: Cast) -> tuple[Voice, ...]:
    """One voice an origin: a group of copies, or one issuer's text in its language editions."""
    leads: dict[str, list[Member]] = {}
    for member in packet.members:
        lead = packet.lead_of(member.key)
        edition = (
            next((k for k in leads if _edition(packet.member(k), member, cast)), None) if lead == member.key else None
        )
        leads.setdefault(edition or lead, []).append(member)
    return tuple(_voice(packet.member(lead), members, cast) for lead, members in leads.items())


def _edition(lead: Member, member: Member, cast: Cast) -> bool:
    """Whether a statement is the same issuer's text, through the same channel, in another language."""
    if not (speaks_itself(lead) and speaks_itself(member)) or lead.language == member.language:
        return False
    one, other = lead.item.statement, member.item.statement
    assert one is not None
    assert other is not None
    issuers = cast.issuer(lead), cast.issuer(member)
    same = issuers[0] is not None and issuers[1] is not None and issuers[0].key == issuers[1].key
    times = lead.version.published.instant, member.item.versions[0].published.instant
    if not same or one.channel != other.channel or times[0] is None or times[1] is None:
        return False
    return abs((times[1] - times[0]).total_seconds()) <= _EDITION_HOURS * 3600


def _voice(lead: Member, members: Sequence[Member], cast: Cast) -> Voice:
    issuer = cast.issuer(lead)
    own = speaks_itself(lead)
    return Voice(
        lead=lead.key,
        items=tuple(m.key for m in members),
        source=lead.source.id,
        name=issuer.name if issuer and own else cast.carrier(lead),
        official=own or is_interview(lead),
        channel=lead.item.statement.channel if lead.item.statement else lead.source.channel,
        at=lead.item.versions[0].published,
    )
