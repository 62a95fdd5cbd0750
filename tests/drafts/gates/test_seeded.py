"""Errors that a careless hand puts into a memo after it was written; each gate named finds its own."""

from __future__ import annotations

import re

import pytest

from newsdigest.drafts.draft import Draft, Rendition
from newsdigest.drafts.gates import run_gates
from newsdigest.drafts.gates.shapes import fits_without_clause, read
from newsdigest.drafts.writer import write
from tests.drafts.events import AS_OF, alba, alba_packet, lexicon
from tests.drafts.seeded import changed, gate, good, replaced, without_section


def failing(name: str, draft: Draft, words: str = "") -> None:
    found = gate(name, draft)
    assert found.passed is False, f"{name} passed"
    assert any(words in fault for fault in found.faults), found.faults


@pytest.mark.parametrize(
    ("old", "new", "rendition"),
    [("initiated the ministers’ call", "declined the ministers’ call", "en"), ("を持ちかけた", "を断った", "ja")],
)
def test_support_catches_an_act_turned_into_another(old: str, new: str, rendition: Rendition) -> None:
    failing("support", replaced(old, new, rendition), "does not say what claim")


@pytest.mark.parametrize(
    ("says", "turned", "rendition"),
    [("変わらない", "変わる", "ja"), ("was unchanged", "was", "en")],
)
def test_support_catches_a_policy_that_changes_after_all(says: str, turned: str, rendition: Rendition) -> None:
    comparison = alba()
    claims = tuple(
        c.model_copy(update={"slot": "unchanged", "actor": None, "parties": ()}) if c.id == "c-proposed" else c
        for c in comparison.claims
    )
    comparison = comparison.model_copy(update={"claims": claims})
    draft = write(comparison, alba_packet(), draft_id="d", version=1, as_of=AS_OF)
    text = draft.model_dump_json()
    assert says in text
    wrong = Draft.model_validate_json(text.replace(says, turned))
    results = {r.gate: r for r in run_gates(wrong, comparison, alba_packet(), lexicon())}
    assert any(rendition in f and "c-proposed" in f for f in results["support"].faults)


@pytest.mark.parametrize(
    ("old", "new", "rendition"),
    [
        ("セレト外務省の発表文は言及", "アルバ外務省の発表文は言及", "ja"),
        ("the Seret Foreign Ministry’s written statement does not", "the Alba Foreign Ministry’s post does not", "en"),
    ],
)
def test_silence_catches_another_holder(old: str, new: str, rendition: Rendition) -> None:
    failing("silence", replaced(old, new, rendition), "names another than the body")


@pytest.mark.parametrize("section", ["sources", "voice-i-alba"])
def test_figures_catches_an_hour_moved_by_one(section: str) -> None:
    def later(text: str) -> str:
        return re.sub(r"\d{1,2}(?=時|:\d\d| [ap]\.m\.)", lambda m: str(int(m.group()) % 12 + 1), text, count=1)

    ids = {s.heading.ja.id for s in good().sections if s.id == section}
    ids |= {x.id for s in good().sections if s.id == section for x in s.sentences.ja if section == "sources"}
    draft = changed(
        lambda s: s.model_copy(update={"text": later(s.text)}),
        where=lambda s: s.id in ids and later(s.text) != s.text,
        only="ja",
    )
    failing("figures", draft, "stands in no cited span")


@pytest.mark.parametrize(
    ("old", "new", "rendition"),
    [("と説明しています", "と認めています", "ja"), ("According to", "As acknowledged by", "en")],
)
def test_attribution_catches_a_marked_verb(old: str, new: str, rendition: Rendition) -> None:
    failing("attribution", replaced(old, new, rendition), "says more than is established")


@pytest.mark.parametrize(
    ("old", "new", "rendition"),
    [("（確認された事実ではないもの）", "", "ja"), (" (not established facts)", "", "en")],
)
def test_attribution_catches_views_without_their_reserve(old: str, new: str, rendition: Rendition) -> None:
    failing("attribution", replaced(old, new, rendition), "is over interpretations")


def test_attribution_catches_a_report_told_without_its_outlet() -> None:
    failing("attribution", replaced(", a Japanese newspaper (paper) reported", "", "en"), "who reports")


def test_attribution_catches_a_claim_record_turned_round() -> None:
    first, *rest = good().claims
    turned = first.model_copy(update={"polarity": "negated"})
    failing("attribution", good().model_copy(update={"claims": (turned, *rest)}), "not as the comparison has it")


@pytest.mark.parametrize("section", ["voice-i-alba", "interpretations", "edits", "notes", "sources", "method"])
def test_coverage_catches_a_section_taken_out(section: str) -> None:
    failing("coverage", without_section(section))


def test_coverage_catches_caveats_emptied_or_changed() -> None:
    failing("coverage", good().model_copy(update={"caveats": ()}), "no caveats")
    failing("coverage", good().model_copy(update={"caveats": good().caveats[1:]}), "in the notes only")


def test_figures_and_quotes_are_the_comparisons_own() -> None:
    figure, *figures = good().figures
    failing(
        "figures",
        good().model_copy(update={"figures": (figure.model_copy(update={"bound": "at_most"}), *figures)}),
        "not as the comparison has it",
    )
    quote, *quotes = good().quotes
    other = quote.model_copy(update={"speaker": "Petra Kowalski"})
    failing("verbatim", good().model_copy(update={"quotes": (other, *quotes)}), "not as the comparison has it")


def test_a_frame_is_read_back_by_its_fields() -> None:
    style = lexicon().table("style/en")
    (found,) = read(style, ("lede_only",), "The post mentions tea; the statement does not.")
    assert found == {"says": "The post", "topics": "tea", "silent": "the statement"}
    assert fits_without_clause(style, "A newspaper carried the same account.")
    assert not fits_without_clause(style, "Alba said Seret declined an invitation.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Minister Lem rejected the proposal on the fishing agreement, the ministry said.",
            "“rejected” excludes “welcomed”",
        ),
        ("Minister Lem did not welcome the proposal on the fishing agreement.", "“not” excludes “welcomed”"),
    ],
)
def test_support_catches_a_paraphrase_that_says_the_opposite_of_its_span(text: str, words: str) -> None:
    draft = changed(
        lambda s: s.model_copy(update={"text": text}), where=lambda s: s.id == "voice-i-alba-3-en", only="en"
    )
    failing("support", draft, words)
