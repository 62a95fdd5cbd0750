"""Comparing one event and drafting from it: the comparison is stored once, the draft versioned, a person's work never replaced."""

from __future__ import annotations

from datetime import datetime

from newsdigest.comparison.compare import compare
from newsdigest.comparison.record import Comparison
from newsdigest.drafts.draft import Draft
from newsdigest.drafts.gates import run_gates
from newsdigest.drafts.writer import write
from newsdigest.errors import NotFound
from newsdigest.events.event import Event
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.packets import packet_of
from newsdigest.records import short_key
from newsdigest.review.rules import machine_may_replace


def compare_event(bureau: Bureau, event: Event, as_of: datetime) -> Comparison:
    """Return the event's comparison at an hour; the same inputs give the stored one back."""
    packet = packet_of(bureau, event, as_of)
    made = compare(packet)
    try:
        return bureau.store.comparison(made.id)
    except NotFound:
        bureau.store.save_comparison(made)
        return made


def draft_event(bureau: Bureau, event: Event, comparison: Comparison, as_of: datetime) -> tuple[Draft, bool]:
    """Return the event's draft for a comparison and whether it is new.

    An untouched draft gets a new version; one a person has touched gets a proposal (state ``proposed``) beside it.
    """
    previous = bureau.store.draft_of_event(event.id)
    if previous is not None and previous.comparison == comparison.id:
        return previous, False
    packet = packet_of(bureau, event, comparison.as_of)
    identity = previous.id if previous else short_key("d", event.id)
    version = previous.version + 1 if previous else 1
    draft = write(comparison, packet, draft_id=identity, version=version, as_of=comparison.as_of)
    draft = draft.model_copy(update={"gates": run_gates(draft, comparison, packet, packet.lexicon)})
    if previous is not None and not machine_may_replace(bureau.store.review(previous.id, previous.version)):
        draft = draft.model_copy(update={"state": "proposed"})
    bureau.store.save_draft(draft, as_of)
    return draft, True
