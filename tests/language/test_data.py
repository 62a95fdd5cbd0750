"""The language data hold together: what an editor may break by one careless line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from newsdigest.language.lexicon import LANGUAGES, Entry
from newsdigest.language.matcher import is_latin
from tests.shipped import DATA, names_files, names_lexicon

KINDS = {"person", "body", "place", "country", "office", "term", "occasion"}
# One form, two things, in one language: each pair is meant, and the first of the two is found where a text has only that form.
SHARED = {
    ("zh", "部长"),  # a minister, and the head of a department
    ("zh", "议长"),
    ("zh", "总裁"),
    ("ja", "議長"),
    ("ja", "訪日"),  # a visit, and one of the exchanged visits of leaders
}

# Verbs that would make a printed form a sentence: "caught fire", "position is unchanged".
FINITE = {"caught", "was", "were", "has", "have", "had", "is", "are", "been", "said", "did", "does", "will", "would"}
VERB_ENDINGS = ("る", "た", "した", "いる", "って", "です", "ます", "控え", "取り残され")
# What may begin a printed term with a capital: names of places, peoples, faiths, bodies, laws and brands.
PROPER_NAMES = """
African Antarctic Arctic Asian Automatic Belt Cabinet China Christmas Cold Dow Ebola El Entity Epstein Expo
Formula Gaza Gen General Golden Grand Indigenous International Israeli Japan Japanese Lunar Mars Nankai
National New Nikkei Nobel North Nuclear Olympics Paralympics Paris Patriot Potsdam Ramadan Resolution Rohingya
Russian Sakhalin San Section Security Senkaku State Supreme Taiwan Takaichi TikTok Tomahawk Treaty Trump
Unification Uyghurs Venezuela Winter World Yasukuni
"""
PROPER = set(PROPER_NAMES.split())
INITIALS = re.compile(r"[A-Z]\.|[A-Z]-|[A-Za-z]*[A-Z0-9][A-Z0-9]+")  # U.N., K-pop, DDoS, COP30


def entries() -> Iterator[Entry]:
    yield from names_lexicon().entries.values()


def test_ids_are_unique_and_say_their_kind() -> None:
    seen: set[str] = set()
    for path, content in names_files().items():
        for raw in content.get("entry", []):  # type: ignore[attr-defined]
            assert raw["id"] not in seen, f"{path}: {raw['id']} stands twice"
            seen.add(raw["id"])
            assert raw["id"].split(".")[0] in KINDS, raw["id"]
    assert len(seen) > 2000


def test_what_may_be_a_topic_or_subject_can_be_said_in_three_languages() -> None:
    for entry in entries():
        if entry.kind == "occasion" or "topic" in entry.tags:
            assert all(entry.forms[language] for language in LANGUAGES), entry.id


def test_countries_and_broader_terms_exist() -> None:
    known = names_lexicon().entries
    for entry in entries():
        assert not entry.country or entry.country in known, f"{entry.id}: {entry.country}"
        assert all(broader in known for broader in entry.broader), entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_belongs_to_two_things(language: str) -> None:
    fold = names_lexicon().matcher.fold
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in entries():
        for form in entry.forms[language]:
            owners[fold(form)].add(entry.id)
    allowed = {fold(form) for tongue, form in SHARED if tongue == language}
    twice = {form: ids for form, ids in owners.items() if len(ids) > 1 and form not in allowed}
    # 巴方 is the side of Brazil or of Pakistan: language/sides.py asks the text.
    assert not {f for f, ids in twice.items() if not (f.endswith("方") and all(i.startswith("country.") for i in ids))}


def test_forms_are_long_enough_to_mean_something() -> None:
    for entry in entries():
        for form in entry.aliases():
            assert form == form.strip(), entry.id
            assert len(form) >= 2, f"{entry.id}: {form}"
            assert is_latin(form) or len(form) >= 2, f"{entry.id}: {form}"


def test_printed_forms_carry_no_explanation() -> None:
    allowed = {"country.cd", "country.cg"}  # 刚果（金） is the country's usual name
    for entry in entries():
        if entry.id not in allowed:
            assert not any("（" in form for language in LANGUAGES for form in entry.forms[language][:1]), entry.id


def things() -> Iterator[Entry]:
    yield from (entry for entry in entries() if entry.kind in ("term", "occasion"))


def test_things_are_printed_as_english_noun_phrases() -> None:
    for entry in things():
        words = (entry.form("en") or "").split()
        assert not FINITE & {word.lower() for word in words}, f"{entry.id}: {words}"
        assert not words or words[0].lower() not in ("a", "an", "the"), f"{entry.id}: {words}"


def test_things_are_printed_in_lower_case_unless_they_are_names() -> None:
    for entry in things():
        printed = entry.form("en") or ""
        first = printed.split(" ")[0].removesuffix("'s")
        if first[:1].isupper():
            assert first.split("-")[0] in PROPER or first in PROPER or INITIALS.match(first), f"{entry.id}: {printed}"


def test_things_are_printed_as_japanese_nouns() -> None:
    for entry in things():
        assert not (entry.form("ja") or "").endswith(VERB_ENDINGS), f"{entry.id}: {entry.form('ja')}"


def test_enough_is_known_to_speak_of_unseen_events() -> None:
    count = Counter(entry.kind for entry in entries())
    floors = {"term": 1400, "occasion": 300, "place": 700, "body": 750, "office": 160}
    assert not {kind: count[kind] for kind, floor in floors.items() if count[kind] < floor}


def test_people_in_office_have_it_in_both_halves() -> None:
    for entry in entries():
        if entry.kind == "person":
            assert entry.forms["ja"], entry.id
            assert entry.forms["en"], entry.id
            assert bool(entry.office.get("ja")) == bool(entry.office.get("en")), entry.id
            assert entry.family.get("ja"), entry.id
            assert entry.family.get("en"), entry.id


def test_variants_fold_one_character_to_one() -> None:
    variants = names_files()["han"]["variants"]
    assert all(len(variant) == 1 == len(form) for variant, form in variants.items())  # type: ignore[attr-defined]
    # Folding twice must change nothing, or 臺 and 台 would end differently by the way they came.
    assert not set(variants) & set(variants.values())  # type: ignore[attr-defined]


def test_files_stay_small_enough_to_edit() -> None:
    for path in [*DATA.glob("names/*.toml"), *DATA.glob("terms/*.toml")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 620, path.name
