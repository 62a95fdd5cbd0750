"""Article text from a page without selectors: trafilatura for precision, and what stands behind it where it falls short."""

from __future__ import annotations

import copy
import re

import lxml.html
import trafilatura
from lxml import etree
from readability import Document

from newsdigest.items.page_facts import datelines
from newsdigest.items.prose import parse_fragment, tidy, visible_text
from newsdigest.items.tables import ReadingTables

SHORT = 200
_DATE_ALONE = re.compile(
    r"[(（]?\w{0,2}[\d０-９元]{1,4}[年./-]\s?[\d０-９]{1,2}[月./-]\s?[\d０-９]{1,2}日?[)）]?(?:\s[\d０-９:：]{4,8})?"
)
MOST_WRAPPERS = 2
# trafilatura drops what is not printable, so two ideographic description characters, which no text holds side by side
_WIDE_SPACE = "\u2ff0\u2ffb"


def article_text(root: lxml.html.HtmlElement, title: str, language: str, tables: ReadingTables) -> tuple[str, str]:
    """Return the article's paragraphs and the name of the method that found them; hidden parts must be out of the tree.

    The headline and a dateline that stand above the article are no part of its text.
    """
    headings = _headings(root, title)

    def trimmed(text: str) -> str:
        return _trimmed(text, headings, tables)

    marked = marked_article(root)
    article = trimmed(tidy(visible_text(marked))) if marked is not None else ""
    if article and marked is not None and _is_plain(marked):
        return article, "article"
    precise = trimmed(_trafilatura(root))
    if len(precise) >= SHORT:
        return precise, "trafilatura"
    if article:
        return article, "article"
    candidates = [
        (precise, "trafilatura"),
        (trimmed(_readability(root)), "readability"),
        (trimmed(heaviest_block(root)), "block"),
    ]
    return max(candidates, key=lambda pair: len(pair[0]))


def below_headings(text: str, root: lxml.html.HtmlElement, title: str, tables: ReadingTables) -> str:
    """A text that a selector gave, without the headline and the bare date that stand above it."""
    kept = _trimmed(text, _headings(root, title), tables).split("\n")
    while len(kept) > 1 and _DATE_ALONE.fullmatch(kept[0]):
        kept.pop(0)
    return "\n".join(kept)


def _is_plain(article: lxml.html.HtmlElement) -> bool:
    """Whether an article element holds paragraphs and nothing of a site: all of it is the text, and precision could only cost lines."""
    wrappers = sum(1 for _ in article.iter("div", "section")) - (article.tag in ("div", "section"))
    boxes = ("figure", "ul", "ol", "table", "button", "form", "iframe", "img", "picture", "article")
    return wrappers <= MOST_WRAPPERS and not any(node is not article for node in article.iter(*boxes))


def _headings(root: lxml.html.HtmlElement, title: str) -> frozenset[str]:
    lines = {title, *(visible_text(node) for node in root.iter("h1", "title", "time"))}
    lines.update(visible_text(node) for node in datelines(root))
    return frozenset(_squeezed(line) for line in lines if line.strip())


def _squeezed(line: str) -> str:
    return re.sub(r"\s+", "", line)


def _trafilatura(root: lxml.html.HtmlElement) -> str:
    tree = copy.deepcopy(root)
    for node in tree.iter():
        # the wide space between the parts of a Japanese headline or dateline would come back as a plain one
        if node.text and "\u3000" in node.text:
            node.text = node.text.replace("\u3000", _WIDE_SPACE)
        if node.tail and "\u3000" in node.tail:
            node.tail = node.tail.replace("\u3000", _WIDE_SPACE)
    text = trafilatura.extract(
        tree, favor_precision=True, include_comments=False, include_tables=True, deduplicate=False
    )
    return tidy((text or "").replace(_WIDE_SPACE, "\u3000"))


def _readability(root: lxml.html.HtmlElement) -> str:
    try:
        summary = Document(lxml.html.tostring(root, encoding="unicode")).summary(html_partial=True)
    except Exception:  # noqa: BLE001 - readability raises its own Unparseable and whatever lxml raises inside
        return ""
    tree = parse_fragment(summary)
    return tidy(visible_text(tree)) if tree is not None else ""


def marked_article(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The element that the page marks as its article, furniture taken out; None where it marks none or several."""
    tree = without_furniture(root)
    for path in ('//*[@itemprop="articleBody"]', "//article", "//main", '//*[@role="main"]'):
        found = tree.xpath(path)
        if len(found) == 1 and found[0].text_content().strip():
            return found[0]
    return None


def heaviest_block(root: lxml.html.HtmlElement) -> str:
    """The text of the element that itself holds most running text."""
    best = max(without_furniture(root).iter("div", "section", "td", "body"), key=_weight, default=None)
    return tidy(visible_text(best)) if best is not None else ""


def without_furniture(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """A copy of the tree without navigation, headers, footers, asides, forms and pictures."""
    tree = copy.deepcopy(root)
    for node in list(tree.iter("nav", "header", "footer", "aside", "form", "figure", "figcaption", "menu")):
        if node.getparent() is not None and not _holds_article(node):
            node.drop_tree()
    return tree


def _holds_article(node: etree._Element) -> bool:
    return node.find(".//article") is not None


def _weight(node: lxml.html.HtmlElement) -> float:
    own = sum(len(child.text_content()) for child in node if child.tag in ("p", "blockquote", "pre"))
    links = sum(len(a.text_content()) for a in node.iter("a"))
    return own - links


def _trimmed(text: str, headings: frozenset[str], tables: ReadingTables) -> str:
    """Drop headline and date above a text, and lines of the site at its end."""
    lines = text.split("\n")
    for position in range(min(6, len(lines)) - 1, -1, -1):
        if _squeezed(lines[position]) in headings:
            del lines[position]
    while lines and len(lines[-1]) < 120 and lines[-1].lower().startswith(tables.boilerplate):
        lines.pop()
    return "\n".join(lines)
