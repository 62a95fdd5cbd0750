"""Whether a body speaks for itself in a member, or an outlet tells what somebody said."""

from __future__ import annotations

from newsdigest.comparison.packet import Member


def speaks_itself(member: Member) -> bool:
    """Whether a body speaks in its own words here: any statement but an interview, which an outlet tells."""
    statement = member.item.statement
    return statement is not None and statement.channel != "interview"


def is_interview(member: Member) -> bool:
    """Whether an official speaks here through an outlet's questions."""
    statement = member.item.statement
    return (statement is not None and statement.channel == "interview") or member.source.channel == "interview"
