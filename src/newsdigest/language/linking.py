"""Which sightings name one thing: within a language by form, across languages by sound, by office and country, by kind of body.

Thresholds favour precision: two names are linked only where each is the other's best partner by a margin. Linking by sound, by
office or by kind is a guess and marked as one; the same Han name in two scripts and a spelling given in parentheses are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType
from typing import Any

from newsdigest.language.lexicon import LANGUAGES, Lexicon
from newsdigest.language.names import Sighting, longest_first
from newsdigest.language.transliteration import alike, is_han, pinyin

_LIKE = 0.78
_COUNTRY = 0.7
_MARGIN = 0.04
Fold = Callable[[str], str]
_NOTHING = re.compile(r"(?!)")
_PERSONAL = frozenset({"person"})


@dataclass(slots=True)
class Thing:
    """One thing as the texts name it: its names by language, longest first, and what was said beside them."""

    kind: str
    names: dict[str, list[str]] = field(default_factory=dict)
    offices: list[str] = field(default_factory=list)
    office_texts: dict[str, str] = field(default_factory=dict)
    owners: list[str] = field(default_factory=list)
    body: str = ""
    glosses: list[str] = field(default_factory=list)
    guessed: bool = False

    def take(self, sighting: Sighting) -> None:
        """Add what one sighting says."""
        names = self.names.setdefault(sighting.language, [])
        if sighting.name not in names:
            names.append(sighting.name)
            names.sort(key=lambda name: (-len(name), name))
        if sighting.office and sighting.office not in self.offices:
            self.offices.append(sighting.office)
        if sighting.office_text:
            self.office_texts.setdefault(sighting.language, sighting.office_text)
        if sighting.owner and sighting.owner not in self.owners:
            self.owners.append(sighting.owner)
        if sighting.gloss and sighting.gloss not in self.glosses:
            self.glosses.append(sighting.gloss)
        self.body = self.body or sighting.body

    def join(self, other: Thing, guessed: bool) -> None:
        """Take another thing's names as this one's."""
        for language, names in other.names.items():
            merged = dict.fromkeys((*self.names.get(language, []), *names))
            self.names[language] = sorted(merged, key=lambda name: (-len(name), name))
        self.offices = list(dict.fromkeys((*self.offices, *other.offices)))
        self.owners = list(dict.fromkeys((*self.owners, *other.owners)))
        self.glosses = list(dict.fromkeys((*self.glosses, *other.glosses)))
        self.office_texts = {**other.office_texts, **self.office_texts}
        self.body = self.body or other.body
        self.guessed = self.guessed or other.guessed or guessed


def family_of(name: str, language: str, surnames: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The family part of a full name, or the name itself; ``surnames`` is the table of that name in ``discovery.toml``."""
    if "・" in name or "·" in name:
        return re.split("[・·]", name)[-1]
    if language == "en":
        words = name.split()
        if len(words) in (2, 3) and words[0] in surnames.get("first", ()):
            return words[0]
        while len(words) > 1 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III"):
            words.pop()
        start = len(words) - 1
        while start > 1 and words[start - 1].islower():
            start -= 1
        return " ".join(words[start:])
    if language == "ja" and is_han(name):
        return next((surname for surname in surnames.get("ja", ()) if name.startswith(surname)), name)
    return name


def grouped(sightings: Sequence[Sighting], lexicon: Lexicon) -> list[Thing]:
    """The things of each language by itself."""
    things: dict[tuple[str, str, str], Thing] = {}
    for sighting in sightings:
        name = f"{sighting.owner}/{sighting.body}" if sighting.kind == "body" else sighting.name
        thing = things.setdefault((sighting.kind, sighting.language, name), Thing(sighting.kind))
        thing.take(sighting)
    whole = list(things.values())
    for language in LANGUAGES:
        whole = _families_joined(whole, language, lexicon)
        whole = _demonyms_joined(whole, language)
    return whole


def _of(things: Iterable[Thing], kind: str, language: str) -> list[Thing]:
    return [thing for thing in things if thing.kind == kind and language in thing.names]


def _families_joined(things: list[Thing], language: str, lexicon: Lexicon) -> list[Thing]:
    """Persons whose whole name is the family name of exactly one fuller name are that person; of several, nobody."""
    surnames = lexicon.tables.get("discovery", {}).get("surname", {})
    persons = _of(things, "person", language)
    gone: list[Thing] = []
    for thing in persons:
        name = thing.names[language][0]
        fuller = [
            other
            for other in persons
            if other is not thing
            and other.names[language][0] != name
            and family_of(other.names[language][0], language, surnames) == name
        ]
        if len(fuller) == 1:
            fuller[0].join(thing, guessed=False)
        if fuller:
            gone.append(thing)
    return [thing for thing in things if not any(thing is other for other in gone)]


def _demonyms_joined(things: list[Thing], language: str) -> list[Thing]:
    """A country's adjective (Alban) is the country (Alba)."""
    if language != "en":
        return things
    countries = sorted(_of(things, "country", language), key=lambda thing: len(thing.names[language][-1]))
    gone: list[Thing] = []
    for shorter, longer in combinations(countries, 2):
        one, other = shorter.names[language][0], longer.names[language][0]
        stem = one.rstrip("aeiouy")
        if len(stem) >= 3 and re.fullmatch(re.escape(stem) + r"[aeiou]{0,2}(?:n|an|ian|nian|ese|ish|i|ic)", other):
            shorter.names[language].append(other)
            gone.append(longer)
    return [thing for thing in things if not any(thing is other for other in gone)]


def linked(things: list[Thing], lexicon: Lexicon) -> list[Thing]:
    """The things across languages: countries first, since bodies and persons are told apart by them."""
    readings: Mapping[str, str] = lexicon.tables.get("discovery", {}).get("surname", {}).get("ja", {})
    endings, fold = _endings(lexicon), lexicon.matcher.fold
    countries = _matched(
        [t for t in things if t.kind == "country"],
        lambda a, b: _names_alike(a, b, readings, _NOTHING, fold),
        floor=_COUNTRY,
    )
    rest: list[Thing] = []
    for kind in ("place", "company", "outlet", "organisation", "ship"):
        rest += _matched(
            [t for t in things if t.kind == kind], lambda a, b: _names_alike(a, b, readings, endings, fold)
        )
    home = _Home(countries, fold)
    persons = _matched([t for t in things if t.kind == "person"], lambda a, b: _persons_alike(a, b, readings, home))
    bodies = _matched([t for t in things if t.kind == "body"], lambda a, b: _bodies_alike(a, b, home, endings))
    return [*countries, *persons, *bodies, *rest]


class _Home:
    """The country an owner's name means, whatever the language."""

    def __init__(self, countries: Sequence[Thing], fold: Fold) -> None:
        self.fold = fold
        self._by_name = {n: i for i, thing in enumerate(countries) for names in thing.names.values() for n in names}

    def of(self, thing: Thing) -> set[str]:
        return {
            owner if owner.startswith("country.") else str(self._by_name.get(owner, owner)) for owner in thing.owners
        }

    def same(self, one: Thing, other: Thing) -> bool | None:
        """True and False where both have an owner, None where one has none."""
        first, second = self.of(one), self.of(other)
        if not first or not second:
            return None
        return bool(first & second)


def _matched(
    things: list[Thing], likeness: Callable[[Thing, Thing], tuple[float, bool]], floor: float = _LIKE
) -> list[Thing]:
    """Join the things of different languages that are each other's best partner."""
    pool = list(things)
    for first, second in (("ja", "en"), ("zh", "en"), ("ja", "zh")):
        ones = [t for t in pool if first in t.names and second not in t.names]
        others = [t for t in pool if second in t.names and first not in t.names]
        if not ones or not others:
            continue
        scores = {(i, j): likeness(a, b) for i, a in enumerate(ones) for j, b in enumerate(others)}
        pairs = []
        for (i, j), (score, sure) in scores.items():
            rivals = [s for (a, b), (s, _) in scores.items() if (a == i) != (b == j)]
            if score >= floor and all(score >= rival + _MARGIN for rival in rivals):
                pairs.append((ones[i], others[j], sure))
        for one, other, sure in pairs:
            other.join(one, guessed=not sure)
            pool = [t for t in pool if t is not one]
    return pool


def _pair(one: str, other: str, readings: Mapping[str, str], fold: Fold) -> tuple[float, bool]:
    """How probably two spellings are one name, and whether that is no guess."""
    if is_han(one) and is_han(other):
        return (1.0, True) if fold(one) == fold(other) else (alike(one, other) if "·" in one + other else 0.0, False)
    for han, spelling in ((one, other), (other, one)):
        if is_han(han) and spelling.isascii():
            words = re.sub(r"[^a-z ]", "", spelling.lower()).split()
            if pinyin(han) in ("".join(words), "".join([*words[1:], *words[:1]])) and len(han) > 1:
                return 1.0, False
            surname = next((r for s, r in readings.items() if han.startswith(s)), "")
            if surname:
                return (0.86, False) if surname in words else (0.0, False)
    return alike(one, other), False


def _names_alike(
    one: Thing, other: Thing, readings: Mapping[str, str], endings: re.Pattern[str], fold: Fold
) -> tuple[float, bool]:
    if any(
        gloss in names
        for gloss in one.glosses + other.glosses
        for names in (*one.names.values(), *other.names.values())
    ):
        return 1.2, True
    best = (0.0, False)
    for first in _spellings(one, endings):
        for second in _spellings(other, endings):
            best = max(best, _pair(first, second, readings, fold))
    return best


def _endings(lexicon: Lexicon) -> re.Pattern[str]:
    """The words for a kind of thing (Motors, 自動車, 海峡, MV) that a name may be compared without."""
    words = lexicon.tables.get("discovery", {})
    latin = [w for part in ("company", "place", "outlet") for w in words.get("en", {}).get(part, ())]
    han = [
        w
        for language in ("ja", "zh")
        for part in ("company", "place", "ship_after")
        for w in words.get(language, {}).get(part, ())
    ]
    before = "|".join(map(re.escape, words.get("en", {}).get("ship_prefix", ())))
    after = "|".join(map(re.escape, longest_first(latin)))
    ends = "|".join(map(re.escape, longest_first(han)))
    return re.compile(rf"(?: (?:{after}))+$|^(?:{before}) |(?:{ends})$")


def _spellings(thing: Thing, endings: re.Pattern[str]) -> list[str]:
    """The names of a thing, and for what is no person those without the word for its kind."""
    names = [name for some in thing.names.values() for name in some]
    if thing.kind in _PERSONAL:
        families = [family_of(name, language) for language, some in thing.names.items() for name in some]
        return list(dict.fromkeys((*names, *families)))
    return list(dict.fromkeys((*names, *(bare for name in names if len(bare := endings.sub("", name)) > 1))))


def _persons_alike(one: Thing, other: Thing, readings: Mapping[str, str], home: _Home) -> tuple[float, bool]:
    score, sure = _names_alike(one, other, readings, _NOTHING, home.fold)
    same_home = home.same(one, other)
    if same_home is False:
        return 0.0, False
    shared = any(a == b or a.endswith(b[7:]) or b.endswith(a[7:]) for a in one.offices for b in other.offices)
    if shared:
        score += 0.14 if same_home else 0.1
        if same_home and score >= 0.5:
            score = max(score, _LIKE + 0.02)
    elif one.offices and other.offices:
        score -= 0.05
    return score, sure


def _bodies_alike(one: Thing, other: Thing, home: _Home, endings: re.Pattern[str]) -> tuple[float, bool]:
    if one.body != other.body:
        return 0.0, False
    if home.same(one, other):
        return 1.0, any(owner.startswith("country.") for owner in one.owners)
    if any(owner.startswith("country.") for owner in (*one.owners, *other.owners)):
        return 0.0, False  # a known country is no other, however alike the two are spelt
    # One event rarely has two fire departments: half a likeness of the towns' names is enough.
    return 0.25 + max(
        (alike(endings.sub("", a), endings.sub("", b)) for a in one.owners for b in other.owners), default=0.0
    ), False
