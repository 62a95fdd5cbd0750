"""Three more invented events (a leak, a ferry, a call on tariffs): what a draft of them must never say, and whose account what is."""

from __future__ import annotations

from typing import Any

import pytest

NAMES = ("rate_leak", "ferry_rescue", "tariff_call")


@pytest.mark.parametrize("name", NAMES)
def test_the_main_event_holds_its_items(name: str, played: Any) -> None:
    event = played(name)
    got = max(event.run.events(), key=len)
    assert len(got & set(event.expected["main"])) >= event.expected["floor"]


@pytest.mark.parametrize("name", NAMES)
def test_no_half_says_what_no_text_says(name: str, played: Any) -> None:
    event = played(name)
    for language in ("en", "ja"):
        body = event.half(language).split("## Sources")[0].split("## 出典")[0]
        for words in event.expected.get(f"never_{language}", ()):
            assert words not in body, words


@pytest.mark.parametrize("name", NAMES)
def test_no_silence_is_drawn_from_an_outlet_a_place_of_filing_or_a_report(name: str, played: Any) -> None:
    event = played(name)
    for silence in event.comparison["silences"]:
        slugs = {event.run.slug[key] for key in silence["items"]}
        assert not slugs & set(event.expected["must_not_be_silent"]), silence["topic"]
        for word in event.expected["silence_never"]:
            assert word.lower() not in silence["topic"]["en"].lower()


@pytest.mark.parametrize("name", ["ferry_rescue", "tariff_call"])
def test_a_promise_told_by_the_other_side_is_its_account(name: str, played: Any) -> None:
    event = played(name)
    told = event.expected["accounts"]
    for claim in event.claims(told["slot"]):
        if event.run.slug[claim["item"]] in told["items"]:
            assert claim["kind"] == "account", claim["evidence"][0]["exact"]
    carried = [c for c in event.claims(told["slot"]) if c["kind"] != "account"]
    assert carried == []


def test_the_leak_is_no_conflict_of_rates(played: Any) -> None:
    # From 3.00 to 3.25 is one decision; an analyst's "close to 5%" is no answer to the bank's forecast.
    assert [d for d in played("rate_leak").draft["disagreements"] if d["kind"] == "number"] == []


def test_a_corrected_length_is_no_answer(played: Any) -> None:
    event = played("tariff_call")
    assert [d for d in event.draft["disagreements"] if d["kind"] == "number"] == []
    assert "20 minutes" not in event.half("en")
    assert "20分" not in event.half("ja")


def test_all_who_say_who_called_name_the_same_side(played: Any) -> None:
    event = played("tariff_call")
    names = {(c["actor"] or {}).get("en") for c in event.claims("initiated")}
    assert names == set(event.expected["initiated"])


def test_whoever_welcomes_the_call_gives_no_account_of_it(played: Any) -> None:
    event = played("tariff_call")
    lede = event.half("en").split("\n## ")[0]
    assert "Tessamar" not in lede


@pytest.mark.parametrize("name", NAMES)
def test_the_gates_pass(name: str, played: Any) -> None:
    for gate in played(name).draft["gates"]:
        assert gate["passed"] is not False, (gate["gate"], gate["faults"][:4])
