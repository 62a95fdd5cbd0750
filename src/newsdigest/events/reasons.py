"""Why an item is in its event, in words an editor reads: what spoke for it, what against, and which words those were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from newsdigest.events.pairs import Background
from newsdigest.events.profile import EventDocument, profile
from newsdigest.language.lexicon import Lexicon

# Words shown of a channel, the rarest first.
SHOWN = 3
FOR, AGAINST = 4, 2
# Log-odds below which a feature is no reason.
LEAST = 0.1
# Channels whose tokens a person can read; the others are stems, pairs of characters and consonants.
_LARGE = re.compile(r"[\d.]+e\+\d+")
READABLE = ("entities", "latin", "katakana", "numbers", "places", "scenes")


class Reasons:
    """The phrases of ``why.toml`` in one language."""

    def __init__(self, lexicon: Lexicon, background: Background, language: str = "en") -> None:
        self._lexicon = lexicon
        self._background = background
        self.language = language
        self._table: Mapping[str, Any] = lexicon.table("why")

    def sentence(self, name: str, **values: object) -> str:
        """Return a sentence with its values put in."""
        return self._said("sentences", name).format(**values)

    def plain(self, name: str, **values: object) -> str:
        """Return a short phrase with its values put in."""
        return self._said("plain", name).format(**values)

    def kept(self, reason: str) -> str:
        """Return a reason that is kept in English in this language; one without a phrase stays English."""
        if self.language == "en":
            return reason
        for row in self._table.get(self.language, ()):
            if found := re.fullmatch(row["en"], reason):
                return str(row[self.language].format(*(group or "" for group in found.groups())))
        return reason

    def feature(self, name: str, value: float = 1.0) -> str:
        """Return the phrase of a feature; empty where it is none that a person needs, the bare name where it has no phrase yet."""
        if value < 0 and name in self._table.get("against", {}):
            return self._said("against", name)
        if name in self._table["features"]:
            return self._said("features", name)
        channel, _, aspect = name.rpartition("_")
        if channel in self._table["channels"] and aspect in self._table["aspects"]:
            return self._said("aspects", aspect).format(of=self._said("channels", channel))
        return name.replace("_", " ")

    def sides(self, features: Mapping[str, float], a: EventDocument, b: EventDocument) -> tuple[list[str], list[str]]:
        """Return what spoke for and what against two items being one event, the weightiest first, with the words in common."""
        common = self.common(a, b)
        # What is said alike is one reason: the likeness of two texts of one language corrects that of any two.
        alike: dict[str, tuple[str, float]] = {}
        for name, value in features.items():
            first, total = alike.get(self.feature(name), (name, 0.0))
            alike[self.feature(name)] = first, total + value
        sums: dict[tuple[bool, str], float] = {}
        named: dict[tuple[bool, str], str] = {}
        for name, value in alike.values():
            side = value > 0, self.feature(name, value)
            if side[1]:
                sums[side] = value
                channel = name.rpartition("_")[0]
                if value > 0 and channel in common:
                    named[side] = f"{side[1]} ({', '.join(common[channel])})"
        ranked = sorted((side for side in sums if abs(sums[side]) >= LEAST), key=lambda side: -abs(sums[side]))
        phrases = {held: [named.get(s, s[1]) for s in ranked if s[0] is held] for held in (True, False)}
        return phrases[True][:FOR], phrases[False][:AGAINST]

    def common(self, a: EventDocument, b: EventDocument) -> dict[str, list[str]]:
        """Return by channel the rarest words that both documents have, as they are printed."""
        first, second = (profile(document, self._lexicon).whole for document in (a, b))
        found = {}
        for channel in READABLE:
            shared = first.get(channel, {}).keys() & second.get(channel, {}).keys()
            ranked = sorted(shared, key=lambda token: (-self._background.rarity(channel, token), token))
            if words := [self.printed(token) for token in ranked[:SHOWN]]:
                found[channel] = words
        return found

    def printed(self, token: str) -> str:
        """Return a token as a person writes it."""
        entry = self._lexicon.entries.get(token)
        if entry is not None:
            return entry.form(self.language) or next(iter(entry.aliases()), token)
        if _LARGE.fullmatch(token):
            return f"{float(token):,.0f}"
        return token.title() if token.isascii() and token.replace(" ", "").isalpha() else token

    def listed(self, phrases: Iterable[str]) -> str:
        """Return phrases in a row."""
        return ("、" if self.language == "ja" else "; ").join(phrases)

    def _said(self, section: str, name: str) -> str:
        return str(self._table[section][name][self.language])
