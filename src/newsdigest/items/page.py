"""The article of a page: what its author wrote, whole, and nothing of the site around it; what was hidden is flagged, not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import lxml.html

from newsdigest.documents.address import trusted_canonical
from newsdigest.documents.decode import decode
from newsdigest.items.dates import doubtful
from newsdigest.items.entry import ParsedPage
from newsdigest.items.extraction import article_text, below_headings, without_furniture
from newsdigest.items.hiding import strip_hidden
from newsdigest.items.item import TextState
from newsdigest.items.page_facts import PageFacts, page_facts
from newsdigest.items.prose import hidden_flags, parse_fragment, tidy, visible_text
from newsdigest.items.tables import ReadingTables
from newsdigest.sources.source import Selectors

# Below this a page may be a wall, a check or a notice; above it, it is an article that speaks of such.
SHORT_TEXT = 600
# Less than this, on a page whose body the catalogue knows how to find, is no statement.
LEAST_TEXT = 80


@dataclass(frozen=True, slots=True)
class _Body:
    """The article's text and how it was found."""

    text: str
    method: str


def read_page(
    html: bytes | str,
    *,
    address: str,
    media_type: str,
    selectors: Selectors,
    language: str,
    zone: str,
    now: datetime,
    tables: ReadingTables,
) -> ParsedPage:
    """Return the article of a page; ``state`` is ``empty`` where there is none (a captcha, a page that is gone, a menu).

    A text that goes on over further pages is ``cut`` and flagged ``continues`` until they are joined (``continuation.join_pages``).
    ``selectors`` (CSS, may be empty) say where an official page keeps title, body and date; a page where they find nothing is read
    without them and flagged ``selectors_missed``.
    """
    if isinstance(html, bytes):
        decoded = decode(html, media_type=media_type)
        markup, encoding = decoded.text, decoded.encoding
    else:
        markup, encoding = html, ""
    root = parse_fragment(markup)
    if root is None:
        return ParsedPage(encoding=encoding, canonical=trusted_canonical(address, ""))
    facts = page_facts(root, selectors=selectors, address=address, zone=zone, now=now, calendars=tables.calendars)
    hidden = strip_hidden(root)
    body, missed = _body(root, facts.title, selectors, language, tables)
    title = facts.title
    state, flags = _judge(title, body.text, root, facts, tables)
    flags += ["selectors_missed"] if missed else []
    if missed and len(body.text) < LEAST_TEXT:
        # an official page that holds neither its body nor a text: its layout changed, or this is a notice in its place
        state, flags = "empty", [*flags, "no_text"]
    if facts.next_page and state == "full":
        state, flags = "cut", [*flags, "continues"]
    flags += hidden_flags(hidden, tables, f"{title}\n{body.text}")
    if doubtful(facts.published, now):
        flags.append("future_date")
    return ParsedPage(
        title=title,
        text="" if state == "empty" else body.text,
        published=facts.published,
        modified=facts.modified,
        canonical=trusted_canonical(address, facts.canonical),
        author=facts.author,
        state=state,
        language=facts.language,
        encoding=encoding,
        next_page=facts.next_page,
        method=body.method,
        flags=tuple(dict.fromkeys(flags)),
    )


def _body(
    root: lxml.html.HtmlElement, title: str, selectors: Selectors, language: str, tables: ReadingTables
) -> tuple[_Body, bool]:
    """The text, and whether the catalogue's selector found nothing."""
    if selectors.page_body:
        nodes = root.cssselect(selectors.page_body)
        text = below_headings(tidy("\n".join(visible_text(node) for node in nodes)), root, title, tables)
        if text:
            return _Body(text, "selector"), False
    text, method = article_text(root, title, language, tables)
    return _Body(text, method), bool(selectors.page_body)


def _judge(
    title: str, text: str, root: lxml.html.HtmlElement, facts: PageFacts, tables: ReadingTables
) -> tuple[TextState, list[str]]:
    """How much of an article this is, and why."""
    around = tidy(visible_text(without_furniture(root)))
    short = len(text) < SHORT_TEXT
    if short and tables.captcha.found_in(f"{title}\n{around[:3000]}"):
        return "empty", ["captcha"]
    if tables.soft_404.found_in(title) or (
        short and len(around) < 1500 and tables.soft_404.found_in(text[:300] or around[:600])
    ):
        return "empty", ["soft_404"]
    if not text:
        return "empty", ["no_text"]
    last = "\n".join(text.split("\n")[-3:])
    if facts.paywalled or tables.paywall.found_in(last) or (short and tables.paywall.found_in(around)):
        return "paywall", ["paywall"]
    if tables.cut.found_in(last[-60:]):
        return "cut", ["cut"]
    return "full", []
