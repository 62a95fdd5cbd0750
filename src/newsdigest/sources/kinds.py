"""What the newsroom's own word for a kind of source means: the catalogue's kind, and what it implies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from newsdigest.errors import LexiconError
from newsdigest.sources.source import SOURCE_KINDS, Channel, SourceKind

_CHANNELS: tuple[str, ...] = get_args(Channel)
_KEYS = {"is", "official", "channel", "interview", "readouts", "body"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind word implies.

    ``official``: a body speaks in its own name; ``channel`` is its usual one; ``interview``: items are mostly interviews;
    ``readouts``: it also carries its government's written accounts; ``body`` maps ja / en / zh to what such a body is called;
    ``known`` is false for a word that nothing fits, with a ``warning`` for the person.
    """

    word: str
    kind: SourceKind
    official: bool = False
    channel: Channel | None = None
    interview: bool = False
    readouts: bool = False
    body: Mapping[str, tuple[str, ...]] | None = None
    known: bool = True
    warning: str = ""

    def body_words(self, language: str) -> tuple[str, ...]:
        """What such a body is called in a language."""
        return (self.body or {}).get(language, ())


@dataclass(frozen=True, slots=True)
class Ending:
    """How words that are not listed begin or end, and the listed word that they mean."""

    part: str
    begins: bool
    meant: str

    def fits(self, key: str) -> bool:
        """Whether a word is of this sort."""
        if key == self.part:
            return True
        return key.startswith(self.part + "_") if self.begins else key.endswith("_" + self.part)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The table of kind words, and the zone of each country."""

    words: Mapping[str, Kind]
    endings: tuple[Ending, ...]
    zones: Mapping[str, str]

    def of(self, word: str) -> Kind:
        """Return what a word means: itself, else by its ending, else ``other`` with a warning."""
        key = word.strip().lower().replace(" ", "_").replace("-", "_")
        if key in self.words:
            return self.words[key]
        for ending in self.endings:
            if ending.fits(key):
                return replace(self.words[ending.meant], word=word)
        known = ", ".join(sorted(self.words))
        return Kind(
            word, "other", known=False, warning=f'"{word}" is no kind of source we know; read as other. Known: {known}.'
        )

    def zone_of(self, country: str) -> str:
        """The IANA zone of a country's times without zone; UTC where the country is not in the table (it may be fictional)."""
        return self.zones.get(country.upper(), "UTC")


def parse_kinds(table: Mapping[str, Any]) -> Kinds:
    """Make the table from the content of kinds.toml (``lexicon.table("kinds")``); raise LexiconError naming the word."""
    words = {word: _kind(word, entry) for word, entry in table.get("word", {}).items()}
    endings = tuple(_ending(entry, words) for entry in table.get("ending", []))
    zones = {str(country).upper(): str(zone) for country, zone in table.get("zones", {}).items()}
    return Kinds(words, endings, zones)


def _ending(entry: Mapping[str, Any], words: Mapping[str, Kind]) -> Ending:
    part, meant = str(entry.get("begins") or entry.get("ends") or ""), str(entry.get("as"))
    if not part or meant not in words:
        raise LexiconError(f'kinds.toml: the ending "{part}" points to "{meant}", which is no word of it.', about=part)
    return Ending(part, "begins" in entry, meant)


def _kind(word: str, entry: Mapping[str, Any]) -> Kind:
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f'kinds.toml: {word} has the unknown key "{sorted(unknown)[0]}".', about=word)
    if entry.get("is") not in SOURCE_KINDS:
        raise LexiconError(f'kinds.toml: {word}: "is" must be one of {", ".join(SOURCE_KINDS)}.', about=word)
    channel = entry.get("channel")
    if channel is not None and channel not in _CHANNELS:
        raise LexiconError(f"kinds.toml: {word}: channel must be one of {', '.join(_CHANNELS)}.", about=word)
    return Kind(
        word,
        cast(SourceKind, entry["is"]),
        official=bool(entry.get("official", False)),
        channel=cast("Channel | None", channel),
        interview=bool(entry.get("interview", False)),
        readouts=bool(entry.get("readouts", False)),
        body={language: tuple(names) for language, names in entry.get("body", {}).items()},
    )
