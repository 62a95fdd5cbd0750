"""The comparison memo (対照メモ) as a draft record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Comparison
from newsdigest.drafts.draft import (
    Caveat,
    Coverage,
    Draft,
    DraftClaim,
    DraftFormula,
    DraftSource,
    Engine,
    NotUsed,
    Section,
)
from newsdigest.drafts.writer import (
    contrasts,
    course,
    editions,
    formulas,
    notes,
    numbers,
    opening,
    quotations,
    turns,
    views,
    voices,
)
from newsdigest.drafts.writer.compose import Composer, within_share
from newsdigest.drafts.writer.material import Material, name_key
from newsdigest.drafts.writer.point import Plan
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment, at


def write(comparison: Comparison, packet: Packet, *, draft_id: str, version: int, as_of: datetime | Moment) -> Draft:
    """Return the memo of a comparison.

    ``packet`` is the very packet the comparison was made from; its lexicon supplies names, slots and the frames of
    ``style/ja`` and ``style/en``. ``as_of`` is the hour of the draft (UTC). The same input gives the same bytes.
    """
    material = Material(comparison, packet)
    plans = within_share(packet, _body(material), comparison.voices)
    composer = Composer(packet, comparison.voices)
    headline = composer.headline(opening.headlines(material))
    sections = [s for plan in plans if plan.points and (s := composer.section(plan)) is not None]
    used = _cited(sections)
    mark = composer.speakers["ja"].style["words"]["guessed"]
    inferred = next((s.evidence for x in sections for s in x.sentences.ja if mark in s.text), ())
    for plan in (notes.notes(material, inferred), *notes.sources(material, used), notes.method(material)):
        section = composer.section(plan)
        if section is not None:
            sections.append(section)
    return Draft(
        version=version,
        id=draft_id,
        event=comparison.event,
        comparison=comparison.id,
        as_of=as_of if isinstance(as_of, Moment) else at(as_of, "minute"),
        engine=Engine(name="template"),
        headline=headline,
        sections=tuple(sections),
        **_records(material, sections, used, composer.frames),
    )


def _body(material: Material) -> list[Plan]:
    lede = opening.lede(material)
    told = frozenset(i for point in lede.points for i in point.claims)
    return [
        lede,
        *contrasts.disagreements_own(material, told),
        *contrasts.agreements(material, told),
        *turns.reopened(material),
        *turns.changes(material),
        *voices.plans(material),
        *contrasts.silences(material, told),
        *editions.plans(material),
        *turns.commitments(material),
        *turns.headline_words(material),
        *formulas.plans(material),
        *quotations.plans(material),
        *numbers.plans(material),
        *views.interpretations(material),
        *views.background(material),
        *voices.related(material),
        *contrasts.disagreements_related(material),
        *notes.edits(material),
        *notes.told_otherwise(material),
        *course.plans(material),
    ]


def _cited(sections: list[Section]) -> set[str]:
    """The items that a statement of the draft rests on; frames and caveats only speak about them."""
    spoken = (x for s in sections for x in s.sentences.ja if x.kind not in ("frame", "caveat"))
    return {e.item for sentence in spoken for e in sentence.evidence}


def _records(material: Material, sections: list[Section], used: set[str], frames: dict[str, str]) -> dict[str, Any]:
    """What the sentences speak of, in full: claims, quotes, figures and the rest by their ids."""
    comparison = material.comparison
    sentences = [sentence for section in sections for sentence in section.sentences.ja]
    claims = {i for s in sentences for i in s.claims}
    proofs = {i: s.evidence for s in reversed(sentences) for i in s.claims}
    quotes = {i for s in sentences for i in s.quotes}
    figures = {i for s in sentences for i in s.figures}
    keys = [m.key for m in material.packet.members]
    caveats = next((s for s in sections if s.id == "notes"), None)
    pairs = zip(caveats.sentences.ja, caveats.sentences.en, strict=True) if caveats else ()
    return {
        "claims": tuple(_claims(material, claims, proofs)),
        "quotes": tuple(q for q in comparison.quotes if q.id in quotes),
        "figures": tuple(f for f in comparison.figures if f.id in figures),
        "disagreements": tuple(d for d in comparison.disagreements if d.id in claims),
        "silences": tuple(s for s in comparison.silences if s.id in claims),
        "formulae": tuple(
            DraftFormula(id=f.id, phrase=f.phrase, issuer=f.issuer, item=f.item, present=f.present, history=f.history)
            for f in comparison.formulae
            if f.id in claims
        ),
        "coverage": Coverage(
            used=tuple(k for k in keys if k in used),
            not_used=tuple(NotUsed(item=k, reason=notes.reason(material, k)) for k in keys if k not in used),
        ),
        "sources": tuple(
            _source(material, e.item)
            for s in sections
            if s.id in ("sources", "unused")
            for x in s.sentences.ja
            for e in x.evidence[:1]
        ),
        "caveats": tuple(Caveat(kind=_caveat_kind(frames, ja.id), ja=ja.text, en=en.text) for ja, en in pairs),
    }


def _source(material: Material, key: str) -> DraftSource:
    member = material.member(key)
    return DraftSource(
        item=key,
        source=member.source.id,
        name=member.source.name,
        language=member.language,
        kind=member.source.kind,
        url=member.item.url,
    )


_CAVEATS = {
    "note_removed": "removed_since",
    "note_interpretation": "interpretation",
    "note_account": "account",
    "note_intent": "not_independently_confirmed",
    "note_single": "single_source",
    "note_edited": "edited_since",
    "note_partial": "partial_text",
    "note_untranslated": "untranslated",
    "note_update": "may_change",
    "note_copies": "copies",
    "note_translation": "copies",
    "note_flag": "flag",
    "note_inferred": "inferred",
    "note_scope": "scope",
}


def _caveat_kind(frames: dict[str, str], identity: str) -> str:
    return _CAVEATS[frames[identity.rsplit("-", 1)[0]]]


def _claims(material: Material, ids: set[str], proofs: dict[str, tuple[Evidence, ...]]) -> list[DraftClaim]:
    comparison = material.comparison
    everything = [comparison.subject, *comparison.claims] if comparison.subject else [*comparison.claims]
    out = {
        claim.id: DraftClaim(
            id=claim.id,
            kind=claim.kind,
            holder=name_key(claim.attribution.holder) if claim.attribution.holder else None,
            modality=claim.modality,
            polarity=claim.polarity,
            evidence=claim.evidence,
        )
        for claim in everything
        if claim is not None and claim.id in ids
    }
    found = [*out.values()]
    for kind, polarity, records in (
        ("disagreement", "affirmed", comparison.disagreements),
        ("agreement", "affirmed", comparison.agreements),
        ("no_mention", "negated", comparison.silences),
        ("formula", "affirmed", comparison.formulae),
    ):
        found.extend(
            DraftClaim(
                id=r.id, kind=kind, holder=None, modality="compares", polarity=polarity, evidence=proofs.get(r.id, ())
            )
            for r in records
            if r.id in ids
        )
    return found
