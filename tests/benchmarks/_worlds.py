"""As many live items as a benchmark wants, from a few hundred labelled ones: the same events in many worlds (see ``events``)."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from newsdigest.events.likeness import Vectors
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights

START = datetime(2031, 3, 3, tzinfo=UTC)
DAYS = 7
# What is swapped: words, digits, Han characters two by two, runs of katakana. Hiragana stays: it carries the grammar.
PIECE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+|\d+|[\u3400-\u4dbf\u4e00-\u9fff々]{1,2}|[ァ-ヴー]+")
SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
# Pieces of one kind swap places with the nearest in frequency.
BAND = 40


@dataclass(frozen=True, slots=True)
class Live:
    """One generated item: its document, its vector as an encoder would give it, and its true event."""

    document: EventDocument
    vector: Vectors
    event: str


class Worlds:
    """Generates items from labelled documents and their vectors."""

    def __init__(
        self, documents: Sequence[EventDocument], vectors: Vectors, labels: dict[str, str], weights: Weights, seed: int
    ) -> None:
        self._documents = documents
        self._labels = labels
        self._seed = seed
        self._means = weights.means
        self._centred = np.stack([v - weights.means[d.language] for v, d in zip(vectors, documents, strict=True)])
        counts = Counter(piece for d in documents for piece in PIECE.findall(f"{d.title}\n{d.text}"))
        kinds: dict[tuple[str, int], list[str]] = {}
        for piece in sorted(counts, key=lambda p: (-counts[p], p)):
            kinds.setdefault(_kind(piece), []).append(piece)
        self._kinds = kinds
        self._siblings: dict[tuple[str, str], list[int]] = {}
        for number, document in enumerate(documents):
            self._siblings.setdefault((labels[document.key], document.language), []).append(number)

    def items(self, count: int) -> Iterator[Live]:
        """Yield so many items, world after world."""
        world = 0
        while count > 0:
            yield from self._world(world, min(count, len(self._documents)))
            count -= len(self._documents)
            world += 1

    def _world(self, world: int, count: int) -> Iterator[Live]:
        draw = random.Random(f"{self._seed} {world}")
        axes = np.random.default_rng([self._seed, world])
        order = axes.permutation(self._centred.shape[1])
        signs = axes.choice(np.array([-1.0, 1.0], dtype=np.float32), size=len(order))
        swapped = self._swapped(draw)
        events = sorted(set(self._labels.values()))
        shift = {event: timedelta(minutes=draw.randrange(DAYS * 24 * 60)) for event in events}
        for number in draw.sample(range(len(self._documents)), count):
            one = self._documents[number]
            event = self._labels[one.key]
            vector = self._means[one.language] + self._centred[number][order] * signs
            document = replace(
                one,
                key=f"w{world}:{one.key}",
                title=_in_world(one.title, swapped),
                text=_in_world(self._mixed(number, draw), swapped),
                published=START + shift[event] + timedelta(minutes=draw.randrange(24 * 60)),
            )
            yield Live(document, np.asarray(vector, dtype=np.float32), f"w{world}:{event}")

    def _mixed(self, number: int, draw: random.Random) -> str:
        """The item's sentences with one in five from another report of its event in its language."""
        one = self._documents[number]
        own = SENTENCE.split(one.text)
        others = [i for i in self._siblings[self._labels[one.key], one.language] if i != number]
        if others:
            other = SENTENCE.split(self._documents[draw.choice(others)].text)
            own = [draw.choice(other) if draw.random() < 0.2 else sentence for sentence in own]
        return (" " if one.language == "en" else "").join(own)

    def _swapped(self, draw: random.Random) -> dict[str, str]:
        swapped = {}
        for pieces in self._kinds.values():
            for start in range(0, len(pieces), BAND):
                band = pieces[start : start + BAND]
                swapped.update(zip(band, draw.sample(band, len(band)), strict=True))
        return swapped


def _kind(piece: str) -> tuple[str, int]:
    if piece.isdigit():
        return "number", len(piece)
    if piece.isascii() or piece[0] < "\u3000":
        return ("name" if piece[0].isupper() else "word"), 0
    return ("katakana" if "\u30a0" <= piece[0] <= "\u30ff" else "han"), len(piece)


def _in_world(text: str, swapped: dict[str, str]) -> str:
    return PIECE.sub(lambda found: swapped.get(found.group(), found.group()), text)
