"""Contradictions among figures, and what is none: a toll that rises, a bound, a rounding, another unit, another call."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from newsdigest.comparison import figures
from newsdigest.comparison.packet import Packet
from tests.evals._members import member_of
from tests.evals.figures import evaluate, packet_of

_PAIRS = Path(__file__).parents[1] / "figure_pairs.jsonl"


def _packet(*rows: tuple[str, str, str, str]) -> tuple[Packet, list[Any]]:
    members = [
        member_of({"id": f"i-{n}", "source": f"s-{n}", "lang": lang, "country": country, "published": f"2031-03-12T{hour}:00Z", "title": "", "text": text})
        for n, (lang, country, hour, text) in enumerate(rows)
    ]  # fmt: skip
    packet = packet_of(members)
    return packet, [f for m in packet.members for f in figures.extract(m, packet.lexicon)]


def test_planted_pairs_are_told_apart() -> None:
    scores, _ = evaluate(_PAIRS, argparse.Namespace())
    assert scores["pairs"] >= 60
    assert scores["found"] >= 0.90
    assert scores["false"] <= 0.05


def test_a_rising_toll_is_a_series_with_times() -> None:
    packet, found = _packet(
        ("ja", "jp", "03:00", "火災で4人が死亡した。"),
        ("zh", "cn", "09:00", "火灾造成31人死亡。"),
        ("en", "us", "20:00", "The fire killed at least 55 people."),
    )
    (rise,) = figures.series(found, packet)
    assert [(p.value, p.as_of.instant.hour if p.as_of.instant else None) for p in rise.points] == [
        ("4", 3),
        ("31", 9),
        ("55", 20),
    ]
    assert rise.question.ja == "死者数"
    assert figures.conflicts(found, packet) == ()


def test_a_conflict_is_a_question_with_answers_in_both_languages() -> None:
    packet, found = _packet(
        ("ja", "jp", "03:00", "首相とトランプ大統領の電話会談は約25分だった。"),
        ("ja", "jp", "04:00", "首相とトランプ大統領の電話会談はおよそ40分だった。"),
    )
    (clash,) = figures.conflicts(found, packet)
    assert clash.question.en == "How long did the call last?"
    assert [a.value.ja for a in clash.answers] == ["約25分", "約40分"]
    assert [a.value.en for a in clash.answers] == ["about 25 minutes", "about 40 minutes"]
    assert clash.parties == ("country.jp", "country.us")


def test_the_length_of_another_call_is_no_answer_to_this_ones() -> None:
    packet, found = _packet(
        ("en", "us", "03:00", "Presidents Trump and Xi spoke by phone for an hour, a White House official said."),
        ("ja", "jp", "04:00", "米中首脳が電話で話した。首相とトランプ大統領の電話会談はおよそ20分だった。"),
    )
    assert figures.conflicts(found, packet) == ()


def test_one_item_does_not_contradict_itself() -> None:
    packet, found = _packet(("en", "us", "03:00", "The call lasted 20 minutes. The call lasted 50 minutes."))
    assert figures.conflicts(found, packet) == ()


def _clashes(*rows: tuple[str, str, str, str]) -> int:
    packet, found = _packet(*rows)
    return len(figures.conflicts(found, packet))


def test_a_count_of_the_city_is_none_of_the_country() -> None:
    nation = [
        ("en", "us", "03:00", "The storm left 126,000 people missing nationwide."),
        ("ja", "jp", "04:00", "台風で全国で12万6000人が行方不明になった。"),
        ("zh", "cn", "05:00", "台风造成全国12.6万人失踪。"),
    ]
    city = [
        ("en", "gb", "03:10", "The storm left 5,200 people missing in the city."),
        ("ja", "kr", "04:10", "台風で、市内では5200人が行方不明になった。"),
        ("zh", "tw", "05:10", "台风造成市内5200人失踪。"),
    ]
    for one, other in zip(nation, city, strict=True):
        assert _clashes(one, other) == 0
    assert _clashes(nation[0], ("en", "gb", "03:10", "The storm left 5,200 people missing nationwide.")) == 1


def test_a_day_s_output_is_no_total() -> None:
    assert (
        _clashes(
            ("en", "us", "03:00", "The plant makes 40 tons of soybeans a day."),
            ("en", "gb", "03:10", "The plant makes 900 tons of soybeans in total."),
        )
        == 0
    )
    assert (
        _clashes(
            ("en", "us", "03:00", "The plant makes 40 tons of soybeans a day."),
            ("en", "gb", "03:10", "The plant makes 70 tons of soybeans per day."),
        )
        == 1
    )


def test_two_magnitudes_of_one_quake_differ_and_an_aftershock_is_another() -> None:
    main = ("en", "us", "03:00", "A magnitude 7.0 earthquake struck the coast.")
    assert _clashes(main, ("ja", "jp", "03:10", "沿岸でマグニチュード6.4の地震があった。")) == 1
    assert _clashes(main, ("zh", "cn", "03:10", "沿海发生7.0级地震。")) == 0
    assert _clashes(main, ("en", "gb", "03:10", "A magnitude 5.1 aftershock followed.")) == 0
    assert _clashes(main, ("ja", "jp", "03:10", "マグニチュード5.1の余震があった。")) == 0
