"""What an edit changed."""

from __future__ import annotations

import pytest

from newsdigest.items.item import Change
from newsdigest.items.numbers import numbers, numbers_changed
from newsdigest.items.versions import changes_between, is_substance, similarity
from tests.reading import packaged_lexicon

TITLE = "Ferry sinks off Seret"
TEXT = 'A ferry sank off Seret on Monday with 40 people aboard.\nThe harbour master said the sea was calm.\n"We heard a bang," a survivor said.'


def changes(
    text: str = TEXT, title: str = TITLE, language: str = "en", before: tuple[str, str] = (TITLE, TEXT)
) -> tuple[Change, ...]:
    return changes_between(before, (title, text), language, packaged_lexicon().tables["readouts"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT.replace("with 40 people", "carrying 40 people"), {"wording"}),
        (TEXT.replace("40", "43"), {"number", "wording"}),
        (TEXT.replace("a bang", "a loud bang"), {"quote", "wording"}),
        (
            TEXT.replace(
                "The harbour master said the sea was calm.", "The harbour master reportedly claimed the sea was calm."
            ),
            {"attribution", "wording"},
        ),
        (TEXT.replace("The harbour master said the sea was calm.\n", ""), {"removal"}),
        (TEXT + "\nDivers will search the wreck for the ship's log in the morning.", {"addition"}),
        (TEXT.replace("on Monday", "on\u00a0Monday").replace('"', "“"), set()),
    ],
)
def test_classes_of_an_edit(text: str, expected: set[str]) -> None:
    assert set(changes(text)) == expected


def test_a_new_headline() -> None:
    assert changes(title="Ferry sinks; 40 rescued") == ("headline", "number")
    assert changes(title="Ferry lost off Seret") == ("headline",)


def test_japanese_and_chinese_edits() -> None:
    before = ("火災", "消防によると、死者は12人。\n市長は「原因を調べる」と述べた。")
    assert "number" in changes("消防によると、死者は１３人。\n市長は「原因を調べる」と述べた。", "火災", "ja", before)
    assert changes("消防によると、死者は１２人。\n市長は「原因を調べる」と述べた。", "火災", "ja", before) == ()
    assert "quote" in changes(
        "消防によると、死者は12人。\n市長は「原因を急いで調べる」と述べた。", "火災", "ja", before
    )


def test_substance_is_more_than_words() -> None:
    assert is_substance(("number",))
    assert is_substance(("wording", "removal"))
    assert not is_substance(("wording",))
    assert not is_substance(("headline", "wording"))


def test_numbers_are_values() -> None:
    assert numbers("1,234 and ５０％ and 3.50") == {"1234", "50", "3.5"}
    assert not numbers_changed("1,200 people", "1200 people")
    assert numbers_changed("12人", "13人")


def test_similarity_is_containment() -> None:
    assert similarity("The ferry sank off Seret.", "On Monday the ferry sank off Seret, police said.") == 1
    assert similarity("The ferry sank.", "Shares rose today.") < 0.2
    assert similarity("", "x") == 0
