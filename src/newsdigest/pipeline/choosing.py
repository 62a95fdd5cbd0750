"""Which events of a round get a draft: enough voices, on a beat, changed, below the cap. What is left out is listed with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from newsdigest.events.event import Event
from newsdigest.items.item import Item
from newsdigest.language.folding import fold
from newsdigest.pipeline.bureau import Bureau, Policy
from newsdigest.pipeline.packets import source_of

OWN_VOICE = {"government", "company", "social"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event worth a draft, with what speaks for it."""

    event: Event
    on_beat: bool
    voices: int
    official: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The events to draft, in order, and those left out with a reason a person can read."""

    chosen: tuple[Candidate, ...]
    left_out: tuple[tuple[str, str], ...]


def choose_events(bureau: Bureau, events: Sequence[Event]) -> Choice:
    """Choose from events (of the window) which to draft: see ``candidate``; on a beat first, then by score, then the newest."""
    items = bureau.store.items({key for event in events for key in event.items})
    found: list[Candidate] = []
    left_out: list[tuple[str, str]] = []
    for event in events:
        judged = candidate(bureau, event, items)
        if isinstance(judged, Candidate):
            found.append(judged)
        else:
            left_out.append((event.id, judged))
    found.sort(key=lambda c: (not c.on_beat, -c.event.score, -c.event.last.timestamp(), c.event.id))
    cap = bureau.policy.daily_cap
    left_out.extend((c.event.id, f"below the daily cap of {cap} drafts") for c in found[cap:])
    return Choice(tuple(found[:cap]), tuple(left_out))


def candidate(bureau: Bureau, event: Event, items: dict[str, Item]) -> Candidate | str:
    """Judge one event: enough independent voices, or one body speaking through its own channel; else the reason why not."""
    present = [items[key] for key in event.items if key in items and items[key].removed is None]
    if not present:
        return "all its items were removed"
    if bureau.clock.now() - event.last > timedelta(days=bureau.policy.window_days):
        return f"nothing new for more than {bureau.policy.window_days} days"
    voices = independent_voices(event, present)
    official = any(i.statement is not None and source_of(bureau, i.source).kind in OWN_VOICE for i in present)
    needed = bureau.policy.independent_voices
    if voices < needed and not official:
        sources = {item.source for item in present}
        if voices == 1 and len(sources) > 1:
            return f"the {len(present)} items are copies of one voice, {needed} needed"
        return (
            f"{voices} independent voice, {needed} needed"
            if voices == 1
            else f"{voices} independent voices, {needed} needed"
        )
    on_beat = touches_beat(bureau, present)
    if bureau.policy.beats_only and not on_beat:
        return "on no beat of this bureau"
    return Candidate(event, on_beat, voices, official)


def independent_voices(event: Event, items: Sequence[Item]) -> int:
    """How many sources speak independently: a group of copies is one voice, and so is one source with several items."""
    lead = {key: copy.items[0] for copy in event.copies for key in copy.items}
    by_key = {item.key: item for item in items}
    origins = set()
    for item in items:
        leading = by_key.get(lead.get(item.key, item.key), item)
        origins.add(leading.source)
    return len(origins)


def touches_beat(bureau: Bureau, items: Sequence[Item]) -> bool:
    """Whether an item is of a beat's source, or mentions a beat's topic or name (a lexicon id or plain words)."""
    policy: Policy = bureau.policy
    words = (*policy.beat_topics, *policy.beat_names)
    if not words and not policy.beat_sources:
        return True
    if any(item.source in policy.beat_sources for item in items):
        return True
    wanted: list[str] = []
    for word in words:
        entry = bureau.lexicon.entries.get(word)
        wanted.extend(fold(form).text for form in (entry.aliases() if entry else (word,)))
    return any(form in fold(f"{item.latest.title}\n{item.latest.text}").text for item in items for form in wanted)
