"""The desk as an ASGI application: routes, headers, errors. One file an action."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from newsdigest.desk.words import refusal, words
from newsdigest.errors import NewsdigestError, NotFound
from newsdigest.ports import Clock, Store

LOG = logging.getLogger("newsdigest.desk")
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ICON = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#274060"/></svg>'


@dataclass(frozen=True)
class Desk:
    """What the desk's actions need: the store, the clock, the zone people read times in, the sources' names by id."""

    store: Store
    clock: Clock
    zone: ZoneInfo
    names: Mapping[str, str]
    templates: Environment

    def local(self, instant: datetime) -> str:
        """An instant in the desk's zone."""
        return instant.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")


def desk_app(store: Store, clock: Clock, zone: ZoneInfo, names: Mapping[str, str]) -> Starlette:
    """Return the application. It answers on loopback names only, so that no other site's name can be pointed at it."""
    from newsdigest.desk.draft_decide import draft_decide
    from newsdigest.desk.draft_show import draft_show
    from newsdigest.desk.queue_show import queue_show

    templates = Environment(
        loader=PackageLoader("newsdigest.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    app = Starlette(
        routes=[
            Route("/", _with_headers(queue_show)),
            Route("/drafts/{draft}", _with_headers(draft_show)),
            Route("/drafts/{draft}/decision", _with_headers(draft_decide), methods=["POST"]),
            Route("/static/desk.css", _stylesheet),
            Route("/favicon.ico", _icon),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK))],
        exception_handlers={HTTPException: _sentence, NewsdigestError: _sentence, Exception: _sentence},
    )
    app.state.desk = Desk(store, clock, zone, names, templates)
    return app


def desk_of(request: Request) -> Desk:
    """The desk of a request."""
    desk: Desk = request.app.state.desk
    return desk


def language_of(request: Request) -> str:
    """The desk's language: ``?lang=``, else the browser's first of ja and en."""
    asked = request.query_params.get("lang", "")
    if asked in ("ja", "en"):
        return asked
    accepted = request.headers.get("accept-language", "").lower()
    ja, en = accepted.find("ja"), accepted.find("en")
    return "en" if en != -1 and (ja == -1 or en < ja) else "ja"


def page(request: Request, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """Render a template in the request's language."""
    language = language_of(request)
    body = (
        desk_of(request)
        .templates.get_template(template)
        .render(
            w=words(language), lang=language, other="en" if language == "ja" else "ja", path=request.url.path, **values
        )
    )
    return HTMLResponse(body, status_code=status, headers=HEADERS)


Action = Callable[[Request], Awaitable[Response]]


def _with_headers(action: Action) -> Action:
    async def guarded(request: Request) -> Response:
        response = await action(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return guarded


async def _sentence(request: Request, error: Exception) -> Response:
    catalogue = words(language_of(request))
    if isinstance(error, NotFound) or (isinstance(error, HTTPException) and error.status_code == 404):
        return page(request, "message.html", {"sentence": catalogue["not_found"]}, 404)
    if isinstance(error, HTTPException):
        sentence = catalogue.get(error.detail, catalogue["refusal_bad_request"])
        return page(request, "message.html", {"sentence": sentence}, error.status_code)
    LOG.error("desk", exc_info=error)
    if isinstance(error, NewsdigestError):
        return page(request, "message.html", {"sentence": refusal(error, language_of(request))}, 409)
    return page(request, "message.html", {"sentence": catalogue["failed"]}, 500)


async def _stylesheet(request: Request) -> Response:
    css = resources.files("newsdigest.desk").joinpath("static", "desk.css").read_text(encoding="utf-8")
    return Response(css, media_type="text/css", headers={**HEADERS, "cache-control": "max-age=300"})


async def _icon(request: Request) -> Response:
    return Response(ICON, media_type="image/svg+xml", headers=HEADERS)
