"""One draft: ja | en | evidence side by side, the gates, the matrix, the decisions."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newsdigest.comparison.record import Cell
from newsdigest.desk.app import Desk, desk_of, page
from newsdigest.desk.evidence_view import key_of, views
from newsdigest.desk.findings_view import groups
from newsdigest.desk.possible_view import possible_views
from newsdigest.drafts.draft import RENDITIONS
from newsdigest.pipeline.storylines import published_on
from newsdigest.review.rules import rendition_hash


async def draft_show(request: Request) -> Response:
    """Show a draft."""
    desk = desk_of(request)
    content = await run_in_threadpool(draft_content, desk, request.path_params["draft"])
    return page(request, "draft.html", {**content, "message": ""})


def draft_content(desk: Desk, key: str) -> dict[str, object]:
    """What the draft's page shows."""
    draft = desk.store.draft(key)
    comparison = desk.store.comparison(draft.comparison)
    items = desk.store.items(comparison.items)
    cited = {evidence.item for s in (*draft.sentences("ja"), *draft.sentences("en")) for evidence in s.evidence}
    items |= desk.store.items(cited - set(items))
    named = {e.item for d in comparison.drifts for e in (d.first, *d.chain)} | {
        c.before.item for c in comparison.changes
    }
    items |= desk.store.items(named - set(items))
    return {
        "draft": draft,
        "review": desk.store.review(key, draft.version),
        "hashes": {rendition: rendition_hash(draft, rendition) for rendition in ("ja", "en")},
        "evidence": views(draft, items, desk.names),
        "key_of": key_of,
        "users": [user for user in desk.store.users() if user.active],
        "matrix": _matrix(comparison.matrix),
        "possible": possible_views(comparison.possible, items, desk.names),
        "findings": {half: groups(comparison, items, desk.names, half, desk.local) for half in RENDITIONS},
        "columns": _columns(comparison.matrix, desk),
        "as_of": desk.local(draft.as_of.instant) if draft.as_of.instant else "",
        "local": desk.local,
        "storyline": _storyline(desk, draft.event),
    }


def _storyline(desk: Desk, key: str) -> dict[str, object] | None:
    """The event that this one carries on, when that was, and what came since the last article on it; None where it carries on none."""
    event = desk.store.event(key)
    if not event.follows:
        return None
    earlier = desk.store.event(event.follows[0].event)
    items = desk.store.items((*earlier.items, *event.items))
    titles = [items[key].latest.title for key in earlier.items if key in items]
    found = published_on(desk.store, event)
    return {
        "title": titles[0] if titles else earlier.id,
        "at": desk.local(earlier.first),
        "headlines": found.headlines if found else {},
        "new": [items[key].latest.title for key in found.new if key in items] if found else [],
    }


def _columns(cells: tuple[Cell, ...], desk: Desk) -> list[tuple[str, str]]:
    found = {cell.item: desk.names.get(cell.source, cell.source) for cell in cells}
    return list(found.items())


def _matrix(cells: tuple[Cell, ...]) -> list[tuple[Cell, dict[str, Cell]]]:
    """One row a topic, in order; each with its cells by item."""
    rows: dict[str, tuple[Cell, dict[str, Cell]]] = {}
    for cell in cells:
        rows.setdefault(cell.topic_id, (cell, {}))[1][cell.item] = cell
    return list(rows.values())
