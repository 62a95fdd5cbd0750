"""Names in Chinese text: transcriptions and family names beside an office, a kind of body, a place's or a company's ending."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdigest.language.names import Reading, Sighting, any_of, pattern, titles

_HAN = r"[一-龥]"


def spot(reading: Reading) -> list[Sighting]:
    """The names that a Chinese text shows. Simplified characters are looked for in traditional text too, through the folding."""
    found = [*_persons(reading), *_dotted(reading), *_bodies(reading), *_countries(reading), *_places(reading)]
    found += [*_companies(reading), *_ships(reading)]
    return found


def _foreign(reading: Reading) -> str:
    return f"[{reading.words['zh']['transcription']}]"


def _sight(reading: Reading, kind: str, name: str, **more: str) -> Sighting:
    return Sighting(kind, name, "zh", reading.key, **more)  # type: ignore[arg-type]


def _persons(reading: Reading) -> Iterator[Sighting]:
    zh = reading.words["zh"]
    after = any_of(zh["after"])
    surnames = reading.words["surname"]["han"]
    foreign = _foreign(reading)
    given = f"(?!{after}){_HAN}"
    fold = reading.lexicon.matcher.fold
    families = "|".join(fold(surname) for surname in reading.words["surname"]["ja"])
    native = rf"(?:[{surnames}]{given}{{1,2}}|(?:{families}){given}{{1,3}})(?={after}|\d|$)"
    shape = pattern(rf"({any_of(list(titles(reading.lexicon, 'zh')))})({native}|{foreign}{{2,}}(?:·{foreign}+)*(?!·))")
    for match in shape.finditer(reading.text):
        office, person = match.groups()
        if reading.known(match.start(2), match.end(2)) or reading.lexicon.matcher.owners(person):
            continue
        if _ends_in_word(reading, match.start(2), match.end(2)):
            continue
        identity = reading.office_of(office)
        yield _sight(
            reading, "person", person, office=identity, office_text=office, owner=_owner_before(reading, match.start(1))
        )


def _ends_in_word(reading: Reading, start: int, end: int) -> bool:
    """Whether a known term or office begins inside the name, so that the name is none."""
    return any(
        m.start < end and m.end > start
        for m in reading.mentions
        if reading.kind(m) in ("term", "occasion", "office") and m.start >= start
    )


def _owner_before(reading: Reading, position: int) -> str:
    known = reading.country_before(position, "的")
    if known:
        return known
    match = re.search(rf"({_foreign(reading)}{{2,6}})$", reading.text[max(0, position - 8) : position])
    return match.group(1) if match else ""


def _dotted(reading: Reading) -> Iterator[Sighting]:
    foreign, before = _foreign(reading), any_of(reading.words["zh"]["before"])
    for match in pattern(rf"{foreign}{{1,6}}(?:·{foreign}{{1,7}})+").finditer(reading.text):
        begins = re.search(rf"(?:^|[^一-龥·]|{before})$", reading.text[max(0, match.start() - 4) : match.start()])
        if begins and not reading.known(match.start(), match.end()):
            yield _sight(reading, "person", match.group())


def _bodies(reading: Reading) -> Iterator[Sighting]:
    foreign = _foreign(reading)
    for kind, forms in reading.words["body"].items():
        if not any(map(reading.text.__contains__, forms["zh"])):
            continue
        for match in pattern(
            rf"({foreign}{{2,6}}?|{foreign}{{2,6}}?市|{_HAN}{{2,4}}?市)({any_of(forms['zh'])})(?!长)"
        ).finditer(reading.text):
            if reading.known(match.start(), match.end()):
                continue
            yield _sight(reading, "body", match.group(), owner=match.group(1), body=kind)
        for match in pattern(rf"({any_of(forms['zh'])})(?!长)").finditer(reading.text):
            country = next(
                (m for m in reading.mentions if m.end == match.start() and reading.kind(m) == "country"),
                None,
            )
            if country is not None and not reading.known(match.start(), match.end(), ("body",)):
                surface = country.surface + match.group()
                yield _sight(reading, "body", surface, owner=country.entry, body=kind)


def _countries(reading: Reading) -> Iterator[Sighting]:
    foreign = _foreign(reading)
    after = [word for word in reading.words["zh"]["country_after"] if word != "方面"]
    offices = [
        t
        for t in titles(reading.lexicon, "zh")
        if t in ("外长", "总统", "总理", "首相", "防长", "国防部长", "外交部长")
    ]
    for match in pattern(
        rf"(?<!·)({foreign}{{2,6}}?)(?:{any_of(after)}|(?:{any_of(offices)})(?={foreign}{{2,}}))"
    ).finditer(reading.text):
        if not reading.known(match.start(1), match.end(1)):
            yield _sight(reading, "country", match.group(1))


def _places(reading: Reading) -> Iterator[Sighting]:
    foreign = _foreign(reading)
    for match in pattern(rf"(?<![一-龥·])?({foreign}{{2,5}}?)({any_of(reading.words['zh']['place'])})").finditer(
        reading.text
    ):
        if not reading.known(match.start(), match.end()):
            yield _sight(reading, "place", match.group())
    for match in pattern(
        rf"(?:^|[，。、；：“（\n]|在|位于|于)({_HAN}{{2,4}}?(?:市|岛|海峡|湾|县|镇))(?={any_of(reading.words['zh']['after'])}|发生|附近|政府|消防)"
    ).finditer(reading.text):
        if not reading.known(match.start(1), match.end(1)) and match.group(1) not in reading.words["zh"]["stop"]:
            yield _sight(reading, "place", match.group(1))


def _companies(reading: Reading) -> Iterator[Sighting]:
    foreign = _foreign(reading)
    for match in pattern(rf"({foreign}{{2,6}}?)({any_of(reading.words['zh']['company'])})").finditer(reading.text):
        if not reading.known(match.start(), match.end()):
            yield _sight(reading, "company", match.group())


def _ships(reading: Reading) -> Iterator[Sighting]:
    after = "".join(reading.words["zh"]["ship_after"])
    for match in re.finditer(
        rf"[“\"「]([^”\"」]{{2,12}})[”\"」](?:[{after}]|货轮|渔船|渡轮|油轮|客轮|巡逻船|海警船)", reading.text
    ):
        yield _sight(reading, "ship", match.group(1))
