"""attribution: views, accounts and second-hand reports name their holder and keep his reserves; nobody admits or notes for us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsdigest.comparison.record import Claim, Name, Quote
from newsdigest.drafts.draft import GateResult, Rendition
from newsdigest.drafts.gates.place import Desk, Place, result, unquoted
from newsdigest.drafts.writer.material import name_key
from newsdigest.drafts.writer.names import Namer, bare


def check(desk: Desk) -> GateResult:
    """Hold each sentence against the claims and quotes it names."""
    claims = {c.id: c for c in desk.comparison.claims}
    quotes = {q.id: q for q in desk.draft.quotes}
    faults: list[str] = []
    checked = 0
    for place in desk.places:
        style = desk.lexicon.table(f"style/{place.rendition}")["gate"]
        plain = unquoted(place.sentence.text)
        faults.extend(
            place.fault(f"“{word}” says more than is established")
            for word in _found(plain, style["verdicts"])
            if not _reserved(word, place, claims, desk)
        )
        if place.part != "body":
            continue
        held = [claims[i] for i in place.sentence.claims if i in claims]
        checked += len(held) + len(place.sentence.quotes)
        faults.extend(f for claim in held for f in _claim(desk, place, claim))
        faults.extend(f for i in place.sentence.quotes if i in quotes for f in _quote(desk, place, quotes[i]))
        faults.extend(_second_hand(desk, place, held))
        if place.sentence.kind == "interpretation":
            checked += 1
            if not _found(plain, style["views"]):
                faults.append(place.fault("is an interpretation but does not say that it is one"))
            if not held:
                faults.append(place.fault("is an interpretation without a holder"))
    faults.extend(_records(desk))
    faults.extend(_headings(desk))
    return result("attribution", checked, faults)


def _records(desk: Desk) -> Iterator[str]:
    """Claims of the draft whose holder, manner or sense is not the comparison's."""
    subject = desk.comparison.subject
    known = {c.id: c for c in (*desk.comparison.claims, *((subject,) if subject is not None else ()))}
    for held in desk.draft.claims:
        claim = known.get(held.id)
        if claim is None:
            continue
        holder = name_key(claim.attribution.holder) if claim.attribution.holder else None
        if (held.kind, held.holder, held.modality, held.polarity) != (
            claim.kind,
            holder,
            claim.modality,
            claim.polarity,
        ):
            yield f"claim {held.id} is not as the comparison has it"


def _headings(desk: Desk) -> Iterator[str]:
    """A section of views says over them that they are no established facts."""
    views = {(p.rendition, p.section) for p in desk.places if p.sentence.kind == "interpretation"}
    for place in desk.places:
        if place.part == "heading" and (place.rendition, place.section) in views:
            reserves = desk.lexicon.table(f"style/{place.rendition}")["gate"]["view_reserves"]
            if not _found(place.sentence.text, reserves):
                yield place.fault("is over interpretations but does not say that they are not established")


def _second_hand(desk: Desk, place: Place, held: Sequence[Claim]) -> Iterator[str]:
    """Somebody's words that only an outlet carries are told as its report."""
    compared = {a.id for a in desk.comparison.agreements} | {d.id for d in desk.comparison.disagreements}
    kinds = ("fact", "interpretation", "account")
    if place.sentence.kind not in kinds or place.sentence.figures or compared & set(place.sentence.claims):
        return
    if not held or not all(_carried(desk, claim) for claim in held):
        return
    if not any(_named(desk, place.rendition, place.sentence.text, (), claim.item) for claim in held):
        yield place.fault(f"does not say who reports claim {held[0].id}")


def _carried(desk: Desk, claim: Claim) -> bool:
    """Whether a claim is somebody's word in an outlet's report: not the outlet's own, not an interview."""
    members = (*desk.packet.members, *desk.packet.related)
    member = next((m for m in members if m.key == claim.item), None)
    spoken = claim.attribution.holder is not None and claim.attribution.role in ("speaker", "analyst", "unnamed")
    if member is None or not spoken or member.source.channel == "interview":
        return False
    return member.item.statement is None


_GUESSES = ("guess", "may", "seems")
"""Reserves that "one interpretation, not an established fact" keeps and more."""


def _claim(desk: Desk, place: Place, claim: Claim) -> list[str]:
    faults: list[str] = []
    text, kind = place.sentence.text, place.sentence.kind
    style = desk.lexicon.table(f"style/{place.rendition}")["gate"]
    account = claim.attribution.account_of is not None or claim.kind == "account"
    if kind == "quote":
        return []
    # A view is nobody's but its holder's; of a report it is enough to say who carries it.
    carrier = "" if kind == "interpretation" and claim.attribution.role in ("speaker", "analyst") else claim.item
    if kind != "disagreement" and not _named(desk, place.rendition, text, _holders(claim), carrier):
        faults.append(place.fault(f"does not name who holds claim {claim.id}"))
    if account and kind != "account":
        faults.append(place.fault(f"prints the account {claim.id} as if it were established"))
    if account and not _found(text, style["accounts"]):
        faults.append(place.fault(f"does not say that claim {claim.id} is one side's account"))
    if claim.kind == "interpretation" and kind not in ("interpretation", "quote"):
        faults.append(place.fault(f"prints the interpretation {claim.id} as {kind}"))
    if kind in ("fact", "account", "interpretation"):
        faults.extend(
            place.fault(f"drops the reserve “{hedge.surface}” of claim {claim.id}")
            for hedge in claim.hedges
            if not _kept(desk, place, hedge.id) and not (kind == "interpretation" and hedge.id in _GUESSES)
        )
    return faults


def _holders(claim: Claim) -> list[Name]:
    return [name for name in (claim.attribution.holder, claim.attribution.origin) if name is not None]


def _named(desk: Desk, language: Rendition, text: str, names: Iterable[Name], item: str) -> bool:
    """Whether the text names one of the holders, or whoever speaks in the item."""
    forms = [form for name in names for form in name_forms(desk, language, name)]
    members = (*desk.packet.members, *desk.packet.related)
    issuers = {v.lead: v.name for v in desk.comparison.voices if v.official}
    namer = Namer(language, desk.lexicon, desk.lexicon.table(f"style/{language}"), members, issuers)
    forms += [form for name in names if name.kind == "outlet" and (form := namer.say(name))]
    member = next((m for m in (*desk.packet.members, *desk.packet.related) if m.key == item), None)
    if member is not None:
        forms += [form for form in (namer.outlet(member), namer.source(member)) if form]
    plain = text.lower()
    return any(form.lower() in plain for form in forms if form)


def name_forms(desk: Desk, language: Rendition, name: Name) -> list[str]:
    """Every way a half may call somebody: full, family, role, the Latin form in ja."""
    forms: list[str | None] = [getattr(name, language)]
    if name.role is not None:
        forms.append(getattr(name.role, language))
    entry = desk.lexicon.entries.get(name.id or "")
    if entry is not None:
        forms += [*entry.forms.get(language, ()), entry.family.get(language)]
    style = desk.lexicon.table(f"style/{language}")
    if (name.id or "").startswith("issuer."):
        members = (*desk.packet.members, *desk.packet.related)
        forms += [bare(form, style) for form in forms if form]
        forms.append(Namer(language, desk.lexicon, style, members).say(name))
    latin = name.en or ""
    if language == "ja":
        forms.append(latin)
    elif latin:
        forms.append(latin.rsplit(" ", 1)[-1])
    return [form for form in forms if form]


def _kept(desk: Desk, place: Place, identity: str) -> bool:
    table = desk.lexicon.tables.get("hedges", {}).get("hedge", ())
    entry = next((h for h in table if h["id"] == identity), None)
    if entry is None or entry.get("figure"):
        return True
    words = [*entry.get(place.rendition, ()), entry.get(f"{place.rendition}_say", "").strip("…")]
    own = desk.lexicon.table(f"style/{place.rendition}")["hedges"].get(identity, "")
    words += [part.strip(" ,、") for part in own.split("{clause}")]
    words.append(desk.lexicon.table(f"style/{place.rendition}")["hedge_notes"].get(identity, ""))
    return bool(_found(place.sentence.text.lower(), [w.lower() for w in words if w]))


def _quote(desk: Desk, place: Place, quote: Quote) -> list[str]:
    faults: list[str] = []
    style = desk.lexicon.table(f"style/{place.rendition}")["gate"]
    if quote.kind in ("gist", "headline", "title", "scare") and not _found(place.sentence.text, style["gists"]):
        faults.append(place.fault(f"prints quote {quote.id} ({quote.kind}) as the speaker's own words"))
    if quote.kind == "translation" and not _found(place.sentence.text, style["translated"]):
        faults.append(place.fault(f"prints the translation {quote.id} without saying so"))
    if quote.speaker_name is None or quote.kind != "original":
        return faults
    if not _named(desk, place.rendition, unquoted(place.sentence.text), [quote.speaker_name], ""):
        faults.append(place.fault(f"does not name the speaker of quote {quote.id}"))
    return faults


def _found(text: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word in text]


def _reserved(word: str, place: Place, claims: dict[str, Claim], desk: Desk) -> bool:
    """Whether a word such as とみられる is the reserve of a claim that the sentence names with its holder."""
    for identity in place.sentence.claims:
        claim = claims.get(identity)
        if claim is not None and any(word in _frame(desk, place, h.id) for h in claim.hedges):
            return _named(desk, place.rendition, place.sentence.text, _holders(claim), claim.item)
    return False


def _frame(desk: Desk, place: Place, identity: str) -> str:
    return str(desk.lexicon.table(f"style/{place.rendition}")["hedges"].get(identity, ""))
