"""The numbers of a text, in three languages, and which of them say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from newsdigest.comparison.figures import numbers_in, same_number
from tests.evals._members import lexicon


def _values(text: str, language: str) -> list[tuple[str, str, str]]:
    return [
        (f"{n.value:f}", n.unit, n.bound)
        for n in numbers_in(text, language, lexicon())
        if n.date is None and n.kind != "time"
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "at least 87.5 million metric tons over three and a half years", [("87500000", "t", "at_least"), ("3.5", "year", "exact")]),
        ("en", "as many as four occasions", [("4", "time", "at_most")]),
        ("en", "no more than 10 people", [("10", "person", "at_most")]),
        ("en", "nearly two hours", [("120", "minute", "about")]),
        ("en", "lasted more than an hour and 20 minutes", [("80", "minute", "at_least")]),
        ("en", "a dozen ships and half a million dollars", [("12", "vessel", "exact"), ("500000", "USD", "exact")]),
        ("en", "HK$300 million, $3bn and 1,234.5 km", [("300000000", "HKD", "exact"), ("3000000000", "USD", "exact"), ("1234500", "m", "exact")]),
        ("en", "10 to 15 people", [("10", "person", "at_least"), ("15", "person", "at_most")]),
        ("en", "12 Chinese fishing boats", [("12", "vessel", "exact")]),
        ("en", "20 nautical miles", [("37040", "m", "exact")]),
        ("ja", "３年半で少なくとも８７５０万トン", [("3.5", "year", "exact"), ("87500000", "t", "at_least")]),
        ("ja", "1億2000万円、70人以上、30人余り、月に230円ほど", [("120000000", "JPY", "exact"), ("70", "person", "at_least"), ("30", "person", "at_least"), ("230", "JPY", "about")]),
        ("ja", "二十人が死亡、1時間20分、2万5千戸", [("20", "person", "exact"), ("80", "minute", "exact"), ("25000", "household", "exact")]),
        ("ja", "２６・５％", [("26.5", "percent", "exact")]),
        ("zh", "三年半,一个半小时,30多人,十二艘,百分之八,3.5亿美元", [("3.5", "year", "exact"), ("90", "minute", "exact"), ("30", "person", "at_least"), ("12", "vessel", "exact"), ("8", "percent", "exact"), ("350000000", "USD", "exact")]),
    ],
)  # fmt: skip
def test_numbers_are_read_with_unit_and_bound(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _values(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The G20 and a COVID-19 rule; call 03-1234-5678; https://x.example/2024/11 and one of the F-35 jets, say 9/11.",
        ),
        ("ja", "20カ国・地域首脳会議で十分な議論をし、数十人や専門家の一人、第二次世界大戦、一国二制度に触れた。"),
        ("zh", "两国元首重申一个中国原则,双方在二十国集团一起工作,几十人到场。"),
    ],
)
def test_names_codes_and_words_like_numbers_are_none(language: str, text: str) -> None:
    assert [n.raw for n in numbers_in(text, language, lexicon())] == []


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "on Nov. 24, 2025", (2025, 11, 24)),
        ("en", "on 24 November", (None, 11, 24)),
        ("en", "in 2018, he", (2018, None, None)),
        ("ja", "令和7年11月25日", (2025, 11, 25)),
        ("ja", "25日", (None, None, 25)),
        ("ja", "2018年以降", (2018, None, None)),
        ("zh", "11月25日上午", (None, 11, 25)),
        ("zh", "十一月二十五日", (None, 11, 25)),
    ],
)
def test_dates_are_dates(language: str, text: str, parts: tuple[int | None, ...]) -> None:
    assert [n.date for n in numbers_in(text, language, lexicon()) if n.date] == [parts]


def test_a_day_span_is_a_duration_and_a_clock_time_is_none() -> None:
    found = numbers_in("午後3時5分から3日間、10時間にわたり", "ja", lexicon())
    assert [(n.kind, f"{n.value:f}", n.unit) for n in found] == [
        ("time", "905", "minute_of_day"),
        ("duration", "3", "day"),
        ("duration", "600", "minute"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("en", "87.5 million metric tons"), ("ja", "8750万トン"), True),
        (("en", "one hour"), ("zh", "60分钟"), True),
        (("en", "three and a half years"), ("ja", "3年半"), True),
        (("en", "18 months"), ("ja", "1年半"), True),
        (("en", "Nov. 24"), ("zh", "24日"), True),
        (("en", "Nov. 24"), ("ja", "10月24日"), False),
        (("en", "25 minutes"), ("ja", "20分"), False),
        (("en", "25 tons"), ("ja", "25分"), False),
        (("en", "$4 billion"), ("ja", "40億円"), False),
        (("en", "7:35 p.m."), ("ja", "午後7時35分"), True),
        (("en", "the 84th minute"), ("ja", "84分"), True),
    ],
)
def test_the_same_number_is_known_across_languages(first: tuple[str, str], second: tuple[str, str], same: bool) -> None:
    (a,), (b,) = (numbers_in(text, language, lexicon()) for language, text in (first, second))
    assert same_number(a, b) is same


def test_offsets_are_those_of_the_text() -> None:
    text = "両国は、３年半で少なくとも８７５０万トン(約25分)を"
    for number in numbers_in(text, "ja", lexicon()):
        assert text[number.start : number.end] == number.raw
    assert Decimal(87500000) in [n.value for n in numbers_in(text, "ja", lexicon())]
