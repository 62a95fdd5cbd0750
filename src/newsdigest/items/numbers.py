"""The numbers of a text, as values: ２万 is 20000 and 1,234 is 1234, so that a rewrite in other digits is no change."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"(?<![\w.])?\d+(?:,\d{3})*(?:\.\d+)?")


def numbers(text: str) -> frozenset[str]:
    """Return the set of numbers written in digits, each in its shortest decimal form."""
    plain = unicodedata.normalize("NFKC", text)
    found = set()
    for match in _NUMBER.finditer(plain):
        try:
            value = Decimal(match[0].replace(",", ""))
        except InvalidOperation:
            continue
        found.add(format(value.normalize(), "f"))
    return frozenset(found)


def numbers_changed(old: str, new: str) -> bool:
    """Whether the set of numbers differs."""
    return numbers(old) != numbers(new)
