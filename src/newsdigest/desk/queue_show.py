"""The queue: one row a draft, what the last round left out, the sources that need a person."""

from __future__ import annotations

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newsdigest.desk.app import Desk, desk_of, page

AILING = ("frozen", "blocked", "moved", "broken", "gone")


async def queue_show(request: Request) -> Response:
    """Show the queue."""
    desk = desk_of(request)
    return page(request, "queue.html", await run_in_threadpool(_content, desk))


def _content(desk: Desk) -> dict[str, object]:
    runs = desk.store.runs(1)
    states = desk.store.source_states()
    ailing = [
        {"name": desk.names.get(key, key), "condition": state.condition, "error": state.error or ""}
        for key, state in sorted(states.items())
        if state.condition in AILING
    ]
    rows = [{"row": row, "as_of": desk.local(row.as_of)} for row in desk.store.queue()]
    run = runs[0] if runs else None
    run_at = desk.local(datetime.fromisoformat(run["finished"] or run["started"])) if run else ""
    return {"rows": rows, "run": run, "run_at": run_at, "ailing": ailing}
