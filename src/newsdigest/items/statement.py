"""Whether an official body speaks in an item, and how: readout, briefing, post, interview, communiqué, statement.

``chosen`` says that the body chose what to say: only such a text can be silent about something. Ordinary news is no statement.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsdigest.items.item import Statement
from newsdigest.items.readouts import Readouts, readouts_of
from newsdigest.language.detect import detect_language
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.sentences import sentences
from newsdigest.sources.kinds import Kind, Kinds, parse_kinds
from newsdigest.sources.source import Channel, Source

LEAD_SENTENCES = 2
LEAD_WITHIN = 6000
_kinds: dict[str, Kinds] = {}


@dataclass(frozen=True, slots=True)
class _Text:
    """An item's words with what the rules look at."""

    source: Source
    title: str
    text: str
    lead: str
    language: str
    readouts: Readouts
    lexicon: Lexicon

    def title_has(self, part: str) -> bool:
        return self.readouts.found(part, self.language, self.title)

    def lead_has(self, part: str) -> bool:
        return self.readouts.found(part, self.language, self.lead)

    def text_has(self, part: str) -> bool:
        return self.readouts.found(part, self.language, self.text)


def statement_of(source: Source, title: str, text: str, lexicon: Lexicon) -> Statement | None:
    """Return the statement an item is, or None where it is ordinary news."""
    kind = _kind(source, lexicon)
    if not _may_speak(source, kind):
        return None
    language = detect_language(f"{title}\n{text[:2000]}", source.language)
    spans = sentences(text[:LEAD_WITHIN], language)[:LEAD_SENTENCES]
    lead = text[spans[0].start : spans[-1].end] if spans else ""
    readouts = readouts_of(lexicon.digest, lexicon.tables.get("readouts", {}))
    words = _Text(source, title, text, lead, language, readouts, lexicon)
    if source.kind == "social" and (source.official or kind.official):
        return _statement(words, source.issuer or source.id, "post", chosen=True)
    if _own_voice(source, kind):
        return _own_text(words)
    if source.kind == "state_media" or kind.readouts:
        return _carried_readout(words)
    if kind.interview or source.channel == "interview":
        return _interview(words)
    return None


def _may_speak(source: Source, kind: Kind) -> bool:
    """Whether an item of the source can be a statement at all: most sources carry news only, and their texts need no look."""
    return (
        source.kind in ("social", "state_media")
        or _own_voice(source, kind)
        or kind.readouts
        or kind.interview
        or source.channel == "interview"
    )


def _kind(source: Source, lexicon: Lexicon) -> Kind:
    if not source.kind_word or "kinds" not in lexicon.tables:
        return Kind(source.kind_word, source.kind)
    if lexicon.digest not in _kinds:
        _kinds.clear()
        _kinds[lexicon.digest] = parse_kinds(lexicon.tables["kinds"])
    return _kinds[lexicon.digest].of(source.kind_word)


def _own_voice(source: Source, kind: Kind) -> bool:
    """Whether the source is a body that publishes its own words, not an outlet that carries others'."""
    if source.kind in ("government", "company"):
        return True
    return (source.official or kind.official) and source.kind in ("other", "social")


def _own_text(words: _Text) -> Statement:
    """A ministry's, agency's or company's own text."""
    issuer = words.source.issuer or words.source.id
    if words.title_has("communique"):
        return _statement(words, issuer, "communique", chosen=True)
    if _is_briefing(words):
        return _statement(words, issuer, "briefing", chosen=False)
    if words.source.channel == "interview" or (words.title_has("interview") and words.text_has("interview")):
        return _statement(words, issuer, "interview", chosen=False)
    if words.source.channel in ("post", "communique"):
        return _statement(words, issuer, words.source.channel, chosen=True)
    about = _occasion(words)
    if words.source.channel == "readout" or (about in ("call", "meeting", "visit") and _leaders_act(words)):
        return _statement(words, issuer, "readout", chosen=True)
    return _statement(words, issuer, "statement", chosen=True)


def _is_briefing(words: _Text) -> bool:
    """Answers to questions, or a spokesperson's words where the source holds briefings and the text is no prepared one."""
    if words.title_has("briefing.title"):
        return True
    if words.title_has("prepared"):
        return False
    if words.text_has("briefing.text"):
        return True
    briefs = words.source.channel == "briefing"
    return briefs and words.text_has("spokesperson") and not words.lead_has("prepared")


def _carried_readout(words: _Text) -> Statement | None:
    """State media's account of a call or meeting of their own leaders: what one side says was said, and nothing else."""
    if (
        words.title_has("briefing.title")
        or words.text_has("briefing.text")
        or words.text_has("outside")
        or words.title_has("outside")
    ):
        return None
    if _occasion(words) not in ("call", "meeting", "visit", "letter") or not _leaders_act(words):
        return None
    if words.readouts.count("says", words.language, words.text) < 2 or not _own_side(words):
        return None
    return _statement(words, _government(words), "readout", chosen=True)


def _leaders_act(words: _Text) -> bool:
    return words.lead_has("office") or words.title_has("office")


def _own_side(words: _Text) -> bool:
    """Whether the source's own country takes part, as far as the lexicon knows the names at the beginning."""
    own = _country(words.source, words.lexicon)
    named = _countries(words, f"{words.title}\n{words.lead}")
    return own is None or not named or own in named


def _interview(words: _Text) -> Statement | None:
    """An interview in which one official speaks throughout; a broadcaster's report with several voices is news."""
    if words.text_has("outside") or not (words.lead_has("interview") or words.title_has("interview")):
        return None
    guest = words.readouts.name_in("guest", words.language, words.lead)
    if guest is None or words.readouts.count("says", words.language, words.text) < 1:
        return None
    person = _person(words, guest)
    country = words.lexicon.entries[person].country if person else ""
    issuer = words.source.issuer or country or _country(words.source, words.lexicon) or guest
    return _statement(words, issuer, "interview", chosen=False, speaker=guest)


def _person(words: _Text, name: str) -> str | None:
    entries = words.lexicon.entries
    return next((m.entry for m in words.lexicon.find(name, words.language) if entries[m.entry].kind == "person"), None)


def _statement(words: _Text, issuer: str, channel: Channel, *, chosen: bool, speaker: str | None = None) -> Statement:
    occasion = "press_conference" if channel == "briefing" else _occasion(words)
    if speaker is None and channel in ("briefing", "statement"):
        speaker = words.readouts.name_in("spokesperson", words.language, f"{words.title}\n{words.text[:600]}")
    return Statement(
        issuer=issuer,
        channel=channel,
        chosen=chosen,
        speaker=speaker,
        occasion=occasion,
        parties=_parties(words, channel),
    )


def _occasion(words: _Text) -> str | None:
    return words.readouts.occasion(words.language, words.title) or words.readouts.occasion(words.language, words.lead)


def _parties(words: _Text, channel: Channel) -> tuple[str, ...]:
    """The countries that title and lead name; the own side of a readout takes part whether it names itself or not."""
    named = _countries(words, f"{words.title}\n{words.lead}")
    own = _country(words.source, words.lexicon) if channel == "readout" else None
    return tuple(dict.fromkeys((*named, own))) if own else named


def _country(source: Source, lexicon: Lexicon) -> str | None:
    identity = f"country.{source.country.lower()}"
    return identity if source.country and identity in lexicon.entries else None


def _government(words: _Text) -> str:
    """The issuer of an account that state media carry: their country's government."""
    return words.source.issuer or _country(words.source, words.lexicon) or words.source.country or words.source.id


def _countries(words: _Text, text: str) -> tuple[str, ...]:
    """The countries that names in a text belong to, in order."""
    found = []
    for mention in words.lexicon.find(text, words.language):
        entry = words.lexicon.entries[mention.entry]
        if entry.kind == "country":
            found.append(entry.id)
        elif entry.kind in ("person", "office", "body") and entry.country:
            found.append(entry.country)
    return tuple(dict.fromkeys(found))
