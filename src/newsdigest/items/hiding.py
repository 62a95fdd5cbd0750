"""What a page holds but no reader sees: taken out before anything is read, and told apart from what a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass

import lxml.html
from lxml import etree

from newsdigest.items.colours import in_ground_colour


def words_of(listed: str) -> frozenset[str]:
    """A set of words from one line of them."""
    return frozenset(listed.split())


NEVER = words_of(
    "script style noscript template iframe object embed applet canvas audio video svg math select option "
    "textarea button input rp rt rtc"
)
# A struck word is one the author took back; beside its replacement it would read as one word.
STRUCK = frozenset(("del", "s", "strike"))
_NOWHERE = (
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*[01](?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right|bottom)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)"
    r"|margin-(?:left|top)\s*:\s*-\d{4,}|transform\s*:\s*(?:scale\(\s*0\s*\)|translate[xy]?\(\s*-\d{4,})"
)
_RULE_HIDES = re.compile(_NOWHERE, re.IGNORECASE)
_STYLE_HIDES = re.compile(
    _NOWHERE + r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_PALE = re.compile(
    r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?(?:0[0-9a-f])?\b|white\b|transparent\b|rgba?\(\s*255[\s,]+255[\s,]+255|rgba\([^)]*,\s*0(?:\.0+)?\s*\))",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)
_ONE_NAME = re.compile(r"[.#]?[a-zA-Z][\w-]*")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MAY_HIDE = re.compile(
    "[\u202a-\u202e\u2066-\u2069]|&#0*(?:82(?:3[4-8]|9[4-7])|x20(?:2[a-e]|6[6-9]))|<[!?]|</[^a-z]|style|hidden|color"
    "|<(?:" + "|".join(sorted(NEVER | STRUCK)) + r")(?![\w-])",
    re.IGNORECASE,
)
_SENTENCE = 30
# Nobody writes in the ground's colour or for no reader but a machine by chance: a few letters are told of.
_WORD = 4
MOST_RULES = 4000
WHOLE_ARTICLE, MUCH_OF_IT = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Hidden:
    """All hidden text, and whether a sentence of it stood beside the paragraphs of an article or turned their direction."""

    text: str = ""
    beside_article: bool = False

    def and_also(self, other: Hidden) -> Hidden:
        """Both together."""
        text = "\n".join(filter(None, (self.text, other.text)))
        return Hidden(text, self.beside_article or other.beside_article)


def may_hide(markup: str) -> bool:
    """Whether a fragment holds anything that ``strip_hidden`` could take out or tell of."""
    return bool(_MAY_HIDE.search(markup))


def strip_hidden(root: lxml.html.HtmlElement) -> Hidden:
    """Take out of the tree what no reader sees: hidden elements, comments, scripts, ruby readings, struck words."""
    texts: list[str] = []
    beside = bool(_TURNED.search(root.text_content()))
    by_rule, secret = _believed(root)
    for node in list(root.iter(etree.Comment)):
        text = " ".join((node.text or "").split())
        if len(text) >= _SENTENCE and not text.startswith(("[if", "<![")) and "<" not in text:
            texts.append(text)
            beside = beside or _in_article(node)
        drop(node)
    for element in list(root.iter(etree.Element)):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in ("html", "body", "head"):
            continue
        if element.tag in NEVER or element.tag in STRUCK:
            drop(element)
        elif _hides(element) or element in by_rule:
            text = " ".join(element.text_content().split())
            if text:
                texts.append(text)
                beside = beside or (_in_article(element) and _long(text, _WORD if element in secret else _SENTENCE))
            drop(element)
    return Hidden("\n".join(texts), beside)


def drop(node: etree._Element) -> None:
    """Take a node out of its tree; the text behind it stays."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        previous = node.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _long(text: str, least: int) -> bool:
    """Whether a text is that long; a CJK character counts twice, a sign not at all."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text if char.isalnum() or char == " ") >= least


def _in_article(node: etree._Element) -> bool:
    """Whether paragraphs stand around a node."""
    parent = node.getparent()
    return parent is not None and (parent.tag == "p" or any(child.tag == "p" for child in parent))


def _believed(
    root: lxml.html.HtmlElement,
) -> tuple[set[lxml.html.HtmlElement], set[lxml.html.HtmlElement]]:
    """Elements that a style sheet, a colour or ``aria-hidden`` hides, and those of the last two; a group that holds much is not believed.

    A rule that would hide the article is one that a script takes back; pale letters stand on a dark ground we do not see.
    """
    rules = _rules(root)
    classes, identities = _hidden_by_rules(rules)
    grounded = set(in_ground_colour(root, _by_name(rules)))
    groups: dict[str, list[lxml.html.HtmlElement]] = {}
    for element in root.iter(etree.Element):
        if element.tag in ("html", "body", "head") or element.tag in NEVER:
            continue
        for name in (element.get("class") or "").split() if classes else ():
            if name in classes:
                groups.setdefault(f".{name}", []).append(element)
        if identities and element.get("id") in identities:
            groups.setdefault(f"#{element.get('id')}", []).append(element)
        if (element.get("aria-hidden") or "").strip().lower() == "true":
            groups.setdefault("aria", []).append(element)
        if element in grounded:
            groups.setdefault("ground", []).append(element)
        elif _pale(element):
            groups.setdefault("pale", []).append(element)
    written = sum(len(paragraph.text_content()) for paragraph in root.iter("p")) or len(root.text_content())
    believed: set[lxml.html.HtmlElement] = set()
    for members in groups.values():
        paragraphs = [p for member in members for p in (member.iter("p") if member.tag != "p" else (member,))]
        held = sum(len(p.text_content()) for p in paragraphs) or sum(len(m.text_content()) for m in members)
        share = held / max(1, written)
        if share <= WHOLE_ARTICLE and not (share > MUCH_OF_IT and len(members) >= 3):
            believed.update(members)
    secret = {member for reason in ("aria", "ground", "pale") for member in groups.get(reason, ())}
    return believed, secret & believed


def _hides(element: lxml.html.HtmlElement) -> bool:
    attributes = element.attrib
    if "hidden" in attributes and attributes.get("hidden", "").lower() != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _STYLE_HIDES.search(style))


def _pale(element: lxml.html.HtmlElement) -> bool:
    """Whether the text is white or transparent and nothing here says that its ground is not."""
    style = element.get("style") or ""
    color = (element.get("color") or "").lower()
    if not (_PALE.search(style) or (element.tag == "font" and color in ("white", "#fff", "#ffffff"))):
        return False
    around = [element, *element.iterancestors()]
    return not any("background" in (node.get("style") or "") or node.get("bgcolor") for node in around)


def _rules(root: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """Selector and declarations of the page's own style sheets, what depends on the window left out."""
    found: list[tuple[str, str]] = []
    for sheet in root.iter("style"):
        css = re.sub(r"/\*.*?\*/", "", sheet.text or "", flags=re.DOTALL)
        for selectors, declarations in _RULE.findall(_AT_BLOCK.sub("", css))[:MOST_RULES]:
            found += [(selector.strip(), declarations) for selector in selectors.split(",")]
    return found


def _hidden_by_rules(rules: list[tuple[str, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Classes and ids that the page's own style sheets hide always, by a selector of one part."""
    classes: set[str] = set()
    identities: set[str] = set()
    for selector, declarations in rules:
        match = _SIMPLE.fullmatch(selector)
        if match and _RULE_HIDES.search(declarations):
            (classes if match[1] == "." else identities).add(match[2])
    return frozenset(classes), frozenset(identities)


def _by_name(rules: list[tuple[str, str]]) -> dict[str, str]:
    """Colour declarations by tag, «.class» or «#id»; later ones stand behind earlier ones."""
    found: dict[str, str] = {}
    for selector, declarations in rules:
        if _ONE_NAME.fullmatch(selector) and ("color" in declarations or "background" in declarations):
            found[selector] = f"{found.get(selector, '')};{declarations}"
    return found
