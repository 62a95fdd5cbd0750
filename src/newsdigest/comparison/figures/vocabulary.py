"""The number words, units, bounds and subjects of ``units.toml``, compiled once a lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from newsdigest.language.lexicon import Lexicon

# Full-width characters and their plain forms, one for one, so that offsets stay.
_LEVEL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20, 0x00A0: 0x20, 0x202F: 0x20, 0x2009: 0x20, 0x2010: 0x2D, 0x2011: 0x2D, 0x2019: 0x27,
}  # fmt: skip

# Vertical setting has a middle dot for the decimal point: 26・5%.
_POINT = re.compile(r"(?<=[0-9])・(?=[0-9])")


def level(text: str) -> str:
    """Return the text with full-width characters made plain, each in its place."""
    return _POINT.sub(".", text.translate(_LEVEL))


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: ``factor`` of it make one ``base``; ``loose`` is the share by which its meaning varies."""

    id: str
    base: str
    kind: str
    factor: Decimal
    say_ja: str
    say_en: tuple[str, str]
    counters: tuple[str, ...] = ()
    say_prefix: str = ""
    say_before: Mapping[str, str] = field(default_factory=dict)
    loose: Decimal = Decimal(0)
    measure: bool = False
    attached: bool = False
    bare: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What figures count, with the question they answer."""

    id: str
    unit: str
    kind: str
    bases: frozenset[str]
    units: frozenset[str]
    words: Mapping[str, tuple[str, ...]]
    question_ja: str
    question_en: str
    label_ja: str
    label_en: str
    rises: bool
    held: bool
    falls: bool = False

    def fits(self, base: str, kind: str) -> bool:
        """Whether a figure of that base unit and kind can count it."""
        if self.unit and self.unit != base:
            return False
        if self.kind and self.kind != kind:
            return False
        return (not self.bases or base in self.bases) and (not self.units or base in self.units)


# Compared by identity: results for a text are kept by vocabulary.
@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Everything the scanner needs, ready to match."""

    table: Mapping[str, Any]
    units: Mapping[str, Unit]
    suffix_en: re.Pattern[str]
    suffix_cjk: Mapping[str, re.Pattern[str]]
    prefix: re.Pattern[str]
    unit_of: Mapping[str, Mapping[str, str]]
    prefix_of: Mapping[str, str]
    bounds_before: tuple[tuple[str, re.Pattern[str]], ...]
    bounds_after: tuple[tuple[str, re.Pattern[str]], ...]
    words_en: re.Pattern[str]
    counting_words: frozenset[str]
    scopes: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    magnitude: re.Pattern[str]
    short_magnitude: re.Pattern[str]
    skipped: re.Pattern[str]
    subjects: tuple[Subject, ...]
    subject_of: Mapping[str, Subject]
    subject_words: Mapping[str, tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]]
    dates: Mapping[str, re.Pattern[str]]


_COMPILED: dict[str, Vocabulary] = {}


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Return the compiled vocabulary of a lexicon; extensions of a lexicon share its own."""
    if lexicon.digest not in _COMPILED:
        if len(_COMPILED) > 8:
            _COMPILED.clear()
        _COMPILED[lexicon.digest] = _compile(lexicon.table("units"))
    return _COMPILED[lexicon.digest]


def either(words: Iterable[str]) -> str:
    """Return an alternation of literal words, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _counters(units: Iterable[Mapping[str, Any]], unit_of: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """The counters of a language; those that are units only before certain words come with them (日 before 以内)."""
    bound = {form: rest for raw in units for form, rest in raw.get(f"{lang}_before", {}).items()}
    plain = either(form for form in unit_of[lang] if form not in bound)
    return "|".join([plain, *(rf"{re.escape(form)}(?={either(rest)})" for form, rest in bound.items())])


def words(phrases: Iterable[str]) -> str:
    """Return an alternation of phrases, longest first, those written in letters between word boundaries.

    Phrases of one first letter stand together behind it, so that a place of a text is held against these only.
    """
    lettered: dict[str, list[str]] = {}
    others: list[str] = []
    for phrase in sorted(set(phrases), key=lambda w: (-len(w), w)):
        first = phrase[:1].lower()
        if first.isascii() and first.isalnum():
            lettered.setdefault(first, []).append(phrase)
        else:
            others.append(phrase)
    groups = "|".join(_either_case(first) + _endings(some, 1) for first, some in lettered.items())
    return "|".join([*([rf"(?<![A-Za-z])(?:{groups})"] if groups else []), *([_endings(others, 0)] if others else [])])


def _endings(phrases: Sequence[str], start: int) -> str:
    """An alternation of what phrases have from a place on; what ends in a letter ends its word."""
    lettered = [phrase[-1:].isascii() and phrase[-1:].isalnum() for phrase in phrases]
    ends = [re.escape(phrase[start:]).replace(r"\ ", r"\s+") for phrase in phrases]
    if all(lettered):
        return f"(?:{'|'.join(ends)})(?![A-Za-z])"
    return f"(?:{'|'.join(end + '(?![A-Za-z])' * whole for end, whole in zip(ends, lettered, strict=True))})"


def _either_case(letter: str) -> str:
    """A letter in either case, as a class that needs no folding (İ and ı are an i, ſ an s, K a k)."""
    return f"(?-i:[{letter}{letter.upper()}{_ALIKE.get(letter, '')}])"


_ALIKE = {"i": "\\u0130\\u0131", "s": "\\u017f", "k": "\\u212a"}


def _compile(table: Mapping[str, Any]) -> Vocabulary:
    units = {raw["id"]: _unit(raw) for raw in table["unit"]}
    unit_of: dict[str, dict[str, str]] = {"en": {}, "ja": {}, "zh": {}}
    prefix_of: dict[str, str] = {}
    for raw in table["unit"]:
        for language in unit_of:
            for form in (*raw.get(language, ()), *(raw.get("nouns", ()) if language == "en" else ())):
                unit_of[language].setdefault(level(form).lower(), raw["id"])
        for language in ("ja", "zh"):
            for form in raw.get(f"{language}_before", {}):
                unit_of[language].setdefault(level(form), raw["id"])
        for form in raw.get("prefix", ()):
            prefix_of[level(form)] = raw["id"]
    bounds, english = table["bounds"], table["numerals"]["en"]
    subjects = tuple(_subject(raw) for raw in table["subject"])
    return Vocabulary(
        table=table,
        units=units,
        suffix_en=re.compile(rf"(?:[\s-]*)({words(unit_of['en'])})", re.I),
        suffix_cjk={lang: re.compile(rf"\s?({_counters(table['unit'], unit_of, lang)})") for lang in ("ja", "zh")},
        # A Latin sign begins no word of its own inside another ("M" in "CM").
        prefix=re.compile(rf"(?<![A-Za-z](?=[A-Za-z]))({either(prefix_of)})\s?$"),
        unit_of=unit_of,
        prefix_of=prefix_of,
        bounds_before=tuple(
            (b, re.compile(rf"(?:{words(bounds[b]['before'])})(?:\s|のべ|延べ)*(?:の|a\s)?$", re.I)) for b in bounds
        ),
        bounds_after=tuple((b, re.compile(rf"\s?(?:{words(bounds[b]['after'])})", re.I)) for b in bounds),
        words_en=re.compile(_english_words(english), re.I),
        counting_words=_counting_words(english),
        scopes=tuple(_scope(group, forms) for group, forms in table["scope"].items()),
        magnitude=re.compile(rf"[\s-]?({'|'.join(english['magnitudes'])})(?![a-z])", re.I),
        short_magnitude=re.compile(
            rf"({'|'.join(sorted(english['short_magnitudes'], key=len, reverse=True))})(?![A-Za-z])", re.I
        ),
        skipped=_skipped(table),
        subjects=subjects,
        subject_of={subject.id: subject for subject in subjects},
        subject_words={lang: _subject_words(subjects, lang) for lang in ("ja", "en", "zh")},
        dates=_dates(table),
    )


def _unit(raw: Mapping[str, Any]) -> Unit:
    singular, plural = raw["say_en"]
    return Unit(
        id=raw["id"],
        base=raw["base"],
        kind=raw["kind"],
        factor=Decimal(raw.get("factor", "1")),
        say_ja=raw["say_ja"],
        say_en=(singular, plural),
        counters=tuple(form for form in raw["ja"] if form not in raw.get("unsaid_ja", ()))
        if raw["kind"] == "count"
        else (),
        say_prefix=raw.get("say_prefix", ""),
        say_before={k: raw[f"say_before_{k}"] for k in ("ja", "en") if f"say_before_{k}" in raw},
        loose=Decimal(raw.get("loose", "0")),
        measure=raw.get("measure", False),
        attached=raw.get("attached", False),
        bare=raw.get("bare", False),
        hidden=raw.get("hidden", False),
    )


def _subject(raw: Mapping[str, Any]) -> Subject:
    return Subject(
        id=raw["id"],
        unit=raw.get("unit", ""),
        kind=raw.get("kind", ""),
        bases=frozenset(raw.get("bases", ())),
        units=frozenset(raw.get("units", ())),
        words={lang: tuple(raw.get(lang, ())) for lang in ("ja", "en", "zh")},
        question_ja=raw["question_ja"],
        question_en=raw["question_en"],
        label_ja=raw["label_ja"],
        label_en=raw["label_en"],
        rises=raw.get("rises", False),
        held=raw.get("held", False),
        falls=raw.get("falls", False),
    )


def _subject_words(subjects: tuple[Subject, ...], lang: str) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    owners: dict[str, tuple[str, ...]] = {}
    for subject in subjects:
        for word in subject.words[lang]:
            owners[word.lower()] = (*owners.get(word.lower(), ()), subject.id)
    return re.compile(words(owners), re.I), owners


def _english_words(en: Mapping[str, Any]) -> str:
    """The pattern of a number in English words: "three hundred and five thousand", "a dozen", "two and a half"."""
    unit, teen, ten = (either(en[key]) for key in ("units", "teens", "tens"))
    small = rf"(?:(?:{ten})(?:[-\s](?:{unit}))?|{teen}|{unit})"
    hundred = rf"(?:(?:{small}|a)[-\s]hundred(?:\s(?:and\s)?{small})?|{small})"
    big = either(en["magnitudes"])
    number = rf"(?:(?:{hundred}|a|half\sa)[-\s](?:{big})(?:,?\s(?:and\s)?{hundred}(?:[-\s](?:{big}))?)*|{hundred})"
    dozen = rf"(?:half\sa\sdozen|(?:a|{small})[-\s]dozen)"
    return rf"(?<![A-Za-z-])(?:{dozen}|{number}(?:[-\s]and[-\s]a[-\s]half)?|{either(en['times'])}|half\san(?=[-\s]hour)|(?:(?<=for\s)|(?<=about\s)|(?<=nearly\s)|(?<=lasted\s)|(?<=than\s)|(?<=over\s))an(?=\shour\b)|an(?=\shour\sand\s)|a(?=\syear\sand\sa\shalf))(?![A-Za-z])"


def _counting_words(en: Mapping[str, Any]) -> frozenset[str]:
    """The words of which each number in English words has one."""
    known = [word for key in ("units", "teens", "tens", "magnitudes", "times") for word in en[key]]
    return frozenset(re.findall("[a-z]+", " ".join(known).lower())) | {"hundred", "dozen", "half", "hour", "year"}


def _scope(group: str, forms: Iterable[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A group of words that say how far a count reaches: those that stand right before the number, and those that stand anywhere."""
    ends = tuple(form[:-1] for form in forms if form.endswith("|"))
    return group, ends, tuple(form for form in forms if not form.endswith("|"))


def _skipped(table: Mapping[str, Any]) -> re.Pattern[str]:
    names = either(level(name) for name in (*table["names"]["with_numbers"], *table["names"]["not_numbers"]))
    articles = "|".join(rf"{article}(?!{'|'.join(rest)})" for article, rest in table["names"]["articles"].items())
    return re.compile(
        rf"{names}|{articles}|(?:https?://|www\.)[^\s<>「」()]+|[\w.+-]+@[\w-]+\.[\w.]+"
        # Codes: a letter joined to digits (COVID-19, F-35, A320), but not 20th or 5km.
        r"|(?<![A-Za-z0-9])(?:[A-Z][A-Za-z]*[-‐]?\d+[A-Za-z]?(?![\d.])|\d+G(?![A-Za-z]))"
        # Telephone numbers, and runs of seven digits without a separator.
        r"|(?<![\d.,])\+?\d{2,4}-\d{2,4}-\d{3,4}(?![\d-])|(?<![\d.,])\d{7,}(?![\d,.万億千人円ドル])"
    )


def _dates(table: Mapping[str, Any]) -> Mapping[str, re.Pattern[str]]:
    calendar = table["calendar"]
    month = rf"(?P<month>{either(calendar['months'])})\b\.?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:1[6-9]|20)\d\d)"
    era = rf"(?:(?P<era>{either(calendar['eras'])})(?P<era_year>元|\d{{1,2}})年)"
    half = f"{either(calendar['morning'])}|{either(calendar['afternoon'])}"
    return {
        "en": re.compile(
            rf"(?<![\w-])(?:{month}\s{day}(?![\d,]*\d{{3}})(?:,?\s{year}(?!\d))?|{day}\s(?:of\s)?{month}(?:,?\s{year}(?!\d))?|{month},?\s{year}(?!\d))(?!\w)".replace(
                "(?P<month>", "(?P<month1>", 1
            )
            .replace("(?P<day>", "(?P<day1>", 1)
            .replace("(?P<year>", "(?P<year1>", 1)
            .replace("(?P<month>", "(?P<month2>", 1)
            .replace("(?P<day>", "(?P<day2>", 1)
            .replace("(?P<year>", "(?P<year2>", 1)
            .replace("(?P<month>", "(?P<month3>", 1)
            .replace("(?P<year>", "(?P<year3>", 1),
            re.I,
        ),
        "iso": re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?![\d-])"),
        "cjk": re.compile(
            rf"(?:{era}|(?<!\d)(?P<year>(?:1[6-9]|20)\d\d)年|(?<!\d)\d\d年)?(?<!\d)(?P<month>[01]?\d)月(?:(?P<day>[0-3]?\d)(?:日|号)(?!間|内))?"
            rf"|{era.replace('era>', 'era2>').replace('era_year>', 'era_year2>')}(?!間|度|間)"
            r"|(?<![\d第])(?P<day2>[0-3]?\d)日(?!間|内|連続|ぶり|目|以内|後に|分)"
        ),
        "fiscal": re.compile(
            rf"{era}度|(?<!\d)(?P<year>(?:19|20)\d\d)年度|\b(?:FY\s?|fiscal(?:\syear)?\s)(?P<year2>(?:19|20)?\d\d)\b",
            re.I,
        ),
        "year": re.compile(
            r"(?:(?<![\d.,$¥€£億亿万萬兆-])|(?<=\b\d{4}-))(?P<year>(?:1[6-9]|20)\d\d)(?:年(?!間|ぶり|度|半)|(?<=\b\d{4})(?!\w|[.,]\d|\s?%|-year|-\d))"
        ),
        "clock": re.compile(
            rf"(?P<half>{half})?(?<![\d.])(?P<hour>[0-2]?\d)(?:時|时|点)(?!間|间)(?:(?P<minute>[0-5]?\d)分(?!間|钟)|(?P<thirty>半))?"
            r"|(?<![\d.:])(?P<hour2>[01]?\d)(?:[:.](?P<minute2>[0-5]\d))?\s?(?P<half2>a\.?m\b\.?|p\.?m\b\.?)"
            r"|(?<![\d.:])(?P<hour3>[0-2]?\d):(?P<minute3>[0-5]\d)(?![:\d])"
            r"|(?<![\d.:])(?P<hour4>[0-2]\d)(?P<minute4>[0-5]\d)\s(?=GMT|UTC|JST|hours)",
            re.I,
        ),
    }
