"""Average linkage over scored pairs: groups merge while the mean strength between them holds the threshold.

Single linkage and DBSCAN chain one event to the next through a roundup; the mean over all pairs does not.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]
# Pairs in one language inside two groups, from which their inner strength is worth a comparison: three outlets and two.
SEVERAL = 4
# A lone document is held against a group of three outlets in its language or more: it may stand so much further off.
CHORUS = 3
LONE = 0.62
# From so many documents on a group has a voice of its own.
VOICED = 3
# Two groups tell in the same languages where at least so many of the pairs between them are of kinds that both have within.
COVERED = 0.5


def components(nodes: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the connected components of nodes under the pairs, each in order, in order of their first member."""
    parent = {node: node for node in nodes}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in pairs:
        a, b = root(i), root(j)
        if a != b:
            parent[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    for node in sorted(parent):
        groups.setdefault(root(node), []).append(node)
    return [groups[k] for k in sorted(groups)]


@dataclass(frozen=True, slots=True)
class Tie:
    """What stands between two groups, or inside one: summed strengths of all pairs, and by the languages of the pairs.

    ``kinds`` maps a pair of languages, in order, to (sum, number of pairs).
    """

    total: float = 0.0
    pairs: int = 0
    kinds: Mapping[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    def __add__(self, other: Tie) -> Tie:
        kinds = dict(self.kinds)
        for kind, (total, pairs) in other.kinds.items():
            had, count = kinds.get(kind, (0.0, 0))
            kinds[kind] = had + total, count + pairs
        return Tie(self.total + other.total, self.pairs + other.pairs, kinds)

    @property
    def mean(self) -> float:
        """The mean strength over all pairs."""
        return self.total / self.pairs

    def inside(self, language: str) -> tuple[float, int]:
        """The mean strength of the pairs in a language (0 without any) and their number."""
        total, pairs = self.kinds.get((language, language), (0.0, 0))
        return (total / pairs if pairs else 0.0), pairs

    def covered(self, within: Tie) -> float:
        """The share of these pairs whose languages occur in a pair of a group."""
        return sum(pairs for kind, (_, pairs) in self.kinds.items() if kind in within.kinds) / self.pairs


@dataclass(frozen=True, slots=True)
class Bar:
    """How strong the pairs between two groups must be on average: ``threshold``, but ``pair`` between two lone documents, and ``alike``
    between two groups of three documents or more that are told in the same languages. For ``contrast`` see ``average_linkage``."""

    threshold: float
    pair: float = 0.0
    alike: float = 0.0
    contrast: float = 0.0


def average_linkage(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[Pair],
    strength: Callable[[int, int], float],
    bar: Bar,
    *,
    cannot: Collection[Pair] = (),
    languages: Sequence[str] = (),
) -> list[list[int]]:
    """Merge groups of documents, best mean first, and return the groups left, members in order.

    Only groups with a pair between them are ever tried; the mean is over all their pairs. Groups with a ``cannot`` pair stay apart.
    Two groups that both have several documents in one language stay apart too where the pairs between them are, in that language,
    much weaker (below ``contrast`` times) than those within: two stories of one subject, each told by several outlets.
    """
    return _Linkage(groups, strength, bar, frozenset(cannot), languages).run(pairs)


class _Linkage:
    def __init__(
        self,
        groups: Sequence[Sequence[int]],
        strength: Callable[[int, int], float],
        bar: Bar,
        cannot: frozenset[Pair],
        languages: Sequence[str],
    ) -> None:
        self.members = {number: list(group) for number, group in enumerate(groups)}
        self.strength = strength
        self.bar = bar
        self.languages = languages
        self.ties: dict[int, dict[int, Tie]] = {number: {} for number in self.members}
        self.within = {number: self._inside(group) for number, group in self.members.items()}
        self.barred: dict[int, set[int]] = {number: set() for number in self.members}
        self.heap: list[tuple[float, int, int]] = []
        self.home = {i: number for number, group in self.members.items() for i in group}
        for i, j in cannot:
            a, b = self.home.get(i), self.home.get(j)
            if a is not None and b is not None and a != b:
                self.barred[a].add(b)
                self.barred[b].add(a)

    def run(self, pairs: Iterable[Pair]) -> list[list[int]]:
        near = {(min(a, b), max(a, b)) for i, j in pairs if (a := self.home[i]) != (b := self.home[j])}
        for a, b in sorted(near):
            self._offer(a, b, self._between(a, b))
        number = len(self.members)
        while self.heap:
            _, a, b = heapq.heappop(self.heap)
            if a in self.members and b in self.members:
                self._merge(a, b, number)
                number += 1
        return sorted(sorted(group) for group in self.members.values())

    def _pair(self, i: int, j: int) -> Tie:
        strength = self.strength(i, j)
        if not self.languages:
            return Tie(strength, 1)
        first, second = sorted((self.languages[i], self.languages[j]))
        return Tie(strength, 1, {(first, second): (strength, 1)})

    def _between(self, a: int, b: int) -> Tie:
        return sum((self._pair(i, j) for i in self.members[a] for j in self.members[b]), Tie())

    def _inside(self, group: Sequence[int]) -> Tie:
        return sum((self._pair(i, j) for a, i in enumerate(group) for j in group[a + 1 :]), Tie())

    def _offer(self, a: int, b: int, tie: Tie) -> None:
        self.ties[a][b] = self.ties[b][a] = tie
        if tie.mean >= self._needed(a, b, tie) and b not in self.barred[a] and not self._distinct(a, b, tie):
            heapq.heappush(self.heap, (-round(tie.mean, 9), min(a, b), max(a, b)))

    def _needed(self, a: int, b: int, tie: Tie) -> float:
        smaller, larger = sorted((len(self.members[a]), len(self.members[b])))
        if larger == 1:
            return max(self.bar.threshold, self.bar.pair)
        both = min(tie.covered(self.within[a]), tie.covered(self.within[b])) >= COVERED
        return max(self.bar.threshold, self.bar.alike) if smaller >= VOICED and both else self.bar.threshold

    def _distinct(self, a: int, b: int, tie: Tie) -> bool:
        if not self.bar.contrast:
            return False
        for language in [first for first, second in tie.kinds if first == second]:
            between, _ = tie.inside(language)
            first, firsts = self.within[a].inside(language)
            second, seconds = self.within[b].inside(language)
            if firsts and seconds and firsts + seconds >= SEVERAL and between < self.bar.contrast * min(first, second):
                return True
            lone = len(self.members[a]) == 1 or len(self.members[b]) == 1
            if lone and max(firsts, seconds) >= CHORUS and between < LONE * max(first, second):
                return True
        return False

    def _merge(self, a: int, b: int, number: int) -> None:
        self.members[number] = self.members[a] + self.members[b]
        self.within[number] = self.within[a] + self.within[b] + self.ties[a][b]
        self.barred[number] = (self.barred[a] | self.barred[b]) - {a, b}
        for other in self.barred[number]:
            self.barred[other].add(number)
        fresh = {
            other: (self.ties[a].get(other) or self._between(a, other))
            + (self.ties[b].get(other) or self._between(b, other))
            for other in sorted((self.ties[a].keys() | self.ties[b].keys()) - {a, b})
        }
        for part in (a, b):
            for other in self.ties.pop(part):
                if other in self.ties:
                    self.ties[other].pop(part, None)
            del self.members[part], self.within[part]
        self.ties[number] = {}
        for other, tie in fresh.items():
            self._offer(number, other, tie)
