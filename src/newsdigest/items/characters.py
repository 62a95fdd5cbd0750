"""References to characters that XML cannot hold: one of them ends the reading of a feed, or makes a text that no tree takes back."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_MOST_DIGITS = 8


def without_forbidden_references(markup: str) -> str:
    """Return markup without references that name no character of XML; all others stay as they are written."""
    return _REFERENCE.sub(_allowed, markup) if "&#" in markup else markup


def _allowed(reference: re.Match[str]) -> str:
    digits = reference[1] or reference[2]
    code = int(digits, 16 if reference[1] else 10) if len(digits) <= _MOST_DIGITS else 0
    whole = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return reference[0] if whole else ""
