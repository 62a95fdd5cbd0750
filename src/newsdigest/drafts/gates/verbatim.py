"""verbatim: every quotation stands at its stored offset, letter for letter, and no other quotation marks are used."""

from __future__ import annotations

import re

from newsdigest.comparison.record import Quote
from newsdigest.drafts.draft import GateResult
from newsdigest.drafts.gates.place import Desk, Place, folded, quoted, result
from newsdigest.items.evidence import resolves

_ELLIPSIS = re.compile(r"\s*(?:…+|\.\.\.)\s*")


def check(desk: Desk) -> GateResult:
    """Compare each quoted string with the stored characters (NFKC, white space and quote glyphs folded, nothing else)."""
    quotes = {quote.id: quote for quote in desk.draft.quotes}
    faults: list[str] = []
    checked = 0
    known = {quote.id: quote for quote in desk.comparison.quotes}
    for quote in quotes.values():
        checked += 1
        if known.get(quote.id) != quote:
            faults.append(f"quote {quote.id} is not as the comparison has it")
        faults.extend(_stored(desk, quote))
    for place in desk.places:
        strings = quoted(place.sentence.text)
        own = [quotes[i] for i in place.sentence.quotes if i in quotes]
        checked += len(strings)
        faults.extend(_strings(place, strings, own))
        faults.extend(_printed(place, own))
    return result("verbatim", checked, faults)


def _stored(desk: Desk, quote: Quote) -> list[str]:
    item = desk.item(quote.evidence.item)
    if item is None or not resolves(quote.evidence, item):
        return [
            f"quote {quote.id}: its characters are not those stored at {quote.evidence.start} of {quote.evidence.item}"
        ]
    if folded(quote.text).strip(" \"'「」『』") not in folded(quote.evidence.exact):
        return [f"quote {quote.id}: “{quote.text}” is not what stands at its offset"]
    return []


def _strings(place: Place, strings: list[str], own: list[Quote]) -> list[str]:
    faults: list[str] = []
    for string in strings:
        if any(_same(string, quote.text) for quote in own):
            continue
        cited = any(folded(string) == folded(e.exact) for e in place.sentence.evidence)
        if place.sentence.kind == "formula" and cited:
            continue
        if _own_translation(place, string) and own:
            continue
        faults.append(place.fault(f"“{string}” stands between quotation marks but is no cited original"))
    return faults


def _same(string: str, original: str) -> bool:
    """Whether a printed string is the original, or parts of it in order with an ellipsis between."""
    rest = folded(original)
    if folded(string) == rest:
        return True
    parts = [folded(part) for part in _ELLIPSIS.split(string) if part]
    if len(parts) < 2:
        return False
    for part in parts:
        found = rest.find(part)
        if found < 0:
            return False
        rest = rest[found + len(part) :]
    return True


def _own_translation(place: Place, string: str) -> bool:
    """Whether our own translation is marked as such right after the string."""
    after = place.sentence.text.partition(string)[2][:24]
    return "編集部訳" in after or "our translation" in after


def _printed(place: Place, own: list[Quote]) -> list[str]:
    strings = quoted(place.sentence.text)
    return [
        place.fault(f"cites quote {quote.id} but does not print it")
        for quote in own
        if not any(_same(string, quote.text) for string in strings)
    ]
