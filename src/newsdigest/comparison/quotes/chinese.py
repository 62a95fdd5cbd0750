"""Who speaks a Chinese quotation: 〜表示:“…” / “…”,〜说."""

from __future__ import annotations

import re

from newsdigest.comparison.quotes.english import MASK, Cue
from newsdigest.comparison.quotes.speakers import Names, Speaker
from newsdigest.comparison.record import Name
from newsdigest.records import Bilingual

# A name behind a role ends at a date, a place or a word of time; a foreign name has a middle dot.
_NAME = re.compile(
    r"[一-龥]{1,6}(?:·[一-龥]{1,6})+|[一-龥]{2,3}(?=[0-9]|在|于|对|就|当|昨|今|随后|日前|回应|表示|指出|强调|介绍|回答|则|也|还|$)"
)


def find_cue(frame: str, start: int, end: int, names: Names) -> Cue | None:
    """Return the cue of a quote masked at ``[start, end)`` of its sentence's frame."""
    left, right = frame[:start], frame[end:]
    base = max((m.end() for m in re.finditer(rf"[。；{MASK}]", left)), default=0)
    clause = left[base:]
    for verb in reversed(list(names.words.verbs["zh"].finditer(clause))):
        subject = _subject(clause[: verb.start()], names)
        if subject:
            return Cue(subject[0], base + subject[1], base + verb.end(), verb.group(), "before")
    behind = re.match(r"[,，。]?([^,，。" + MASK + r"]{1,24})", right)
    if behind:
        for verb_behind in reversed(list(names.words.verbs["zh"].finditer(behind.group(1)))):
            subject = _subject(behind.group(1)[: verb_behind.start()], names)
            if subject:
                begin = end + behind.start(1)
                return Cue(subject[0], begin + subject[1], begin + verb_behind.end(), verb_behind.group(), "after")
    verbs = list(names.words.verbs["zh"].finditer(clause))
    return Cue("", base + verbs[-1].start(), base + verbs[-1].end(), verbs[-1].group(), "verb") if verbs else None


def _subject(ahead: str, names: Names) -> tuple[str, int] | None:
    """The first phrase of the clause that can speak."""
    position = 0
    for piece in re.split(r"([,，、:：])", ahead):
        if piece and piece not in ",，、:：":
            cut = re.sub(
                r"(?:对此|当天|日前|随后|同日|当日|晚间|上午|下午|再次|还|也|则|则是|在[^,，]*(?:上|中|时|后|会见|采访))$",
                "",
                piece,
            )
            if describe(cut, names) is not None or cut in names.words.table["names"]["zh"]["pronouns"]:
                return cut, position
        position += len(piece)
    return None


def describe(phrase: str, names: Names) -> Speaker | None:
    """The speaker of a phrase: the lexicon's person or body, else a role with the name behind it (外交部发言人毛宁)."""
    phrase = re.sub(r"^(?:据|对此|[0-9]+日|当天|日前|随后)", "", phrase.strip())
    entry = names.entry(phrase)
    if entry is not None and entry.kind == "person":
        return names.of_entry(entry, phrase)
    role = names.words.role_zh.search(phrase)
    if role:
        rest = phrase[role.end() :]
        office = role.group().strip()
        country = names.country_of(office) or names.country_of(phrase)
        named_after = _NAME.match(rest)
        if named_after:
            rest = named_after.group()
            return Speaker(
                Name(surface=rest, kind="person"), office, "person", country or ("??" if "·" in rest else None)
            )
        pairs = names.words.table.get("roles", {}).get("zh", {})
        both = next((pairs[form] for form in sorted(pairs, key=len, reverse=True) if office.endswith(form)), None)
        named = Bilingual(ja=both[0], en=both[1]) if both else None
        return Speaker(Name(surface=office, kind="role", role=named), None, "role", country)
    if entry is not None:
        return names.of_entry(entry, phrase)
    if re.fullmatch(r"[一-龥]{1,4}(?:·[一-龥]{1,6})+", phrase):
        return Speaker(Name(surface=phrase, kind="person"), None, "person", "??")
    return None


def pronoun(phrase: str, names: Names) -> bool:
    """Whether a phrase points back at somebody."""
    return phrase in names.words.table["names"]["zh"]["pronouns"]
