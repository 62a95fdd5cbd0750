"""How headlines name the actors, the act and the object. Shown, never scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.claims import SlotReader
from newsdigest.comparison.patterns import Pattern, PatternBook
from newsdigest.comparison.reading import Reading
from newsdigest.comparison.record import Framing, HeadlineContrast, HeadlineWord, Name
from newsdigest.items.evidence import Evidence
from newsdigest.language.lexicon import LANGUAGES
from newsdigest.records import Bilingual, short_key


def framing(readings: Sequence[Reading], cast: Cast) -> Iterator[Framing]:
    """Yield one entry a headline."""
    reader = SlotReader(cast)
    for reading in readings:
        member = reading.member
        clauses = [c for c in reading.clauses if c.field == "title"]
        if not member.title.strip() or not clauses:
            continue
        actors: dict[str, Name] = {}
        objects: dict[str, Name] = {}
        acts: dict[str, None] = {}
        for clause in clauses:
            for found in reader.read(clause, ()):
                acts.setdefault(found.slot.id)
                if found.object:
                    objects.setdefault(found.object.key, found.object.name)
            for position in sorted(clause.groups):
                group = clause.groups[position]
                if group.kind == "occasion" and group.entry:
                    acts.setdefault(group.entry)
                    continue
                actor = cast.resolve(group, clause)
                if actor is not None:
                    actors.setdefault(actor.key, actor.name)
        yield Framing(
            item=member.key,
            source=member.source.id,
            country=member.source.country,
            kind=member.source.kind,
            lang=member.language,
            actors=tuple(n for k, n in actors.items() if k not in objects),
            acts=tuple(acts),
            objects=tuple(objects.values()),
            evidence=member.cite(0, len(member.title), "title"),
        )


@dataclass(frozen=True, slots=True)
class _Word:
    """One way to call a thing (framing.toml)."""

    id: str
    label: Bilingual
    patterns: Mapping[str, tuple[Pattern, ...]]


def headline_words(readings: Sequence[Reading], leads: frozenset[str], cast: Cast) -> Iterator[HeadlineContrast]:
    """Yield each thing that the headlines of two sources or more call by words of different kinds.

    Copies carry another's headline and are left out (``leads``: the items that speak for themselves). A headline that uses two words
    of one thing stands with both and decides nothing: two others must part.
    """
    book = cast.vocabulary.book
    for thing in cast.lexicon.table("framing").get("thing", ()):
        words = [_word(raw, book) for raw in thing.get("word", ())]
        used: dict[str, list[tuple[Reading, Evidence]]] = {}
        plain: dict[str, set[str]] = {}
        for reading in readings:
            found = _used(words, reading, book) if reading.member.key in leads else {}
            for identity, place in found.items():
                used.setdefault(identity, []).append((reading, place))
            if len(found) == 1:
                plain.setdefault(next(iter(found)), set()).add(reading.member.source.id)
        parted = any(a != b and plain[a] - plain[b] and plain[b] - plain[a] for a in plain for b in plain)
        if parted:
            yield HeadlineContrast(
                id=short_key("hw", thing["id"], *(r.member.key for rows in used.values() for r, _ in rows)),
                group=thing["id"],
                label=Bilingual(ja=thing["ja"], en=thing["en"]),
                words=tuple(_headline_word(word, used[word.id]) for word in words if word.id in used),
            )


def _word(raw: Mapping[str, Any], book: PatternBook) -> _Word:
    patterns = {lang: tuple(book.compile(p, lang) for p in raw["words"].get(lang, ())) for lang in LANGUAGES}
    return _Word(raw["id"], Bilingual(ja=raw["ja"], en=raw["en"]), patterns)


def _used(words: Sequence[_Word], reading: Reading, book: PatternBook) -> dict[str, Evidence]:
    """The words of one thing that a headline uses, each with its place; characters are taken by the first word that has them."""
    member = reading.member
    folded = book.fold(member.title)
    taken: list[tuple[int, int]] = []
    found: dict[str, Evidence] = {}
    for word in words:
        for pattern in word.patterns[member.language]:
            for match in pattern.finditer(folded):
                if match.end() > match.start() and not any(match.start() < b and a < match.end() for a, b in taken):
                    taken.append(match.span())
                    found.setdefault(word.id, member.cite(match.start(), match.end(), "title"))
    return found


def _headline_word(word: _Word, rows: Sequence[tuple[Reading, Evidence]]) -> HeadlineWord:
    members = [reading.member for reading, _ in rows]
    return HeadlineWord(
        id=word.id,
        label=word.label,
        items=tuple(m.key for m in members),
        sources=tuple(dict.fromkeys(m.source.id for m in members)),
        countries=tuple(dict.fromkeys(m.source.country for m in members if m.source.country)),
        kinds=tuple(dict.fromkeys(m.source.kind for m in members)),
        evidence=tuple(place for _, place in rows),
    )
