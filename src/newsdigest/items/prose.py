"""Markup to plain paragraphs: what a reader of the page sees, and nothing that is hidden from him."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import lxml.html
from lxml import etree

from newsdigest.items.hiding import Hidden, strip_hidden, words_of
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
_SPACES = re.compile(r"[^\S\n\u3000]+")
_INVISIBLE = re.compile("[" + re.escape("".join(sorted(INVISIBLE))) + "]")
_CJK_BREAK = re.compile(
    r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)
# a lone blank is left as it is: most pieces of text hold nothing else
_WHITE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
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
    hidden = strip_hidden(root)
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
    clean = _CONTROL.sub("", markup)
    # lxml refuses text with an encoding declaration
    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def visible_text(element: lxml.html.HtmlElement) -> str:
    """Return an element's text with line breaks where blocks begin and end; white space is still raw."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment")):
        if event == "comment":
            if node is not element and node.tail:
                pieces.append(node.tail)
            continue
        if node.tag in BLOCKS:
            pieces.append("\n")
        elif node.tag in CELLS and event == "end":
            pieces.append(" ")
        if event == "start":
            if node.text:
                pieces.append(_flowed(node, node.text))
        elif node is not element and node.tail:
            pieces.append(_flowed(node.getparent(), node.tail))
    return "".join(pieces)


def tidy(text: str) -> str:
    """Fold white space, drop invisible and control characters, drop empty lines; one line break between paragraphs."""
    kept = _INVISIBLE.sub("", _CONTROL.sub("", text))
    lines = (_SPACES.sub(" ", line).strip(" \u3000\xa0") for line in kept.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _flowed(element: lxml.html.HtmlElement | None, text: str) -> str:
    """White space of HTML source is one space; between CJK characters a source line break is none."""
    if element is not None and element.tag == "pre":
        return text
    if "\n" in text:
        text = _CJK_BREAK.sub("", text)
    return _WHITE.sub(" ", text)
