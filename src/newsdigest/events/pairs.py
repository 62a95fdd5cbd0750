"""How alike two documents are, feature by feature. Symmetric; each feature is 0 where nothing can be said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdigest.events.profile import CHANNELS, EventDocument, Profile


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
    tfidf: Mapping[str, Mapping[str, float]]
    sums: Mapping[str, float]
    norms: Mapping[str, float]
    head_sums: Mapping[str, float]
    moment: datetime | None


def weighed(document: EventDocument, profile: Profile, background: Background) -> Weighed:
    """Return the document's profile weighed against the background."""
    whole = {c: {t: background.rarity(c, t) for t in profile.whole[c]} for c in CHANNELS}
    head = {c: {t: whole[c][t] for t in profile.head[c]} for c in CHANNELS}
    tfidf = {c: {t: w * (1.0 + math.log(profile.whole[c][t])) for t, w in whole[c].items()} for c in CHANNELS}
    return Weighed(
        document,
        profile,
        whole,
        head,
        tfidf,
        {c: sum(whole[c].values()) for c in CHANNELS},
        {c: math.sqrt(sum(w * w for w in tfidf[c].values())) for c in CHANNELS},
        {c: sum(head[c].values()) for c in CHANNELS},
        document.moment,
    )


# The channels whose overlap the regression weighs; where a report sets its event only counts where it clashes.
LEARNT = tuple(channel for channel in CHANNELS if channel != "scenes")
# What a report calls people, bodies and places, by its own forms and by the gazetteer's.
PROPER = ("latin", "katakana", "places", "numbers", "entities")
PROPER_ENTITIES = ("person.", "body.", "place.", "country.")
# Rarity of four names or so from which a title and lede are rich in names, and that of one name and a number.
RICH = 20.0
ONE = 8.0
# Names, of which two reports of one event seldom have none in common.
# The gazetteer's are not among them: the more it knows, the more two reports of one event would differ.
NAMING = ("latin", "katakana", "places", "numbers", "skeletons")


def features(a: Weighed, b: Weighed, cosine: float) -> dict[str, float]:
    """Return the features of a pair; the order of ``a`` and ``b`` does not matter."""
    same = a.document.language == b.document.language
    languages = {a.document.language, b.document.language}
    cjk = not same and "en" not in languages
    row = {
        "cosine": cosine,
        "same_language": float(same),
        "ja_zh": float(cjk),
        "cosine_same_language": cosine * same,
        "cosine_ja_zh": cosine * cjk,
    }
    for channel in LEARNT:
        shared = a.rarity[channel].keys() & b.rarity[channel].keys()
        norm = a.norms[channel] * b.norms[channel]
        row[f"{channel}_cosine"] = (
            sum(a.tfidf[channel][t] * b.tfidf[channel][t] for t in shared) / norm if norm else 0.0
        )
        row[f"{channel}_apart"] = 0.0 if shared or not norm else math.log1p(min(a.sums[channel], b.sums[channel]))
        in_a = sum(a.rarity[channel][t] for t in shared if t in a.head[channel])
        in_b = sum(b.rarity[channel][t] for t in shared if t in b.head[channel])
        heads = a.head_sums[channel] + b.head_sums[channel]
        row[f"{channel}_head"] = (in_a + in_b) / heads if heads else 0.0
        if channel in NAMING:
            row[f"{channel}_clash"] = _clash(a, b, channel, a.head_sums[channel] - in_a, b.head_sums[channel] - in_b)
    row["scenes_clash"] = set_elsewhere(a, b)
    row["strangers"] = _strangers(a, b) if same else 0.0
    row["days"] = math.log1p(_days(a.moment, b.moment))
    return row


def _clash(a: Weighed, b: Weighed, channel: str, only_a: float, only_b: float) -> float:
    """How much either side names, in its title and lede, that the other never does: the lesser of the two.

    A report may always name more than another. Where both name something that the other lacks, they may tell of two places,
    victims or parties.
    """
    if channel == "places":
        if (a.document.language == "en") != (b.document.language == "en"):
            return 0.0
        only_a, only_b = _unmet(a, b), _unmet(b, a)
    return math.log1p(min(only_a, only_b)) if only_a > 0 and only_b > 0 else 0.0


def _unmet(a: Weighed, b: Weighed) -> float:
    """The rarity of the places in the head of ``a`` that ``b`` names in no form (港北市 is met by 港北)."""
    # A place of the gazetteer is too often a capital that stands for its government, or where a correspondent sits.
    return sum(rarity for place, rarity in a.head["places"].items() if "." not in place and not _named(place, b))


def _named(place: str, other: Weighed) -> bool:
    if place in other.rarity["places"] or place in other.rarity["latin"]:
        return True
    han = other.rarity["han"]
    # The end of it is enough: 日本北浜市 and 北浜.
    return len(place) > 1 and place[-2:] in han


def _days(a: datetime | None, b: datetime | None) -> float:
    return abs((a - b).total_seconds()) / 86_400 if a and b else 0.0


def set_elsewhere(a: Weighed, b: Weighed) -> float:
    """1 where both reports set their event somewhere, and neither's place stands in any form in the other's title and lede."""
    mine, other = set(a.head["scenes"]), set(b.head["scenes"])
    if (a.document.language == "en") != (b.document.language == "en"):
        # Only the gazetteer knows a place in both scripts.
        mine, other = {p for p in mine if "." in p}, {p for p in other if "." in p}
    if not mine or not other:
        return 0.0
    return float(not any(_set_in(place, b) for place in mine) and not any(_set_in(place, a) for place in other))


def _set_in(place: str, other: Weighed) -> bool:
    if place in other.head["places"] or place in other.head["latin"]:
        return True
    return "." not in place and len(place) > 1 and place[-2:] in other.head["han"]


def _strangers(a: Weighed, b: Weighed) -> float:
    """How plainly two reports of one language, both rich in names, have none in common: 0 to 1."""
    shared = met_a = met_b = 0.0
    for channel in PROPER:
        met_a += sum(w for token, w in a.head[channel].items() if _proper(channel, token))
        met_b += sum(w for token, w in b.head[channel].items() if _proper(channel, token))
        common = a.rarity[channel].keys() & b.rarity[channel].keys()
        shared += sum(a.rarity[channel][token] for token in common if _proper(channel, token))
    return max(0.0, 1.0 - shared / ONE) * min(1.0, min(met_a, met_b) / RICH)


def _proper(channel: str, token: str) -> bool:
    return channel != "entities" or token.startswith(PROPER_ENTITIES)
