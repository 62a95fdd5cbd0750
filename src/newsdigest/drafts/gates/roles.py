"""Who does what to whom in a sentence, against the claims that it names: no swapped parts, no turned negation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsdigest.comparison.record import Claim, Name
from newsdigest.drafts.gates.attribution import name_forms
from newsdigest.drafts.gates.place import Desk, Place, unquoted
from newsdigest.drafts.gates.shapes import fits_without_clause
from newsdigest.drafts.writer.speaker import slot_frame

_FIELD = re.compile(r"\{[^}]*\}")
_ENDINGS = {"ja": re.compile(r"(?:した|する|った|た|る|い)$"), "en": re.compile(r"(?:ed|d|s)$")}
_SHORT = 1
"""A word of so few letters tells nothing of an act."""
_KINDS = ("fact", "account", "interpretation")


def faults(desk: Desk, place: Place, claims: Mapping[str, Claim]) -> Iterator[str]:
    """What a statement turns round: the actor of a claim, or whether something was done at all."""
    if place.sentence.kind not in _KINDS or place.part != "body":
        return
    compared = {a.id for a in desk.comparison.agreements} | {d.id for d in desk.comparison.disagreements}
    if compared & set(place.sentence.claims):
        return
    held = [claims[i] for i in place.sentence.claims if i in claims and claims[i].slot]
    told = [c for c in held if _frame(desk, place, c) is not None]
    # A sentence that only says who else carries a claim, or gives its number, does not tell the claim.
    if not told:
        return
    if not any(_tells(desk, place, claim) for claim in told):
        style = desk.lexicon.table(f"style/{place.rendition}")
        if not place.sentence.figures and not fits_without_clause(style, place.sentence.text):
            yield place.fault(f"does not say what claim {told[0].id} says")
        return
    yield from (f for claim in told[:1] for f in _actor(desk, place, claim))
    yield from _negation(desk, place, told)


def _frame(desk: Desk, place: Place, claim: Claim) -> str | None:
    frame = slot_frame(desk.lexicon.tables.get("slots", {}), claim, place.rendition)
    style = desk.lexicon.table(f"style/{place.rendition}")
    for told, better in style.get("clauses", {}).items():
        frame = frame.replace(told, better) if frame else frame
    if frame and claim.actor is None and not claim.parties:
        frame = style.get("clauses_without_actor", {}).get(claim.slot, frame)
    return frame


def _tells(desk: Desk, place: Place, claim: Claim) -> bool:
    """Whether the sentence uses the words of the claim's slot, in any inflection."""
    text = unquoted(place.sentence.text).lower()
    literals = [part.strip(" はがをにのと") for part in _FIELD.split(_frame(desk, place, claim) or "")]
    words = [w for part in literals for w in (part.split(" ") if place.rendition == "en" else (part,))]
    stems = [stem for word in words if len(stem := _ENDINGS[place.rendition].sub("", word.lower())) > _SHORT]
    return all(stem in text for stem in stems)


def _forms(desk: Desk, place: Place, name: Name) -> list[str]:
    forms = name_forms(desk, place.rendition, name)
    style = desk.lexicon.table(f"style/{place.rendition}")
    adjective = style["countries"].get((name.id or "").rsplit(".", 1)[-1].upper())
    return [*forms, adjective] if adjective else forms


def _actor(desk: Desk, place: Place, claim: Claim) -> Iterator[str]:
    if claim.actor is None:
        return
    text = unquoted(place.sentence.text)
    forms = _forms(desk, place, claim.actor)
    if forms and not any(form.lower() in text.lower() for form in forms):
        yield place.fault(f"does not name {forms[0]}, who acts in claim {claim.id}")
        return
    after = _after_actor(_frame(desk, place, claim) or "")
    if not after or after not in text or not forms:
        return
    before = [text[: m.start()] for m in re.finditer(re.escape(after), text)]
    if not any(_ends(piece, form) for piece in before for form in forms):
        yield place.fault(f"“{after.strip()}” is said of another than {forms[0]} (claim {claim.id})")


def _after_actor(frame: str) -> str:
    """The words right after the actor, where they are more than a particle: " initiated "."""
    parts = re.split(r"\{actor(?:_of)?\}", frame, maxsplit=1)
    if len(parts) < 2:
        return ""
    literal = _FIELD.split(parts[1])[0]
    return literal if len(literal.strip()) > 2 else ""


def _ends(piece: str, form: str) -> bool:
    tail = piece.rstrip()[-len(form) - 14 :].lower()
    return form.lower() in tail


def _negation(desk: Desk, place: Place, claims: list[Claim]) -> Iterator[str]:
    gate: Mapping[str, Any] = desk.lexicon.table(f"style/{place.rendition}")["gate"]
    text = unquoted(place.sentence.text)
    for claim in claims:
        for literal in _FIELD.split(_frame(desk, place, claim) or ""):
            if len(literal.strip()) > 1:
                text = text.replace(literal, " ")
    for words in gate["not_negations"]:
        text = text.replace(words, " ")
    turned = any(re.search(word, text) for word in gate["negations"])
    denied = [c for c in claims if c.modality in ("denies", "declines", "asks")]
    if turned and not denied and all(c.polarity == "affirmed" for c in claims):
        yield place.fault("negates what its claim affirms")
    negated = [c for c in claims if c.polarity == "negated"]
    own = _frame(desk, place, claims[0]) or ""
    says_not = turned or any(re.search(word, own) for word in gate["negations"])
    if negated and len(negated) == len(claims) and not says_not:
        yield place.fault("affirms what its claim negates")
