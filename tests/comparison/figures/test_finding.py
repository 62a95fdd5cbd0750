"""The figures of one item: what they count, for how long they hold, whose they are and when they held."""

from __future__ import annotations

from typing import Any

from newsdigest.comparison import figures
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Figure
from tests.evals._members import lexicon, member_of


def _member(language: str, text: str, **more: Any) -> Member:
    return member_of(
        {
            "id": "i-1",
            "source": "s",
            "lang": language,
            "published": "2031-03-12T09:00:00Z",
            "title": "",
            "text": text,
            **more,
        }
    )


def _counted(language: str, text: str) -> list[Figure]:
    return [f for f in figures.extract(_member(language, text), lexicon()) if f.kind not in ("date", "time")]


def test_a_quantity_carries_its_period_its_bound_and_its_thing() -> None:
    amount, period = _counted(
        "en",
        "Asked about trade, Ana Mora said the buyers were committed to at least 12.5 million metric tons of soybeans over two and a half years.",
    )
    assert (amount.value, amount.unit, amount.bound, amount.of, amount.of_id) == (
        "12500000",
        "t",
        "at_least",
        "soybeans",
        "term.soybeans",
    )
    assert (period.value, period.unit) == ("2.5", "year")
    assert amount.period == period.id
    assert amount.holder.holder is not None
    assert amount.holder.holder.en == "Ana Mora"
    assert amount.holder.role == "speaker"


def test_a_japanese_quantity_carries_its_period_too() -> None:
    period, amount = _counted("ja", "大豆の購入は2年半で少なくとも1250万トンになる。")
    assert (amount.value, amount.bound, amount.of_id, amount.period) == (
        "12500000",
        "at_least",
        "term.soybeans",
        period.id,
    )


def test_each_figure_of_a_toll_finds_its_own_subject() -> None:
    found = _counted("ja", "火災で4人の死亡と3人の負傷が確認され、住民120人が避難した。")
    assert [(f.value, f.of_id) for f in found] == [("4", "toll.dead"), ("3", "toll.injured"), ("120", "toll.evacuated")]
    found = _counted("zh", "事故造成7人死亡,另有12人受伤。")
    assert [(f.value, f.of_id) for f in found] == [("7", "toll.dead"), ("12", "toll.injured")]


def test_the_time_a_text_states_for_its_figures_is_theirs() -> None:
    (toll,) = _counted("zh", "截至11日18时,死亡人数升至44人。")
    assert toll.as_of.instant is not None
    assert toll.as_of.instant.isoformat() == "2031-03-11T18:00:00+00:00"
    (plain,) = _counted("zh", "死亡人数升至44人。")
    assert plain.as_of.raw == "2031-03-12T09:00:00Z"


def test_a_statements_figures_are_its_issuers_and_a_reports_its_carriers() -> None:
    (figure,) = _counted("en", "The call lasted 45 minutes.")
    assert (figure.holder.role, figure.holder.holder) == ("carrier", None)


def test_days_are_resolved_next_to_the_publication() -> None:
    found = figures.extract(_member("ja", "25日に発表し、4月に始める。"), lexicon())
    assert [(f.kind, f.value, f.unit) for f in found] == [("date", "20310225", "date"), ("date", "203104", "month")]


def test_pronouns_and_pairs_are_no_figures() -> None:
    assert _counted("en", "One of them said the two sides and both countries agreed with their two accounts.") == []


def test_evidence_is_exact() -> None:
    member = _member("ja", "両氏は約25分間、電話で話した。参加者は３万人を超えた。")
    for figure in figures.extract(member, lexicon()):
        evidence = figure.evidence
        assert member.text[evidence.start : evidence.end] == evidence.exact == figure.raw
