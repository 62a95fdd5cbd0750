"""The timeline (経過): who spoke when, by which channel, where three or more statements have a known time."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import TimelineEntry
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.point import Arg, Outlet, Plan, Point, When, Who, Word, spans

_LEAST = 3
_MOST = 6


def plans(material: Material) -> Iterator[Plan]:
    """One row a statement in order of time; first is said only of what surely came before all that is compared."""
    timed = [e for e in material.comparison.timeline if _is_timed(material, e)]
    if len(timed) < _LEAST:
        return
    points = tuple(_row(material, e) for e in timed[:_MOST])
    yield Plan("timeline", Point("frame", "h_timeline", evidence=spans(*(p.evidence for p in points))), points)


def _is_timed(material: Material, entry: TimelineEntry) -> bool:
    lead = material.packet.lead_of(entry.item) == entry.item
    spoken = entry.basis == "said" and material.voice_of(entry.item) == entry.item
    if material.interview(entry.item) and _speaker(material, entry) is None:
        return False  # an outlet asks; who answered is not known
    return spoken and lead and entry.at.instant is not None and entry.at.precision not in ("month", "year", "unknown")


def _speaker(material: Material, entry: TimelineEntry) -> Who | None:
    """Whom an interview is with; None for a body's own text."""
    if not material.interview(entry.item):
        return None
    own = (c.attribution for c in material.comparison.claims if c.item == entry.item and not c.attribution.second_hand)
    return next((Who(a.holder) for a in own if a.role == "speaker" and a.holder is not None), None)


def _row(material: Material, entry: TimelineEntry) -> Point:
    args: dict[str, Arg] = {
        "who": _speaker(material, entry) or Outlet(entry.item),
        "when": When(entry.at, material.zone(entry.item), clock=True),
        "channel": Word("by_channel", material.channel(entry.item)),
    }
    return Point("fact", "timeline_first" if entry.first else "timeline", args, evidence=material.title(entry.item))
