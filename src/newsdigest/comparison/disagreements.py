"""Questions that accounts answer differently, and those that all who answer answer alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.claims import negates
from newsdigest.comparison.occasion import Subject
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Agreement, Answer, Cell, Claim, Disagreement, Name, Quote
from newsdigest.comparison.vocabulary import Slot
from newsdigest.language.folding import fold
from newsdigest.records import Bilingual, short_key


@dataclass(frozen=True)
class Court:
    """What answers are weighed with: who carries what, which sides there are."""

    packet: Packet
    subject: Subject
    cast: Cast

    def voice(self, claim: Claim) -> str:
        """The independent origin of a claim: its holder; for unnamed people and an outlet's own words the outlet."""
        holder = claim.attribution.holder
        lead = self.packet.lead_of(claim.item)
        if holder is None or claim.attribution.role in ("carrier", "editorial", "unnamed", "analyst"):
            return f"source:{self.packet.member(lead).source.id}"
        if self.cast.is_outlet(holder):
            # Whoever repeats an outlet's report adds nothing to the outlet.
            return f"source:{self.cast.source_of(holder, self.packet.members) or holder.id}"
        side = self.cast.side(holder.id) if holder.id else self.cast.side_of_role(holder)
        if side in self.subject.sides and len(self.subject.sides) > 1:
            return f"side:{side}"
        return f"holder:{holder.id or holder.en or holder.surface}"

    def passed_on(self, claim: Claim) -> bool:
        """Whether an outlet only passes on what another outlet reported."""
        by = claim.attribution
        outlet = by.holder is not None and by.role == "speaker" and self.cast.is_outlet(by.holder)
        return by.second_hand and (by.role in ("carrier", "unnamed") or outlet)

    def side(self, claim: Claim) -> str | None:
        """The side of a claim's actor."""
        if claim.actor is None:
            return None
        if claim.actor.id:
            return self.cast.side(claim.actor.id) or claim.actor.id
        return self.cast.side_of_role(claim.actor)

    def answer(self, value: Bilingual, claims: Sequence[Claim]) -> Answer:
        """A group of claims as one answer. Where an outlet gives it at first hand, those who pass its report on are no sources of it."""
        holders: dict[str, Name] = {}
        own = [c for c in claims if not self.passed_on(c)]
        claims = sorted(own or claims, key=lambda c: c.attribution.second_hand)
        for claim in claims:
            if claim.attribution.holder:
                holders.setdefault(self.voice(claim), claim.attribution.holder)
        sources = dict.fromkeys(self.packet.member(c.item).source.id for c in claims)
        return Answer(
            value=value,
            sources=tuple(sources),
            # What all have only from others is one voice at most.
            voices=len({self.voice(c) for c in claims}) if own else 1,
            holders=tuple(holders.values()),
            claims=tuple(c.id for c in claims),
            evidence=tuple(dict.fromkeys(e for c in claims for e in c.evidence)),
        )

    def side_name(self, side: str) -> Bilingual:
        """How an answer prints a side."""
        known = self.cast.lexicon.entries.get(side)
        # A name that no source gives in one of our languages is printed as a source has it, never as its id.
        side = known.aliases()[0] if known else side
        ja = known.form("ja") if known else None
        en = known.form("en") if known else None
        if known is not None and known.kind == "country":
            return Bilingual(ja=f"{ja or en}側", en=en or ja or side)
        return Bilingual(ja=ja or en or side, en=en or ja or side)

    def said(self, claim: Claim, target: Name | None = None) -> Bilingual:
        """A claim as a clause, with the side that acts as its actor."""
        frame = self.cast.vocabulary.slot(claim.slot or "").say
        side = self.side(claim)
        name = self.side_name(side) if side else Bilingual(ja=_ja(claim.actor), en=_en(claim.actor))
        target = target or claim.object
        return Bilingual(
            ja=frame.ja.replace("{actor}", name.ja).replace("{object}", _ja(target)),
            en=frame.en.replace("{actor}", self.cast.with_article(name.en)).replace("{object}", _en(target)),
        )

    def question(self, slot: Slot, claims: Sequence[Claim]) -> Bilingual:
        """A slot's question with its object filled in."""
        target = next((c.object for c in claims if c.object), None) or self.subject.name
        actor = next((c.actor for c in claims if c.actor), None)
        return Bilingual(
            ja=slot.question.ja.replace("{object}", _ja(target)).replace("{actor}", _ja(actor)),
            en=slot.question.en.replace("{object}", _en(target)).replace("{actor}", _en(actor)),
        )


def _ja(name: Name | None) -> str:
    return (name.ja or name.en or name.surface) if name else "この件"


def _en(name: Name | None) -> str:
    if name is None:
        return "it"
    text = name.en or name.ja or name.surface
    return f"the {text}" if name.kind in ("occasion", "term") else text


def _answering(claims: Sequence[Claim], slot: str) -> list[Claim]:
    return [c for c in claims if c.slot == slot and c.kind == "slot" and not c.related and c.modality != "interprets"]


def who(court: Court, claims: Sequence[Claim]) -> tuple[list[Disagreement], dict[str, list[Claim]]]:
    """Disagreements on exclusive slots; and, by slot, the claims of those that all answer alike."""
    out: list[Disagreement] = []
    alike: dict[str, list[Claim]] = {}
    for slot in court.cast.vocabulary.slots:
        if not slot.exclusive:
            continue
        groups: dict[str, list[Claim]] = {}
        answering = _answering(claims, slot.id)
        for claim in answering:
            side = court.side(claim)
            allowed = len(court.subject.sides) < 2 or side in court.subject.sides
            if not negates(claim) and side and allowed:
                groups.setdefault(side, []).append(claim)
        if len(groups) == 1 and not any(negates(c) for c in answering):
            alike[slot.id] = next(iter(groups.values()))
        elif len(groups) > 1:
            ordered = sorted(groups, key=lambda s: (-len({court.voice(c) for c in groups[s]}), s))
            answers = tuple(court.answer(court.side_name(s), groups[s]) for s in ordered)
            everyone = [c for s in ordered for c in groups[s]]
            out.append(
                Disagreement(
                    id=short_key("d", "who", slot.id, court.packet.event.id),
                    kind="who",
                    slot=slot.id,
                    question=court.question(slot, everyone),
                    answers=answers,
                )
            )
    return out, alike


def denials(court: Court, claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """An act that some affirm of an actor and others deny."""
    for slot in court.cast.vocabulary.slots:
        by_actor: dict[str, list[Claim]] = {}
        # What one side tells of another's words stands against the other's denial.
        told = [c for c in claims if slot.words and c.slot == slot.id and c.kind == "account" and not c.related]
        for claim in (*_answering(claims, slot.id), *told):
            side = court.side(claim)
            if side:
                by_actor.setdefault(side, []).append(claim)
        bare = [c for c in _answering(claims, slot.id) if c.actor is None and negates(c)]
        if len(by_actor) == 1 and not slot.thing:
            # "Was given no such advice" denies it of the only one of whom it is said.
            next(iter(by_actor.values())).extend(bare)
        for side in sorted(by_actor):
            said = [c for c in by_actor[side] if not negates(c)]
            denied = [c for c in by_actor[side] if negates(c)]
            if not said or not denied or {court.voice(c) for c in said} == {court.voice(c) for c in denied}:
                continue
            target = next((c.object for c in (*said, *denied) if c.object), None)
            yes = court.said(said[0], target)
            no = Bilingual(ja="否定", en="Denied")
            yield Disagreement(
                id=short_key("d", "denial", slot.id, side, court.packet.event.id),
                kind="other",
                slot=slot.id,
                question=Bilingual(ja=f"{yes.ja}か", en=f"Is it so that {yes.en}?"),
                answers=(court.answer(yes, said), court.answer(no, denied)),
            )


def polarities(court: Court, claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """What some say of a thing and others negate: the alarm worked, it did not."""
    for slot in (s for s in court.cast.vocabulary.slots if s.thing):
        by_thing: dict[str, list[Claim]] = {}
        for claim in _answering(claims, slot.id):
            if claim.object and claim.object.id:
                by_thing.setdefault(claim.object.id, []).append(claim)
        for thing, group in sorted(by_thing.items()):
            said, denied = [c for c in group if not negates(c)], [c for c in group if negates(c)]
            if not said or not denied or {court.voice(c) for c in said} == {court.voice(c) for c in denied}:
                continue
            yes, no = _of_thing(slot.say, said[0].object), _of_thing(slot.say_not or slot.say, said[0].object)
            yield Disagreement(
                id=short_key("d", "polarity", slot.id, thing, court.packet.event.id),
                kind="other",
                slot=slot.id,
                question=_of_thing(slot.question, said[0].object),
                answers=(court.answer(yes, said), court.answer(no, denied)),
            )


def _of_thing(frame: Bilingual, thing: Name | None) -> Bilingual:
    return Bilingual(
        ja=frame.ja.replace("{object}", _ja(thing)),
        en=frame.en.replace(
            "{object}", _en(thing) if thing and thing.kind in ("occasion", "term") else f"the {_en(thing)}"
        ),
    )


def denied_reports(
    court: Court, claims: Sequence[Claim], taken: frozenset[str], disputed: frozenset[str] = frozenset()
) -> Iterator[Disagreement]:
    """What an outlet tells from unnamed people or in its own words, and somebody named denies without repeating the act.

    The denial's sentence must share two names or topics with the report's, or one where it speaks of a report; ``taken`` are the
    claims and ``disputed`` the slots that another disagreement holds already.
    """
    told = [
        c
        for c in claims
        if _is_report(c) and c.id not in taken and not c.attribution.second_hand and c.slot not in disputed
    ]
    for denial in (c for c in claims if c.slot == "denied" and c.id not in taken):
        about = _entities(court, denial)
        speaks_of_report = _speaks_of_report(court, denial)
        weighed = [(len(about & _entities(court, c)), c) for c in told if _before(c, denial)]
        best = max((n for n, c in weighed if court.voice(c) != court.voice(denial)), default=0)
        if best < (1 if speaks_of_report else 2):
            continue
        report = next(c for n, c in weighed if n == best and court.voice(c) != court.voice(denial))
        group = [c for _, c in weighed if c.slot == report.slot and court.side(c) == court.side(report)]
        said = court.said(report)
        yield Disagreement(
            id=short_key("d", "report", report.id, denial.id),
            kind="other",
            slot=report.slot,
            question=Bilingual(ja=f"{said.ja}か", en=f"Is it so that {said.en}?"),
            related=report.related and denial.related,
            answers=(court.answer(said, group), court.answer(Bilingual(ja="否定", en="Denied"), [denial])),
        )


def _is_report(claim: Claim) -> bool:
    role = claim.attribution.role
    return (
        claim.kind == "slot"
        and not negates(claim)
        and claim.actor is not None
        and role in ("carrier", "unnamed")
        and claim.slot
        not in ("denied", "confirmed", "spoke", "met", "not_mentioned", "declined_to_answer", "announced")
    )


def _before(claim: Claim, denial: Claim) -> bool:
    first, second = claim.said_at.instant, denial.said_at.instant
    return claim.item != denial.item and first is not None and second is not None and first <= second


def _entities(court: Court, claim: Claim) -> frozenset[str]:
    lexicon = court.cast.lexicon
    found = {m.entry for e in claim.evidence for m in lexicon.find(e.exact)}
    kinds = {"person", "country", "place", "term", "body"}
    named = {e for e in found if lexicon.entries[e].kind in kinds and "vague" not in lexicon.entries[e].tags}
    return frozenset(named - {claim.attribution.holder.id if claim.attribution.holder else None})


def _speaks_of_report(court: Court, claim: Claim) -> bool:
    book = court.cast.vocabulary.book
    language = court.packet.member(claim.item).language
    patterns = court.cast.vocabulary.attribution.get("reports", {}).get(language, ())
    return any(book.compile(p, language).search(book.fold(e.exact)) for p in patterns for e in claim.evidence)


def attributions(court: Court, quotes: Sequence[Quote]) -> Iterator[Disagreement]:
    """The same original words credited to two speakers."""
    by_words: dict[str, dict[str, list[Quote]]] = {}
    for quote in quotes:
        words = "".join(ch for ch in fold(quote.text).text if ch.isalnum())
        speaker = quote.speaker_name.id if quote.speaker_name and quote.speaker_name.id else None
        if quote.kind == "original" and speaker and len(words) >= 12:
            by_words.setdefault(words, {}).setdefault(speaker, []).append(quote)
    for words, speakers in sorted(by_words.items()):
        if len(speakers) < 2:
            continue
        answers = []
        for identity in sorted(speakers):
            group = speakers[identity]
            name = group[0].speaker_name
            sources = dict.fromkeys(court.packet.member(q.carrier).source.id for q in group)
            leads = {court.packet.lead_of(q.carrier) for q in group}
            answers.append(
                Answer(
                    value=Bilingual(ja=_ja(name), en=_en(name)),
                    sources=tuple(sources),
                    voices=len(leads),
                    holders=(name,) if name else (),
                    evidence=tuple(q.evidence for q in group),
                )
            )
        yield Disagreement(
            id=short_key("d", "attribution", words),
            kind="attribution",
            question=Bilingual(ja="この発言はだれのものか", en="Whose words are these?"),
            answers=tuple(answers),
        )


def agreements(court: Court, alike: Mapping[str, Sequence[Claim]], cells: Sequence[Cell]) -> Iterator[Agreement]:
    """Slots that two independent voices or more answer, all alike, with the chosen texts that leave them open."""
    for slot, claims in alike.items():
        known = court.cast.vocabulary.slot(slot)
        side = court.side(claims[0])
        if side is None:
            continue
        if court.answer(court.side_name(side), claims).voices < 2:
            continue  # nobody agrees alone
        silent = tuple(c.item for c in cells if c.topic_id == f"slot.{slot}" and c.state == "no_mention")
        yield Agreement(
            id=short_key("a", slot, court.packet.event.id),
            slot=slot,
            question=court.question(known, claims),
            answer=court.answer(court.side_name(side), claims),
            silent=silent,
        )
