"""Names that the gazetteer lacks: what is found, what is linked, and what must not be."""

from __future__ import annotations

from newsdigest.language.discovery import discover
from newsdigest.language.lexicon import Entry
from newsdigest.language.transliteration import alike
from tests.shipped import names_lexicon

CALL = [
    (
        "a",
        "en",
        "Ministers talk",
        "Foreign Minister Runa Teller of Ostmark spoke with Lenta Foreign Minister Paul Vesper, the Ostmark Foreign Ministry said. "
        "Teller proposed a fishing pact.",
    ),
    (
        "b",
        "ja",
        "外相が電話",
        "オストマルク外務省によると、ルナ・テラー外相はレンタのヴェスパー外相と電話で協議した。テラー氏は延長を提案した。",
    ),
    ("c", "zh", "外长通电话", "奥斯特马克外交部说，奥斯特马克外长特勒同伦塔外长维斯珀通电话。"),
]


def found(texts: list[tuple[str, str, str, str]]) -> dict[str, Entry]:
    return discover(texts, names_lexicon())


def by_form(entries: dict[str, Entry], form: str) -> Entry | None:
    return next((e for e in entries.values() if form in e.aliases()), None)


def test_a_person_is_one_entry_in_three_scripts_with_office_and_country() -> None:
    entries = found(CALL)
    teller = entries["found.person.runa_teller"]
    assert teller.forms["en"] == ("Runa Teller", "Teller")
    assert teller.forms["ja"][0] == "ルナ・テラー"
    assert teller.forms["zh"] == ("特勒",)
    assert dict(teller.office) == {"ja": "外相", "en": "Foreign Minister"}
    assert teller.family["ja"] == "テラー"
    assert teller.country == "found.country.ostmark"
    assert teller.guessed


def test_the_other_minister_is_another_person() -> None:
    entries = found(CALL)
    vesper, teller = by_form(entries, "Paul Vesper"), by_form(entries, "Runa Teller")
    assert vesper is not None
    assert vesper is not teller
    assert "ヴェスパー" in vesper.forms["ja"]


def test_a_ministry_is_said_in_every_language_of_the_event() -> None:
    ministry = by_form(found(CALL), "Ostmark Foreign Ministry")
    assert ministry is not None
    assert ministry.forms["ja"] == ("オストマルク外務省",)
    assert ministry.kind == "body"


def test_forms_of_persons_are_only_what_a_source_has() -> None:
    whole = "\n".join(title + text for _, _, title, text in CALL)
    for entry in found(CALL).values():
        if entry.kind == "person":
            assert all(form in whole for form in entry.aliases()), entry


def test_the_order_of_the_texts_changes_nothing() -> None:
    assert found(CALL) == found(CALL[::-1])


def test_two_like_names_are_not_linked() -> None:
    entries = found(
        [
            ("a", "en", "", "Trade Minister Karl Lindel met Trade Minister Carl Lindell on Friday."),
            ("b", "ja", "", "リンデル氏は会談した。"),
        ]
    )
    assert not any(e.forms["ja"] and e.forms["en"] for e in entries.values())


def test_a_spelling_in_parentheses_is_no_guess() -> None:
    entries = found(
        [
            ("a", "en", "", "Kessia Technologies said it was sorry."),
            ("b", "ja", "", "ケシア・テクノロジーズ（Kessia Technologies）は謝罪した。"),
        ]
    )
    entry = by_form(entries, "Kessia Technologies")
    assert entry is not None
    assert entry.forms["ja"] == ("ケシア・テクノロジーズ",)
    assert not entry.guessed


def test_a_known_person_gains_the_family_name_alone_only_where_nobody_shares_it() -> None:
    one = found([("a", "en", "", "Foreign Minister Wang Yi spoke. Wang said talks went on.")])
    assert one["person.wang_yi"].forms["en"] == ("Wang",)
    two = found([("a", "en", "", "Wang Yi and Wang Wentao spoke. Wang said talks went on.")])
    assert "person.wang_yi" not in two
    wider = names_lexicon().extended(one)
    assert [m.entry for m in wider.find("Wang said no", "en")] == ["person.wang_yi"]


def test_plain_words_are_no_names() -> None:
    texts = [
        (
            "a",
            "en",
            "Prices Rise Again",
            "On Monday officials said prices rose. Experts were surprised. The Premier League season begins.",
        ),
        ("b", "ja", "", "同氏は会社の会長だ。メンバーの一人は外務報道官の説明に納得した。首相官邸で会見した。"),
        ("c", "zh", "", "外交部发言人说，本市将继续工作。发言人曾表示关注。"),
    ]
    assert found(texts) == {}


def test_likeness_tells_near_names_apart() -> None:
    assert alike("モラ", "Mora") > 0.95
    assert alike("阿尔巴", "Alba") > 0.9
    assert alike("斯塔默", "Starmer") > 0.8
    assert alike("モラ", "Marin") < 0.6
    assert alike("マドゥロ", "Mendoza") < 0.5
