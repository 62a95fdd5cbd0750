"""One issuer's or outlet's text in two languages: what stands in one edition only, which figure, which weaker word.

Figures and names decide before vectors. Two thresholds: likeness of at least ``STRICT`` (or shared names and figures) asserts that two
sentences answer to one another; only below ``LOOSE`` to every part of the other edition may a sentence be called its own, and then
only where it also has a name or figure that the whole other edition lacks in every language. What lies between is unclear and is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from newsdigest.comparison.alignment import Bead, Rows, align, unit, windows
from newsdigest.comparison.cast import Cast
from newsdigest.comparison.figures import Number, numbers_in, same_number
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Edition, EditionGap, Figure
from newsdigest.comparison.speaking import speaks_itself
from newsdigest.comparison.strengths import Degree, Strengths
from newsdigest.events.encoding import content_hash
from newsdigest.items.evidence import Evidence
from newsdigest.language.sentences import sentences
from newsdigest.records import short_key

STRICT = 0.50
LOOSE = 0.50
_SAME_TEXT = 0.5
"""The share of the shorter edition's sentences that must have a counterpart for two texts to be editions of one."""
_SUMMARY = 0.75
"""Where less of the longer edition has a counterpart than this, the other only sums it up."""
_HOURS = 48
_SHORT = 6
_ANCHORS = ("person", "body", "place", "country", "term", "occasion")
_COUNTED = ("count", "money", "percent", "length", "mass", "area")
_SMALL = Decimal(10)
"""Smaller counts are often told otherwise (a pair, both, several)."""
_ROUNDING = Decimal("0.01")


def edition_pairs(packet: Packet) -> list[tuple[Member, Member]]:
    """The members that may be language editions of one text: of one issuer and channel, or held to be translations, or of one source."""
    out = []
    for n, first in enumerate(packet.members):
        for second in packet.members[n + 1 :]:
            if first.language != second.language and _near(first, second) and _one_origin(first, second, packet):
                out.append((first, second))
    return out


def _near(first: Member, second: Member) -> bool:
    times = first.item.versions[0].published.instant, second.item.versions[0].published.instant
    if times[0] is None or times[1] is None:
        return False
    whole = first.version.complete and second.version.complete
    return whole and abs((times[1] - times[0]).total_seconds()) <= _HOURS * 3600


def _one_origin(first: Member, second: Member, packet: Packet) -> bool:
    if speaks_itself(first) and speaks_itself(second):
        one, other = first.item.statement, second.item.statement
        if one is not None and other is not None and (one.issuer, one.channel) == (other.issuer, other.channel):
            return True
    translations = (c for c in packet.copies if c.kind in ("translation", "official_translation"))
    if any({first.key, second.key} <= {*c.items} for c in translations):
        return True
    return first.source.id == second.source.id and first.item.statement is None and second.item.statement is None


def edition_texts(packet: Packet) -> tuple[str, ...]:
    """The sentences whose vectors ``editions`` asks for, each once, in order."""
    members = dict.fromkeys(m.key for pair in edition_pairs(packet) for m in pair)
    return tuple(dict.fromkeys(text for key in members for _, _, text in _sentences(packet.member(key))))


def _sentences(member: Member) -> list[tuple[int, int, str]]:
    found = sentences(member.text, member.language)
    return [(s.start, s.end, member.text[s.start : s.end]) for s in found if member.text[s.start : s.end].strip()]


@dataclass(frozen=True, slots=True)
class _Side:
    """One edition read: its sentences with their numbers and names, and every name and number of the whole."""

    member: Member
    spans: tuple[tuple[int, int, str], ...]
    rows: Rows
    numbers: tuple[tuple[Number, ...], ...]
    names: tuple[frozenset[str], ...]
    everything: frozenset[str]
    all_numbers: tuple[Number, ...]

    def cite(self, number: int) -> Evidence:
        start, end, _ = self.spans[number]
        return self.member.cite(start, end)


class EditionReader:
    """Compares the language editions of one event."""

    def __init__(self, packet: Packet, cast: Cast, figures: Mapping[str, Sequence[Figure]]) -> None:
        self.packet = packet
        self.lexicon = packet.lexicon
        self.strengths = Strengths(packet.lexicon, cast.vocabulary.book)
        self._figures = figures

    def editions(self) -> Iterator[Edition]:
        """Yield each pair of editions whose sentences could be aligned; none where the vectors were not handed in."""
        for first, second in edition_pairs(self.packet):
            sides = self._side(first), self._side(second)
            if sides[0] is not None and sides[1] is not None:
                found = self._edition(sides[0], sides[1])
                if found is not None:
                    yield found

    def _side(self, member: Member) -> _Side | None:
        spans = _sentences(member)
        rows = [self.packet.vectors.get(content_hash(text)) for _, _, text in spans]
        if not spans or any(row is None for row in rows):
            return None
        names = [frozenset(m.entry for m in self.lexicon.find(text, member.language)) for _, _, text in spans]
        whole = f"{member.title}\n{member.text}"
        everything = frozenset(i for m in self.lexicon.find(whole) for i in (m.entry, *m.others))
        return _Side(
            member,
            tuple(spans),
            unit(np.stack([np.asarray(row, dtype=np.float32) for row in rows])),
            tuple(numbers_in(text, member.language, self.lexicon) for _, _, text in spans),
            tuple(frozenset(i for i in found if self._telling(i)) for found in names),
            everything,
            numbers_in(whole, member.language, self.lexicon),
        )

    def _telling(self, identity: str) -> bool:
        entry = self.lexicon.entries[identity]
        return entry.kind in _ANCHORS and "vague" not in entry.tags

    def _edition(self, left: _Side, right: _Side) -> Edition | None:
        beads = align(left.rows, right.rows, _bonus(left, right))
        sound = [b for b in beads if b.score >= STRICT or _tied(b, left, right)]
        held = ({i for b in sound for i in b.left}, {j for b in sound for j in b.right})
        sizes = len(left.spans), len(right.spans)
        shares = len(held[0]) / sizes[0], len(held[1]) / sizes[1]
        if max(shares) < _SAME_TEXT or min(sizes) < 2:
            return None
        shorter = None
        if min(shares) < _SUMMARY and max(sizes) > min(sizes):
            shorter = (left, right)[sizes.index(min(sizes))].member.key
        gaps: list[EditionGap] = []
        unclear = []
        for own, other, mine in ((left, right, held[0]), (right, left, held[1])):
            loose = [i for i in range(len(own.spans)) if i not in mine]
            pairs = [(b.left, b.right) if own is left else (b.right, b.left) for b in beads]
            alone = (
                [i for i in loose if self._stands_alone(i, own, other, pairs)] if other.member.key != shorter else []
            )
            unclear.append(len(loose) - len(alone))
            gaps.extend(self._only_in(i, own, other) for i in alone)
        for bead in sound:
            if _firm(bead, beads, left, right):
                gaps.extend(self._figures_of(bead, left, right, shorter))
            gaps.extend(self._softened(bead, left, right))
        return Edition(
            id=short_key("ed", left.member.key, right.member.key),
            items=(left.member.key, right.member.key),
            languages=(left.member.language, right.member.language),
            sentences=sizes,
            aligned=(len(held[0]), len(held[1])),
            unclear=(unclear[0], unclear[1]),
            shorter=shorter,
            gaps=tuple({g.id: g for g in gaps}.values()),
        )

    # ---- what stands in one edition only ----

    def _stands_alone(
        self, number: int, own: _Side, other: _Side, beads: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
    ) -> bool:
        """Whether nothing in the other edition can be this sentence.

        Its neighbours' counterparts stand side by side there, it names what the other nowhere has, and it is far from every part.
        """
        if len(own.spans[number][2].strip()) < _SHORT or not _no_room(number, own, other, beads):
            return False
        if not (self._absent(number, own, other) or self._absent_numbers(number, own, other)):
            return False
        near = max(float((windows(other.rows, k) @ own.rows[number]).max()) for k in (1, 2) if len(other.rows) >= k)
        return near < LOOSE

    def _absent(self, number: int, own: _Side, other: _Side) -> tuple[str, ...]:
        """Names of a sentence that the whole other edition lacks, in every form and language, as do all narrower and wider names."""
        return tuple(sorted(i for i in own.names[number] if self._lacks(other, i)))

    def _lacks(self, other: _Side, identity: str) -> bool:
        entry = self.lexicon.entries[identity]
        # A name that only this event taught may stand there in a spelling that we do not know.
        if not entry.forms.get(other.member.language) or identity.startswith("found."):
            return False
        kin = {identity, *entry.broader, entry.country} - {""}
        wider = {b for i in other.everything if i in self.lexicon.entries for b in self.lexicon.entries[i].broader}
        return not kin & (other.everything | wider)

    def _absent_numbers(self, number: int, own: _Side, other: _Side) -> tuple[Number, ...]:
        return tuple(n for n in own.numbers[number] if _counted(n) and not _stands(n, other.all_numbers))

    def _only_in(self, number: int, own: _Side, other: _Side) -> EditionGap:
        evidence = own.cite(number)
        return EditionGap(
            id=short_key("eg", "only", evidence.item, str(evidence.start), other.member.key),
            kind="only_in",
            item=own.member.key,
            other=other.member.key,
            evidence=(evidence,),
            topics=self._absent(number, own, other),
            figures=self._ids(own, number, self._absent_numbers(number, own, other)),
        )

    def _ids(self, side: _Side, number: int, stated: Sequence[Number]) -> tuple[str, ...]:
        """The comparison's figures that stand where these numbers do."""
        start = side.spans[number][0]
        places = [(start + n.start, start + n.end) for n in stated]
        own = [f for f in self._figures.get(side.member.key, ()) if f.evidence.field == "text"]
        return tuple(f.id for f in own if any(f.evidence.start < e and s < f.evidence.end for s, e in places))

    # ---- figures and words of aligned sentences ----

    def _figures_of(self, bead: Bead, left: _Side, right: _Side, shorter: str | None) -> Iterator[EditionGap]:
        for own, other, mine, theirs in ((left, right, bead.left, bead.right), (right, left, bead.right, bead.left)):
            lost = [(i, n) for i in mine for n in self._absent_numbers(i, own, other)]
            if not lost:
                continue
            there = [(j, n) for j in theirs for n in self._absent_numbers(j, other, own)]
            rivals = [(j, n) for j, n in there if any(_same_kind(n, m) for _, m in lost)]
            if rivals and own is right:
                continue  # told once, from the other side
            kind = "figure_changed" if rivals else "figure_only"
            if kind == "figure_only" and (
                other.member.key == shorter or there or bead.score < STRICT or not _share(bead, left, right)
            ):
                continue
            number = lost[0][0]
            ids = [*self._ids(own, number, [n for _, n in lost])]
            counter = tuple(dict.fromkeys(other.cite(j) for j in ([j for j, _ in rivals] or theirs)))
            for j, n in rivals:
                ids.extend(self._ids(other, j, (n,)))
            evidence = own.cite(number)
            yield EditionGap(
                id=short_key("eg", kind, evidence.item, str(evidence.start), other.member.key),
                kind=kind,
                item=own.member.key,
                other=other.member.key,
                evidence=(evidence,),
                counterpart=counter,
                figures=tuple(dict.fromkeys(ids)),
            )

    def _softened(self, bead: Bead, left: _Side, right: _Side) -> Iterator[EditionGap]:
        """A stance worded in both editions, weaker in one; a scale worded in one of them only says nothing."""
        mine, theirs = self._degrees(left, bead.left), self._degrees(right, bead.right)
        for scale in sorted(mine.keys() & theirs.keys()):
            (a, here), (b, there) = mine[scale], theirs[scale]
            if abs(a.rank - b.rank) < a.least:
                continue
            strong, weak = ((a, here, left), (b, there, right))[:: 1 if a.rank > b.rank else -1]
            evidence, counterpart = strong[1], weak[1]
            topics = sorted(
                self._names(left, bead.left) & self._names(right, bead.right),
                key=lambda i: evidence.exact.find(self.lexicon.entries[i].form(strong[2].member.language) or i),
            )
            yield EditionGap(
                id=short_key("eg", "softened", scale, evidence.item, str(evidence.start), counterpart.item),
                kind="softened",
                item=strong[2].member.key,
                other=weak[2].member.key,
                evidence=(evidence,),
                counterpart=(counterpart,),
                topics=tuple(i for i in topics if self.lexicon.entries[i].kind == "term"),
                first=strong[0].label,
                second=weak[0].label,
            )

    def _degrees(self, side: _Side, numbers: Sequence[int]) -> dict[str, tuple[Degree, Evidence]]:
        found: dict[str, tuple[Degree, Evidence]] = {}
        for number in numbers:
            for degree in self.strengths.read(side.spans[number][2], side.member.language):
                if degree.scale not in found or found[degree.scale][0].rank < degree.rank:
                    found[degree.scale] = (degree, side.cite(number))
        return found

    @staticmethod
    def _names(side: _Side, numbers: Sequence[int]) -> frozenset[str]:
        return frozenset(i for number in numbers for i in side.names[number])


def _no_room(number: int, own: _Side, other: _Side, beads: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> bool:
    """Whether the counterparts of the sentences before and after stand side by side in the other edition."""
    before = max((b for b in beads if b[0][-1] < number), key=lambda b: b[0], default=None)
    after = min((b for b in beads if b[0][0] > number), key=lambda b: b[0], default=None)
    ends = before[1][-1] if before else -1
    begins = after[1][0] if after else len(other.spans)
    if begins - ends != 1 or not (before or after):
        return False
    # In a run of sentences without a partner the order itself is in doubt.
    return not ((before and number - before[0][-1] > 1) or (after and after[0][0] - number > 1))


def _firm(bead: Bead, beads: Sequence[Bead], left: _Side, right: _Side) -> bool:
    """Whether a pair stands between other pairs on both sides without a sentence left over: nothing else could answer to it."""
    if len(bead.left) != 1 or len(bead.right) != 1:
        return False
    at = beads.index(bead)
    before = beads[at - 1] if at else Bead((-1,), (-1,), 0.0)
    after = beads[at + 1] if at + 1 < len(beads) else Bead((len(left.spans),), (len(right.spans),), 0.0)
    near = (bead.left[0] - before.left[-1], after.left[0] - bead.left[0])
    return near == (1, 1) == (bead.right[0] - before.right[-1], after.right[0] - bead.right[0])


def _bonus(left: _Side, right: _Side) -> NDArray[np.float64]:
    """What shared figures and names add to a pair of sentences, and what figures of one alone take away."""
    out = np.zeros((len(left.spans), len(right.spans)))
    for i, ours in enumerate(left.numbers):
        for j, theirs in enumerate(right.numbers):
            shared = sum(_stands(n, theirs) for n in ours)
            apart = len(ours) + len(theirs) - 2 * shared
            names = len(left.names[i] & right.names[j])
            of = min(len(left.names[i]), len(right.names[j]))
            out[i, j] = 0.06 * min(shared, 3) - 0.03 * min(max(apart, 0), 3) + (0.10 * names / of if of else 0.0)
    return out


def _tied(bead: Bead, left: _Side, right: _Side) -> bool:
    """Whether names and figures tie the sentences of a bead though their vectors are not near: two at least, and most of them."""
    mine = {i for n in bead.left for i in left.names[n]}
    theirs = {i for n in bead.right for i in right.names[n]}
    ours = [n for i in bead.left for n in left.numbers[i] if _counted(n)]
    others = [n for j in bead.right for n in right.numbers[j] if _counted(n)]
    shared = len(mine & theirs) + sum(_stands(n, others) for n in ours)
    fewest = min(len(mine) + len(ours), len(theirs) + len(others))
    return shared >= 2 and shared >= 0.6 * fewest


def _share(bead: Bead, left: _Side, right: _Side) -> bool:
    """Whether the sentences of a bead have a name or a figure in common."""
    names = {i for n in bead.left for i in left.names[n]} & {i for n in bead.right for i in right.names[n]}
    there = [n for j in bead.right for n in right.numbers[j]]
    return bool(names) or any(_stands(n, there) for i in bead.left for n in left.numbers[i])


def _counted(number: Number) -> bool:
    """Whether a number is a figure that every edition would state: with a unit, no age, span of time, rank or bare part of a date."""
    if number.date is not None or number.kind not in _COUNTED:
        return False
    return number.kind != "count" or (bool(number.unit) and number.value >= _SMALL)


def _stands(number: Number, others: Sequence[Number]) -> bool:
    return any(same_number(number, o) or _rounded(number, o) for o in others)


def _rounded(one: Number, other: Number) -> bool:
    """Whether two numbers have the same digits, or one rounds the other."""
    if one.date is not None or other.date is not None:
        return False
    if one.stated == other.stated != 0:
        return True
    pairs = ((one.value, other.value), (one.stated, other.stated))
    return any(a and b and abs(a - b) <= abs(a) * _ROUNDING for a, b in pairs)


def _same_kind(one: Number, other: Number) -> bool:
    return one.kind == other.kind and one.unit == other.unit and (one.date is None) == (other.date is None)
