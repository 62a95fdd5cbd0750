"""What a pattern cannot match without: read off its source, and never in the way of a match."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdigest.comparison.compare import compare
from newsdigest.comparison.needles import needles
from newsdigest.comparison.patterns import Pattern, PatternBook, PatternSet
from newsdigest.comparison.reading import read
from newsdigest.comparison.vocabulary import Vocabulary
from newsdigest.errors import LexiconError
from tests.benchmarks._accounts import accounts
from tests.shipped import shipped_lexicon


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (r"\bDenied\b", {"denied"}),
        (r"{actor} (?:said|told reporters)", {"said", "told reporters"}),
        (r"accus\w+ (?:each|one) other", {" other"}),
        (r"(?:要求|敦促)?{actor}", set()),
        (r"(?:要求|敦促)(?:了)?{actor}", {"要求", "敦促"}),
        (r"colou?r", {"colo"}),
        (r"(?:not )?(?=signed)[a-z]+", set()),
        (r"signed|\w+", set()),
        (r"sign(?:ed|s){2,}", {"sign"}),
        (r"(?P<who>sides) [^.;]{0,40}?agree", {"sides"}),
        (r"co-?operat", {"operat"}),
        (r"(?x) a b c d", set()),
        (r"\u3000{2}a(?P=who)", set()),
        (r"naïveté", {"vet"}),
    ],
)
def test_the_words_without_which_a_pattern_does_not_match(source: str, found: set[str]) -> None:
    assert needles(source) == found


_PIECES = st.sampled_from(["said", "told ", "要求", "了", "x", "ſaid", "sign", "ed", " by", "İ", "K", "no"])


@st.composite
def _expressions(draw: st.DrawFn, depth: int = 2) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        if depth and draw(st.booleans()):
            inner = "|".join(draw(st.lists(_expressions(depth=depth - 1), min_size=1, max_size=3)))
            parts.append(f"(?:{inner})")
        else:
            parts.append(draw(_PIECES))
        parts.append(draw(st.sampled_from(["", "", "", "?", "*", "+", "{0,2}", "{1,3}?", r"\b", "[xy]", "."])))
    return "".join(parts)


@given(_expressions(), st.lists(_PIECES, max_size=6).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_needle_stands_in_the_way_of_a_match(source: str, text: str) -> None:
    plain = re.compile(source, re.IGNORECASE)
    guarded = Pattern(source, source, needles(source))
    assert [m.span() for m in guarded.finditer(text)] == [m.span() for m in plain.finditer(text)]


def _patterns(vocabulary: Vocabulary, language: str) -> Iterator[Pattern]:
    for slot in vocabulary.slots:
        yield from (vocabulary.book.compile(p, language) for p in (*slot.patterns[language], *slot.excludes[language]))
    for sources in vocabulary.attribution["speech"][language].values():
        yield from (vocabulary.book.compile(p, language) for p in sources if not isinstance(sources, str))


@pytest.mark.parametrize("language", ["ja", "en", "zh"])
def test_the_patterns_of_the_data_match_as_without_needles(language: str) -> None:
    vocabulary = Vocabulary(shipped_lexicon())
    readings = [read(m, vocabulary) for m in accounts(10, 3, vocabulary.lexicon, share=0.5).members]
    clauses = [c for r in readings if r.member.language == language for c in r.clauses]
    chosen = random.Random(0).sample(clauses, 60)
    patterns = list(_patterns(vocabulary, language))
    together = PatternSet(patterns)
    matched = 0
    for clause in chosen:
        possible = together.may_match(clause.string)
        for number, pattern in enumerate(patterns):
            whole = re.compile(pattern.source, re.IGNORECASE).search(clause.string)
            found = pattern.search(clause.string)
            assert (whole and whole.span()) == (found and found.span()), pattern.source
            assert number in possible or whole is None
            matched += whole is not None
        assert len(possible) < len(patterns) / 2
    assert matched


def test_every_pattern_that_a_comparison_asks_for_is_a_regular_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Pattern] = {}
    make = PatternBook._compile

    def heard(book: PatternBook, pattern: str, language: str) -> Pattern:
        made = make(book, pattern, language)
        asked[made.source] = made
        return made

    monkeypatch.setattr(PatternBook, "_compile", heard)
    compare(accounts(6, 3, shipped_lexicon(), share=0.3))
    assert len(asked) > 1000
    for pattern in asked.values():
        re.compile(pattern.source, re.IGNORECASE)


def test_a_pattern_that_is_none_is_named() -> None:
    pattern = PatternBook({}, {}).compile("{actor} said (", "en")
    with pytest.raises(LexiconError, match=r"\{actor\} said \("):
        pattern.search("somebody said (")
