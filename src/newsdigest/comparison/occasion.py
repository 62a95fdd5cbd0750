"""What the event is: its occasion, its parties, its day; and which clauses speak of another occasion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdigest.comparison.cast import Actor, Cast, name_of
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Name
from newsdigest.comparison.speaking import speaks_itself

_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Subject:
    """The event's own occasion (a lexicon id, or None), its sides and the people or bodies that stand for them."""

    occasion: str | None
    sides: frozenset[str]
    parties: tuple[Name, ...]
    name: Name | None
    lead: Clause | None


def is_of(occasion: str, words: Iterable[str]) -> bool:
    """Whether an occasion's id is of one of some kinds: "occasion.phone_call" is a call, "occasion.recall" is none."""
    parts = occasion.split(".", 1)[-1].split("_")
    return any(word in parts for word in words)


def subject_of(readings: Sequence[Reading], leads: frozenset[str], cast: Cast) -> Subject:
    """Find the subject from the titles and first sentences of the event's voices (``leads``: their item keys)."""
    voices = [r for r in readings if r.member.key in leads]
    occasions: Counter[str] = Counter()
    sides: Counter[str] = Counter()
    people: dict[str, Counter[str]] = {}
    first: dict[str, Clause] = {}
    for reading in voices:
        found, present, names = _lead(reading, cast)
        for occasion, clause in found.items():
            occasions[occasion] += 1
            first.setdefault(occasion, clause)
        sides.update(present)
        for side, entries in names.items():
            people.setdefault(side, Counter()).update(entries)
    enough = max(1, round(len(voices) * _SHARE))
    parties = sorted((s for s, n in sides.items() if n >= enough), key=lambda s: (-sides[s], s))
    tellings = cast.lexicon.table("topics").get("tellings", {}).get("words", ())
    happenings = {o: n for o, n in occasions.items() if not is_of(o, tellings)}
    best = min(happenings.items(), key=lambda p: (-p[1], p[0]))[0] if happenings else None
    bound = _bound(voices, best, cast)
    if bound:
        # Whom the texts bind to the call or the meeting takes part in it; whoever else is named is spoken of.
        parties = sorted(bound, key=lambda s: (-sides[s], s))
    principals = tuple(_principal(side, people.get(side, Counter()), len(voices), cast) for side in parties)
    return Subject(
        best,
        frozenset(parties),
        principals,
        name_of(best, cast.lexicon) if best else None,
        first.get(best or "") or (voices[0].clauses[0] if voices and voices[0].clauses else None),
    )


def _bound(voices: Sequence[Reading], occasion: str | None, cast: Cast) -> frozenset[str] | None:
    """The pair of sides that most voices bind to a talk; None for a happening or where two pairs are bound alike."""
    words = cast.lexicon.table("topics").get("talks", {}).get("words", ())
    if occasion is None or not is_of(occasion, words):
        return None
    pairs: Counter[frozenset[str]] = Counter(b for r in voices if (b := bound_parties_of_lead(r, cast)) is not None)
    ranked = pairs.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _lead(reading: Reading, cast: Cast) -> tuple[dict[str, Clause], set[str], dict[str, set[str]]]:
    found: dict[str, Clause] = {}
    sides: set[str] = set()
    names: dict[str, set[str]] = {}
    issuer = cast.issuer(reading.member) if speaks_itself(reading.member) else None
    if issuer and issuer.side:
        sides.add(issuer.side)
        if issuer.name.id and issuer.name.kind in ("person", "body"):
            names.setdefault(issuer.side, set()).add(issuer.name.id)
    for clause in reading.lead:
        for group in clause.groups.values():
            if group.kind == "occasion" and group.entry:
                found.setdefault(group.entry, clause)
            elif group.kind in ("person", "body", "country", "office", "role", "place"):
                actor = cast.resolve(group, clause)
                if actor is None or actor.side is None or actor.side.startswith(("place.", "found.place.")):
                    continue
                sides.add(actor.side)
                if actor.name.id and actor.name.kind in ("person", "body") and not cast.is_ship(actor.name.id):
                    names.setdefault(actor.side, set()).add(actor.name.id)
    return found, sides, names


def _principal(side: str, people: Counter[str], voices: int, cast: Cast) -> Name:
    best = min(people.items(), key=lambda p: (-p[1], p[0])) if people else None
    if best and best[1] * 3 >= voices:
        return name_of(best[0], cast.lexicon)
    return name_of(side, cast.lexicon)


def bound_parties(clause: Clause, cast: Cast, seen: Sequence[Actor] = ()) -> frozenset[str] | None:
    """The sides that a clause binds to an occasion ("the call between A and B"), or None where it binds none."""
    language = clause.member.language
    for source in cast.vocabulary.attribution.get("occasion_parties", {}).get(language, ()):
        for match in cast.vocabulary.book.compile(source, language).finditer(clause.string):
            pair = []
            for name in ("first", "second"):
                group = clause.group_at(match, name)
                actor = cast.resolve(group, clause, seen) if group else None
                if actor and actor.side:
                    pair.append(actor.side)
            if len(set(pair)) == 2:
                return frozenset(pair)
    return None


def other_parties(reading: Reading, subject: Subject, cast: Cast) -> dict[int, frozenset[str]]:
    """The clauses of a reading that speak of another occasion than the subject: by index, that occasion's parties (sides)."""
    out: dict[int, frozenset[str]] = {}
    own = bound_parties_of_lead(reading, cast)
    foreign = own is not None and len(subject.sides) >= 2 and not own <= subject.sides
    current: frozenset[str] | None = None
    paragraph = -1
    for number, clause in enumerate(reading.clauses):
        if clause.sentence.paragraph != paragraph or clause.field == "title":
            paragraph = clause.sentence.paragraph
            current = None
        bound = bound_parties(clause, cast)
        if bound is not None:
            current = None if bound <= subject.sides or len(subject.sides) < 2 else bound
            if current:
                out[number] = current
            elif foreign:
                out.pop(number, None)
            continue
        sides = {a.side for g in clause.groups.values() if (a := cast.resolve(g, clause)) and a.side}
        if current is not None and current <= sides:
            out[number] = current
        elif foreign and own is not None:
            out[number] = own
    return out


def bound_parties_of_lead(reading: Reading, cast: Cast) -> frozenset[str] | None:
    """The parties that a text's title or first sentence binds to its occasion."""
    return next((b for c in reading.lead if (b := bound_parties(c, cast)) is not None), None)
