"""Drafts with one error put in: what a careless writer or a bad model would hand in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from newsdigest.comparison.record import Comparison
from newsdigest.drafts.draft import BothSentence, BothSentences, Draft, DraftSentence, GateResult, Rendition, Section
from newsdigest.drafts.gates import run_gates
from newsdigest.drafts.writer import write
from tests.drafts.events import AS_OF, alba, alba_packet, lexicon

Change = Callable[[DraftSentence], DraftSentence]


@cache
def good() -> Draft:
    """The memo without an error."""
    return write(alba(), alba_packet(), draft_id="d-alba", version=1, as_of=AS_OF)


def gate(name: str, draft: Draft, comparison: Comparison | None = None) -> GateResult:
    """What one gate found in a draft."""
    results = run_gates(draft, comparison or alba(), alba_packet(), lexicon())
    return next(r for r in results if r.gate == name)


def changed(change: Change, *, where: Callable[[DraftSentence], bool], only: Rendition | None = None) -> Draft:
    """The good draft with a change to every sentence that ``where`` picks; it must pick one."""
    hits = 0

    def of(sentence: DraftSentence, rendition: str) -> DraftSentence:
        nonlocal hits
        if (only is None or only == rendition) and where(sentence):
            hits += 1
            return change(sentence)
        return sentence

    def section(held: Section) -> Section:
        return Section(
            id=held.id,
            heading=BothSentence(ja=of(held.heading.ja, "ja"), en=of(held.heading.en, "en")),
            sentences=BothSentences(
                ja=tuple(of(s, "ja") for s in held.sentences.ja), en=tuple(of(s, "en") for s in held.sentences.en)
            ),
        )

    draft = good()
    headline = BothSentence(ja=of(draft.headline.ja, "ja"), en=of(draft.headline.en, "en"))
    out = draft.model_copy(update={"headline": headline, "sections": tuple(section(s) for s in draft.sections)})
    assert hits, "the change found no sentence"
    return out


def replaced(old: str, new: str, only: Rendition | None = None) -> Draft:
    """The good draft with words replaced wherever they stand."""
    return changed(
        lambda s: s.model_copy(update={"text": s.text.replace(old, new)}), where=lambda s: old in s.text, only=only
    )


def added(text: str, rendition: Rendition, like: Callable[[DraftSentence], bool]) -> Draft:
    """The good draft with a sentence's text replaced by another, its citations kept."""
    return changed(lambda s: s.model_copy(update={"text": text}), where=like, only=rendition)


def without_section(identity: str) -> Draft:
    """The good draft without a section."""
    draft = good()
    assert any(s.id == identity for s in draft.sections)
    return draft.model_copy(update={"sections": tuple(s for s in draft.sections if s.id != identity)})
