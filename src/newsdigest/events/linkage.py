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
# An event with an outer circle has so many voices.
CIRCLE = 4


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
    """What stands between two groups, or inside one: summed strengths of all pairs, and by language of the pairs in one language.

    ``alike`` maps a language to (sum, number of pairs).
    """

    total: float = 0.0
    pairs: int = 0
    alike: Mapping[str, tuple[float, int]] = field(default_factory=dict)

    def __add__(self, other: Tie) -> Tie:
        alike = dict(self.alike)
        for language, (total, pairs) in other.alike.items():
            had, count = alike.get(language, (0.0, 0))
            alike[language] = had + total, count + pairs
        return Tie(self.total + other.total, self.pairs + other.pairs, alike)

    @property
    def mean(self) -> float:
        """The mean strength over all pairs."""
        return self.total / self.pairs

    def inside(self, language: str) -> tuple[float, int]:
        """The mean strength of the pairs in a language (0 without any) and their number."""
        total, pairs = self.alike.get(language, (0.0, 0))
        return (total / pairs if pairs else 0.0), pairs


def average_linkage(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[Pair],
    strength: Callable[[int, int], float],
    threshold: float,
    *,
    cannot: Collection[Pair] = (),
    languages: Sequence[str] = (),
    contrast: float = 0.0,
) -> list[list[int]]:
    """Merge groups of documents, best mean first, and return the groups left, members in order.

    Only groups with a pair between them are ever tried; the mean is over all their pairs. Groups with a ``cannot`` pair stay apart.
    Two groups that both have several documents in one language stay apart too where the pairs between them are, in that language,
    much weaker (below ``contrast`` times) than those within: two stories of one subject, each told by several outlets.
    """
    return _Linkage(groups, strength, threshold, frozenset(cannot), languages, contrast).run(pairs)


class _Linkage:
    def __init__(
        self,
        groups: Sequence[Sequence[int]],
        strength: Callable[[int, int], float],
        threshold: float,
        cannot: frozenset[Pair],
        languages: Sequence[str],
        contrast: float,
    ) -> None:
        self.members = {number: list(group) for number, group in enumerate(groups)}
        self.strength = strength
        self.threshold = threshold
        self.languages = languages
        self.contrast = contrast
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
        language = self.languages[i] if self.languages else ""
        if not language or language != self.languages[j]:
            return Tie(strength, 1)
        return Tie(strength, 1, {language: (strength, 1)})

    def _between(self, a: int, b: int) -> Tie:
        return sum((self._pair(i, j) for i in self.members[a] for j in self.members[b]), Tie())

    def _inside(self, group: Sequence[int]) -> Tie:
        return sum((self._pair(i, j) for a, i in enumerate(group) for j in group[a + 1 :]), Tie())

    def _offer(self, a: int, b: int, tie: Tie) -> None:
        self.ties[a][b] = self.ties[b][a] = tie
        if tie.mean >= self.threshold and b not in self.barred[a] and not self._distinct(a, b, tie):
            heapq.heappush(self.heap, (-round(tie.mean, 9), min(a, b), max(a, b)))

    def _distinct(self, a: int, b: int, tie: Tie) -> bool:
        if not self.contrast:
            return False
        for language in tie.alike:
            between, _ = tie.inside(language)
            first, firsts = self.within[a].inside(language)
            second, seconds = self.within[b].inside(language)
            if firsts and seconds and firsts + seconds >= SEVERAL and between < self.contrast * min(first, second):
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


def attached(
    groups: Sequence[Sequence[int]],
    strength: Callable[[int, int], float],
    *,
    mean: float,
    best: float,
    cannot: Collection[Pair] = (),
) -> list[list[int]]:
    """Join lone documents to the one large group they plainly belong to: commentary stands further off than reports do.

    A document joins where one pair reaches ``best``, its mean strength to the group ``mean``, and no other group of several comes near.
    Every document is judged against the groups as they were.
    """
    barred = {pair for i, j in cannot for pair in ((i, j), (j, i))}
    several = [group for group in groups if len(group) > 1]
    joined = {number: list(group) for number, group in enumerate(several)}
    wishes: list[tuple[float, int, int]] = []
    for lone in (group[0] for group in groups if len(group) == 1):
        near = []
        for number, group in enumerate(several):
            strengths = [strength(lone, other) for other in group]
            near.append((sum(strengths) / len(strengths), max(strengths), number))
        near = [place for place in near if place[0] >= mean]
        if len(near) == 1 and near[0][1] >= best and len(several[near[0][2]]) >= CIRCLE:
            wishes.append((-round(near[0][0], 9), lone, near[0][2]))
    settled = set()
    for _, lone, number in sorted(wishes):
        if not any((lone, other) in barred for other in joined[number]):
            joined[number].append(lone)
            settled.add(lone)
    left = [list(group) for group in groups if len(group) == 1 and group[0] not in settled]
    return sorted([*left, *(sorted(group) for group in joined.values())])
