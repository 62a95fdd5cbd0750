"""Names in Japanese text: katakana and kanji before a title, a kind of body, a company's or a place's ending."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdigest.language.names import Reading, Sighting, any_of, pattern, titles

_KATA = r"[ァ-ヴー]{2,}(?:[・＝=][ァ-ヴー]+)*"
_HAN = r"[一-龥々]"
_NOT_KATA = r"(?<![ァ-ヴー・])"
_NOT_HAN = r"(?<![一-龥々ァ-ヴー])"
# Offices that a country's name may stand before as well as a person's (アルバ外相, モラ外相).
_NATIONAL = ("大統領", "首相", "外相", "国防相", "財務相", "国王", "副大統領", "副首相", "外務次官", "大使", "報道官")


def spot(reading: Reading) -> list[Sighting]:
    """The names that a Japanese text shows."""
    found = [*_bodies(reading), *_countries(reading), *_companies(reading), *_places(reading), *_ships(reading)]
    found += [*_katakana_persons(reading), *_kanji_persons(reading)]
    return [_glossed(reading, sighting) for sighting in found]


def _titles(reading: Reading) -> str:
    return any_of([*reading.words["ja"]["title"], *titles(reading.lexicon, "ja")])


def _glossed(reading: Reading, sighting: Sighting) -> Sighting:
    """With the Latin spelling that the text gives in parentheses after the name."""
    match = re.search(rf"{re.escape(sighting.name)}[（(]([A-Z][\w .,'’\-]{{1,40}}[\w.])[）)]", reading.text)
    if match is None:
        return sighting
    return Sighting(
        sighting.kind,
        sighting.name,
        "ja",
        reading.key,
        sighting.office,
        sighting.office_text,
        sighting.owner,
        sighting.body,
        match.group(1),
        sighting.weak,
    )


def _sight(reading: Reading, kind: str, name: str, **more: str) -> Sighting:
    return Sighting(kind, name, "ja", reading.key, **more)  # type: ignore[arg-type]


def _owner_before(reading: Reading, position: int) -> str:
    """The country before "の" or right before a name: its id, or its katakana."""
    known = reading.country_before(position, "の")
    if known:
        return known
    match = re.search(rf"({_KATA})の$", reading.text[max(0, position - 20) : position])
    return match.group(1) if match else ""


def _katakana_persons(reading: Reading) -> Iterator[Sighting]:
    ja = reading.words["ja"]
    title = _titles(reading)
    shape = pattern(rf"{_NOT_KATA}({_KATA})((?:{any_of(ja['between'])})?)({title})(?!{_HAN}|ー)")
    for match in shape.finditer(reading.text):
        name, short, office = match.groups()
        if name in ja["stop"] or name.endswith("・") or reading.known(match.start(1), match.end(1)):
            continue
        identity = reading.office_of(office)
        owner = _owner_before(reading, match.start(1))
        if short:
            owner = next((o for o in reading.lexicon.matcher.owners(short + "側") if o.startswith("country.")), owner)
        if owner and not owner.startswith("country.") and office in _NATIONAL[:8]:
            yield _sight(reading, "country", owner)
        weak = office in _NATIONAL and "・" not in name and not owner and not short
        yield Sighting("person", name, "ja", reading.key, identity, office if identity else "", owner, weak=weak)
    after = pattern(rf"({title})の({_KATA})(?:氏|さん)?(?=[はがもと、。（]|$)")
    for match in after.finditer(reading.text):
        if "・" in match.group(2) and not reading.known(match.start(2), match.end(2)):
            identity = reading.office_of(match.group(1))
            yield _sight(
                reading, "person", match.group(2), office=identity, office_text=match.group(1) if identity else ""
            )


def _kanji_persons(reading: Reading) -> Iterator[Sighting]:
    shape = pattern(rf"{_NOT_HAN}({_HAN}{{2,5}}?)({_titles(reading)})(?!{_HAN})")
    for match in shape.finditer(reading.text):
        name, office = match.groups()
        if not _person_name(reading, name, office) or reading.known(match.start(1), match.end(1), ("person",)):
            continue
        identity = reading.office_of(office)
        owner = _owner_before(reading, match.start(1))
        yield _sight(reading, "person", name, office=identity, office_text=office if identity else "", owner=owner)


def _person_name(reading: Reading, name: str, office: str) -> bool:
    words = reading.words
    if name in words["ja"]["stop"] or reading.lexicon.matcher.owners(name):
        return False
    if any(reading.office_of(name[cut:] + office) for cut in range(1, len(name))):
        return False  # 楊消防局長 is 楊 and 消防局長, and a lone character is too little to go by
    surname = next((s for s in words["surname"]["ja"] if name.startswith(s)), "")
    if surname:
        return len(name) - len(surname) <= 3
    fold = reading.lexicon.matcher.fold
    if fold(name[0]) not in fold(words["surname"]["han"]):
        return False
    return len(name) == 3 or (len(name) == 2 and office == "氏")


def _countries(reading: Reading) -> Iterator[Sighting]:
    strong = [word for word in reading.words["ja"]["country_after"] if word != "側"]
    for match in pattern(rf"{_NOT_KATA}([ァ-ヴー]{{2,}})(?:の)?(?:{any_of(strong)})").finditer(reading.text):
        name = match.group(1)
        if name not in reading.words["ja"]["stop"] and not reading.known(match.start(1), match.end(1)):
            yield _sight(reading, "country", name)


def _bodies(reading: Reading) -> Iterator[Sighting]:
    stop = reading.words["ja"]["stop"]
    for kind, forms in reading.words["body"].items():
        if not any(map(reading.text.__contains__, forms["ja"])):
            continue
        for match in pattern(
            rf"({_NOT_KATA}[ァ-ヴー]{{2,}}[市州県]?|{_NOT_HAN}{_HAN}{{2,6}}?)(の?)({any_of(forms['ja'])})(?!{_HAN})"
        ).finditer(reading.text):
            owner, joint, _ = match.groups()
            if owner in stop or reading.known(match.start(), match.end(), ("body",)):
                continue
            country = reading.known(match.start(1), match.end(1), ("country",))
            if country is not None and country.surface == owner:
                yield _sight(reading, "body", match.group(), owner=country.entry, body=kind)
            elif not reading.known(match.start(1), match.end(1), ("person", "country")) and (
                re.fullmatch(r"[ァ-ヴー]+[市州県]?", owner) or (not joint and owner[-1] in "市県区町都州")
            ):
                yield _sight(reading, "body", match.group(), owner=owner, body=kind)


def _companies(reading: Reading) -> Iterator[Sighting]:
    ja = reading.words["ja"]
    endings = any_of(ja["company"])
    for match in pattern(rf"{_NOT_KATA}({_KATA}?)(・?(?:{endings}))(?!{_HAN}|[ァ-ヴー])").finditer(reading.text):
        if reading.known(match.start(), match.end(), ("body",)) or match.group(1) in ja["stop"]:
            continue
        name = match.group(1) if match.group(2) == "社" else match.group()
        if not reading.lexicon.matcher.owners(name):
            yield _sight(reading, "company", name)
    longer = any_of([ending for ending in ja["company"] if len(ending) > 1])
    for match in pattern(rf"{_NOT_HAN}({_HAN}{{2,3}})({longer})(?!{_HAN})").finditer(reading.text):
        name = match.group()
        known = reading.known(match.start(), match.end(), ("body", "place", "country", "person"))
        if known is None and name not in ja["stop"] and (reading.text.count(name) > 1 or f"大手{name}" in reading.text):
            yield _sight(reading, "company", name)


def _places(reading: Reading) -> Iterator[Sighting]:
    ja = reading.words["ja"]
    for match in pattern(rf"{_NOT_KATA}([ァ-ヴー]{{2,}})({any_of(ja['place'])})").finditer(reading.text):
        name = match.group(1) if match.group(2) == "沖" else match.group()
        if name not in ja["stop"] and not reading.known(match.start(), match.end()):
            yield _sight(reading, "place", name)
    for match in pattern(rf"{_NOT_HAN}({_HAN}{{2,4}}?)(市|県|島|海峡|湾|町|村)(?!{_HAN})").finditer(reading.text):
        name = match.group()
        if name not in ja["stop"] and not reading.known(match.start(), match.end()) and len(match.group(1)) >= 2:
            yield _sight(reading, "place", name)


def _ships(reading: Reading) -> Iterator[Sighting]:
    ja = reading.words["ja"]
    for match in pattern(rf"(?:{any_of(ja['ship_before'])})「([^「」]{{2,15}})」").finditer(reading.text):
        yield _sight(reading, "ship", match.group(1))
    for match in pattern(rf"(?:{any_of(ja['ship_word'])})({_KATA})").finditer(reading.text):
        if len(match.group(1)) > 2 and match.group(1) not in ja["stop"] and not reading.known(*match.span(1)):
            yield _sight(reading, "ship", match.group(1))
    for match in pattern(rf"{_NOT_KATA}({_KATA}号)(?!{_HAN})").finditer(reading.text):
        yield _sight(reading, "ship", match.group(1))
    for match in pattern(rf"{_NOT_HAN}((?:第[一二三四五六七八九十\d]+)?{_HAN}{{2,4}}丸)(?!{_HAN})").finditer(
        reading.text
    ):
        yield _sight(reading, "ship", match.group(1))
