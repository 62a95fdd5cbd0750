"""Average linkage over scored pairs: groups merge while the mean probability between them holds the threshold.

Single linkage and DBSCAN chain one event to the next through a roundup; the mean over all pairs does not.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Sequence

Pair = tuple[int, int]


def components(size: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the connected components of ``range(size)`` under the pairs, each in order, in order of their first member."""
    parent = list(range(size))

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
    for i in range(size):
        groups.setdefault(root(i), []).append(i)
    return [groups[k] for k in sorted(groups)]


def average_linkage(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[Pair],
    probability: Callable[[int, int], float],
    threshold: float,
    cannot: Collection[Pair] = (),
) -> list[list[int]]:
    """Merge groups of documents, best mean first, and return the groups left, members in order.

    Only groups with a pair between them are ever tried; the mean is over all their pairs. Groups with a ``cannot`` pair stay apart.
    """
    return _Linkage(groups, probability, threshold, frozenset(cannot)).run(pairs)


class _Linkage:
    def __init__(
        self,
        groups: Sequence[Sequence[int]],
        probability: Callable[[int, int], float],
        threshold: float,
        cannot: frozenset[Pair],
    ) -> None:
        self.members = {number: list(group) for number, group in enumerate(groups)}
        self.probability = probability
        self.threshold = threshold
        self.sums: dict[int, dict[int, float]] = {number: {} for number in self.members}
        self.barred: dict[int, set[int]] = {number: set() for number in self.members}
        self.heap: list[tuple[float, int, int]] = []
        home = {i: number for number, group in self.members.items() for i in group}
        for i, j in cannot:
            if i in home and j in home and home[i] != home[j]:
                self.barred[home[i]].add(home[j])
                self.barred[home[j]].add(home[i])
        self.home = home

    def run(self, pairs: Iterable[Pair]) -> list[list[int]]:
        near = {(min(a, b), max(a, b)) for i, j in pairs if (a := self.home[i]) != (b := self.home[j])}
        for a, b in sorted(near):
            self._offer(a, b, self._sum(self.members[a], self.members[b]))
        number = len(self.members)
        while self.heap:
            _, a, b = heapq.heappop(self.heap)
            if a in self.members and b in self.members:
                self._merge(a, b, number)
                number += 1
        return sorted(sorted(group) for group in self.members.values())

    def _sum(self, first: Sequence[int], second: Sequence[int]) -> float:
        return sum(self.probability(i, j) for i in first for j in second)

    def _offer(self, a: int, b: int, total: float) -> None:
        self.sums[a][b] = self.sums[b][a] = total
        mean = total / (len(self.members[a]) * len(self.members[b]))
        if mean >= self.threshold and b not in self.barred[a]:
            heapq.heappush(self.heap, (-round(mean, 9), min(a, b), max(a, b)))

    def _merge(self, a: int, b: int, number: int) -> None:
        neighbours = sorted((self.sums[a].keys() | self.sums[b].keys()) - {a, b})
        totals = {}
        for other in neighbours:
            totals[other] = sum(
                self.sums[part][other]
                if other in self.sums[part]
                else self._sum(self.members[part], self.members[other])
                for part in (a, b)
            )
        self.members[number] = self.members[a] + self.members[b]
        self.barred[number] = (self.barred[a] | self.barred[b]) - {a, b}
        for other in self.barred[number]:
            self.barred[other].add(number)
        for part in (a, b):
            for other in self.sums.pop(part):
                if other in self.sums:
                    self.sums[other].pop(part, None)
            del self.members[part]
        self.sums[number] = {}
        for other, total in totals.items():
            self._offer(number, other, total)
