"""A count takes its kind from its own clause; steps of a scale count nothing; a machine is no vehicle."""

from __future__ import annotations

import pytest

from newsdigest.comparison import figures
from tests.comparison.figures.test_finding import _counted
from tests.evals._members import lexicon


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "港南県で震度5弱　2人死亡、6人不明", [("2", "toll.dead"), ("6", "toll.missing")]),
        ("ja", "マグニチュードは6.4で、7人がけがをした。", [("6.4", "quake.magnitude"), ("7", "toll.injured")]),
        ("zh", "台風死亡人數升至9人 逾3000人避難", [("9", "toll.dead"), ("3000", "toll.evacuated")]),
        ("en", "The blast killed four people, and 30 people reached the hall.", [("4", "toll.dead"), ("30", None)]),
        (
            "en",
            "The storm hit, killing at least five people and injuring more than 60.",
            [("5", "toll.dead"), ("60", "toll.injured")],
        ),
        ("en", "The firm said 9 smoke incidents led to the recall.", [("9", None)]),
    ],
)
def test_a_count_takes_its_kind_from_its_own_clause(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(f.value, f.of_id) for f in _counted(language, text)] == expected


def test_a_step_of_a_scale_is_no_figure() -> None:
    (found,) = _counted("en", "Version 6.8 worked 52 km away")
    assert (found.value, found.bound) == ("52000", "exact")


@pytest.mark.parametrize(
    ("language", "text", "value", "said"),
    [
        ("en", "M 6.8 - 52 km W of Tarn", "6.8", "magnitude 6.8"),
        ("en", "Magnitude 6 quake felt 52 km away", "6", "magnitude 6"),
        ("en", "The M7.0 quake struck off Naru.", "7", "magnitude 7.0"),
        ("en", "A 7.0-magnitude earthquake shook Tarn.", "7", "magnitude 7.0"),
        ("ja", "地震の規模を示すマグニチュード（M）は6.8と推定される。", "6.8", "magnitude 6.8"),
        ("ja", "M7.0の地震があり、震度6弱を観測した。", "7", "magnitude 7.0"),
        ("zh", "塔恩发生7.0级地震。", "7", "magnitude 7.0"),
        ("zh", "震级为6.8级。", "6.8", "magnitude 6.8"),
    ],
)
def test_a_magnitude_is_a_figure_of_its_own_measure(language: str, text: str, value: str, said: str) -> None:
    found = [f for f in _counted(language, text) if f.unit == "magnitude"]
    assert [(f.value, f.of_id) for f in found] == [(value, "quake.magnitude")]
    assert figures.say(found[0], "en", lexicon()) == said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "About 300 liters of fuel leaked and 12 people were injured."),
        ("ja", "燃料約300リットルが漏れ、12人がけがをした。"),
        ("zh", "约300升燃油泄漏，12人受伤。"),
    ],
)
def test_litres_are_not_of_the_injured(language: str, text: str) -> None:
    litres, people = _counted(language, text)
    assert litres.of_id != people.of_id
    assert litres.of_id is None or "injur" not in litres.of_id
    assert people.of_id == "toll.injured"


def test_a_limit_of_days_is_a_span() -> None:
    people, days = _counted("ja", "船員4人を12日以内に釈放すると約束した。")
    assert (people.value, people.unit, days.value, days.unit, days.bound) == ("4", "person", "12", "day", "at_most")


@pytest.mark.parametrize(
    ("text", "said"), [("炊飯器8000台を回収する。", "8,000 units"), ("乗用車8000台を回収する。", "8,000 vehicles")]
)
def test_machines_are_units_and_cars_vehicles(text: str, said: str) -> None:
    (found,) = _counted("ja", text)
    assert figures.say(found, "en", lexicon()) == said
