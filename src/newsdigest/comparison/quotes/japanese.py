"""Who speaks a Japanese quotation: 〜は「…」と述べた, 「…」と〜は語る, 〜「…」 in a headline."""

from __future__ import annotations

import re

from newsdigest.comparison.quotes.english import MASK, Cue
from newsdigest.comparison.quotes.speakers import Names, Speaker
from newsdigest.comparison.record import Name
from newsdigest.records import Bilingual

_TOPIC = re.compile(r"は|が|も|によると|によれば|の話では")
# A topic at the marks themselves, and what follows a thing said; what is named, titled or written somewhere is not said.
_ASIDE = re.compile(r"(?:これ|それ)に(?:対して?|ついて|関して?)|一方で?")
_RIGHT_BEFORE = re.compile(rf"(?:{_ASIDE.pattern})?([^、。\s{MASK}]{{2,30}}?)(?:は|も)、?$")
_SAID = re.compile(
    r"(?:など)?と(?!題|名|呼|書|記|銘|称|いう名|ある|なっ|なる|され|位置|並|とも|同|一緒)(?![^。]{0,30}(?:され|られ|われ)(?:た|て|る|、|。))|。?$"
)
TOLD_BEHIND = re.compile(rf"([^、。{MASK}]{{2,30}}?)(?:は|が)、?(?:こう|そう|このように|そのように)[^。]{{0,20}}。?$")
_PARTICLE = re.compile(r"[をにでへ]|から|まで|として|について|をめぐ")


def find_cue(frame: str, start: int, end: int, names: Names) -> Cue | None:
    """Return the cue of a quote masked at ``[start, end)`` of its sentence's frame."""
    left, right = frame[:start], frame[end:]
    verb = _verb(right, names)
    if verb is None:
        return _plain_topic(left, right, end, names)
    inverted = re.match(r"(?:などと|など、?|と|とは)[、,]?([^、。" + MASK + r"]{1,30}?)(?:は|が|も)", right)
    if inverted and able(inverted.group(1), names):
        stop = max(inverted.end(), verb[1])
        return Cue(inverted.group(1), end + inverted.start(1), end + stop, verb[2], "after")
    found = topic(left, names)
    if found:
        return Cue(found[0], found[1], found[1] + len(found[0]), verb[2], "before")
    behind = re.match(r"。([^。" + MASK + r"]{1,30}?)(?:は|が)", right)
    if behind and able(behind.group(1), names):
        return Cue(behind.group(1), end + behind.start(1), end + behind.end(), verb[2], "after")
    # A topic that we cannot read is not replaced by a guess at an earlier speaker.
    open_topic = re.search(
        r"[^、。\sにでとへ](?<!について)(?<!に関して)(?<!に対して)(?:は|が)", re.split(r"。", left)[-1]
    )
    return Cue("", end + verb[0], end + verb[1], verb[2], "open" if open_topic else "verb")


def _plain_topic(left: str, right: str, end: int, names: Names) -> Cue | None:
    """``Xは「…」と不快感をあらわにした``: whoever stands as the topic right before the marks says it, whatever he does by it."""
    who = _RIGHT_BEFORE.search(left)
    if who is None or not _SAID.match(right) or not able(who.group(1), names):
        return None
    return Cue(who.group(1), who.start(1), end, "", "before")


def _verb(right: str, names: Names) -> tuple[int, int, str] | None:
    """The verb of speech behind 「…」と, in the same sentence."""
    joined = re.match(r"(?:など)?(?:と|って|との|という|といった|とする|として|。)", right)
    if joined is None:
        return None
    sentence = re.split(rf"[。{MASK}]", right[joined.start() :].lstrip("。"))[0]
    match = names.words.verbs["ja"].search(sentence[:60])
    if match:
        return joined.start() + match.start(), joined.start() + match.end(), match.group()
    return None


def topic(left: str, names: Names) -> tuple[str, int] | None:
    """The topic of the sentence: the phrase before は (else が, によると) that can speak; the last one before the quote."""
    clauses = [(m.start(), m.group()) for m in re.finditer(rf"[^{MASK}。]+", left)]
    found: list[tuple[int, str, int]] = []
    for base, clause in clauses:
        for match in _TOPIC.finditer(clause):
            begin = (
                max(
                    clause.rfind("、", 0, match.start()),
                    clause.rfind(" ", 0, match.start()),
                    clause.rfind("\u3000", 0, match.start()),
                )
                + 1
            )
            phrase = clause[begin : match.start()]
            aside = _ASIDE.match(phrase)
            begin, phrase = (begin + aside.end(), phrase[aside.end() :]) if aside else (begin, phrase)
            if phrase and able(phrase, names):
                rank = 0 if match.group().startswith("は") or match.group().startswith("によ") else 1
                found.append((rank, phrase, base + begin))
    if not found:
        return None
    best = min(rank for rank, _, _ in found)
    phrase, begin = [(p, b) for rank, p, b in found if rank == best][-1]
    return phrase, begin


def able(phrase: str, names: Names) -> bool:
    """Whether a phrase names somebody who can speak."""
    return describe(phrase, names) is not None


def headline(title: str, start: int, names: Names) -> Cue | None:
    """``米財務長官「大統領が…」``: the phrase right before the marks of a headline, where it can speak."""
    behind = re.match(r"[^」』]*[」』]と([^\s、。「]+)$", title[start:])
    if behind and describe(behind.group(1), names) is not None:
        return Cue(behind.group(1), start + behind.start(1), start + behind.end(1), "", "headline")
    ahead = title[:start].rstrip()
    begin = max((ahead.rfind(char) for char in " 、。\u3000!?」』・:"), default=-1) + 1
    phrase = ahead[begin:]
    if (
        phrase
        and describe(phrase, names) is not None
        and not phrase.endswith(("の", "を", "に", "で", "と", "は", "が"))
    ):
        return Cue(phrase, begin, len(ahead), "", "headline")
    return None


def describe(phrase: str, names: Names) -> Speaker | None:
    """The speaker of a phrase: a person or body of the lexicon, a name with 氏 or an office, or a description."""
    if phrase not in names.described:
        names.described[phrase] = _read(phrase, names)
    return names.described[phrase]


def _read(phrase: str, names: Names) -> Speaker | None:
    phrase = re.sub(r"[((][^))]*[))]$", "", phrase.strip())
    if re.search(r"両|双方", phrase):
        return None  # two speak with one voice: no speaker of a quotation
    tail = re.split(_PARTICLE, phrase)[-1] or phrase
    role = names.words.role_ja.search(phrase)
    entry = names.entry(tail) if tail else None
    if entry is not None and entry.kind == "person":
        return names.of_entry(entry, tail, _office(tail, names))
    if tail.endswith("の一人") or (re.search(r"専門家|関係者|筋$|幹部|担当者", tail) and role):
        return _described(tail, names)
    holder = names.by_office(tail)
    if holder:
        return holder
    suffixed = names.words.suffix_ja.search(tail)
    if suffixed and suffixed.end() == len(tail):
        return _suffixed(tail, suffixed, names)
    if entry is not None:
        return names.of_entry(entry, tail)
    return _described(tail, names) if role else None


def _office(tail: str, names: Names) -> str:
    match = re.search(
        rf"(?:{'|'.join(map(re.escape, sorted(names.words.table['names']['ja']['suffixes'], key=len, reverse=True)))})$",
        tail,
    )
    return match.group() if match and match.group() not in ("氏", "さん") else ""


def _suffixed(tail: str, match: re.Match[str], names: Names) -> Speaker | None:
    stem, suffix = match.groups()
    # カルド運輸相: a name in katakana, the rest is the office.
    foreign = re.fullmatch(r"([ァ-ヴー・=＝]{2,})([一-龯]+)", stem)
    if foreign:
        stem, suffix = foreign.group(1), foreign.group(2) + suffix
    country = names.country_of(tail)
    office = "" if suffix in ("氏", "さん") else suffix
    if (
        len(stem) < 2
        or stem.endswith(("同", "米", "中", "英", "仏", "独", "露", "韓"))
        or (country and len(stem) <= 3 and not re.search("[ァ-ヴ]", stem))
    ):
        return Speaker(Name(surface=tail, kind="role", role=None, ja=tail), office or None, "role", country)
    return Speaker(Name(ja=stem, surface=tail, kind="person"), office or None, "person", country or _foreign(stem))


def _foreign(name: str) -> str | None:
    """A person named in katakana speaks another language: an unknown country stands for it."""
    return "??" if re.fullmatch(r"[ァ-ヴー・=＝]+", name) else None


def _described(tail: str, names: Names) -> Speaker:
    pairs = names.words.table.get("roles", {}).get("ja", {})
    english = next((pairs[form] for form in sorted(pairs, key=len, reverse=True) if tail.endswith(form)), None)
    country = names.country_of(tail)
    role = Bilingual(ja=tail, en=english) if english else None
    return Speaker(Name(surface=tail, ja=tail, kind="role", role=role), None, "role", country)


def pronoun(phrase: str, names: Names) -> bool:
    """Whether a phrase points back at somebody: 同氏, 長官, 首相."""
    return phrase.strip() in names.words.table["names"]["ja"]["pronouns"]


def reported(frame: str, start: int, end: int, names: Names) -> Cue | None:
    """Who says the words at ``[start, end)`` without quoting them: 〜は…と説明した, 〜によると…."""
    found = topic(frame[:start], names)
    verb = re.search(
        rf"と(?:の)?[^。、]{{0,6}}?(?:{'|'.join(map(re.escape, names.words.strengths['ja']))})", frame[end:]
    )
    source = re.search(r"([^、。]+?)(?:によると|によれば|の話では)", frame[:start])
    if source and able(source.group(1), names):
        return Cue(source.group(1), source.start(1), source.end(), "", "according")
    if found and verb:
        return Cue(found[0], found[1], found[1] + len(found[0]), verb.group(), "before")
    if verb and re.match(r"という[。\s]", frame[end + verb.start() :] + "。"):
        return Cue("", end + verb.start(), end + verb.end(), verb.group(), "hearsay")
    return None
