"""Names that the gazetteer lacks, found in an event's items and linked across its languages.

``discover`` reads every text, spots names by what stands beside them (an office, 氏, a kind of body, a ship's prefix), joins the
sightings of one thing, and gives each an entry. A person's, place's or company's forms are only ever spellings found in a
source; a body's name is also said as country + kind of body (「アルバ外務省」) where the country has a form. Known persons gain the
short forms by which the event calls them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from newsdigest.language import spotting_en, spotting_ja, spotting_zh
from newsdigest.language.lexicon import LANGUAGES, Entry, EntryKind, Lexicon
from newsdigest.language.linking import Thing, family_of, grouped, linked
from newsdigest.language.names import Reading, Sighting
from newsdigest.language.transliteration import alike
from newsdigest.records import digest

_SPOTTERS = {"en": spotting_en.spot, "ja": spotting_ja.spot, "zh": spotting_zh.spot}
_KINDS: Mapping[str, EntryKind] = {"person": "person", "place": "place", "country": "country"}

Text = tuple[str, str, str, str]


def discover(texts: Sequence[Text], lexicon: Lexicon) -> dict[str, Entry]:
    """Return entries for the names in ``texts`` (key, language, title, text) that the lexicon lacks, by id.

    Lay them beneath the lexicon with ``lexicon.extended(discover(...))``. Ids look like ``found.person.ana_mora``; an id that the
    lexicon has carries further forms of a known person. Entries inferred rather than read have ``guessed`` set.
    """
    words = lexicon.tables.get("discovery")
    if words is None:
        return {}
    readings = [_reading(text, lexicon, words) for text in sorted(texts) if text[1] in _SPOTTERS]
    sightings = [sighting for reading in readings for sighting in _seen(reading)]
    sightings = _settled(sightings, lexicon)
    known = _known_persons(readings, sightings)
    taken = {form for entry in known.values() for forms in entry.forms.values() for form in forms}
    sightings = [s for s in sightings if not (s.kind == "person" and s.name in taken)]
    things = linked(grouped(sightings, lexicon), lexicon)
    countries = {n: t for t in things if t.kind == "country" for names in t.names.values() for n in names}
    entries = dict(known)
    for thing in things:
        entry = _entry(thing, lexicon, countries, readings)
        if entry.id not in entries:
            entries[entry.id] = entry
    return entries


def _reading(text: Text, lexicon: Lexicon, words: Mapping[str, Any]) -> Reading:
    key, language, title, body = text
    whole = f"{title}\n{body}"
    if language == "zh":
        variants = lexicon.tables.get("han", {}).get("variants", {})
        whole = whole.translate({ord(variant): form for variant, form in variants.items()})
    return Reading(key, language, whole, lexicon, words, tuple(lexicon.find(whole, language)))


def _seen(reading: Reading) -> list[Sighting]:
    return [s for s in _SPOTTERS[reading.language](reading) if len(s.name) > 1 and not _is_known(reading.lexicon, s)]


def _is_known(lexicon: Lexicon, sighting: Sighting) -> bool:
    owners = lexicon.matcher.owners(sighting.name)
    return any(lexicon.entries[owner].kind != "office" for owner in owners)


def _settled(sightings: list[Sighting], lexicon: Lexicon) -> list[Sighting]:
    """Without what another sighting contradicts: a katakana "X外相" whose X is a country elsewhere is no person X."""
    countries = {s.name for s in sightings if s.kind == "country"}
    persons = {s.name for s in sightings if s.kind == "person" and not s.weak}
    firm = {s.name for s in sightings if s.kind in ("company", "ship")}
    kept: list[Sighting] = []
    for sighting in sightings:
        if sighting.kind == "person" and sighting.name in countries and sighting.name not in persons:
            continue
        if sighting.kind == "person" and sighting.name in firm:
            continue
        if sighting.kind == "country" and sighting.name in persons:
            continue
        kept.append(sighting)
    return _without_weak_countries(kept)


def _without_weak_countries(sightings: list[Sighting]) -> list[Sighting]:
    """A weak katakana person that sounds like a country of another language and like no person there is that country."""
    others = [s for s in sightings if s.language != "ja"]
    firm = {s.name for s in sightings if s.kind == "person" and not s.weak and s.language == "ja"}
    result: list[Sighting] = []
    for sighting in sightings:
        if not sighting.weak or sighting.name in firm:
            result.append(sighting)
            continue
        country = max((alike(sighting.name, o.name) for o in others if o.kind == "country"), default=0.0)
        person = max(
            (alike(sighting.name, family_of(o.name, o.language)) for o in others if o.kind == "person"), default=0.0
        )
        if country >= 0.85 and country > person:
            result.append(Sighting("country", sighting.name, "ja", sighting.key))
        else:
            result.append(sighting)
    return result


def _known_persons(readings: Sequence[Reading], sightings: Sequence[Sighting]) -> dict[str, Entry]:
    """Short forms of known persons whom the event names in full: a lone Wang where Wang Yi is the only Wang."""
    lexicon = readings[0].lexicon if readings else None
    if lexicon is None:
        return {}
    present = {m.entry for r in readings for m in r.mentions if m.entry.startswith("person.")}
    found_families = {
        (s.language, family_of(s.name, s.language)) for s in sightings if s.kind == "person" and " " in s.name
    }
    entries: dict[str, Entry] = {}
    for identity in sorted(present):
        person = lexicon.entries[identity]
        forms: dict[str, tuple[str, ...]] = {}
        for language, family in person.family.items():
            rivals = sum(lexicon.entries[other].family.get(language) == family for other in present)
            if (
                not family
                or rivals > 1
                or (language, family) in found_families
                or family in person.forms.get(language, ())
            ):
                continue
            short = _short_forms(readings, language, family)
            if short:
                forms[language] = short
        if forms:
            entries[identity] = Entry(identity, "person", MappingProxyType(forms))
    return entries


def _short_forms(readings: Sequence[Reading], language: str, family: str) -> tuple[str, ...]:
    texts = [r.text for r in readings if r.language == language]
    if language == "en":
        return (family,) if any(_stands_alone(family, text) for text in texts) else ()
    if language == "ja":
        endings = ("氏", "首相", "外相", "大統領", "主席", "国防相", "報道官", "長官", "会長", "社長", "CEO", "大使")
        return tuple(
            family + end
            for end in endings
            if any(re.search(rf"(?<![一-龥ァ-ヴー]){re.escape(family + end)}", t) for t in texts)
        )
    return ()


def _stands_alone(family: str, text: str) -> bool:
    """Whether a family name occurs without a given name before or another capitalised word after it."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(family)}\b(?! [A-Z]|-)", text):
        before = re.search(r"([\w.’'-]+) $", text[: match.start()])
        word = before.group(1) if before else ""
        if (
            not word[:1].isupper()
            or word.rstrip(".") in ("Mr", "Ms", "Mrs", "Minister", "President", "Premier", "Secretary")
            or (len(word) > 2 and word.endswith("."))
        ):
            return True
    return False


def _entry(thing: Thing, lexicon: Lexicon, countries: Mapping[str, Thing], readings: Sequence[Reading]) -> Entry:
    surnames = lexicon.tables["discovery"].get("surname", {})
    forms = {language: tuple(thing.names.get(language, ())) for language in LANGUAGES}
    country = _country_id(thing, countries)
    guessed = thing.guessed
    if thing.kind == "person":
        forms = {language: _with_families(names, language, surnames, readings) for language, names in forms.items()}
    if thing.kind == "body":
        forms, composed = _composed(thing, forms, country, lexicon, countries)
        guessed = guessed or composed
    if thing.kind == "country":
        country = _identity(thing)
    return Entry(
        id=_identity(thing),
        kind=_KINDS.get(thing.kind, "body"),
        forms=MappingProxyType(forms),
        country=country,
        family=MappingProxyType(
            {language: family_of(names[0], language, surnames) for language, names in forms.items() if names}
            if thing.kind == "person"
            else {}
        ),
        office=MappingProxyType(_office(thing, lexicon)),
        tags=frozenset({"found", thing.kind}),
        guessed=guessed,
        offices=tuple(thing.offices),
    )


def _with_families(
    names: tuple[str, ...], language: str, surnames: Mapping[str, Any], readings: Sequence[Reading]
) -> tuple[str, ...]:
    """The names, with a full name's family part where a text has that alone."""
    out = list(names)
    for name in names:
        family = family_of(name, language, surnames)
        lone = (
            [family] if language != "ja" or len(family) > 2 or not re.fullmatch("[一-龥]+", family) else [family + "氏"]
        )
        for short in lone:
            if short not in out and any(r.language == language and short in r.text.replace(name, "") for r in readings):
                out.append(short)
    return tuple(out)


def _identity(thing: Thing) -> str:
    name = next((thing.names[language][0] for language in ("en", "ja", "zh") if language in thing.names), "")
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") if name.isascii() else ""
    return f"found.{thing.kind}.{slug or digest(name)[:10]}"


def _country_id(thing: Thing, countries: Mapping[str, Thing]) -> str:
    for owner in thing.owners:
        if owner.startswith("country."):
            return owner
        if owner in countries:
            return _identity(countries[owner])
    return ""


def _office(thing: Thing, lexicon: Lexicon) -> dict[str, str]:
    """The printable office in ja and en, as the lexicon has it; the English text's own words where it has none."""
    for identity in thing.offices:
        entry = lexicon.entries[identity]
        ja, en = entry.form("ja"), entry.form("en")
        if ja and en:
            return {"ja": ja, "en": en if en.isupper() else _title_case(en)}
    return {}


def _title_case(office: str) -> str:
    return " ".join(word if word in ("of", "the", "and") else word[:1].upper() + word[1:] for word in office.split())


def _composed(
    thing: Thing, forms: dict[str, tuple[str, ...]], country: str, lexicon: Lexicon, countries: Mapping[str, Thing]
) -> tuple[dict[str, tuple[str, ...]], bool]:
    """The body's name as country + kind in the languages in which no source has it, and whether that added any."""
    kind = lexicon.tables["discovery"]["body"].get(thing.body)
    if kind is None or not country or not kind.get("national"):
        return forms, False
    home = next((countries[owner].names for owner in thing.owners if owner in countries), {})
    known = lexicon.entries.get(country)
    out, added = dict(forms), False
    for language in LANGUAGES:
        name = (known.form(language) if known else None) or next(iter(home.get(language, ())), None)
        if out.get(language) or not name or not kind.get(language):
            continue
        out[language] = (f"{name} {kind[language][0]}" if language == "en" else name + kind[language][0],)
        added = True
    return out, added
