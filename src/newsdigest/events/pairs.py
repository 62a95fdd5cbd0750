"""How alike two documents are, feature by feature. Symmetric; each feature is 0 where nothing can be said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdigest.events.profile import CHANNELS, EventDocument, Profile

UNSEEN_IDF_FLOOR = 0.5


@dataclass(frozen=True)
class Background:
    """How common each token is: ``counts[channel][token]`` events of ``events`` contain it. Unlisted tokens are rare."""

    events: int
    counts: Mapping[str, Mapping[str, int]]

    def rarity(self, channel: str, token: str) -> float:
        """Return the inverse document frequency, between 0 (everywhere) and about ``log(events)``."""
        seen = self.counts.get(channel, {}).get(token, 0)
        return math.log((self.events + 1) / (seen + 1))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A profile with the rarity of every token, ready for comparison. ``norm`` is the Euclidean length a channel."""

    document: EventDocument
    profile: Profile
    rarity: Mapping[str, Mapping[str, float]]
    head: Mapping[str, Mapping[str, float]]
    sums: Mapping[str, float]
    norms: Mapping[str, float]
    head_sums: Mapping[str, float]
    moment: datetime | None


def weighed(document: EventDocument, profile: Profile, background: Background) -> Weighed:
    """Return the document's profile weighed against the background."""
    whole = {c: {t: background.rarity(c, t) for t in profile.whole[c]} for c in CHANNELS}
    head = {c: {t: whole[c][t] for t in profile.head[c]} for c in CHANNELS}
    return Weighed(
        document,
        profile,
        whole,
        head,
        {c: sum(whole[c].values()) for c in CHANNELS},
        {c: math.sqrt(sum(w * w for w in whole[c].values())) for c in CHANNELS},
        {c: sum(head[c].values()) for c in CHANNELS},
        document.moment,
    )


def _shared(a: Mapping[str, float], b: Mapping[str, float]) -> set[str]:
    return a.keys() & b.keys()


def features(a: Weighed, b: Weighed, cosine: float) -> dict[str, float]:
    """Return the features of a pair; the order of ``a`` and ``b`` does not matter."""
    same = a.document.language == b.document.language
    languages = {a.document.language, b.document.language}
    cjk = not same and "en" not in languages
    row = {
        "cosine": cosine,
        "cosine_squared": cosine * cosine,
        "same_language": float(same),
        "ja_zh": float(cjk),
        "cosine_same_language": cosine * same,
        "cosine_ja_zh": cosine * cjk,
        "length": math.log1p(min(a.profile.length, b.profile.length)),
        "length_ratio": abs(math.log((a.profile.length + 20) / (b.profile.length + 20))),
    }
    for channel in CHANNELS:
        shared = _shared(a.rarity[channel], b.rarity[channel])
        weight = sum(a.rarity[channel][t] for t in shared)
        smaller = min(a.sums[channel], b.sums[channel])
        norm = a.norms[channel] * b.norms[channel]
        row[f"{channel}_cosine"] = sum(a.rarity[channel][t] ** 2 for t in shared) / norm if norm else 0.0
        row[f"{channel}_contained"] = weight / smaller if smaller else 0.0
        row[f"{channel}_shared"] = math.log1p(weight)
        row[f"{channel}_apart"] = float(smaller > 0 and not shared) * math.log1p(smaller)
        ab = _shared(a.head[channel], b.rarity[channel])
        ba = _shared(b.head[channel], a.rarity[channel])
        heads = a.head_sums[channel] + b.head_sums[channel]
        row[f"{channel}_head"] = (
            (sum(a.head[channel][t] for t in ab) + sum(b.head[channel][t] for t in ba)) / heads if heads else 0.0
        )
    row["days"] = math.log1p(_days(a.moment, b.moment))
    return row


def _days(a: datetime | None, b: datetime | None) -> float:
    return abs((a - b).total_seconds()) / 86_400 if a and b else 0.0


def names(rows: Sequence[Mapping[str, float]]) -> list[str]:
    """Return the features' names in order."""
    return sorted(rows[0]) if rows else []
