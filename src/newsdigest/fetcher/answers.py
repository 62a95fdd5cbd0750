"""What an answer other than 200 or 304 means for us."""

from __future__ import annotations

from datetime import datetime

from newsdigest.errors import FetchError, Gone, Refused
from newsdigest.fetcher.waiting import retry_instant

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
_REFUSALS = (401, 403, 407, 451)
_CHALLENGE_MARKS = (
    b"cf-chl-",
    b"/cdn-cgi/challenge-platform/",
    b"__cf_chl_",
    b"captcha-delivery.com",
    b"_Incapsula_Resource",
    b"px-captcha",
    b"awswaf.com/",
    b"Just a moment...</title>",
)
_CHALLENGE_SIZE = 64 * 1024


def challenge(headers: list[tuple[str, str]], body: bytes) -> bool:
    """Whether the answer is a page that asks us to prove that we are no robot."""
    named = {name.lower(): value.lower() for name, value in headers}
    if named.get("cf-mitigated") == "challenge" or named.get("x-amzn-waf-action") in ("challenge", "captcha"):
        return True
    return len(body) < _CHALLENGE_SIZE and any(mark in body for mark in _CHALLENGE_MARKS)


def error_of(status: int, address: str, retry_after: str | None, now: datetime) -> FetchError:
    """Return the error for a status that brings no content."""
    if status in _REFUSALS:
        return Refused(f"{address} refuses us ({status}).", about=address, status=status)
    if status == 410:
        return Gone(f"{address} is gone for good (410).", about=address, status=status)
    if status in (429, 503):
        until = retry_instant(retry_after, now)
        wait = f" and asks us to come back after {until:%Y-%m-%d %H:%M:%S} UTC" if until else ""
        return FetchError(f"{address} answers {status}{wait}.", about=address, status=status, retry_at=until)
    return FetchError(f"{address} answers {status}.", about=address, status=status)
