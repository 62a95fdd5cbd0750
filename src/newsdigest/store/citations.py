"""What a draft rests on."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.drafts.draft import Draft
from newsdigest.items.evidence import Evidence


def evidence_of(draft: Draft) -> Iterator[Evidence]:
    """Yield every piece of evidence a draft cites."""
    for sentence in (*draft.sentences("ja"), *draft.sentences("en")):
        yield from sentence.evidence
    for claim in draft.claims:
        yield from claim.evidence
    for disagreement in draft.disagreements:
        for answer in disagreement.answers:
            yield from answer.evidence
    yield from (quote.evidence for quote in draft.quotes)
    yield from (figure.evidence for figure in draft.figures)
