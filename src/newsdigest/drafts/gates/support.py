"""support: a sentence is checked against its own cited spans only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsdigest.comparison.content import stem
from newsdigest.comparison.contradiction import OppositionReader
from newsdigest.comparison.record import Claim
from newsdigest.drafts.draft import GateResult
from newsdigest.drafts.gates import roles
from newsdigest.drafts.gates.names import present
from newsdigest.drafts.gates.place import Desk, Place, result, unquoted
from newsdigest.drafts.gates.vocabulary import frame_text, frame_words
from newsdigest.drafts.writer.names import Namer
from newsdigest.items.evidence import Evidence

_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'-]+")
_CONTENT_JA = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{2,}")


def check(desk: Desk) -> GateResult:
    """Each sentence cites the spans of what it names, and says no word that neither they nor our frames have."""
    faults: list[str] = []
    checked = 0
    claims = {c.id: c for c in desk.comparison.claims}
    if desk.comparison.subject is not None:
        claims.setdefault(desk.comparison.subject.id, desk.comparison.subject)
    oppositions = OppositionReader(desk.lexicon)
    for place in desk.places:
        if place.part == "heading" or place.sentence.kind in ("frame", "caveat"):
            continue
        checked += 1
        faults.extend(_misplaced(desk, place, claims))
        if place.part == "body":
            faults.extend(_unfounded(desk, place, claims))
            faults.extend(roles.faults(desk, place, claims))
            faults.extend(_opposed(desk, place, oppositions))
    return result("support", checked, faults)


def _misplaced(desk: Desk, place: Place, claims: dict[str, Claim]) -> Iterator[str]:
    spans = place.sentence.evidence
    quotes = {q.id: q for q in desk.draft.quotes}
    figures = {f.id: f for f in desk.draft.figures}
    held: list[tuple[str, str, tuple[Evidence, ...]]] = []
    held += [("claim", i, claims[i].evidence) for i in place.sentence.claims if i in claims]
    held += [("quote", i, (quotes[i].evidence,)) for i in place.sentence.quotes if i in quotes]
    held += [("figure", i, (figures[i].evidence,)) for i in place.sentence.figures if i in figures]
    for kind, identity, proofs in held:
        if not any(_overlap(span, proof) for span in spans for proof in proofs):
            yield place.fault(f"cites none of the characters that {kind} {identity} rests on")
    if not place.sentence.claims and not place.sentence.quotes and place.sentence.kind not in ("fact", "formula"):
        yield place.fault("names no claim that it rests on")


def _overlap(first: Evidence, second: Evidence) -> bool:
    same = (first.item, first.version, first.field) == (second.item, second.version, second.field)
    return same and first.start < second.end and second.start < first.end


def _opposed(desk: Desk, place: Place, oppositions: OppositionReader) -> Iterator[str]:
    """A sentence that excludes the one span of its language that it rests on."""
    spans = place.sentence.evidence
    item = desk.item(spans[0].item) if len(spans) == 1 else None
    if item is None or place.sentence.kind not in ("fact", "account", "interpretation"):
        return
    version = next((v for v in item.versions if v.n == spans[0].version), item.latest)
    if version.language != place.rendition:
        return
    plain = unquoted(place.sentence.text)
    found = oppositions.read(spans[0].exact, plain, place.rendition, ("opposite", "roles", "negation"))
    if found is not None:
        yield place.fault(
            f"“{plain[slice(*found.second)]}” excludes “{spans[0].exact[slice(*found.first)]}” of what it cites"
        )


def _unfounded(desk: Desk, place: Place, claims: dict[str, Claim]) -> Iterator[str]:
    """Names and content words that the cited spans do not have in any language."""
    plain = unquoted(place.sentence.text)
    spans = [e.exact for e in place.sentence.evidence]
    cited = {i for text in spans for m in desk.mentions(text) for i in (m.entry, *m.others)}
    cited |= _granted(desk, place, claims)
    mentions = desk.mentions(plain, place.rendition)
    for mention in mentions:
        names = {mention.entry, *mention.others}
        if (
            names & cited
            or _broader(desk, names, cited)
            or mention.surface in frame_text(desk.lexicon, place.rendition)
        ):
            continue
        if _made_of(desk, place, mention.surface, cited):
            continue
        if any(mention.surface in office for office in _offices(desk, place)):
            continue
        if any(mention.surface.lower() in text.lower() for text in _granted_texts(desk, place, claims)):
            continue
        yield place.fault(f"“{mention.surface}” is not in what it cites")
    rest = list(plain)
    # Numbers are the figures gate's.
    numbers = desk.numbers(plain, place.rendition)
    for start, end in [*((m.start, m.end) for m in mentions), *((n.start, n.end) for n in numbers)]:
        rest[start:end] = " " * (end - start)
    yield from _words(desk, place, "".join(rest), spans, claims)


def _made_of(desk: Desk, place: Place, surface: str, cited: set[str]) -> bool:
    """Whether a mention is a cited name with words of our frames around it (大豆 in 大豆の購入)."""
    frames = frame_text(desk.lexicon, place.rendition)
    for identity in sorted(cited):
        entry = desk.lexicon.entries.get(identity)
        for form in entry.forms.get(place.rendition, ()) if entry is not None else ():
            if form in surface and all(part.strip() in frames for part in surface.split(form)):
                return True
    return False


def _granted(desk: Desk, place: Place, claims: dict[str, Claim]) -> set[str]:
    """Ids that need no span: who the cited items belong to, the parties of the cited claims, the topics of cited records."""
    out: set[str] = set()
    for identity in place.sentence.claims:
        claim = claims.get(identity)
        if claim is not None:
            names = (claim.actor, claim.object, *claim.parties, claim.attribution.holder, claim.attribution.account_of)
            out |= {n.id for n in names if n is not None and n.id}
    keys = {e.item for e in place.sentence.evidence}
    for member in (*desk.packet.members, *desk.packet.related):
        if member.key in keys and member.item.statement is not None:
            out.add(member.item.statement.issuer)
    out |= {s.topic_id for s in desk.draft.silences if s.id in place.sentence.claims}
    for quote in desk.draft.quotes:
        if quote.id in place.sentence.quotes and quote.speaker_name is not None and quote.speaker_name.id:
            out.add(quote.speaker_name.id)
    for figure in desk.draft.figures:
        if figure.id in place.sentence.figures:
            out |= {i for i in (figure.of_id, figure.holder.holder.id if figure.holder.holder else None) if i}
    return out


def _broader(desk: Desk, names: set[str], cited: set[str]) -> bool:
    """Whether a cited entry is a kind of what is said, or its country's."""
    for identity in cited:
        entry = desk.lexicon.entries.get(identity)
        if entry is not None and (names & {entry.country, *entry.broader}):
            return True
    return False


def _granted_texts(desk: Desk, place: Place, claims: dict[str, Claim]) -> Iterator[str]:
    """What our own records say in this half: questions, answers, roles, meanings, names of sources."""
    comparison, half = desk.comparison, place.rendition
    ids = set(place.sentence.claims)
    for disagreement in comparison.disagreements:
        if disagreement.id in ids:
            yield getattr(disagreement.question, half)
            for answer in disagreement.answers:
                yield getattr(answer.value, half)
                yield from (form for n in answer.holders if (form := getattr(n, half)))
                yield from (getattr(n.role, half) for n in answer.holders if n.role)
    for agreement in comparison.agreements:
        if agreement.id in ids:
            yield getattr(agreement.question, half)
            yield getattr(agreement.answer.value, half)
            yield from (form for n in agreement.answer.holders if (form := getattr(n, half)))
            yield from (getattr(n.role, half) for n in agreement.answer.holders if n.role)
    for identity in ids:
        claim = claims.get(identity)
        names = (
            (claim.actor, claim.object, *claim.parties, claim.attribution.holder, claim.attribution.account_of)
            if claim
            else ()
        )
        for name in names:
            if name is not None:
                yield from (form for form in (getattr(name, half), name.en, name.surface) if form)
                if name.role is not None:
                    yield getattr(name.role, half)
    for quote in desk.draft.quotes:
        if quote.id in place.sentence.quotes and quote.speaker_name is not None:
            name = quote.speaker_name
            yield from (form for form in (getattr(name, half), name.en, name.surface) if form)
            if name.role is not None:
                yield getattr(name.role, half)
    namer = Namer(half, desk.lexicon, desk.lexicon.table(f"style/{half}"))
    for figure in desk.draft.figures:
        if figure.id in place.sentence.figures and figure.of_id and (label := namer.topic(figure.of_id)):
            yield label
        if figure.id in place.sentence.figures and (name := figure.holder.holder) is not None:
            yield from (form for form in (getattr(name, half), name.en, name.surface) if form)
    keys = {e.item for e in place.sentence.evidence}
    for voice in comparison.voices:
        if keys & {voice.lead, *voice.items}:
            yield from (form for form in (getattr(voice.name, half), voice.name.en) if form)
    yield from (getattr(f.meaning, half) for f in comparison.formulae if f.id in ids and f.meaning)
    yield from (getattr(s.topic, half) for s in comparison.silences if s.id in ids)
    cited = {e.item for e in place.sentence.evidence}
    cited_spans = {(e.item, e.start) for e in place.sentence.evidence}
    yield from (
        getattr(c.topic, half) for c in comparison.matrix if any((e.item, e.start) in cited_spans for e in c.evidence)
    )
    yield from (getattr(d.note, half) for d in comparison.drifts if (d.first.item, d.first.start) in cited_spans)
    everybody = (*desk.packet.members, *desk.packet.related)
    caller = Namer(half, desk.lexicon, desk.lexicon.table(f"style/{half}"), everybody)
    for member in everybody:
        if member.key in cited:
            yield from member.source.name.values()
            # What a source without a printable name is called ("the fire department") needs no span of its own.
            yield caller.source(member)


def _words(desk: Desk, place: Place, rest: str, spans: list[str], claims: dict[str, Claim]) -> Iterator[str]:
    granted = " ".join([*spans, *_granted_texts(desk, place, claims), *_offices(desk, place)]).lower()
    if place.rendition == "en":
        stems = {stem(w) for w in _WORD.findall(granted)} | _known_stems(desk)
        for word in _WORD.findall(rest):
            if stem(word.lower()) not in stems and len(word) > 3:
                yield place.fault(f"“{word}” is neither in what it cites nor a word of ours")
        return
    frames = frame_text(desk.lexicon, "ja")
    for match in _CONTENT_JA.finditer(rest):
        word = match.group()
        if word in frames or word in granted or _composed(word, frames, granted):
            continue
        yield place.fault(f"「{word}」は出典にも文の型にもありません")


def _composed(word: str, frames: str, granted: str) -> bool:
    """Whether a run of Han splits into two parts that are each known."""
    return any(
        (word[:i] in frames or word[:i] in granted) and (word[i:] in frames or word[i:] in granted)
        for i in range(1, len(word))
    )


def _offices(desk: Desk, place: Place) -> Iterator[str]:
    """Offices and families of the people of the event whom the sentence names."""
    text = place.sentence.text
    for entry in present(desk):
        forms = [*entry.forms.get(place.rendition, ()), entry.family.get(place.rendition, "")]
        if any(form and form in text for form in forms):
            yield from (form for table in (entry.office, entry.family) if (form := table.get(place.rendition)))


def _known_stems(desk: Desk) -> frozenset[str]:
    """Stems of the words that need no source: our frames' and the plainest of the language."""
    plain = desk.lexicon.table("style/en")["gate"]["plain_words"]
    return _stems(frame_words(desk.lexicon, "en") | frozenset(plain))


@lru_cache(maxsize=8)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)
