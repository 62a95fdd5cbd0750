"""A decision posted from the draft's page: same origin, the words the person saw, a known user."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newsdigest.desk.app import Desk, desk_of, language_of, page
from newsdigest.desk.draft_show import draft_content
from newsdigest.desk.words import refusal
from newsdigest.drafts.draft import RENDITIONS
from newsdigest.errors import NotFound, ReviewError
from newsdigest.pipeline.deciding import decide
from newsdigest.review.rules import rendition_hash

MOST_REASON = 500
MOST_FIELDS = 20
LARGEST_FIELD = 64 * 1024
ACTIONS = ("approve", "request_changes", "spike")


async def draft_decide(request: Request) -> Response:
    """Decide on one rendition or both, then show the draft again; a refused decision is told in one sentence and changes nothing."""
    _same_origin(request)
    desk = desk_of(request)
    key = request.path_params["draft"]
    try:
        sent = await request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
    except HTTPException as error:
        raise HTTPException(400, "refusal_bad_form") from error
    form = {name: str(value) for name, value in sent.items()}
    try:
        await run_in_threadpool(_decide, desk, key, form)
    except ReviewError as error:
        content = await run_in_threadpool(draft_content, desk, key)
        return page(request, "draft.html", {**content, "message": refusal(error, language_of(request))}, 409)
    return RedirectResponse(f"/drafts/{key}?lang={language_of(request)}", status_code=303)


def _decide(desk: Desk, key: str, form: dict[str, str]) -> None:
    if len(form.get("reason", "")) > MOST_REASON:
        raise HTTPException(400, "refusal_long_reason")
    action = form.get("action", "")
    if action not in ACTIONS:
        raise HTTPException(400, "refusal_bad_action")
    chosen = form.get("rendition", "both")
    renditions = [r for r in RENDITIONS if chosen in (r, "both")]
    if not renditions:
        raise HTTPException(400, "refusal_bad_rendition")
    draft = desk.store.draft(key)
    if any(form.get(f"seen_{r}") != rendition_hash(draft, r) for r in renditions):
        raise ReviewError("The text is not the one you saw.", about=key, code="text_changed")
    try:
        desk.store.user(form.get("by", ""))
    except NotFound as error:
        raise ReviewError("There is no such user.", about=key, code="no_user") from error
    only = None if len(renditions) > 1 else renditions[0]
    decide(
        desk.store,
        key,
        action,
        by=form.get("by", ""),
        at=desk.clock.now(),
        only=only,
        reason=form.get("reason", "").strip(),
    )


def _same_origin(request: Request) -> None:
    """Refuse a post that another site's page sent (Fetch Metadata where the browser gives it, else Origin)."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        # The browser's own word; with our referrer policy it sends "Origin: null" beside it.
        allowed = site == "same-origin"
    else:
        allowed = origin is not None and urlsplit(origin).netloc == request.headers.get("host", "")
    if not allowed:
        raise HTTPException(403, "refused")
