"""Names in English text: capitalised words with an office, an apposition, a kind of body or a ship's prefix beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdigest.language.matcher import Mention
from newsdigest.language.names import PROPER, Reading, Sighting, any_of, body_forms, longest_first, pattern

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w\-’']*\w|[A-Z]\b\.?)"
_SPACE = re.compile(r"[ \u00a0]")
_OWNS = re.compile(r"(?:[’']s)? ")


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words that stand together, without known names: ``text[start:end]``."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(self.words)


def spot(reading: Reading) -> list[Sighting]:
    """The names that an English text shows."""
    found: list[Sighting] = []
    for run in _runs(reading):
        found += _of_run(reading, run)
    return found


def _runs(reading: Reading) -> Iterator[_Run]:
    particles = "|".join(longest_first(reading.words["en"]["particle"]))
    shape = pattern(rf"{_WORD}(?:[ ](?:(?:{particles})[ -]){{0,2}}{_WORD})*")
    blocked = [m for m in reading.mentions if m.surface[:1].isupper() and _blocks(reading, m)]
    for match in shape.finditer(reading.text):
        begin = match.start()
        for mention in blocked:
            if mention.end <= begin or mention.start >= match.end():
                continue
            yield from _run(reading, begin, mention.start)
            begin = mention.end
        yield from _run(reading, begin, match.end())


def _blocks(reading: Reading, mention: Mention) -> bool:
    """Whether a known mention ends a run of capitalised words: a name does, and a title before a name."""
    kind = reading.kind(mention)
    return kind in PROPER or (kind == "office" and "title" in reading.lexicon.entries[mention.entry].tags)


def _run(reading: Reading, start: int, end: int) -> Iterator[_Run]:
    words = [(m.group(), start + m.start()) for m in re.finditer(r"\S+", reading.text[start:end])]
    stop = reading.words["en"]["stop"]
    while words and (words[0][0].rstrip(".,") in stop or not words[0][0][0].isupper()):
        if (found := _types_at(reading, [w for w, _ in words])) and found[1] == len(words):
            break
        words.pop(0)
    while words and (words[-1][0].rstrip(".,") in stop or words[-1][0][0].islower()):
        if _types_at(reading, [w for w, _ in words]):
            break
        words.pop()
    if not words:
        return
    last, at = words[-1]
    bare = re.sub(r"[’']s?$", "", last)
    texts = [w for w, _ in words[:-1]] + [bare]
    possessive = next((i for i, w in enumerate(texts[:-1]) if re.search(r"[’']s$", w)), None)
    if possessive is not None:
        head = texts[: possessive + 1]
        yield _Run(words[0][1], words[possessive][1] + len(words[possessive][0]) - 2, (*head[:-1], head[-1][:-2]))
        yield _Run(words[possessive + 1][1], at + len(bare), tuple(texts[possessive + 1 :]))
        return
    yield _Run(words[0][1], at + len(bare), tuple(texts))


def _types_at(reading: Reading, words: list[str]) -> tuple[str, int] | None:
    """The kind of body that the last words name, and how many words that takes."""
    lowered = [re.sub(r"[’']s?$", "", word).lower() for word in words]
    for kind, parts in body_forms(reading, "en"):
        if lowered[-len(parts) :] == parts:
            return kind, len(parts)
    return None


def _of_run(reading: Reading, run: _Run) -> list[Sighting]:
    en, text = reading.words["en"], reading.text
    before, after = text[max(0, run.start - 40) : run.start], text[run.end : run.end + 80]
    body = _body(reading, run, after)
    if body is not None:
        return body
    last = run.words[-1]
    if run.words[0] in en["ship_prefix"] and len(run.words) > 1:
        return [_sight(reading, "ship", " ".join(run.words))]
    if re.search(rf"\b(?:{'|'.join(longest_first(en['ship_word']))}),? (?:the |named |called )?[\"“']?$", before):
        return [_sight(reading, "ship", run.name)]
    if _suits(run.words, en["company"]):
        return [_sight(reading, "company", run.name)]
    if _suits(run.words, en["outlet"]):
        return [_sight(reading, "outlet", run.name)]
    if _suits(run.words, en["organisation"]):
        return [_sight(reading, "organisation", run.name)]
    if len(run.words) > 1 and last in en["place"]:
        return [_sight(reading, "place", run.name)]
    if _touches_known(reading, run):
        return []
    return _country(reading, run, before, after) or _person(reading, run, before, after) or _place(reading, run, before)


def _suits(words: tuple[str, ...], suffixes: list[str]) -> bool:
    """Whether the words end in one of the suffixes after at least one word of their own."""
    return any(len(words) > n and " ".join(words[-n:]) in suffixes for n in (1, 2))


def _sight(reading: Reading, kind: str, name: str, **more: str) -> Sighting:
    return Sighting(kind, name, "en", reading.key, **more)  # type: ignore[arg-type]


def _body(reading: Reading, run: _Run, after: str) -> list[Sighting] | None:
    found = _types_at(reading, list(run.words))
    if found is not None:
        kind, count = found
        owner = " ".join(run.words[:-count])
        if owner:
            return _owned(reading, run.name, owner, kind)
        of = re.match(rf" of (?:the )?({_WORD})(?! {_WORD})", after)
        if of and reading.words["body"][kind].get("national"):
            return _owned(reading, run.name + of.group(), re.sub(r"[’']s$", "", of.group(1)), kind)
        mention = next(
            (
                m
                for m in reading.beside(run.start, run.end)
                if reading.kind(m) == "country" and re.fullmatch(r"(?:[’']s)? ", reading.text[m.end : run.start])
            ),
            None,
        )
        if mention is None:
            return []
        return [_sight(reading, "body", reading.text[mention.start : run.end], owner=mention.entry, body=kind)]
    if len(run.words) > 2 or not _OWNS.match(after) or _suits(run.words, reading.words["en"]["company"]):
        return None
    behind = after[2:] if after.startswith(("’s", "'s")) else after
    for kind, forms in reading.words["body"].items():
        for form in forms["en"]:
            if not behind.startswith(form.lower(), 1):
                continue
            match = pattern(rf"(?:[’']s)? {re.escape(form.lower())}\b").match(after)
            if match:
                surface = reading.text[run.start : run.end + match.end()]
                return _owned(reading, surface, run.name, kind)
    return None


def _owned(reading: Reading, surface: str, owner: str, kind: str) -> list[Sighting]:
    """A body, and the country whose it is where only a country has such a body."""
    found = [_sight(reading, "body", surface, owner=owner, body=kind)]
    if (
        reading.words["body"][kind].get("national")
        and len(owner.split()) <= 2
        and owner.split()[-1] not in reading.words["en"]["place"]
    ):
        found.append(_sight(reading, "country", owner))
    return found


def _touches_known(reading: Reading, run: _Run) -> bool:
    """Whether a known place, country, body or person stands right beside the words, so that they are part of another name."""
    for mention in reading.beside(run.start, run.end):
        if reading.kind(mention) not in ("place", "country", "person", "body") or not mention.surface[:1].isupper():
            continue
        beside = (
            reading.text[run.end : mention.start] if mention.start >= run.end else reading.text[mention.end : run.start]
        )
        if _SPACE.fullmatch(beside):
            return True
    return False


def _country(reading: Reading, run: _Run, before: str, after: str) -> list[Sighting]:
    en = reading.words["en"]
    if len(run.words) > 2 or run.words[-1] in en["place"]:
        return []
    cues = "|".join(longest_first(en["country_after"]))
    if re.match(rf"(?:[’']s)? (?:{cues})\b", after, re.IGNORECASE):
        return [_sight(reading, "country", run.name)]
    if re.search(rf"(?:{'|'.join(en['country_before'])}) $", before, re.IGNORECASE):
        return [_sight(reading, "country", run.name)]
    return []


def _person(reading: Reading, run: _Run, before: str, after: str) -> list[Sighting]:
    en = reading.words["en"]
    words = run.words
    if words[0] in en["honorific"] and len(words) > 1:
        return [_sight(reading, "person", " ".join(words[1:]))] if len(words) <= 4 else []
    if len(words) > 4:
        return []
    if pattern(rf"\b(?:{any_of(en['honorific'])}) $").search(before):
        return [_sight(reading, "person", run.name)]
    office = _office_before(reading, run.start)
    if office is not None:
        identity, surface, owner = office
        if not owner and (country := _of_country(reading, after)) and identity in en["national_office"]:
            owner = country
            home = [] if country.startswith("country.") else [_sight(reading, "country", country)]
            return [*home, _sight(reading, "person", run.name, office=identity, office_text=surface, owner=owner)]
        return [
            _sight(
                reading,
                "person",
                run.name,
                office=identity,
                office_text=surface,
                owner=owner or _of_country(reading, after),
            )
        ]
    office = _office_after(reading, run) if len(words) > 1 else None
    if office is not None:
        return [_sight(reading, "person", run.name, office=office[0], office_text=office[1], owner=office[2])]
    if len(words) in (2, 3) and re.match(r", who\b", after):
        return [_sight(reading, "person", run.name)]
    if len(words) in (2, 3) and _speaks(en["speech"], before, after) and _family_alone(reading, words[-1]):
        return [_sight(reading, "person", run.name)]
    return []


def _speaks(verbs: list[str], before: str, after: str) -> bool:
    speech = "|".join(verbs)
    return bool(re.match(rf"(?:,[^.,;]{{0,50}},)? (?:{speech})\b", after) or re.search(r"\baccording to $", before))


def _family_alone(reading: Reading, family: str) -> bool:
    """Whether the last word also stands alone, as a person's family name does after first mention."""
    speech = "|".join(reading.words["en"]["speech"])
    return bool(
        re.search(rf"(?<![A-Z][a-z]{{2}} )(?<![a-z] [A-Z]\. )\b{re.escape(family)} (?:{speech})\b", reading.text)
    ) and bool(
        re.search(
            rf"(?:^|[.\n\"”] ?){re.escape(family)} (?:{speech})|[,”\"] {re.escape(family)} (?:{speech})", reading.text
        )
    )


def _before_name(text: str, office_end: int, start: int) -> bool:
    """Whether an office belongs to the name at ``start``: right before it, or before it and a comma that another closes."""
    between = text[office_end:start]
    return bool(_SPACE.fullmatch(between)) or (
        between == ", " and bool(re.match(r"[\w.’'\- ]{3,40}, ", text[start:])) and text[office_end - 1].islower()
    )


def _office_before(reading: Reading, start: int) -> tuple[str, str, str] | None:
    for mention in reading.beside(start, start):
        if mention.end < start and _before_name(reading.text, mention.end, start) and reading.kind(mention) == "office":
            entry = reading.lexicon.entries[mention.entry]
            if "title" not in entry.tags or (mention.surface.endswith("s") and not entry.id.endswith("s")):
                return None
            return entry.id, mention.surface, entry.country or _owner_before(reading, mention.start)
    return None


def _owner_before(reading: Reading, position: int) -> str:
    match = re.search(rf"({_WORD}(?: {_WORD})?)(?:[’']s)? $", reading.text[:position])
    if match is None:
        return ""
    known = reading.known(match.start(1), match.end(1), ("country",))
    if known is not None:
        return known.entry
    name = re.sub(r"[’']s$", "", match.group(1))
    return "" if name.split()[0] in reading.words["en"]["stop"] else name


def _of_country(reading: Reading, after: str) -> str:
    match = re.match(rf",? of (?:the )?({_WORD}(?: (?:Republic|Kingdom|Islands|Union|Federation))?)", after)
    if match is None:
        return ""
    owners = reading.lexicon.matcher.owners(match.group(1))
    return next((o for o in owners if o.startswith("country.")), match.group(1))


def _office_after(reading: Reading, run: _Run) -> tuple[str, str, str] | None:
    """The office in ``NAME, the foreign minister of X,``."""
    for mention in reading.mentions:
        between = reading.text[run.end : mention.start]
        if mention.start <= run.end or len(between) > 40 or reading.kind(mention) != "office":
            continue
        entry = reading.lexicon.entries[mention.entry]
        if "title" in entry.tags and re.fullmatch(
            r", (?:(?:the|a|an|its|their|his|her|[A-Z][\w-]+[’']s|[A-Z][\w-]+) )?(?:\w+ ){0,2}", between
        ):
            return (
                entry.id,
                mention.surface,
                entry.country
                or _owner_before(reading, mention.start)
                or _of_country(reading, reading.text[mention.end : mention.end + 40]),
            )
    return None


def _place(reading: Reading, run: _Run, before: str) -> list[Sighting]:
    cues = any_of(reading.words["en"]["place_before"])
    if len(run.words) <= 2 and pattern(rf"(?:^|\W)(?:{cues}) $", re.IGNORECASE).search(before):
        return [_sight(reading, "place", run.name)]
    return []
