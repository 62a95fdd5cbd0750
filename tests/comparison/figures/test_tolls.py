"""Tolls as wires and agencies tell them: a verb far from its noun, the trapped, the sought, bodies, aftershocks, a headline's bare number."""

from __future__ import annotations

import pytest

from newsdigest.comparison import figures
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Figure
from tests.evals._members import member_of
from tests.evals.figures import packet_of


def packet(*rows: tuple[str, str, str, str]) -> tuple[Packet, list[Figure]]:
    """A packet of (language, day of March, title, text), a source each."""
    made = packet_of(
        [
            member_of({"id": f"i{n}", "source": f"s{n}", "lang": lang, "published": f"2031-03-{day}", "title": title, "text": text})
            for n, (lang, day, title, text) in enumerate(rows)
        ]
    )  # fmt: skip
    return made, [f for m in made.members for f in figures.extract(m, made.lexicon)]


def counted(language: str, text: str) -> dict[str, list[str]]:
    made, found = packet((language, "02", "", text))
    out: dict[str, list[str]] = {}
    for situation in figures.situations(found, made):
        if situation.sense.subject and not situation.sense.part:
            out.setdefault(situation.sense.subject.id, []).append(situation.figure.value)
    return out


@pytest.mark.parametrize(
    "text",
    [
        "The death toll from the landslide that buried the village of Harn on Monday rose to 41, officials said.",
        "The toll in the mill fire climbs to 41.",
        "Searchers found two miners on Friday, lifting the toll at the Kurai mine to 41.",
        "The number of people killed in the storm has reached 41.",
    ],
)
def test_a_toll_is_read_however_far_its_noun_stands(text: str) -> None:
    assert "41" in counted("en", text)["toll.dead"]


def test_a_rising_price_is_no_toll() -> None:
    assert "toll.dead" not in counted("en", "The price of a crossing on the bridge rose to 41 crowns.")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "煤矿爆炸已致9人死亡 17人被困", {"toll.dead": ["9"], "toll.trapped": ["17"]}),
        ("ja", "炭鉱爆発、死者15人に 11人なお取り残され", {"toll.dead": ["15"], "toll.trapped": ["11"]}),
        ("en", "Rescuers brought out five bodies on Friday.", {"toll.bodies": ["5"]}),
        ("ja", "最後の1人の遺体が見つかり、死者は22人となった。", {"toll.dead": ["22"]}),
    ],
)
def test_the_dead_the_trapped_and_bodies_are_counted_apart(
    language: str, text: str, expected: dict[str, list[str]]
) -> None:
    assert counted(language, text) == expected


def test_the_trapped_and_the_missing_fall() -> None:
    made, found = packet(
        ("en", "01", "", "Seventeen miners are trapped."),
        ("zh", "02", "", "仍有11人被困。"),
        ("ja", "02", "", "坑内に6人が取り残されている。"),
    )
    assert figures.conflicts(found, made) == ()
    (row,) = figures.series(found, made)
    assert [p.value for p in row.points] == ["17", "11", "6"]


def test_an_aftershock_and_a_first_estimate_are_no_other_magnitude() -> None:
    made, found = packet(
        ("en", "02", "", "A magnitude 6.8 earthquake hit the north."),
        ("ja", "02", "", "余震は50回を超え、最大はM5.1だった。"),
        ("en", "03", "", "The quake, initially put at magnitude 6.2, was revised to 6.8."),
    )
    assert figures.conflicts(found, made) == ()
    made, found = packet(
        ("en", "02", "", "A magnitude 6.8 earthquake hit the north."),
        ("ja", "02", "", "北部でM6.1の地震があった。"),
    )
    assert len(figures.conflicts(found, made)) == 1


def test_a_headline_keeps_the_bound_of_its_text() -> None:
    made, found = packet(
        ("en", "02", "Ferry with 120 aboard capsizes", "A ferry carrying about 120 people capsized."),
        ("ja", "02", "", "フェリーの乗客乗員は計118人だった。"),
    )
    assert figures.conflicts(found, made) == ()
    made, found = packet(
        ("en", "02", "Ferry with 120 aboard capsizes", "A ferry with 120 people aboard capsized."),
        ("ja", "02", "", "フェリーの乗客乗員は計118人だった。"),
    )
    assert len(figures.conflicts(found, made)) == 1
