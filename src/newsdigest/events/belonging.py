"""Whether a document belongs to a group: what pairs cannot see, seen over all that the group says.

Two fires of one night read alike, pair by pair; but one names a town that none of the other's reports names. A president's post on a
collision is like no report of it; but every name in it is a name of that event. Both show only against the whole group.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsdigest.events.pairs import LEARNT, Weighed, set_elsewhere
from newsdigest.events.scorer import Belonging

Pair = tuple[int, int]
# From so many documents on a group has a voice of its own against which a member is judged.
LEAST = 2
# A rarity that a few shared names need to count as much as many.
ENOUGH = 4.0
# From this rarity on a name points to an event: at most one training event in thirty has it.
RARE = 3.4
ROUNDS = 2
# How many documents of one language a group may count: a larger one is judged like one of that size, for few training events have more.
MOST_ALIKE = 3
# The mean strength to a group (a probability of one in eight) without which shared names join nothing: another fire of the same night shares
# a whole report's wording with one member and is plainly no report of what the others tell.
NEAR = 0.3
# Only a lone document joins, and a group of at least so many: two that tell the same are more likely an event of their own.
SMALL = 1
LARGER = 2
NAMING = ("latin", "katakana", "entities", "places", "skeletons")


@dataclass(frozen=True, slots=True)
class Told:
    """What a group's documents say: by channel in how many of them each token stands."""

    tokens: Mapping[str, Counter[str]]


def told_by(documents: Iterable[Weighed]) -> Told:
    """Return what these documents say."""
    tokens: dict[str, Counter[str]] = {channel: Counter() for channel in LEARNT}
    for document in documents:
        for channel in LEARNT:
            tokens[channel].update(document.rarity[channel].keys())
    return Told(tokens)


def belonging_row(
    document: Weighed, others: Sequence[Weighed], strengths: Sequence[float], spread: Mapping[str, Mapping[str, int]]
) -> dict[str, float]:
    """Return the features of a document against a group without it.

    ``strengths`` are those of its pairs with the group's documents; ``spread`` has by channel in how many of all documents held a
    token stands: a name that only this group and this document have is worth more than one that is in every event.
    """
    told = told_by(others)
    ordered = sorted(strengths, reverse=True)
    same = sum(other.document.language == document.document.language for other in others)
    row = {
        "mean": sum(ordered) / len(ordered),
        "best": ordered[0],
        "few": sum(ordered[:3]) / len(ordered[:3]),
        "others": math.log1p(len(ordered)),
        "own_language": math.log1p(min(same, MOST_ALIKE)),
        "elsewhere": sum(set_elsewhere(document, other) for other in others) / len(others),
    }
    foreign = met = special = 0.0
    for channel in LEARNT:
        common = told.tokens[channel]
        rarity = document.rarity[channel]
        found = sum(weight for token, weight in rarity.items() if token in common)
        row[f"{channel}_met"] = found / (document.sums[channel] + ENOUGH) if common else 0.0
        if channel in NAMING and common:
            unmet = sum(w for token, w in document.head[channel].items() if not _named(channel, token, told))
            foreign += unmet
            met += sum(w for token, w in document.head[channel].items() if token in common)
            row[f"{channel}_foreign"] = math.log1p(unmet)
            special += sum(
                weight * common[token] / max(1, spread[channel].get(token, 1) - 1)
                for token, weight in rarity.items()
                if token in common and weight >= RARE
            )
        elif channel in NAMING:
            row[f"{channel}_foreign"] = 0.0
    row["special"] = math.log1p(special)
    row["names_foreign"] = foreign / (foreign + met + ENOUGH)
    return row


def _named(channel: str, token: str, told: Told) -> bool:
    """Whether a group names something, in this form or (a place: 港北市, 港北) another."""
    if token in told.tokens[channel]:
        return True
    if channel != "places" or "." in token:
        return False
    return token in told.tokens["latin"] or (len(token) > 1 and token[-2:] in told.tokens["han"])


class Settling:
    """Puts right what linkage left: members that are foreign to their group leave it, documents that belong to one group join it."""

    def __init__(
        self,
        documents: Sequence[Weighed],
        strength: Callable[[int, int], float],
        belonging: Belonging,
        spread: Mapping[str, Mapping[str, int]],
        *,
        fixed: Collection[int] = (),
        cannot: Collection[Pair] = (),
        apart: Callable[[int, int], bool] = lambda i, j: False,
    ) -> None:
        self._apart = apart
        self._documents = documents
        self._strength = strength
        self._belonging = belonging
        self._spread = spread
        self._fixed = frozenset(fixed)
        self._barred = {pair for i, j in cannot for pair in ((i, j), (j, i))}

    def settled(self, groups: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return the groups as they are after at most ``ROUNDS`` rounds of leaving and joining."""
        now = sorted(sorted(group) for group in groups)
        for _ in range(ROUNDS):
            before = now
            now = self._joined(self._left(now))
            if now == before:
                break
        return now

    def probability(self, i: int, group: Sequence[int]) -> float:
        """Return how likely a document belongs to a group (of which it may be a member)."""
        others = [j for j in group if j != i]
        row = belonging_row(
            self._documents[i],
            [self._documents[j] for j in others],
            [self._strength(i, j) for j in others],
            self._spread,
        )
        return self._belonging.probability(row)

    def _both(self, group: Sequence[int], large: Sequence[int]) -> float:
        """How likely a small group is of a larger one's event: the mean over its members, nothing where one is foreign to it."""
        found = [self.probability(i, large) for i in group]
        return sum(found) / len(found) if min(found) >= self._belonging.leave else 0.0

    def _near(self, group: Sequence[int], large: Sequence[int]) -> float:
        return sum(self._strength(i, j) for i in group for j in large) / (len(group) * len(large))

    def _left(self, groups: Sequence[Sequence[int]]) -> list[list[int]]:
        result = []
        for group in groups:
            leaving = [
                i
                for i in group
                if len(group) > LEAST and i not in self._fixed and self.probability(i, group) < self._belonging.leave
            ]
            kept = [i for i in group if i not in leaving]
            result += [kept, *([i] for i in leaving)] if kept else [[i] for i in group]
        return result

    def _joined(self, groups: Sequence[Sequence[int]]) -> list[list[int]]:
        """Every small group is judged against the larger ones as they were."""
        small = [group for group in groups if len(group) <= SMALL and not self._fixed.intersection(group)]
        wishes: list[tuple[float, Sequence[int], Sequence[int]]] = []
        for group in small:
            homes = [
                (self._both(group, large), large)
                for large in groups
                if len(large) >= max(LEAST, LARGER * len(group))
                and large is not group
                and not any(self._apart(i, j) for i in group for j in large)
            ]
            likely = sorted(homes, key=lambda home: -home[0])
            # Torn between two events, it is neither's, also where it is not likely enough of the other.
            second = likely[1][0] if len(likely) > 1 else 0.0
            if (
                likely
                and likely[0][0] >= max(self._belonging.join, second + self._belonging.margin)
                and self._near(group, likely[0][1]) >= NEAR
            ):
                wishes.append((-round(likely[0][0], 9), group, likely[0][1]))
        joined = {tuple(group): list(group) for group in groups}
        for _, group, large in sorted(wishes, key=lambda wish: (wish[0], list(wish[1]))):
            own, home = tuple(group), tuple(large)
            if own not in joined or home not in joined or len(joined[own]) > len(own):
                continue
            if not any((i, j) in self._barred for i in group for j in joined[home]):
                joined[home] += group
                del joined[own]
        return sorted(sorted(group) for group in joined.values())
