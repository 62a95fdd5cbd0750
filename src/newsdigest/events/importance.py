"""How much an event matters for the daily round, with the reason in words: voices, languages, kinds of source, officials, disagreement."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from newsdigest.events.event import Event
from newsdigest.events.profile import EventDocument

# A second voice is what makes an event; the tenth adds little.
VOICE = 2.0
LANGUAGE = 1.5
KIND = 0.5
OFFICIAL = 2.0
SECOND_OFFICIAL = 1.0
DISAGREEMENT = 1.5
# Readers were told the beginning: as much as another official side.
STORYLINE = 1.0


def importance(
    event: Event,
    documents: Mapping[str, EventDocument],
    *,
    disagreements: int = 0,
    carries_on: tuple[str, str] = ("", ""),
) -> tuple[float, tuple[str, ...]]:
    """Return the event's score and the reasons for it, largest first.

    ``documents`` has the event's items by key; ``disagreements`` come from its comparison, where there is one. Copies are one voice.
    ``carries_on`` is the headline of an article that went out on an earlier event of the storyline, and its day.
    """
    held = [documents[key] for key in event.items if key in documents]
    voices = voices_of(event, held)
    languages = sorted({d.language for d in held})
    kinds = sorted({d.source_kind for d in held if d.source_kind})
    issuers = sorted({d.issuer for d in held if d.issuer})
    parts = [
        (VOICE * math.log2(1 + voices), f"{voices} independent {_plural('voice', voices)}"),
        (LANGUAGE * (len(languages) - 1), f"{len(languages)} languages ({', '.join(languages)})"),
        (KIND * (len(kinds) - 1), f"{len(kinds)} kinds of source ({', '.join(kinds)})"),
        (
            OFFICIAL + SECOND_OFFICIAL * (len(issuers) - 1) if issuers else 0.0,
            f"{len(issuers)} official {_plural('side', len(issuers))} speaking",
        ),
        (STORYLINE if carries_on[0] else 0.0, f"carries on «{carries_on[0]}», which we published {carries_on[1]}"),
        (DISAGREEMENT * min(disagreements, 3), f"{disagreements} {_plural('disagreement', disagreements)}"),
    ]
    counted = sorted((part for part in parts if part[0] > 0), key=lambda part: (-part[0], part[1]))
    return round(sum(value for value, _ in counted), 3), tuple(reason for _, reason in counted)


def voices_of(event: Event, documents: Sequence[EventDocument]) -> int:
    """Return how many independent origins an event has: copies count once, and so does one source with several items."""
    lead = {key: copy.items[0] for copy in event.copies for key in copy.items}
    source = {d.key: d.source or d.key for d in documents}
    return len({source.get(lead.get(d.key, d.key), d.source or d.key) for d in documents})


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
