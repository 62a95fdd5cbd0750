"""Letters in the colour of the ground they stand on, by inline styles and a page's own simple rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import lxml.html
from lxml import etree

Colour = tuple[int, int, int]
# Channels of 0-255; letters that differ from their ground by no more than this in each are not read.
NEAR = 24
_NAMED: Mapping[str, Colour] = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
}
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*1(?:\.0+)?\s*)?\)")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})(?:ff|f)?")
_SEE_THROUGH = ("none", "transparent", "inherit", "initial", "unset")

Rules = Mapping[str, str]


def in_ground_colour(root: lxml.html.HtmlElement, rules: Rules) -> Iterator[lxml.html.HtmlElement]:
    """The elements whose letters have the colour of their ground; ``rules`` are declarations by «tag», «.class» or «#id».

    An element counts where it states colour or ground itself; a picture, a gradient or a variable is a ground we do not see.
    """
    for element in root.iter(etree.Element):
        own = _declared(element, rules)
        if not own or not (_COLOUR.search(own) or _GROUND.search(own)):
            continue
        letters, ground = _nearest(element, rules, _COLOUR), _nearest(element, rules, _GROUND)
        if letters and ground and all(abs(a - b) <= NEAR for a, b in zip(letters, ground, strict=True)):
            yield element


def _nearest(element: lxml.html.HtmlElement, rules: Rules, stated: re.Pattern[str]) -> Colour | None:
    for node in (element, *element.iterancestors()):
        values = stated.findall(_declared(node, rules))
        if values and values[-1].strip().lower() not in _SEE_THROUGH:
            return colour_of(values[-1])
    return None


def _declared(element: lxml.html.HtmlElement, rules: Rules) -> str:
    """What is declared for an element, the strongest last."""
    inline = element.get("style") or ""
    if not rules:
        return inline
    names = [str(element.tag), *(f".{name}" for name in (element.get("class") or "").split()), f"#{element.get('id')}"]
    return ";".join([*(rules[name] for name in names if name in rules), inline])


def colour_of(value: str) -> Colour | None:
    """A colour as red, green, blue; None for one we cannot tell (a picture, a variable, see-through)."""
    text = value.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) == 6 else "".join(char * 2 for char in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    return None
