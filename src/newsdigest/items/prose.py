"""Markup to plain paragraphs: what a reader of the page sees, and nothing that is hidden from him."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import lxml.html
from lxml import etree

from newsdigest.items.characters import without_forbidden_references
from newsdigest.items.hiding import Hidden, may_hide, strip_hidden, words_of
from newsdigest.items.tables import ReadingTables
from newsdigest.language.folding import INVISIBLE

BLOCKS = words_of(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot "
    "thead title tr ul"
)
# Cells of one row stand on one line: a row of a table of figures is one statement.
CELLS = frozenset(("td", "th"))
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]*>|<!--")
# a lone blank is left as it is: most pieces of text hold nothing else
_SPACES = re.compile(r"[^\S\n\u3000]{2,}|[^\S\n\u3000 ]")
_INVISIBLE = re.compile("[" + re.escape("".join(sorted(INVISIBLE))) + "]")
_CJK_BREAK = re.compile(
    r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)
_LINE_END = re.compile("[\r\n]")
# stands for the line break of a block until source line breaks are gone; no tree can hold it
_BREAK = "\x00"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


NOTHING_HIDDEN = Hidden()


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs joined by one line break, and what was hidden from the reader."""

    text: str
    hidden: Hidden = NOTHING_HIDDEN


def prose(markup: str) -> Prose:
    """Return the visible paragraphs of an HTML fragment or of plain text."""
    if not _MARKUP.search(markup):
        return Prose(tidy(html.unescape(markup) if "&" in markup else markup))
    root = parse_fragment(markup)
    if root is None:
        return Prose(tidy(html.unescape(re.sub(r"<[^>]*>", " ", markup))))
    hidden = strip_hidden(root) if may_hide(markup) else NOTHING_HIDDEN
    return Prose(tidy(visible_text(root)), hidden)


def hidden_flags(hidden: Hidden, tables: ReadingTables, visible: str = "") -> list[str]:
    """``hidden_text`` where something was hidden beside the article, ``instruction`` where a text addresses a machine."""
    flags = ["hidden_text"] if hidden.beside_article else []
    return flags + (["instruction"] if tables.instruction.found_in(f"{hidden.text}\n{visible}") else [])


def title_text(raw: str) -> str:
    """Return a title as one plain line: markup gone, entities resolved, invisible characters dropped."""
    plain = raw or ""
    for _ in range(2):  # feeds escape titles once too often
        if re.search(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]{2,10});", plain):
            plain = html.unescape(plain)
    if re.search(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>", plain):
        plain = prose(plain).text
    return " ".join(tidy(plain).split("\n")).strip(" \u3000")


def parse_fragment(markup: str) -> lxml.html.HtmlElement | None:
    """Return the tree of a fragment or page, or None where nothing can be parsed."""
    clean = without_forbidden_references(_CONTROL.sub("", markup))
    # lxml refuses text with an encoding declaration
    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def visible_text(element: lxml.html.HtmlElement) -> str:
    """Return an element's text with line breaks where blocks begin and end; runs of white space are still runs.

    White space of HTML source is one space; between CJK characters a source line break is none.
    """
    pieces: list[str] = []
    within_pre = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment")):
        if event == "comment":
            if node is not element and node.tail:
                pieces.append(node.tail)
            continue
        tag = node.tag
        if tag in BLOCKS:
            pieces.append(_BREAK)
        elif tag in CELLS and event == "end":
            pieces.append(" ")
        if event == "start":
            within_pre += tag == "pre"
            text = node.text
        else:
            within_pre -= tag == "pre"
            text = node.tail if node is not element else None
        if text:
            pieces.append(_LINE_END.sub(_BREAK, text) if within_pre else text)
    return _flowed("".join(pieces)).replace(_BREAK, "\n")


def tidy(text: str) -> str:
    """Fold white space, drop invisible and control characters, drop empty lines; one line break between paragraphs."""
    kept = _INVISIBLE.sub("", _CONTROL.sub("", text))
    lines = (_SPACES.sub(" ", line).strip(" \u3000\xa0") for line in kept.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _flowed(text: str) -> str:
    if "\n" in text:
        text = _CJK_BREAK.sub("", text)
    for white in "\t\r\n\f":
        text = text.replace(white, " ")
    return text
