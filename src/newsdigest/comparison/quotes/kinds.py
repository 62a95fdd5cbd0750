"""Of what kind a quotation is: only an original may stand as the speaker's words."""

from __future__ import annotations

import re

from newsdigest.comparison.quotes.spans import Span
from newsdigest.comparison.quotes.speakers import Names, Speaker, code
from newsdigest.comparison.record import QuoteKind


def kind_of(text: str, span: Span, field: str, speaker: Speaker | None, cued: bool, names: Names) -> QuoteKind:
    """Return the kind of a quoted span of a field; ``cued`` says that something marks it as speech."""
    table = names.words.table["kinds"]
    before, after = (
        text[max(0, span.outer_start - 40) : span.outer_start].rstrip(),
        text[span.outer_end : span.outer_end + 12],
    )
    if field == "title":
        return "headline"
    if any(after.startswith(mark) for mark in table["gist_after"]) or any(
        before.lower().endswith(m) for m in table["gist_before"]
    ):
        return "gist"
    if _work(text, span, before, after, cued, names):
        return "title"
    if not cued and speaker is None:
        return "scare" if _short(text[span.start : span.end], names) else "original"
    return "translation" if speaker and _foreign(speaker, names) else "original"


def _work(text: str, span: Span, before: str, after: str, cued: bool, names: Names) -> bool:
    """A work, ship, document or law: in marks of titles, between words that name one, or in title case without a speaker."""
    table = names.words.table["kinds"]
    words = text[span.start : span.end]
    if any(after.startswith(mark) for mark in table["title_after"]) or any(
        re.search(rf"(?:^|\W){re.escape(mark)}$", before, re.I) if mark.isascii() else before.endswith(mark)
        for mark in table["title_before"]
    ):
        return not words.endswith(("。", ".", "!", "?"))
    if cued:
        return False
    if span.mark in table["title_marks"] or words.endswith(tuple(table["title_endings"])):
        return True
    parts = words.split()
    capitals = [p for p in parts if p[:1].isupper()]
    return (
        names.member.language == "en"
        and 2 <= len(parts) <= 8
        and len(capitals) >= len(parts) - 1
        and not words.endswith((".", "!"))
    )


def _short(words: str, names: Names) -> bool:
    table = names.words.table["kinds"]
    if names.member.language == "en":
        return len(words.split()) <= int(table["scare_words"]) + 1
    return len(words) <= int(table["scare_chars"])


def _foreign(speaker: Speaker, names: Names) -> bool:
    """Whether the speaker's language is not the carrier's: by country, or by a name in a foreign script."""
    member = names.member
    country = code(speaker.country) if speaker.country else None
    if country is None or country == code(member.source.country):
        return False
    return country not in names.words.table["languages"][member.language]
