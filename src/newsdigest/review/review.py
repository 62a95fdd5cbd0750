"""What an editor decided: states per rendition, decisions with their user and reason."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from newsdigest.drafts.draft import Rendition
from newsdigest.records import Record

State = Literal[
    "queued",
    "in_review",
    "changes_requested",
    "approved",
    "scheduled",
    "published",
    "spiked",
    "updated",
    "corrected",
    "withdrawn",
    "embargoed",
]
Action = Literal[
    "queue",
    "open",
    "approve",
    "request_changes",
    "spike",
    "reopen",
    "schedule",
    "embargo",
    "publish",
    "update",
    "correct",
    "withdraw",
]


class User(Record):
    """A person who may decide. Roles: reader, ja, en, chief, admin."""

    name: str
    roles: tuple[str, ...] = ("ja", "en")
    password_hash: str | None = None
    created: AwareDatetime
    active: bool = True


class Decision(Record):
    """One action on one rendition of one draft version; never overwritten.

    ``override`` names the gates whose faults the person accepted, for the reason given.
    """

    draft: str
    version: int
    rendition: Rendition
    version_hash: str
    action: Action
    by: str
    at: AwareDatetime
    reason: str = ""
    override: tuple[str, ...] = ()
    before: State
    after: State


class Review(Record):
    """The state of each rendition of a draft, with the hash of the very version an approval binds."""

    draft: str
    version: int
    ja: State = "queued"
    en: State = "queued"
    hashes: dict[str, str]
    decisions: tuple[Decision, ...] = ()
