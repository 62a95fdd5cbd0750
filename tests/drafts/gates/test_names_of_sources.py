"""What the gates allow for sources without a printable name, and what they still catch there."""

from __future__ import annotations

from tests.drafts.seeded import changed, gate, good


def test_a_list_of_sources_may_call_a_source_as_it_is_called_and_nothing_else() -> None:
    listed = [s.text for x in good().sections if x.id == "sources" for s in x.sentences.en]
    assert any("北浜日報" in text for text in listed)
    assert gate("leftovers", good()).passed
    draft = changed(
        lambda s: s.model_copy(update={"text": s.text.replace("北浜日報", "東山通信")}),
        where=lambda s: "北浜日報" in s.text,
        only="en",
    )
    assert any("東" in fault for fault in gate("leftovers", draft).faults)


def test_a_sentence_may_not_call_a_source_by_its_name_in_another_script() -> None:
    draft = changed(
        lambda s: s.model_copy(update={"text": s.text.replace("a Japanese newspaper", "北浜日報")}),
        where=lambda s: "a Japanese newspaper" in s.text and "reported" in s.text,
        only="en",
    )
    assert not gate("leftovers", draft).passed


def test_a_source_described_as_another_kind_is_caught() -> None:
    # "the port authority" is a word of ours, so only the span and who is cited can tell that it is wrong here.
    draft = changed(
        lambda s: s.model_copy(update={"text": s.text.replace("Seret Foreign Ministry", "Seret Navy")}),
        where=lambda s: s.kind == "fact" and "Seret Foreign Ministry" in s.text,
        only="en",
    )
    assert not gate("attribution", draft).passed or not gate("support", draft).passed


def test_an_hour_of_a_figure_must_be_on_record() -> None:
    listed = [s for s in good().sentences("en") if "11:50 p.m." in s.text]
    assert listed
    draft = changed(
        lambda s: s.model_copy(update={"text": s.text.replace("11:50 p.m.", "10:20 a.m.")}),
        where=lambda s: "11:50 p.m." in s.text,
        only="en",
    )
    assert any("10:20" in fault for fault in gate("figures", draft).faults)
