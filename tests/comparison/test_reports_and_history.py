"""A report and its denial; a stock phrase against the issuer's own statements; accounts told by outlets."""

from __future__ import annotations

from newsdigest.comparison.compare import compare
from newsdigest.comparison.formula_history import formula_history
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Comparison
from newsdigest.items.item import Statement
from newsdigest.sources.source import Channel, Language, Source, SourceKind
from tests.comparison.collision import NAMES
from tests.comparison.packets import lexicon_with, member, packet

WORDS = lexicon_with(NAMES)


def item(
    key: str,
    language: Language,
    title: str,
    body: str,
    hour: str,
    *,
    kind: SourceKind = "newspaper",
    issuer: str | None = None,
    channel: Channel | None = None,
) -> Member:
    source = Source(
        id=key, name={language: key}, kind=kind, language=language, address="https://x.invalid/", issuer=issuer
    )
    statement = None
    if issuer and channel:
        statement = Statement(issuer=issuer, channel=channel, chosen=channel != "briefing", occasion="call")
    document = {"lang": language, "title": title, "body": body, "published": hour}
    return member(source, [document], statement, key)


def test_a_report_and_its_denial_are_both_shown() -> None:
    members = [
        item(
            "ledger", "en", "Veldan told Korsund not to build in the fishing grounds, officials say",
            "In a phone call, Veldan advised Korsund not to enter the fishing grounds, officials said.",
            "2031-06-01T01:00:00+00:00",
        ),
        item(
            "veldan-mfa", "en", "Briefing", "The Veldan Foreign Ministry denied the report about Korsund and the fishing grounds.",
            "2031-06-01T05:00:00+00:00", kind="government", issuer="Veldan Foreign Ministry", channel="briefing",
        ),
    ]  # fmt: skip
    (dispute,) = compare(packet(members, WORDS)).disagreements
    said, denied = dispute.answers
    assert said.sources == ("ledger",)
    assert denied.sources == ("veldan-mfa",)
    assert dispute.slot == "advised"


def _statement(key: str, text: str, hour: str) -> Member:
    return item(key, "zh", "通电话", text, hour, kind="government", issuer="country.korsund", channel="readout")


def _with_history() -> Comparison:
    past = [
        _statement("p1", "5月1日,科尔松总统应约同韦尔丹总统通电话。", "2030-05-01T00:00:00+00:00"),
        _statement("p2", "6月1日,科尔松总统应约同韦尔丹总统通电话。", "2030-06-01T00:00:00+00:00"),
        _statement("p3", "7月1日,科尔松总统同韦尔丹总统通电话。", "2030-07-01T00:00:00+00:00"),
    ]
    now = _statement("now", "6月9日,科尔松总统同韦尔丹总统通电话。双方谈及渔场。", "2031-06-09T00:00:00+00:00")
    return compare(packet([now], WORDS, history=past))


def test_an_absence_is_set_against_the_issuers_own_statements() -> None:
    (formula,) = [f for f in _with_history().formulae if f.formula == "at_request"]
    assert not formula.present
    assert (formula.history.present, formula.history.of) == (2, 3)


def test_an_absence_nobody_calls_unusual_is_not_reported_without_history() -> None:
    now = _statement("now", "6月9日,科尔松总统同韦尔丹总统通电话。", "2031-06-09T00:00:00+00:00")
    assert [f for f in compare(packet([now], WORDS)).formulae if not f.present] == []


def test_the_list_of_an_issuers_phrases() -> None:
    past = [
        _statement("p1", "5月1日,科尔松总统应约同韦尔丹总统通电话。", "2030-05-01T00:00:00+00:00"),
        _statement("p3", "7月1日,科尔松总统同韦尔丹总统通电话。", "2030-07-01T00:00:00+00:00"),
    ]
    (row,) = [r for r in formula_history(past, WORDS) if r.formula == "at_request"]
    assert (len(row.found), row.of, row.missing) == (1, 2, ("p3",))
    assert row.found[0].exact == "应约"


def test_a_partial_text_is_never_silent() -> None:
    whole = item(
        "a", "en", "Veldan statement on the collision", "Veldan said the collision was near the fishing grounds.",
        "2031-06-01T01:00:00+00:00", kind="government", issuer="country.veldan", channel="statement",
    )  # fmt: skip
    part = item(
        "b", "en", "Korsund statement on the collision", "Korsund spoke of the collision.",
        "2031-06-01T05:00:00+00:00", kind="government", issuer="country.korsund", channel="statement",
    )  # fmt: skip
    state = {
        c.item: c.state for c in compare(packet([whole, part], WORDS)).matrix if c.topic_id == "term.fishing_grounds"
    }
    assert state == {"a": "says", "b": "no_mention"}
    version = part.version.model_copy(update={"state": "summary"})
    cut = Member(part.item.model_copy(update={"versions": (version,)}), version, part.source)
    after = compare(packet([whole, cut], WORDS))
    state = {c.item: c.state for c in after.matrix if c.topic_id == "term.fishing_grounds"}
    assert state["b"] == "partial"
    assert after.silences == ()
