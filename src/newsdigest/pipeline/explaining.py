"""Why something is, or is not, in the queue: membership with its reasons, importance, storyline, what the last round left out."""

from __future__ import annotations

from collections.abc import Mapping

from newsdigest.errors import NotFound
from newsdigest.events.event import Event, Membership
from newsdigest.events.profile import EventDocument
from newsdigest.events.reasons import Reasons
from newsdigest.items.item import Item
from newsdigest.pipeline.storylines import storyline_of
from newsdigest.ports import Store

# Rounds looked back over for the one that judged an event.
ROUNDS = 30
# Below this no pair explains a membership: the item joined for what the whole event says.
WEAK = 0.25


def explain(store: Store, key: str, reasons: Reasons, *, window_days: int = 7) -> list[str]:
    """Return sentences about an item, an event or a draft. Raises NotFound where there is no such key."""
    event, item = _found(store, key)
    if event is None and item is not None:
        return [_without_event(item, reasons, window_days)]
    if event is None:
        raise NotFound(f"There is no item, event or draft «{key}».", about=key)
    told = [reasons.sentence("moved", old=key, new=event.id)] if key.startswith("e-") and key != event.id else []
    return [
        *told,
        *_membership(store, event, item.key if item else "", reasons),
        *_curation(store, event, item.key if item else "", reasons),
        *_importance(event, reasons),
        *storyline_of(store, event, reasons),
        *_queue(store, event, reasons),
    ]


def _found(store: Store, key: str) -> tuple[Event | None, Item | None]:
    for find in (store.event, lambda k: store.event(store.draft(k).event)):
        try:
            return find(key), None
        except NotFound:
            continue
    try:
        item = store.item(key)
    except NotFound:
        return None, None
    return store.event_of_item(item.key), item


def _without_event(item: Item, reasons: Reasons, window_days: int) -> str:
    title = item.latest.title
    if item.removed is not None:
        return reasons.sentence("removed", item=item.key)
    if item.latest.withdrawn:
        return reasons.sentence("withdrawn", item=item.key, title=title)
    if not (title or item.latest.text):
        return reasons.sentence("blank", item=item.key)
    return reasons.sentence("unrelated", item=item.key, title=title, window=window_days)


def _membership(store: Store, event: Event, wanted: str, reasons: Reasons) -> list[str]:
    items = store.items(event.items)
    said: list[str] = []
    for membership in event.memberships:
        if wanted in ("", membership.item):
            said += _member(items, membership, reasons)
    for copy in event.copies:
        if not wanted or wanted in copy.items:
            reason = reasons.kept(copy.reason)
            said.append(
                reasons.sentence("copy", items=", ".join(copy.items), kind=reasons.plain(copy.kind), reason=reason)
            )
    return said


def _member(items: Mapping[str, Item], membership: Membership, reasons: Reasons) -> list[str]:
    shown = {"item": membership.item, "title": _title(items, membership.item)}
    if membership.curated:
        return [reasons.sentence("curated", **shown)]
    near = membership.nearest
    if near is None or membership.probability is None:
        return [reasons.sentence("only", **shown)]
    kind = "member" if membership.probability >= WEAK else "far"
    percent = min(99, round(100 * membership.probability))
    said = [reasons.sentence(kind, near=_title(items, near), percent=percent, **shown)]
    if membership.item in items and near in items:
        pro, contra = reasons.sides(membership.features, _document(items[membership.item]), _document(items[near]))
        said += [reasons.sentence("for", phrases=reasons.listed(pro))] if pro else []
        said += [reasons.sentence("against", phrases=reasons.listed(contra))] if contra else []
    return said


def _curation(store: Store, event: Event, wanted: str, reasons: Reasons) -> list[str]:
    """The editors' words that hold on these items."""
    own = {wanted} if wanted else set(event.items)
    links = [link for link in store.links() if not link.undone and own & {link.first, link.second}]
    items = store.items({key for link in links for key in (link.first, link.second)})
    return [
        reasons.sentence(
            "together" if link.kind == "must" else "apart",
            by=link.by,
            at=f"{link.at:%Y-%m-%d %H:%M}Z",
            first=f"«{_title(items, link.first)}»",
            second=f"«{_title(items, link.second)}»",
        )
        for link in links
    ]


def _importance(event: Event, reasons: Reasons) -> list[str]:
    if not event.reasons:
        return []
    listed = reasons.listed(reasons.kept(reason) for reason in event.reasons)
    return [reasons.sentence("importance", score=f"{event.score:.2f}", reasons=listed)]


def _queue(store: Store, event: Event, reasons: Reasons) -> list[str]:
    draft = store.draft_of_event(event.id)
    if draft is not None:
        review = store.review(draft.id)
        said = [reasons.sentence("draft", draft=draft.id, version=draft.version, ja=review.ja, en=review.en)]
        offered = next((row.proposed for row in store.queue() if row.draft == draft.id), None)
        return said + ([reasons.sentence("proposed", draft=draft.id, version=offered)] if offered else [])
    # A breaking run judges no other event than its own: the newest round that did is asked.
    for run in store.runs(ROUNDS):
        for row in run["left_out"]:
            if row["event"] == event.id:
                at = str(run["started"])[:16].replace("T", " ") + "Z"
                return [reasons.sentence("no_draft_at", event=event.id, reason=reasons.kept(row["reason"]), at=at)]
    return [reasons.sentence("no_draft", event=event.id, reason=reasons.plain("not_looked"))]


def _document(item: Item) -> EventDocument:
    return EventDocument(item.key, item.latest.title, item.latest.text, item.latest.language)


def _title(items: Mapping[str, Item], key: str) -> str:
    return items[key].latest.title if key in items else key
