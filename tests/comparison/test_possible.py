"""What is proposed to an editor: only with the places marked, and nothing where accounts merely differ in what they tell."""

from __future__ import annotations

from typing import Any

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Possible
from newsdigest.items.item import Statement
from newsdigest.sources.source import Source
from tests.comparison.packets import lexicon_with, member, packet

# Two invented harbour towns and a railway, so that nothing here is known from elsewhere.
NAMES: list[dict[str, Any]] = [
    {"id": "body.corvale_rail", "kind": "body", "en": ["Corvale Rail"], "ja": ["コルベイル鉄道"]},
    {"id": "place.corvale", "kind": "place", "en": ["Corvale"], "ja": ["コルベイル"]},
    {"id": "place.stennis", "kind": "place", "en": ["Port Stennis"], "ja": ["ポートステニス"]},
]
WORDS = lexicon_with(NAMES)
RAIL = Source(
    id="corvale-rail",
    name={"en": "Corvale Rail"},
    kind="company",
    language="en",
    country="GB",
    address="https://rail.invalid/",
    issuer="body.corvale_rail",
)


def told(*texts: str, statement: str | None = None, lang: str = "en", hour: int = 9) -> Packet:
    """A packet of one report a text, each of an outlet of its own, and of a statement of the railway."""
    members = []
    if statement is not None:
        spoken = Statement(issuer="body.corvale_rail", channel="post", chosen=True)
        members.append(member(RAIL, [document("Statement", statement, lang, hour - 1)], spoken, "statement"))
    for number, text in enumerate(texts):
        source = Source(
            id=f"outlet-{number}",
            name={lang: f"Outlet {number}"},
            kind="newspaper",
            language=lang,
            country="GB",
            address="https://o.invalid/",
        )  # type: ignore[arg-type]
        members.append(
            member(source, [document(f"Report {number}", text, lang, hour + number)], None, f"report-{number}")
        )
    return packet(members, WORDS)


def document(title: str, body: str, lang: str, hour: int) -> dict[str, Any]:
    return {"lang": lang, "title": title, "body": body, "published": f"2031-05-12T{hour:02}:00:00+00:00"}


def found(kind: str, given: Packet) -> list[Possible]:
    return [p for p in compare(given).possible if p.kind == kind]


def test_sentences_that_exclude_one_another_are_shown_with_the_words_they_turn_on() -> None:
    [proposal] = found(
        "contradiction",
        told(
            "The line between Corvale and Port Stennis reopened. The signal box at the junction was working when the train passed.",
            "A train ran past a stop sign. The signal box at the junction was not working when the train passed.",
        ),
    )
    assert {s.sources[0] for s in proposal.sides} == {"outlet-0", "outlet-1"}
    assert {m.exact for s in proposal.sides for m in s.marks} == {"working", "not"}
    assert all("signal box" in e.exact for s in proposal.sides for e in s.evidence)


def test_in_japanese_too() -> None:
    given = told(
        "列車は駅の手前で止まった。運転士は非常ブレーキの使用に賛成した会社の方針を支持したという。信号機は事故の直前に正常だった。",
        "列車は駅の手前で止まった。運転士は非常ブレーキの使用に賛成した会社の方針に反対したという。",
        lang="ja",
    )
    [proposal] = found("contradiction", given)
    assert {m.exact for s in proposal.sides for m in s.marks} == {"支持", "反対"}


def test_more_detail_another_matter_and_later_days_are_no_contradiction() -> None:
    given = told(
        "The line between Corvale and Port Stennis was closed on Monday. Sales of season tickets rose in the first quarter in Corvale.",
        "The line between Corvale and Port Stennis was closed for repairs to a bridge. Sales of dining cars fell in Port Stennis.",
    )
    assert found("contradiction", given) == []


def test_one_voice_does_not_contradict_itself() -> None:
    given = told(
        "The signal box at the junction was working at noon. The signal box at the junction was not working at noon."
    )
    assert found("contradiction", given) == []


STATEMENT = "Corvale Rail has suspended the driver of the train. The inquiry into the derailment will take 6 weeks. The company has agreed to publish the full report."


def test_a_report_that_says_the_opposite_of_the_statement_it_tells_of() -> None:
    [proposal] = found(
        "departure",
        told("Corvale Rail said it has not agreed to publish the full report.", statement=STATEMENT),
    )
    there, here = proposal.sides
    assert there.sources == ("corvale-rail",)
    assert there.evidence[0].exact == "The company has agreed to publish the full report."
    assert [m.exact for m in here.marks] == ["not"]


def test_a_report_with_a_number_that_the_statement_does_not_have() -> None:
    [proposal] = found(
        "departure", told("Corvale Rail said the inquiry into the derailment will take 8 weeks.", statement=STATEMENT)
    )
    assert [m.exact for m in proposal.sides[1].marks] == ["8 weeks"]


def test_a_faithful_report_is_none() -> None:
    given = told(
        "Corvale Rail said on Monday that the inquiry into the derailment will take 6 weeks.", statement=STATEMENT
    )
    assert found("departure", given) == []


def test_reasons_for_one_act_are_grouped() -> None:
    given = told(
        "Corvale Rail apologised to passengers because of the rising cost of fuel.",
        "Corvale Rail apologised to passengers due to rising fuel costs.",
        "Corvale Rail apologised to passengers in protest at a new tax on tickets.",
    )
    [proposal] = found("reasons", given)
    assert [s.sources for s in proposal.sides] == [("outlet-0", "outlet-1"), ("outlet-2",)]
    assert [m.exact for m in proposal.sides[0].marks] == ["the rising cost of fuel", "rising fuel costs"]
