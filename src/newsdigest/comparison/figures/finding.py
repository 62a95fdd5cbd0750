"""The figures of one item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdigest.comparison.figures.dates import Calendar
from newsdigest.comparison.figures.measures import Measure, dates_of
from newsdigest.comparison.figures.numerals import may_count
from newsdigest.comparison.figures.sense import Sense
from newsdigest.comparison.figures.sentence import SentenceReader
from newsdigest.comparison.figures.timing import as_of, resolve
from newsdigest.comparison.figures.vocabulary import Vocabulary
from newsdigest.comparison.packet import Member
from newsdigest.comparison.quotes.finding import Voices
from newsdigest.comparison.record import Attribution, Figure
from newsdigest.items.evidence import Field
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.sentences import sentences
from newsdigest.records import short_key

_NUMBER = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万億亿兆两兩]")


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of an item that may hold a number; ``start`` is its offset in the field."""

    field: Field
    start: int
    text: str


def extract(
    member: Member, lexicon: Lexicon, present: frozenset[str] | None = None, reader: SentenceReader | None = None
) -> tuple[Figure, ...]:
    """Return the figures of an item's title and text, in order: counts, sums, measures, durations, percentages, dates, times.

    Numbers inside names, codes, addresses and telephone numbers are none; neither are the pronoun "one" and "the two sides".
    ``present`` are the persons whom the event names (see ``quotes.extract``); ``reader`` remembers the event's sentences.
    """
    reader = reader or SentenceReader(lexicon)
    found: list[Figure] = []
    for place in places(member, reader.words):
        found += _of_place(member, place, reader)
    if not found:
        return ()
    voices = Voices(member, lexicon, present)
    return tuple(f.model_copy(update={"holder": holder(f, member, voices)}) for f in found)


def holder(figure: Figure, member: Member, voices: Voices) -> Attribution:
    """Whose figure it is: the speaker whom its sentence names, else the issuer of a statement, else the carrier."""
    evidence = figure.evidence
    speaker = voices.at(evidence.field, evidence.start, evidence.end)
    statement = member.item.statement
    channel = statement.channel if statement else member.source.channel
    if speaker is not None and speaker.sort != "text":
        unnamed = speaker.sort == "role"
        return Attribution(
            holder=speaker.name,
            role="unnamed" if unnamed else "speaker",
            via=member.key,
            channel=channel,
            origin=speaker.name,
        )
    if statement is not None:
        author = voices.author()
        return Attribution(holder=author.name if author else None, role="issuer", via=member.key, channel=channel)
    return Attribution(via=member.key, channel=channel)


def places(member: Member, words: Vocabulary) -> Iterator[Place]:
    """Yield the title and the sentences of an item in which a number may stand."""
    fields: tuple[tuple[Field, str], ...] = (("title", member.title), ("text", member.text))
    for field, text in fields:
        spans = [(0, len(text))] if field == "title" else [(s.start, s.end) for s in sentences(text, member.language)]
        for start, end in (cut for span in spans for cut in _bounded(text, *span)):
            piece = text[start:end]
            if _NUMBER.search(piece) or (member.language == "en" and may_count(piece, words)):
                yield Place(field, start, piece)


_LONGEST = 2000


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or its pieces where it is longer than any sentence: what a number counts stands near it."""
    while end - start > _LONGEST:
        cut = next(
            (m.end() for m in re.finditer(r"[、，,;；\s]", text[start + _LONGEST - 200 : start + _LONGEST])), 200
        )
        yield start, start + _LONGEST - 200 + cut
        start += _LONGEST - 200 + cut
    yield start, end


def _of_place(member: Member, place: Place, reader: SentenceReader) -> list[Figure]:
    words = reader.words
    sentence = reader.read(place.text, member.language)
    kept: list[tuple[Measure, Sense, Figure]] = []
    out: list[Figure] = []
    for measure in sentence.measures:
        meant = reader.sense(sentence, measure)
        if _worth(measure, meant, place.text, words):
            figure = _figure(member, place, measure, meant, words)
            kept.append((measure, meant, figure))
    for measure, _, figure in kept:
        period = _period_of(measure, [(m, f) for m, _, f in kept], place.text, words)
        out.append(figure if period is None else figure.model_copy(update={"period": period}))
    for entry in dates_of(place.text, words, sentence.names):
        dated = _dated(member, place, entry)
        if dated:
            out.append(dated)
    return sorted(out, key=lambda figure: figure.evidence.start)


def _designates(measure: Measure, sentence: str, words: Vocabulary) -> bool:
    """Whether a bare number is a thing's own number."""
    table = words.table["designation"]
    before, after = sentence[: measure.core[0]].rstrip().lower(), sentence[measure.core[1] :]
    return any(_ends_in(before, word) for word in table["before"]) or any(
        after.startswith(word) for word in table["after"]
    )


def _ends_in(text: str, word: str) -> bool:
    """Whether a lowered text ends in a word, and not in a longer one of letters."""
    return text.endswith(word) and not ("a" <= text[-len(word) - 1 : -len(word)] <= "z")


def _of_scale(measure: Measure, sentence: str, words: Vocabulary) -> bool:
    """Whether a bare number is a step of a scale, a version or a place on a map (震度6強, magnitude 7.0, 35.6N)."""
    table = words.table["scale"]
    before = sentence[max(0, measure.core[0] - 24) : measure.core[0]].rstrip().lower()
    after = sentence[measure.core[1] : measure.core[1] + 4].lower()
    return any(_ends_in(before, word) for word in table["before"]) or after.startswith(tuple(table["after"]))


def _worth(measure: Measure, meant: Sense, sentence: str, words: Vocabulary) -> bool:
    raw = sentence[measure.core[0] : measure.core[1]].lower()
    if measure.unit is None and _of_scale(measure, sentence, words):
        return False
    if measure.unit is None and raw.isdigit() and len(raw) >= 2 and _designates(measure, sentence, words):
        return False
    if raw == "one" and measure.kind == "count":
        return meant.subject is not None and meant.subject.rises
    if measure.style == "words" and measure.unit is None and meant.subject is None:
        return raw in ("twice", "thrice")
    before = sentence[: measure.start].rstrip().lower()
    return not (
        measure.value == 2
        and measure.kind == "count"
        and re.search(r"\b(?:the|their|these|both|its|our|those)$", before)
    )


def _figure(member: Member, place: Place, measure: Measure, meant: Sense, words: Vocabulary) -> Figure:
    evidence = member.cite(place.start + measure.start, place.start + measure.end, place.field)
    person = measure.unit is None and meant.subject is not None and meant.subject.unit
    return Figure(
        id=short_key("f", member.key, str(member.version.n), place.field, str(evidence.start), str(evidence.end)),
        raw=evidence.exact,
        value=f"{measure.value:f}",
        unit=measure.unit.base if measure.unit else (person or ""),
        kind=measure.kind,
        of=meant.of,
        of_id=meant.subject.id if meant.subject else meant.term,
        bound=measure.bound,
        as_of=as_of(measure, place.text, member, words),
        holder=Attribution(via=member.key),
        evidence=evidence,
    )


def _period_of(measure: Measure, figures: list[tuple[Measure, Figure]], sentence: str, words: Vocabulary) -> str | None:
    """The id of the duration that a quantity holds for: "87.5 million tons over three and a half years"."""
    if measure.kind == "duration":
        return None
    spans = [
        (abs(m.start - measure.start), f.id)
        for m, f in figures
        if m.kind == "duration" and _is_period(m, sentence, words)
    ]
    return min(spans)[1] if spans and min(spans)[0] <= 90 else None


def _is_period(measure: Measure, sentence: str, words: Vocabulary) -> bool:
    period = words.table["period"]
    before, after = sentence[: measure.start].rstrip().lower(), sentence[measure.end :].lstrip()
    return any(_ends_in(before, word) for word in period["before"]) or any(
        after.startswith(word) for word in period["after"]
    )


# ---- dates ----------------------------------------------------------------------------------------------------------------------


def _dated(member: Member, place: Place, entry: Calendar) -> Figure | None:
    if entry.kind == "time":
        value, unit = str(entry.minutes), "minute_of_day"
    elif entry.kind == "fiscal_year":
        value, unit = str(entry.year), "fiscal_year"
    else:
        resolved = resolve(entry, member)
        if resolved is None:
            return None
        value, unit = resolved
    evidence = member.cite(place.start + entry.start, place.start + entry.end, place.field)
    return Figure(
        id=short_key("f", member.key, str(member.version.n), place.field, str(evidence.start), str(evidence.end)),
        raw=evidence.exact,
        value=value,
        unit=unit,
        kind=entry.kind,
        as_of=member.version.published,
        holder=Attribution(via=member.key),
        evidence=evidence,
    )
