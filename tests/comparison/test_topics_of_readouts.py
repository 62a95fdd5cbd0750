"""What a readout names: no word inside a word of another meaning, a conflict under the side it is about, a name by itself."""

from __future__ import annotations

import pytest

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.matrix import aliases, mentioned_anywhere
from newsdigest.comparison.occasion import Subject
from newsdigest.comparison.reading import read
from newsdigest.comparison.topics import TopicFinder
from newsdigest.comparison.vocabulary import Vocabulary
from tests.comparison.packets import lexicon
from tests.evals.matrix import statement_member


def finder_and_readings(*texts: tuple[str, str]) -> tuple[TopicFinder, list[set[str]]]:
    vocabulary = Vocabulary(lexicon())
    rows = [
        {"id": f"d{n}", "lang": lang, "source": "x", "title": "", "text": text, "published": "2031-05-02"}
        for n, (lang, text) in enumerate(texts)
    ]
    readings = [read(statement_member(row), vocabulary) for row in rows]
    finder = TopicFinder(Subject(None, frozenset(), (), None, None), Cast(readings, vocabulary))
    return finder, [{t for c in r.clauses for t in finder.in_clause(c)} for r in readings]


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        ("zh", "该国在地区事务中日益发挥作用。", "country.jp"),
        ("zh", "双方将妥善管控和解决分歧。", "term.settlement"),
        ("zh", "该国将迎来重要国内政治议程。", "term.internal_affairs"),
        ("zh", "双方支持对方担任2032年金砖国家主席国。", "term.pension"),
        ("zh", "双方要加强发展战略对接。", "term.docking"),
        ("zh", "全面推进民族复兴。", "term.recovery_reconstruction"),
        ("ja", "反対したのは港北市だけが理由ではない。", "topic.injuries"),
        ("ja", "港北市の呼びかけが広がった。", "topic.injuries"),
    ],
)
def test_a_word_inside_another_is_no_topic(language: str, text: str, never: str) -> None:
    _, (found,) = finder_and_readings((language, text))
    assert never not in found


@pytest.mark.parametrize("text", ["港北市で3人がけがをした。", "大けがをした人もいる。"])
def test_the_word_itself_stays_one(text: str) -> None:
    _, (found,) = finder_and_readings(("ja", text))
    assert "topic.injuries" in found


def test_a_conflict_named_by_its_sides_is_no_silence_on_the_place() -> None:
    _, (chinese, english) = finder_and_readings(
        ("zh", "双方就巴以冲突交换意见。"), ("en", "The leaders discussed Gaza.")
    )
    assert "country.ps" in chinese & english


def test_the_search_for_a_silence_passes_over_a_word_inside_another() -> None:
    finder, _ = finder_and_readings(("zh", "该国在地区事务中日益发挥作用。"))
    row = {"id": "a", "lang": "zh", "source": "x", "title": "", "published": "2031-05-02"}
    topic = finder.topic("country.jp", {"country.jp": frozenset({"country.jp", "term.pair_jp_cn"})})
    words = aliases(topic, finder.cast)
    unnamed = statement_member({**row, "text": "该国在地区事务中日益发挥作用。"})
    named = statement_member({**row, "text": "该国希望中日保持对话。"})
    assert not mentioned_anywhere(topic, unnamed, words, finder.cast)
    assert mentioned_anywhere(topic, named, words, finder.cast)
