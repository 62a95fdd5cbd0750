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
        ("ja", "マグニチュードは6.4で、7人がけがをした。", [("7", "toll.injured")]),
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


@pytest.mark.parametrize(
    "text", ["M 6.8 - 52 km W of Tarn", "Magnitude 6 quake felt 52 km away", "Version 6.8 worked 52 km away"]
)
def test_a_step_of_a_scale_is_no_figure(text: str) -> None:
    (found,) = _counted("en", text)
    assert (found.value, found.bound) == ("52000", "exact")


def test_a_limit_of_days_is_a_span() -> None:
    people, days = _counted("ja", "船員4人を12日以内に釈放すると約束した。")
    assert (people.value, people.unit, days.value, days.unit, days.bound) == ("4", "person", "12", "day", "at_most")


@pytest.mark.parametrize(
    ("text", "said"), [("炊飯器8000台を回収する。", "8,000 units"), ("乗用車8000台を回収する。", "8,000 vehicles")]
)
def test_machines_are_units_and_cars_vehicles(text: str, said: str) -> None:
    (found,) = _counted("ja", text)
    assert figures.say(found, "en", lexicon()) == said
