"""Storylines: an event that carries on an earlier one, days later and beyond the window in which reports are grouped.

Precision first: a link needs two rare names in common of which one is no place (two fires in one town are two stories), and one subject.
Each link keeps what it rests on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from newsdigest.events.event import Event, StoryLink
from newsdigest.events.likeness import Vectors
from newsdigest.events.pairs import Background
from newsdigest.events.profile import EventDocument, profile
from newsdigest.language.lexicon import Lexicon

# An event carries on another that ended at most so many days before it began.
DAYS = 21.0
# A name that at most one event in thirty has.
RARE = 3.4
NAMES = 2
# Likeness of the events' mean vectors from which they are on one subject.
SUBJECT = 0.3
# Links kept: the nearest in time among equals.
MOST = 5
# A name is the event's where one in so many of its items has it in headline or opening.
SHARE = 4
# Characters of a text in which names in several words are looked for.
HEAD = 300
_RUN = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")
PROPER = ("person.", "body.", "place.")


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a storyline knows of an event: its span, its names (token to rarity; places apart) and its mean centred vector.

    ``whole`` leads the words of one name in several words ("Anna Mora") to its first: they count once.
    """

    event: str
    first: datetime
    last: datetime
    names: Mapping[str, float]
    places: frozenset[str]
    sounds: Mapping[str, float]
    whole: Mapping[str, str]
    languages: frozenset[str]
    vector: Vectors


def chapter(
    event: Event, documents: Sequence[EventDocument], centred: Vectors, lexicon: Lexicon, background: Background
) -> Chapter:
    """Return the chapter of an event; ``centred`` has the row of each document."""
    counts: Counter[tuple[str, str]] = Counter()
    whole: dict[str, str] = {}
    for document in documents:
        head = profile(document, lexicon).head
        entities = [token for token in head["entities"] if token.startswith(PROPER)]
        # What an entry stands for is no second name: a country, a prize, the words of a person's name.
        covered = {form.lower() for token in head["entities"] for form in lexicon.entries[token].aliases()}
        spoken = {word for form in covered for word in form.split()}
        for run in _RUN.findall(f"{document.title}\n{document.text[:HEAD]}"):
            words = run.lower().split()
            whole.update((word, whole.get(words[0], words[0])) for word in words)
        counts.update(("place" if token.startswith("place.") else "name", token) for token in entities)
        counts.update(("place", token) for token in head["places"] if token not in covered and "." not in token)
        counts.update(("name", t) for c in ("latin", "katakana") for t in head[c] if t not in covered | spoken)
        counts.update(("sound", token) for token in head["skeletons"])
    least = len(documents) / SHARE
    kept = [pair for pair, count in counts.items() if count >= least]
    channel = {"place": "places", "sound": "skeletons"}

    def rarity(kind: str, token: str) -> float:
        plain = "entities" if token.startswith(PROPER) else "katakana" if token[0] > "\u3000" else "latin"
        return background.rarity(channel.get(kind, plain), token)

    places = frozenset(token for kind, token in kept if kind == "place")
    mean = centred.sum(axis=0)
    length = float(np.linalg.norm(mean))
    return Chapter(
        event.id,
        event.first,
        event.last,
        {token: rarity(kind, token) for kind, token in kept if kind != "sound"},
        places,
        {token: rarity(kind, token) for kind, token in kept if kind == "sound"},
        whole,
        frozenset(document.language for document in documents),
        np.asarray(mean / length if length else mean, dtype=np.float32),
    )


def carried_on(later: Chapter, earlier: Iterable[Chapter], days: float = DAYS) -> tuple[StoryLink, ...]:
    """Return the earlier events that one carries on, the most alike first, with the reasons."""
    found = [link for other in earlier if (link := _link(later, other, days))]
    return tuple(sorted(found, key=lambda link: (-len(link.names), -link.likeness, link.days, link.event))[:MOST])


def _link(later: Chapter, other: Chapter, days: float) -> StoryLink | None:
    gap = (later.first - other.last).total_seconds() / 86_400
    if other.event == later.event or other.first >= later.first or gap > days:
        return None
    likeness = float(later.vector @ other.vector)
    if likeness < SUBJECT:
        return None
    names = _rare(later.names, other.names)
    if not later.languages & other.languages:
        # No script in common: names that sound alike stand for those that are written alike.
        names += _rare(later.sounds, other.sounds)
    distinct: dict[str, list[str]] = {}
    for name in names:
        distinct.setdefault(later.whole.get(name, name), []).append(name)
    if len(distinct) < NAMES or all(first in later.places for first in distinct):
        return None
    told = tuple(" ".join(sorted(words, key=lambda word: word != first)) for first, words in distinct.items())
    apart = max(0.0, (later.first - other.first).total_seconds() / 86_400)
    return StoryLink(event=other.event, days=round(apart, 2), names=told, likeness=round(likeness, 3))


def _rare(a: Mapping[str, float], b: Mapping[str, float]) -> list[str]:
    shared = [token for token in a if token in b and a[token] >= RARE]
    return sorted(shared, key=lambda token: (-a[token], token))
