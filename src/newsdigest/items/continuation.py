"""Articles and lists that go on over several pages: where the next one is, and the pages joined to one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import lxml.html

from newsdigest.documents.address import resolve
from newsdigest.items.entry import ParsedPage
from newsdigest.items.item import TextState

# Past this a "next" that leads ever on is a trap.
MOST_PAGES = 20
_NUMBERED = re.compile(r"^(?P<stem>.*?)(?:_(?P<number>\d{1,2}))?(?P<ending>\.s?html?|/)?$")
# What the publishing systems of Chinese ministries leave in a script: how many pages there are, and which one this is.
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,4})")
_CURRENT = re.compile(r"\bcurrentPage\s*=\s*(\d{1,4})")
_CREATED = re.compile(r"\bcreatePageHTML\(\s*(\d{1,4})\s*,\s*(\d{1,4})\s*,")


def next_article_page(root: lxml.html.HtmlElement, address: str) -> str:
    """Return the address of an article's next page (``t1.html`` → ``t1_2.html``, ``/a/`` → ``/a/2/``, ``?page=2``), or "".

    A link ``rel=next`` to anything else is another article: many sites link so to the post before.
    """
    here = _place(address)
    for node in root.iter("a", "link"):
        target = resolve(str(node.get("href") or "").strip(), address)
        if target and _follows(here, _place(target)) and (here[2] == 1 or _is_number(node, here[2] + 1)):
            return target
    return ""


def next_list_page(root: lxml.html.HtmlElement, address: str) -> str:
    """Return the address of a list's next page where only a script knows it (``index.html`` → ``index_1.html``), or ""."""
    script = "\n".join(node.text or "" for node in root.iter("script"))
    created = _CREATED.search(script)
    if created:
        count, current = int(created[1]), int(created[2])
    else:
        counted, at = _COUNT.search(script), _CURRENT.search(script)
        count, current = (int(counted[1]) if counted else 0), (int(at[1]) if at else 0)
    if current + 1 >= count:
        return ""
    path = urlsplit(address).path
    name = path.rsplit("/", 1)[-1]
    match = re.fullmatch(r"(?P<stem>[\w-]*?)(?:_\d{1,4})?(?P<ending>\.s?html?)", name)
    stem, ending = (match["stem"], match["ending"]) if match else ("index", ".html" if "/eng/" in path else ".shtml")
    return resolve(f"{stem}_{current + 1}{ending}", address)


def join_pages(pages: Sequence[ParsedPage]) -> ParsedPage:
    """Join an article's pages, first to last, to one; it is whole where the last one names no further page.

    Title, dates and author are the first page's. Where a page could not be had (``empty``), the text ends before it and is ``cut``.
    """
    first, *rest = pages
    texts, flags, following, state = [first.text], list(first.flags), first.next_page, first.state
    for page in rest:
        if page.state == "empty":
            break
        texts.append(page.text)
        flags += page.flags
        following = page.next_page
        state = page.state
    whole = not following and state in ("full", "cut") and "cut" not in flags and "paywall" not in flags
    kept = tuple(flag for flag in dict.fromkeys(flags) if not (whole and flag == "continues"))
    text = "\n".join(filter(None, texts))
    return replace(first, text=text, next_page=following, flags=kept, state="full" if whole else _less(state))


def _less(state: TextState) -> TextState:
    return state if state in ("paywall", "empty") else "cut"


def _is_number(node: lxml.html.HtmlElement, number: int) -> bool:
    """Whether a link is the number of a page: ``news_12.html`` may well be another article than ``news_11.html``."""
    return node.text_content().strip() == str(number) or "next" in (node.get("rel") or "").split()


def _place(address: str) -> tuple[str, str, int]:
    """Host and stem of an address with its ending, and the number of the page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", "", 0
    query = re.fullmatch(r"(.*?)(?:^|&)page=(\d{1,2})", parts.query)
    if query:
        return parts.netloc.lower(), f"{parts.path}?{query[1]}", int(query[2])
    folder = re.fullmatch(r"(.+/)(\d{1,2})/?", parts.path)
    # the last part of a date is no page
    if folder and not parts.query and re.search(r"[^\W\d]", folder[1].rsplit("/", 2)[-2]):
        return parts.netloc.lower(), f"{folder[1]}?", int(folder[2])
    match = _NUMBERED.match(parts.path)
    assert match is not None
    stem = f"{match['stem']}{match['ending'] or ''}?{parts.query}"
    return parts.netloc.lower(), stem, int(match["number"] or 1)


def _follows(here: tuple[str, str, int], there: tuple[str, str, int]) -> bool:
    # one page past the most is still named: the text is not whole without it, though nobody fetches it
    return here[:2] == there[:2] and there[2] == here[2] + 1 and there[2] <= MOST_PAGES + 1
