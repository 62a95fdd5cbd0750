"""The development event: the topic matrix cell by cell, the initiator's positions, accounts and views."""

from __future__ import annotations

import json

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Claim, Comparison
from newsdigest.items.evidence import resolves
from tests.comparison.replay_packet import replay_packet
from tests.shared import shared

# The rows of gold.json's matrix, as the ids that the lexicon gives its topics.
TOPICS = {
    "Taiwan": "country.tw",
    "WWII / post-war order": "term.postwar_order",
    "Ukraine": "country.ua",
    "fentanyl": "term.fentanyl",
    "soybeans": "term.soybeans",
    "leader visits": "term.leader_visits",
    "Japan": "country.jp",
    "who initiated": "slot.initiated",
}
ITEMS = {"zh-readout": "zh-readout", "zh-mfa": "zh-mfa", "us-post": "us-post", "tv": "tv"}
MENTIONED, SILENT = {"says", "denies"}, {"no_mention"}
NOT_TO_BE_CLAIMED = {"not_asked", "second_hand", "not_applicable"}


@pytest.fixture(scope="module", params=["issuers", "sources", "merged"])
def packet(request: pytest.FixtureRequest) -> Packet:
    """Issuers known by entry, by their source only, and with the related call taken into the event."""
    folder = shared("replay/gold.json").parent
    return replay_packet(folder, plain=request.param != "issuers", merged=request.param == "merged")


@pytest.fixture(scope="module")
def comparison(packet: Packet) -> Comparison:
    return compare(packet)


@pytest.fixture(scope="module")
def extended() -> Comparison:
    return compare(replay_packet(shared("replay/gold.json").parent, extended=True))


def test_topic_matrix_cell_by_cell(comparison: Comparison) -> None:
    gold = json.loads(shared("replay/gold.json").read_text(encoding="utf-8"))["topic_matrix"]
    states = {(c.topic_id, c.item): c.state for c in comparison.matrix}
    allowed = {"m": MENTIONED, "s": SILENT, "-": NOT_TO_BE_CLAIMED}
    wrong = [
        (item, topic, states.get((TOPICS[topic], ITEMS[item])), cell)
        for item, row in gold["rows"].items()
        for topic, cell in zip(gold["topics"], row, strict=True)
        if states.get((TOPICS[topic], ITEMS[item])) not in allowed[cell]
    ]
    assert wrong == []


def _initiated(comparison: Comparison) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in comparison.claims:
        if claim.slot == "initiated" and not claim.related:
            found.setdefault(claim.item, []).append(claim)
    return found


def test_positions_on_the_initiator(comparison: Comparison) -> None:
    claims = _initiated(comparison)
    assert set(claims) == {"zh-mfa", "tv", "ja-tv", "ja-biz"}
    assert {k: {c.attribution.second_hand for c in v} for k, v in claims.items()} == {
        "zh-mfa": {False}, "tv": {False}, "ja-tv": {True}, "ja-biz": {True},
    }  # fmt: skip
    assert [h.id for h in claims["zh-mfa"][0].hedges] == ["to_its_knowledge"]


def test_two_voices_agree_and_chosen_texts_leave_it_open(comparison: Comparison) -> None:
    (agreement,) = [a for a in comparison.agreements if a.slot == "initiated"]
    assert agreement.answer.voices == 2
    assert set(agreement.silent) == {"zh-readout", "en-readout-r2", "us-post"}
    assert not [d for d in comparison.disagreements if d.slot == "initiated"]


def test_the_late_document_makes_it_a_disagreement(extended: Comparison) -> None:
    (dispute,) = [d for d in extended.disagreements if d.slot == "initiated"]
    assert [a.value.en for a in dispute.answers] == ["United States", "China"]
    assert [a.voices for a in dispute.answers] == [2, 1]
    assert dispute.answers[1].holders[0].role is not None
    assert not dispute.related


def test_the_length_of_the_other_call_is_related(comparison: Comparison) -> None:
    (lengths,) = [d for d in comparison.disagreements if d.kind == "number"]
    assert lengths.related
    assert {s for a in lengths.answers for s in a.sources} == {"minato", "toho"}


def test_accounts_are_the_issuers(comparison: Comparison) -> None:
    accounts = {c.item: c for c in comparison.claims if c.id in comparison.accounts}
    for item in ("zh-readout", "en-readout-r2"):
        told = accounts[item].attribution
        assert told.account_of is not None
        assert told.account_of.id == "person.donald_trump"
        assert told.holder is not None
        assert told.holder.id == "country.cn"
    assert "us-post" not in accounts


def test_views_have_their_holders(comparison: Comparison) -> None:
    views = [c for c in comparison.claims if c.id in comparison.interpretations]
    holders = {(c.item, c.attribution.holder.en or c.attribution.holder.surface) for c in views if c.attribution.holder}
    assert ("paper", "Fred Gao") in holders
    assert ("ja-tv", "専門家の一人") in holders
    assert not any(c.attribution.holder and c.attribution.holder.id == "person.sanae_takaichi" for c in views)


def test_the_missing_phrase_and_who_calls_it_usual(comparison: Comparison) -> None:
    absent = {f.item: f for f in comparison.formulae if f.formula == "at_request"}
    assert set(absent) == {"zh-readout", "en-readout-r2"}
    assert not absent["zh-readout"].present
    assert {e.item for e in absent["zh-readout"].called_usual} == {"wire", "newsletter", "ja-tv"}
    assert absent["zh-readout"].history.of == 0


def test_the_edit_cites_both_versions(comparison: Comparison) -> None:
    edits = [d for d in comparison.drifts if d.kind == "edited"]
    changed = [d for d in edits if d.second is not None]
    assert {(d.first.version, d.second.version) for d in changed if d.second} == {(1, 2)}
    assert any("Ukraine" in d.first.exact and d.first.version == 2 for d in edits)


def test_every_piece_of_evidence_resolves(packet: Packet, comparison: Comparison) -> None:
    items = {m.key: m.item for m in (*packet.members, *packet.related)}
    cited = [e for c in comparison.claims for e in c.evidence]
    cited += [e for c in comparison.matrix for e in c.evidence]
    cited += [e for d in comparison.disagreements for a in d.answers for e in a.evidence]
    cited += [e for f in comparison.formulae for e in (*f.evidence, *f.called_usual)]
    assert cited
    assert all(resolves(e, items[e.item]) for e in cited)


def test_the_same_packet_gives_the_same_bytes(packet: Packet, comparison: Comparison) -> None:
    assert compare(packet).model_dump_json() == comparison.model_dump_json()
