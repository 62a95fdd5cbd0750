"""Why something is, or is not, in the queue: membership with its reasons, importance, what the last round left out."""

from __future__ import annotations

from newsdigest.errors import NotFound
from newsdigest.events.event import Event
from newsdigest.ports import Store

STRONGEST = 4


def explain(store: Store, key: str) -> list[str]:
    """Return sentences about an item, an event or a draft. Raises NotFound where there is no such key."""
    event = _event(store, key)
    if event is None:
        return [f"The item {key} is in no event: no round has related it yet, or it is older than the window."]
    return [*_membership(store, event, key), *_importance(event), *_queue(store, event)]


def _event(store: Store, key: str) -> Event | None:
    for find in (store.event, lambda k: store.event(store.draft(k).event)):
        try:
            return find(key)
        except NotFound:
            continue
    return store.event_of_item(store.item(key).key)


def _membership(store: Store, event: Event, key: str) -> list[str]:
    names = {item.key: item.latest.title for item in store.items(event.items).values()}
    said = []
    for membership in event.memberships:
        if key not in (event.id, membership.item) and key in names:
            continue
        title = names.get(membership.item, membership.item)
        if membership.curated:
            said.append(f"{membership.item} «{title}»: an editor put it there.")
        elif membership.nearest is None:
            said.append(f"{membership.item} «{title}»: the only item of its event.")
        else:
            ranked = sorted(membership.features.items(), key=lambda pair: -abs(pair[1]))[:STRONGEST]
            features = ", ".join(f"{name} {value:+.2f}" for name, value in ranked)
            near = names.get(membership.nearest, membership.nearest)
            said.append(f"{membership.item} «{title}»: {membership.probability:.2f} with «{near}» ({features}).")
    for copy in event.copies:
        if key in (event.id, *copy.items):
            said.append(f"{', '.join(copy.items)} are one voice ({copy.kind}): {copy.reason}.")
    return said


def _importance(event: Event) -> list[str]:
    if not event.reasons:
        return []
    return [f"Importance {event.score:.2f}: {'; '.join(event.reasons)}."]


def _queue(store: Store, event: Event) -> list[str]:
    draft = store.draft_of_event(event.id)
    if draft is not None:
        review = store.review(draft.id)
        return [f"Draft {draft.id} version {draft.version}: ja {review.ja}, en {review.en}."]
    runs = store.runs(1)
    left_out = {row["event"]: row["reason"] for row in runs[0]["left_out"]} if runs else {}
    reason = left_out.get(event.id, "the last round did not look at it")
    return [f"No draft of {event.id}: {reason}."]
