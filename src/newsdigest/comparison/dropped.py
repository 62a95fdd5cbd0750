"""What is lost on the way from the words themselves to those who tell them: conditions, reserves, and marks around a paraphrase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.hedges import HedgeFinder
from newsdigest.comparison.holders import Holder
from newsdigest.comparison.packet import Member
from newsdigest.comparison.patterns import Pattern
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Claim, Drift, Quote
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.items.evidence import Evidence
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import LANGUAGES
from newsdigest.records import Bilingual, short_key

_CONDITION = Bilingual(ja="元の文にある条件が報道にない", en="The report lacks the condition of the words it tells")
_RESERVE = Bilingual(ja="元の文にある留保が報道にない", en="The report lacks the reserve of the words it tells")
_QUOTED = Bilingual(
    ja="別の報道の言い換えが発言として引用されている", en="Another report’s paraphrase is quoted as the speaker’s words"
)
_TELLS = ("issuer", "speaker")
# Reserves of the teller (he cites reports or people), not of the words told.
_TELLERS_OWN = frozenset(("reportedly", "people_familiar", "about", "at_least", "at_most"))
_QUOTED_SIGNS = 10
_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of ``drifting.toml`` for one language."""

    condition: tuple[Pattern, ...]
    kept: tuple[Pattern, ...]
    acts: Mapping[str, tuple[Pattern, ...]]


class DroppedFinder:
    """Finds what reports drop of the statements that they tell. ``held`` are the holders of each reading's clauses, by item."""

    def __init__(self, readings: Sequence[Reading], held: Mapping[str, Sequence[Holder]], cast: Cast) -> None:
        self.readings = readings
        self.held = held
        self.cast = cast
        self._book = cast.vocabulary.book
        table = cast.lexicon.table("drifting")

        def compiled(name: str, language: str) -> tuple[Pattern, ...]:
            return tuple(self._book.compile(p, language) for p in table.get(name, {}).get(language, ()))

        self._words = {
            language: _Words(
                compiled("condition", language),
                compiled("kept", language),
                {
                    row["id"]: tuple(self._book.compile(p, language) for p in row.get(language, ()))
                    for row in table.get("force", ())
                },
            )
            for language in LANGUAGES
        }

    # ---- conditions ----

    def conditions(self) -> Iterator[Drift]:
        """A report that tells what a body would do and leaves out the case in which it would.

        The report names the body as speaker, tells the same act, shares a name beside the body's own, and has no word of a condition in
        the sentence or beside it; and the body nowhere in the event says the act without a condition.
        """
        spoken = [
            (*s, self._names(s[0]) - {s[3], *self._own(s[3])})
            for r in self.readings
            if speaks_itself(r.member)
            for s in self._conditional(r)
        ]
        for reading in self.readings:
            if speaks_itself(reading.member):
                continue
            clauses = reading.clauses
            for number, clause in enumerate(clauses):
                holder = self.held[reading.member.key][number]
                if clause.question or holder.role not in _TELLS or self._near_condition(clauses, number):
                    continue
                acts, names = self._acts(clause), self._names(clause)
                for source, words, theirs, issuer, told in spoken:
                    if acts & theirs and names & told and holder.actor.side == issuer and _earlier(source, clause):
                        yield _drift("condition_dropped", source.cite(), clause.cite(), _CONDITION, words)
                        break

    def _conditional(self, reading: Reading) -> list[tuple[Clause, Evidence, frozenset[str], str]]:
        """A statement's conditional sentences, with the words of the condition, the acts and the issuer's side."""
        issuer = self.cast.issuer(reading.member)
        if issuer is None or not issuer.side:
            return []
        plain: set[str] = set()
        found = []
        for number, clause in enumerate(reading.clauses):
            words = self._condition(clause)
            if words is None:
                if not self._near_condition(reading.clauses, number):
                    plain |= self._acts(clause)
            elif clause.field == "text" and not clause.question:
                found.append((clause, words))
        rows = [(clause, words, self._acts(clause) - plain, issuer.side) for clause, words in found]
        return [row for row in rows if row[2]]

    def _condition(self, clause: Clause) -> Evidence | None:
        folded = self._book.fold(clause.text)
        for pattern in self._words[clause.member.language].condition:
            match = pattern.search(folded)
            if match and match.end() > match.start():
                return clause.member.cite(clause.start + match.start(), clause.start + match.end(), clause.field)
        return None

    def _near_condition(self, clauses: Sequence[Clause], number: int) -> bool:
        near = [c for c in clauses[max(0, number - 1) : number + 2] if c.field == clauses[number].field]
        words = self._words[clauses[number].member.language]
        texts = [self._book.fold(c.text) for c in near]
        return any(p.search(text) for text in texts for p in (*words.condition, *words.kept))

    def _acts(self, clause: Clause) -> frozenset[str]:
        folded = self._book.fold(clause.text)
        table = self._words[clause.member.language].acts
        return frozenset(act for act, patterns in table.items() if any(p.search(folded) for p in patterns))

    def _names(self, clause: Clause) -> frozenset[str]:
        found: set[str] = set()
        for group in clause.groups.values():
            found.update(e for e in (group.entry, group.country, group.body) if e and not self._vague(e))
        return frozenset(found)

    def _vague(self, entry: str) -> bool:
        known = self.cast.lexicon.entries.get(entry)
        return known is None or "vague" in known.tags or known.kind in ("office", "occasion")

    def _own(self, side: str) -> frozenset[str]:
        """Every name of a side: its country, bodies and people say who speaks, not of what."""
        return self._names_of.get(side, frozenset())

    @cached_property
    def _names_of(self) -> dict[str | None, frozenset[str]]:
        """Every side's names, gathered once: each pair of sentences asks."""
        entries = self.cast.lexicon.entries
        found: dict[str | None, set[str]] = {}
        for entry in {m.entry for r in self.readings for m in r.mentions if m.entry in entries}:
            found.setdefault(self.cast.side(entry), set()).add(entry)
        return {side: frozenset(names) for side, names in found.items()}

    # ---- reserves ----

    def reserves(self, claims: Sequence[Claim], finder: HedgeFinder) -> Iterator[Drift]:
        """A report that tells a body's claim as said outright, though the body said it with a reserve each time."""
        first: dict[tuple[str, ...], list[Claim]] = {}
        for claim in claims:
            if claim.slot and not claim.attribution.second_hand and claim.attribution.role in _TELLS:
                first.setdefault(self._key(claim), []).append(claim)
        for claim in claims:
            own = first.get(self._key(claim), ()) if claim.slot and claim.attribution.second_hand else ()
            sources = [c for c in own if c.item != claim.item]
            reserved = [c for c in sources if _reserves(c)]
            if not sources or len(reserved) < len(sources) or claim.hedges or claim.modality == "interprets":
                continue
            if self._hedged_beside(claim, finder):
                continue
            source, hedge = reserved[0], _reserves(reserved[0])[0]
            yield _drift("hedge_dropped", source.evidence[0], claim.evidence[0], _RESERVE, hedge)

    @staticmethod
    def _key(claim: Claim) -> tuple[str, ...]:
        names = (claim.attribution.holder, claim.actor, claim.object)
        return (claim.slot or "", claim.polarity, *((n.id or n.en or n.surface) if n else "" for n in names))

    def _hedged_beside(self, claim: Claim, finder: HedgeFinder) -> bool:
        reading = next(r for r in self.readings if r.member.key == claim.item)
        here = claim.evidence[0]
        at = next((n for n, c in enumerate(reading.clauses) if c.field == here.field and c.start == here.start), None)
        if at is None:
            return True
        return any(finder.find(c) for c in reading.clauses[max(0, at - 1) : at + 2])

    # ---- a paraphrase between quotation marks ----

    def quoted(self, quotes: Sequence[Quote], paraphrases: Sequence[Drift]) -> Iterator[Drift]:
        """Words that an outlet quotes as a speaker's and that are another outlet's own paraphrase, letter for letter.

        Only where the speaker's words are held in that language and lack them, or where the paraphrase is known to depart from them.
        """
        for quote in quotes:
            words = fold(quote.text).text.strip(" .。,、")
            long_enough = len(words.split()) >= _WORDS if quote.lang == "en" else len(words) >= _QUOTED_SIGNS
            speaker = quote.speaker_name.id if quote.speaker_name else None
            if not long_enough or not speaker or speaks_itself(self._reading(quote.carrier).member):
                continue
            home = self._home(quote, words, quotes)
            if home is None:
                continue
            known = next(
                (d for d in paraphrases if d.second and d.second.item == home.member.key and _inside(d.second, home)),
                None,
            )
            own = [
                r
                for r in self.readings
                if speaks_itself(r.member) and r.member.language == quote.lang and self._speaks(r, speaker)
            ]
            absent = bool(own) and all(r.member.chosen and words not in fold(r.member.text).text for r in own)
            if known is None and not absent:
                continue
            chain = (*((known.first,) if known else ()), home.cite(), quote.evidence)
            drift = _drift("paraphrase", chain[0], quote.evidence, _QUOTED, None)
            yield drift.model_copy(update={"chain": chain})

    def _reading(self, key: str) -> Reading:
        return next(r for r in self.readings if r.member.key == key)

    def _speaks(self, reading: Reading, speaker: str) -> bool:
        issuer = self.cast.issuer(reading.member)
        return issuer is not None and issuer.side is not None and issuer.side == self.cast.side(speaker)

    def _home(self, quote: Quote, words: str, quotes: Sequence[Quote]) -> Clause | None:
        """Where an earlier outlet has the words as its own, outside quotation marks."""
        carrier = self._reading(quote.carrier).member
        for reading in self.readings:
            member = reading.member
            if member.key == carrier.key or member.source.id == carrier.source.id or speaks_itself(member):
                continue
            if member.language != quote.lang or not _before(member, carrier):
                continue
            quoted = [q.evidence for q in quotes if q.carrier == member.key and words in fold(q.text).text]
            for clause in reading.body:
                if words in fold(clause.text).text and not any(_holds(clause, e) for e in quoted):
                    return clause
        return None


def _reserves(claim: Claim) -> list[Evidence]:
    return [h.evidence for h in claim.hedges if h.id not in _TELLERS_OWN]


def _inside(evidence: Evidence, clause: Clause) -> bool:
    return evidence.field == clause.field and evidence.start < clause.end and clause.start < evidence.end


def _holds(clause: Clause, evidence: Evidence) -> bool:
    return evidence.item == clause.member.key and _inside(evidence, clause)


def _earlier(source: Clause, told: Clause) -> bool:
    return _before(source.member, told.member)


def _before(first: Member, second: Member) -> bool:
    one, other = first.item.versions[0].published.instant, second.version.published.instant
    return one is not None and other is not None and one <= other


def _drift(kind: str, first: Evidence, second: Evidence, note: Bilingual, words: Evidence | None) -> Drift:
    key = short_key("dr", kind, first.item, str(first.start), second.item, second.field, str(second.start))
    return Drift.model_validate(
        {"id": key, "kind": kind, "first": first, "second": second, "note": note, "words": words}
    )
