"""Items, in any language, on the same happening."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from newsdigest.records import Record

CopyKind = Literal["syndicated", "cut", "translation", "official_translation"]


class Copy(Record):
    """Items that are one voice: ``items[0]`` is the lead, the earliest or the credited original."""

    items: tuple[str, ...]
    kind: CopyKind
    reason: str


class Membership(Record):
    """Why an item is in its event: nearest member, calibrated probability, the features that decided."""

    item: str
    nearest: str | None = None
    probability: float | None = None
    features: dict[str, float] = Field(default_factory=dict)
    curated: bool = False


class StoryLink(Record):
    """An earlier event that this one carries on, ``days`` from beginning to beginning: the rare names both have, the likeness of their subjects."""

    event: str
    days: float
    names: tuple[str, ...]
    likeness: float


class Event(Record):
    """An event. ``id`` is permanent; ``items`` are in order of publication; ``related`` are events beside it in the window.

    ``follows`` are earlier events of its storyline, also those beyond the window, the most alike first.
    """

    id: str
    items: tuple[str, ...]
    copies: tuple[Copy, ...] = ()
    related: tuple[str, ...] = ()
    follows: tuple[StoryLink, ...] = ()
    memberships: tuple[Membership, ...] = ()
    first: AwareDatetime
    last: AwareDatetime
    encoder: str = ""
    score: float = 0.0
    reasons: tuple[str, ...] = ()


class Link(Record):
    """An editor's word on two items, kept for ever: together (``must``) or apart (``cannot``)."""

    first: str
    second: str
    kind: Literal["must", "cannot"]
    by: str
    at: AwareDatetime
    undone: bool = False
