"""Profiles kept small: a week of a busy bureau holds tens of thousands of documents, of which a new item meets thirty.

A weighed profile of one report takes some 100 kB of dictionaries. Here it is 3 kB of token numbers, and is made anew when it is asked
for; the latest asked for stay as they are.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from newsdigest.events.pairs import Background, Weighed, weighed
from newsdigest.events.profile import CHANNELS, EventDocument, Profile

# Weighed profiles at hand, about 100 kB each.
AT_HAND = 1_500


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document and its profile: how many tokens each channel has in ``whole`` and ``head``, then their numbers, then their counts."""

    document: EventDocument
    length: int
    sizes: array[int]
    tokens: array[int]
    counts: array[int]


class Shelf(Sequence[Weighed]):
    """Weighed documents by number, as a list would have them."""

    def __init__(self, background: Background, at_hand: int = AT_HAND) -> None:
        self._background = background
        self._most = at_hand
        self._kept: list[_Kept] = []
        self._at_hand: OrderedDict[int, Weighed] = OrderedDict()
        self._numbers: dict[str, int] = {}
        self._tokens: list[str] = []

    def append(self, document: EventDocument, profile: Profile) -> Weighed:
        """Put one more document on the shelf and return it weighed."""
        sides = [side[channel] for side in (profile.whole, profile.head) for channel in CHANNELS]
        self._kept.append(
            _Kept(
                document,
                profile.length,
                array("I", (len(side) for side in sides)),
                array("I", (self._number(token) for side in sides for token in side)),
                array("H", (min(count, 65_535) for side in sides for count in side.values())),
            )
        )
        return self._hold(len(self._kept) - 1, weighed(document, profile, self._background))

    def pop(self) -> Weighed:
        """Take the last document off the shelf."""
        last = self[len(self) - 1]
        self._at_hand.pop(len(self) - 1, None)
        self._kept.pop()
        return last

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Weighed]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, number: int) -> Weighed: ...
    @overload
    def __getitem__(self, number: slice) -> list[Weighed]: ...
    def __getitem__(self, number: int | slice) -> Weighed | list[Weighed]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        place = range(len(self))[number]
        if found := self._at_hand.get(place):
            self._at_hand.move_to_end(place)
            return found
        kept = self._kept[place]
        return self._hold(place, weighed(kept.document, self._profile(kept), self._background))

    def _hold(self, number: int, document: Weighed) -> Weighed:
        self._at_hand[number] = document
        if len(self._at_hand) > self._most:
            self._at_hand.popitem(last=False)
        return document

    def _number(self, token: str) -> int:
        number = self._numbers.setdefault(token, len(self._tokens))
        if number == len(self._tokens):
            self._tokens.append(token)
        return number

    def _profile(self, kept: _Kept) -> Profile:
        words = [self._tokens[number] for number in kept.tokens]
        sides: list[dict[str, int]] = []
        start = 0
        for size in kept.sizes:
            sides.append(dict(zip(words[start : start + size], kept.counts[start : start + size], strict=True)))
            start += size
        channels = len(CHANNELS)
        whole = dict(zip(CHANNELS, sides[:channels], strict=True))
        return Profile(whole, dict(zip(CHANNELS, sides[channels:], strict=True)), kept.length)
