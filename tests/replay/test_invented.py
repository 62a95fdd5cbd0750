"""Three invented events of other shapes: what a run must find in them, and what it must never say."""

from __future__ import annotations

from typing import Any

import pytest

NAMES = ("shoal_collision", "warehouse_fire", "advice_and_denial")


FOLLOW_UPS_LEFT_OUT = pytest.mark.xfail(
    strict=True,
    reason="short posts and interviews that only share a ship's name with the main event stay events of their own",
)
STATEMENT_LEFT_OUT = pytest.mark.xfail(
    strict=True,
    reason="a statement on the call that avoids its subject stays an event of its own, so its silence is not seen",
)


@pytest.mark.parametrize(
    "name", [pytest.param("shoal_collision", marks=FOLLOW_UPS_LEFT_OUT), "warehouse_fire", "advice_and_denial"]
)
def test_the_events(name: str, played: Any) -> None:
    event = played(name)
    wanted = {frozenset(ids) for ids in event.expected["clusters"].values()}
    found = event.run.events()
    main = max(wanted, key=len)
    # Nothing foreign is in the main event; what is missing from it is counted, not forgiven.
    got = max(found, key=lambda ids: len(ids & main))
    assert got <= main, got - main
    assert len(got) >= MAIN_EVENT_FLOOR[name], main - got


MAIN_EVENT_FLOOR = {"shoal_collision": 9, "warehouse_fire": 11, "advice_and_denial": 10}


@pytest.mark.parametrize("name", NAMES)
def test_the_copies(name: str, played: Any) -> None:
    event = played(name)
    groups = [event.slugs(group) for row in event.run.record["events"] for group in row["copies"]]
    assert groups == [set(group) for group in event.expected["near_duplicates"]]


@pytest.mark.parametrize(
    "name", ["shoal_collision", "warehouse_fire", pytest.param("advice_and_denial", marks=STATEMENT_LEFT_OUT)]
)
def test_every_silence_is_right(name: str, played: Any) -> None:
    event = played(name)
    silent = [(s, self_items) for s in event.comparison["silences"] for self_items in [event.slugs(s["items"])]]
    for silence, slugs in silent:
        assert not slugs & set(event.expected.get("must_not_be_silent", [])), (silence["topic"], slugs)
    for document, words in event.expected["silent"].items():
        topics = " ".join(s["topic"]["en"].lower() for s, slugs in silent if document in slugs)
        for word in words:
            assert word in topics, (document, word, topics)


def test_no_silence_on_those_hurt_where_the_text_speaks_of_the_dead(played: Any) -> None:
    event = played("warehouse_fire")
    for silence in event.comparison["silences"]:
        if "company" in event.slugs(silence["items"]):
            english = silence["topic"]["en"].lower()
            assert not any(word in english for word in ("casualt", "death", "dead", "alarm", "fire"))


def test_each_side_says_that_the_other_rammed(played: Any) -> None:
    event = played("shoal_collision")
    sides = event.expected["who_hit"]
    for answers in event.answers("who"):
        if any(set(sides["Tessaly"]) & group for group in answers) and any(
            set(sides["Maruvia"]) & group for group in answers
        ):
            return
    pytest.fail(str(event.draft["disagreements"]))


def test_the_same_distance_in_miles_and_kilometres_is_no_conflict(played: Any) -> None:
    event = played("shoal_collision")
    for disagreement in event.draft["disagreements"]:
        if disagreement["kind"] == "number":
            values = " ".join(a["value"]["en"] for a in disagreement["answers"])
            assert "kilomet" not in values
            assert "mile" not in values


def test_a_rising_toll_is_no_conflict(played: Any) -> None:
    for name in ("warehouse_fire", "shoal_collision"):
        for disagreement in played(name).draft["disagreements"]:
            if disagreement["kind"] == "number":
                question = disagreement["question"]["en"].lower()
                assert not any(word in question for word in ("dead", "death", "die", "injur", "hurt", "missing")), (
                    disagreement
                )


def test_the_alarm_is_disputed(played: Any) -> None:
    event = played("warehouse_fire")
    alarm = event.expected["alarm"]
    for kind in ("other", "who"):
        for answers in event.answers(kind):
            if any("tsubame" in group for group in answers) and any(
                set(alarm["did not work"]) & group for group in answers
            ):
                return
    pytest.fail(str(event.draft["disagreements"]))


def test_the_report_and_its_denial_stand_against_each_other(played: Any) -> None:
    event = played("advice_and_denial")
    denied = event.expected["denied"]
    for disagreement in event.draft["disagreements"]:
        groups = [set(answer["sources"]) for answer in disagreement["answers"]]
        affirms = [g for g in groups if set(denied["affirms"]) & g]
        denies = [g for g in groups if set(denied["denies"]) & g]
        if affirms and denies and affirms != denies:
            # A paper that only passes the report on adds no voice to it.
            assert not any("mfa" in g for g in groups)
            return
    pytest.fail(str(event.draft["disagreements"]))


@pytest.mark.parametrize("name", NAMES)
def test_no_person_is_named_whom_no_source_names(name: str, played: Any) -> None:
    event = played(name)
    texts = "\n".join(v["title"] + "\n" + v["text"] for item in event.run.items for v in item["versions"])
    for person in (
        "木原",
        "Kihara",
        "毛寧",
        "Mao Ning",
        "高市",
        "Takaichi",
        "Trump",
        "トランプ",
        "Xi ",
        "習",
        "Lin Jian",
    ):
        if person not in texts:
            for language in ("ja", "en"):
                half = (event.run.folder / f"{event.draft['id']}.{language}.md").read_text()
                assert person not in half, person


@pytest.mark.parametrize("name", NAMES)
def test_the_gates_pass_and_both_halves_are_written(name: str, played: Any) -> None:
    event = played(name)
    for gate in event.draft["gates"]:
        assert gate["passed"] is not False, (gate["gate"], gate["faults"][:4])
    for language in ("ja", "en"):
        half = (event.run.folder / f"{event.draft['id']}.{language}.md").read_text()
        assert "the the" not in half
        assert "XT" not in half
        assert "XM" not in half
