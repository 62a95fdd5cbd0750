"""Which figures contradict one another, and which only follow one another in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import combinations

from newsdigest.comparison.figures.explained import explained, same_scale
from newsdigest.comparison.figures.sentence import SentenceReader
from newsdigest.comparison.figures.situation import Situation, Situator, main_text, parties_of
from newsdigest.comparison.figures.vocabulary import vocabulary
from newsdigest.comparison.figures.wording import say
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Figure
from newsdigest.language.lexicon import Lexicon
from newsdigest.records import Bilingual

# Counts of one hour are of one time; a plain count may be compared over three days.
_SAME_HOUR = 3600
_SAME_DAYS = 3 * 86400


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """One value with the figures that give it and the items that carry them (copies left out)."""

    value: Bilingual
    figures: tuple[Figure, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureConflict:
    """A question that figures answer differently. ``parties`` are the lexicon ids of those it is about; ``main`` whether that is the event's own matter."""

    key: str
    question: Bilingual
    answers: tuple[FigureAnswer, ...]
    parties: tuple[str, ...]
    main: bool


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """Figures of one subject in order of time: a toll that rises, a count revised. Never a contradiction."""

    key: str
    question: Bilingual
    points: tuple[Figure, ...]


def situations(
    figures: Iterable[Figure], packet: Packet, reader: SentenceReader | None = None
) -> tuple[Situation, ...]:
    """Return the situations of all counted figures of a packet, in order; ``reader`` remembers the event's sentences."""
    members = {m.key: m for m in (*packet.members, *packet.related)}
    situator = Situator(reader or SentenceReader(packet.lexicon))
    found = (situator.situate(f, members[f.evidence.item]) for f in figures if f.evidence.item in members)
    return _qualified([s for s in found if s is not None])


def _qualified(found: Sequence[Situation]) -> tuple[Situation, ...]:
    """Give a headline's bare number the bound that its text gives the same number ("120 aboard", "about 120 people")."""
    bounds = {
        _said(s): s.figure.bound for s in found if s.figure.evidence.field == "text" and s.figure.bound != "exact"
    }
    return tuple(
        replace(s, figure=s.figure.model_copy(update={"bound": bounds[_said(s)]}))
        if s.figure.evidence.field == "title" and s.figure.bound == "exact" and _said(s) in bounds
        else s
        for s in found
    )


def _said(situation: Situation) -> tuple[str, str, str]:
    return situation.member.key, situation.figure.value, situation.figure.unit


def conflicts(
    figures: Sequence[Figure], packet: Packet, known: Sequence[Situation] | None = None
) -> tuple[FigureConflict, ...]:
    """Return the contradictions among figures: same subject, same parties, same time, and no bound, rounding, unit or part explains them.

    Figures of one item, or of copies of one, never contradict one another. ``known`` are the figures' situations, where they are known.
    """
    out: list[FigureConflict] = []
    for group in _groups(situations(figures, packet) if known is None else known, packet):
        clashing = [(a, b) for a, b in combinations(group, 2) if _clash(a, b, packet)]
        if clashing:
            involved = _ordered({id(s): s for pair in clashing for s in pair}.values(), group)
            out.append(_conflict(involved, packet))
    return tuple(sorted(out, key=lambda c: (c.answers[0].figures[0].as_of.raw, c.key)))


def series(
    figures: Sequence[Figure], packet: Packet, known: Sequence[Situation] | None = None
) -> tuple[FigureSeries, ...]:
    """Return the subjects whose figures rise (tolls, burnt buildings) with two values or more over time, oldest first.

    ``known`` are the figures' situations, where they are known.
    """
    out = []
    for group in _groups(situations(figures, packet) if known is None else known, packet):
        subject = group[0].sense.subject
        if subject is None or not subject.rises:
            continue
        points = _points(group, packet)
        if len({p.value for p in points}) >= 2 and not any(_clash(a, b, packet) for a, b in combinations(group, 2)):
            out.append(FigureSeries(subject.id, _question(group[0], packet.lexicon), points))
    return tuple(out)


def _points(group: Sequence[Situation], packet: Packet) -> tuple[Figure, ...]:
    """One point a value and item, in order of as-of time, then of value (of people still sought: falling) where the times are not told apart."""
    seen: dict[tuple[str, str], Situation] = {}
    for situation in group:
        seen.setdefault((packet.lead_of(situation.member.key), situation.figure.value), situation)
    falls = group[0].sense.subject is not None and group[0].sense.subject.falls
    ordered = sorted(
        seen.values(),
        key=lambda s: (
            (_day(s), Decimal(s.figure.value) * (-1 if falls else 1)) if _rough(s) else (_instant(s), Decimal(0))
        ),
    )
    return tuple(s.figure for s in ordered)


def _groups(found: Sequence[Situation], packet: Packet) -> list[list[Situation]]:
    """Situations that count the same: by subject or term, scale, what narrows it, its period, and compatible parties."""
    homes: dict[tuple[str, ...], list[list[Situation]]] = {}
    placed: set[tuple[object, ...]] = set()
    values = {s.figure.id: f"{s.figure.value} {s.figure.unit}" for s in found}
    for situation in found:
        if situation.key is None or situation.sense.part:
            continue
        # Only figures of one kind, and of one typed subject, can count the same: the rest are never held against one another.
        subject = situation.sense.subject
        groups = homes.setdefault((situation.figure.kind, subject.id if subject else ""), [])
        # A text that repeats a figure in the same circumstances adds nothing to weigh.
        twin = (situation.member.key, situation.key, situation.figure.value, situation.figure.unit, situation.figure.bound,
                situation.parties, situation.places, situation.narrow, situation.scope, situation.years, situation.terms,
                values.get(situation.figure.period or ""))  # fmt: skip
        if twin in placed:
            continue
        placed.add(twin)
        home = next((g for g in groups if all(_same_thing(situation, other, values) for other in g)), None)
        if home is None:
            groups.append([situation])
        else:
            home.append(situation)
    everything = [group for groups in homes.values() for group in groups]
    return [group for group in everything if len({packet.lead_of(s.member.key) for s in group}) >= 2]


def _same_thing(a: Situation, b: Situation, values: dict[str, str]) -> bool:
    subject = a.sense.subject
    if not same_scale(a.figure, b.figure) or (a.years - b.years and b.years - a.years):
        return False
    if subject is None and (a.figure.kind == "duration" or (a.terms != b.terms and a.key != b.key)):
        return False  # a bare span of time says for how long something else holds
    if subject is not None and a.key != b.key:
        return False
    same_language = a.member.language == b.member.language
    if a.narrow[0] != b.narrow[0] or (same_language and a.narrow[1] != b.narrow[1]):
        return False
    if a.places and b.places and not a.places & b.places:
        return False
    if _reach(a) != _reach(b):
        return False
    if values.get(a.figure.period or "") != values.get(b.figure.period or ""):
        return False
    if subject is not None:
        return _compatible(a, b) if subject.held else True
    return not a.parties or not b.parties or bool(a.parties & b.parties)


def _reach(situation: Situation) -> str:
    """How far a count reaches where that sets it apart: of the country and in all is what a bare count means."""
    return "" if situation.scope in ("nation", "total") else situation.scope


def _compatible(a: Situation, b: Situation) -> bool:
    """Whether two figures are about the same parties: alike, or one item names none at all, or names two of the other's and no more."""
    if a.parties == b.parties or not a.parties or not b.parties:
        return True
    small, large = (a, b) if len(a.parties) <= len(b.parties) else (b, a)
    return small.parties < large.parties and len(small.parties) >= 2


def _clash(a: Situation, b: Situation, packet: Packet) -> bool:
    if a.figure.value == b.figure.value and a.figure.unit == b.figure.unit:
        return False
    if packet.lead_of(a.member.key) == packet.lead_of(b.member.key) or a.member.source.id == b.member.source.id:
        return False
    if not _same_time(a, b):
        return False
    return not explained(a, b)


def _same_time(a: Situation, b: Situation) -> bool:
    if a.sense.subject is not None and a.sense.subject.rises:
        if _rough(a) or _rough(b):
            return False
        return abs((_instant(a) - _instant(b)).total_seconds()) <= _SAME_HOUR
    return abs((_instant(a) - _instant(b)).total_seconds()) <= _SAME_DAYS


def _rough(situation: Situation) -> bool:
    return situation.figure.as_of.instant is None or situation.figure.as_of.precision not in (
        "second",
        "minute",
        "hour",
    )


def _instant(situation: Situation) -> datetime:
    return situation.figure.as_of.instant or situation.member.version.first_seen


def _day(situation: Situation) -> datetime:
    return _instant(situation).replace(hour=0, minute=0, second=0, microsecond=0)


def _ordered(involved: Iterable[Situation], group: Sequence[Situation]) -> list[Situation]:
    chosen = {id(s) for s in involved}
    return [s for s in group if id(s) in chosen]


def _conflict(group: Sequence[Situation], packet: Packet) -> FigureConflict:
    lexicon = packet.lexicon
    by_value: dict[tuple[str, str, str], list[Situation]] = {}
    for situation in group:
        by_value.setdefault((situation.figure.value, situation.figure.unit, situation.figure.bound), []).append(
            situation
        )
    answers = tuple(
        FigureAnswer(
            Bilingual(ja=say(same[0].figure, "ja", lexicon), en=say(same[0].figure, "en", lexicon)),
            tuple(s.figure for s in same),
            tuple(dict.fromkeys(s.member.key for s in same)),
        )
        for same in by_value.values()
    )
    parties = tuple(sorted(frozenset().union(*(s.parties for s in group))))
    return FigureConflict(str(group[0].key), _question(group[0], lexicon), answers, parties, is_main(group, packet))


def is_main(group: Sequence[Situation], packet: Packet) -> bool:
    """Whether figures concern the event's own matter: their parties are those of what most of its items are mainly about."""
    subject = group[0].sense.subject
    if subject is None or not subject.held:
        return True
    parties = frozenset().union(*(s.parties for s in group))
    mains = [_main_parties(m, packet.lexicon) for m in packet.members]
    told = [m for m in mains if len(m) >= 2]
    if not told or not parties:
        return all(s.inherited or not s.parties for s in group)
    if all(s.inherited or not s.parties for s in group):
        # Parties taken from each item's own opening: they are the event's where two of them are, whoever else it names.
        return all(sum(len(s.parties & m) >= 2 for m in told) * 2 >= len(told) for s in group if s.parties)
    return sum(parties <= m for m in told) * 2 >= len(told)


def _main_parties(member: Member, lexicon: Lexicon) -> frozenset[str]:
    text = main_text(member)
    return parties_of(text, lexicon.find(text, member.language), member, lexicon)


def _question(situation: Situation, lexicon: Lexicon) -> Bilingual:
    subject = situation.sense.subject
    if subject:
        return Bilingual(ja=subject.question_ja, en=subject.question_en)
    table = vocabulary(lexicon).table["questions"]
    entry = lexicon.entries.get(situation.sense.term or "")
    ja = (entry.form("ja") if entry else None) or situation.sense.of
    en = (entry.form("en") if entry else None) or situation.sense.of
    kind = situation.figure.kind if f"{situation.figure.kind}_ja" in table else "other"
    return Bilingual(ja=table[f"{kind}_ja"].format(ja), en=table[f"{kind}_en"].format(en[:1].upper() + en[1:]))
