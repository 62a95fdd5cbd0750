"""Short tellings made from the labelled documents: a post or a letter of one to three sentences on what others tell at length.

The labelled file has none, and a day's news is full of them. Everything is drawn from a seed and the document's key, so that a
training run repeats itself. (Twins of another event, with names and numbers exchanged for others, were tried and left out: they taught
the scorer to distrust what it has most of, the encoder.)
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from newsdigest.events.profile import EventDocument
from newsdigest.events.regression import Alteration
from newsdigest.ports import Embedder
from tests import labelled

_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？\n]*")
_LEAST_CHARACTERS = 15
_LEAST_SENTENCES = 3


def altered(documents: Sequence[EventDocument], seed: int = 0, *, embedder: Embedder | None = None) -> list[Alteration]:
    """Return a short telling of every document whose text is long enough."""
    made = [
        (number, short)
        for number, document in enumerate(documents)
        if (short := _short(document, random.Random(f"{seed}/{document.key}"))) is not None
    ]
    vectors, _ = labelled.encode([document for _, document in made], embedder)
    return [Alteration(number, document, vectors[row]) for row, (number, document) in enumerate(made)]


def _short(document: EventDocument, draw: random.Random) -> EventDocument | None:
    """One to three sentences of the text, under its title or under none."""
    sentences = [s for s in _SENTENCE.findall(document.text) if len(s.strip()) > _LEAST_CHARACTERS]
    if len(sentences) < _LEAST_SENTENCES:
        return None
    begin = draw.randrange(len(sentences) - 1)
    body = "".join(sentences[begin : begin + draw.randint(1, 3)]).strip()
    title = document.title if draw.random() < 0.5 else ""
    return replace(document, key=f"{document.key}/short", title=title, text=body)
