"""Full text in three scripts, on both databases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.store.bigrams import index_words, matches, query_words
from newsdigest.store.sql import SqlStore
from tests.store.samples import NOW, hours, make_item, make_version, outcome


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A store with one item a language."""
    store.commit_poll(
        outcome(
            make_item(
                "i-ja", make_version(title="日銀、政策金利を据え置き", text="会合はＡＩを取り上げた。", language="ja")
            ),
            make_item(
                "i-zh",
                make_version(title="中国央行维持利率", text="地震之后的说明。", language="zh", seen=NOW + hours(1)),
            ),
            make_item("i-en", make_version(title="Bank holds rate", text="It didn't mention AI. The U.S. did.")),
            make_item("i-apart", make_version(title="政治の策", text="金の利。策金", language="ja")),
        )
    )
    return store


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("日銀", {"i-ja"}),
        ("政策金利", {"i-ja"}),
        ("地震", {"i-zh"}),
        ("中国 利率", {"i-zh"}),
        ("金", {"i-ja", "i-apart"}),
        ("ai", {"i-ja", "i-en"}),
        ("ＡＩ", {"i-ja", "i-en"}),
        ("BANK rate", {"i-en"}),
        ("U.S.", {"i-en"}),
        ("銀行", set()),
        ("政策", {"i-ja"}),
        ("ban", set()),
        ('" OR *', set()),
        ("", set()),
        ("。", set()),
    ],
)
def test_words_are_found_in_any_script(filled: SqlStore, words: str, keys: set[str]) -> None:
    assert {item.key for item in filled.search_items(words)} == keys


def test_the_newest_version_is_what_is_searched_and_limits_hold(store: SqlStore) -> None:
    first = make_version(title="Old ferry", seen=NOW)
    store.commit_poll(outcome(make_item("i-1", first)))
    store.commit_poll(outcome(make_item("i-1", first, make_version(n=2, title="New bridge", text="Bridge."))))
    assert store.search_items("old") == []
    assert [i.key for i in store.search_items("bridge")] == ["i-1"]
    assert store.reindex() == 1
    assert [i.key for i in store.search_items("bridge")] == ["i-1"]
    store.commit_poll(outcome(*(make_item(f"i-x{n}", make_version(title="Bridge")) for n in range(60))))
    assert len(store.search_items("bridge", limit=25)) == 25


def test_pairs_that_lie_apart_are_no_hit_and_do_not_hide_one(store: SqlStore) -> None:
    apart = [make_item(f"i-{n}", make_version(title="政策 策金", text="", seen=NOW)) for n in range(70)]
    older = make_version(title="政策金", text="", published=NOW - hours(5))
    store.commit_poll(outcome(*apart, make_item("i-hit", older)))
    assert [i.key for i in store.search_items("政策金", limit=5)] == ["i-hit"]


@given(st.text(alphabet="日銀政策金利中国あア a1。", min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 10))
def test_every_piece_of_a_cjk_run_is_found_in_its_text(text: str, start: int, length: int) -> None:
    piece = text[start : start + length].split("。")[0].strip(" a1")
    if " " not in piece and "a" not in piece and "1" not in piece:
        assert set(query_words(piece)) <= set(index_words(text))
        assert matches(piece, text)


@given(st.text(max_size=60))
def test_every_word_of_any_text_is_found_in_it(text: str) -> None:
    for run in text.split():
        assert set(query_words(run)) <= set(index_words(text))
        assert matches(run, text)
