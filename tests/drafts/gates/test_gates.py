"""Each gate fails on the error it is there for, and names the place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdigest.drafts.draft import Coverage, Draft, DraftSentence, Engine, NotUsed
from newsdigest.drafts.gates import GATES, run_gates
from newsdigest.drafts.gates.place import folded
from tests.drafts.events import ALBA, PAPER, READOUT, alba, alba_packet, find, lexicon
from tests.drafts.seeded import added, changed, gate, good, replaced, without_section


def failing(name: str, draft: Draft, words: str = "") -> None:
    found = gate(name, draft)
    assert found.passed is False, f"{name} passed"
    assert any(words in fault for fault in found.faults), found.faults


def of(identity: str):  # type: ignore[no-untyped-def]
    return lambda s: identity in s.claims


def test_nothing_fails_without_an_error() -> None:
    assert [r.gate for r in run_gates(good(), alba(), alba_packet(), lexicon()) if r.passed is not True] == []


# ---- verbatim


def test_verbatim_catches_one_changed_character() -> None:
    failing("verbatim", replaced("我们会研究。", "我们将研究。"), "is no cited original")


def test_verbatim_catches_a_summary_between_quotation_marks() -> None:
    failing(
        "verbatim",
        added("アルバ外務省は「協定を延長する」と説明しています。", "ja", of("c-proposed")),
        "協定を延長する",
    )


def test_verbatim_catches_a_quote_record_moved_from_its_offset() -> None:
    quote = good().quotes[0]
    moved = quote.model_copy(update={"evidence": quote.evidence.model_copy(update={"start": quote.evidence.start + 1})})
    failing("verbatim", good().model_copy(update={"quotes": (moved, *good().quotes[1:])}), "not those stored")


def test_verbatim_catches_a_quote_cited_but_not_printed() -> None:
    draft = changed(
        lambda s: s.model_copy(update={"text": "セレト外務省の報道官が発言しました。"}),
        where=lambda s: "q-study" in s.quotes,
        only="ja",
    )
    failing("verbatim", draft, "does not print it")


@pytest.mark.parametrize("glyphs", ["”我们会研究。“", "“我们会研究。”"])
def test_verbatim_folds_quotation_glyphs_only(glyphs: str) -> None:
    draft = replaced("“我们会研究。”", glyphs) if glyphs[0] == "“" else good()
    assert gate("verbatim", draft).passed is True


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("“It is ‘fine’,” he said", "“It is 'fine',” he said"),
        ("彼は「可」と言った", "彼は『可』と言った"),
        ("ﾓﾗ  氏", "モラ 氏"),
    ],
)
def test_folding_is_of_width_space_and_quotation_marks(stored: str, printed: str) -> None:
    assert folded(stored) == folded(printed)


@pytest.mark.parametrize(
    ("stored", "printed"), [("It is fine", "it is fine"), ("3,000", "3000"), ("可です。", "可です")]
)
def test_folding_hides_no_other_difference(stored: str, printed: str) -> None:
    assert folded(stored) != folded(printed)


# ---- figures


def test_figures_catches_a_changed_number() -> None:
    failing("figures", replaced("45 minutes", "55 minutes", "en"), "55")


def test_figures_catches_a_dropped_bound() -> None:
    failing("figures", replaced("約30分", "30分", "ja"), "about")


def test_figures_catches_an_invented_date() -> None:
    failing("figures", replaced("March 12", "March 19", "en"), "March 19")


def test_figures_catches_a_number_from_another_span() -> None:
    wrong = find(PAPER, "アルバとセレトの外相が電話で協議した。")
    draft = changed(lambda s: s.model_copy(update={"evidence": (wrong,)}), where=lambda s: "f-45" in s.figures)
    failing("figures", draft, "stands in no cited span")


# ---- names


def test_names_catches_a_person_nobody_names() -> None:
    failing("names", replaced("Ana Mora", "Petra Kowalski", "en"), "Kowalski")


def test_names_catches_a_kanji_name_nobody_has() -> None:
    failing("names", replaced("モラ氏", "山本氏", "ja"), "山本")


def test_names_catches_an_invented_romanisation() -> None:
    failing("names", replaced("A Japanese newspaper", "Kitahama Nippo", "en"), "Kitahama")


def test_names_catches_a_wrong_office() -> None:
    failing("names", replaced("アナ・モラ外相", "アナ・モラ首相", "ja"), "首相")


# ---- evidence


def test_evidence_catches_a_sentence_without_a_span() -> None:
    failing(
        "evidence", changed(lambda s: s.model_copy(update={"evidence": ()}), where=of("c-proposed")), "cites nothing"
    )


def test_evidence_catches_a_heading_without_a_span() -> None:
    draft = changed(lambda s: s.model_copy(update={"evidence": ()}), where=lambda s: s.id.startswith("quotes-h"))
    failing("evidence", draft, "quotes-h")


def test_evidence_catches_characters_that_are_not_there() -> None:
    def shifted(s: DraftSentence) -> DraftSentence:
        span = s.evidence[0]
        return s.model_copy(update={"evidence": (span.model_copy(update={"start": span.start + 1}),)})

    failing("evidence", changed(shifted, where=of("c-proposed")), "characters that are not at")


def test_evidence_catches_another_events_item() -> None:
    def foreign(s: DraftSentence) -> DraftSentence:
        return s.model_copy(update={"evidence": (s.evidence[0].model_copy(update={"item": "i-elsewhere"}),)})

    failing("evidence", changed(foreign, where=of("c-proposed")), "not of this event")


def test_evidence_catches_an_unknown_id_and_a_written_number() -> None:
    failing(
        "evidence", changed(lambda s: s.model_copy(update={"claims": ("c-none",)}), where=of("c-proposed")), "c-none"
    )
    failing(
        "evidence", replaced("モラ氏が漁業協定を提案した", "モラ氏が漁業協定を提案した[2]", "ja"), "citation number"
    )


# ---- support


def test_support_catches_a_citation_to_the_wrong_span() -> None:
    wrong = find(READOUT, "The two exchanged views on trade.")
    draft = changed(lambda s: s.model_copy(update={"evidence": (wrong,)}), where=of("c-proposed"))
    failing("support", draft, "rests on")


def test_support_catches_words_that_no_span_has() -> None:
    failing(
        "support",
        added("The Alba Foreign Ministry said Mora threatened sanctions.", "en", of("c-proposed")),
        "threatened",
    )
    failing(
        "support", added("アルバ外務省は、モラ氏が違約金を請求したと説明しています。", "ja", of("c-proposed")), "違約金"
    )


def test_support_catches_swapped_parts() -> None:
    swapped = added("The Alba Foreign Ministry said Alba initiated the ministers’ call.", "en", of("c-alba-who"))
    failing("support", swapped, "does not name Seret")
    both = added(
        "The Alba Foreign Ministry said Alba initiated the ministers’ call with Seret.", "en", of("c-alba-who")
    )
    failing("support", both, "said of another than Seret")


def test_support_catches_a_dropped_negation() -> None:
    failing("support", replaced("提案したと説明", "提案しなかったと説明", "ja"), "negat")


# ---- parity


def test_parity_catches_a_claim_in_one_half_only() -> None:
    failing(
        "parity",
        changed(lambda s: s.model_copy(update={"claims": ()}), where=of("c-proposed"), only="en"),
        "ja half only",
    )


def test_parity_catches_a_number_in_one_half_only() -> None:
    failing("parity", replaced("約30分", "しばらく", "ja"), "en half only")


# ---- silence


def test_silence_catches_a_topic_that_is_there() -> None:
    silence = alba().silences[0].model_copy(update={"items": ("i-alba",), "text_sha256": ()})
    failing("silence", good().model_copy(update={"silences": (silence,)}), "stands in i-alba")


def test_silence_catches_a_text_that_could_not_be_silent() -> None:
    silence = alba().silences[0].model_copy(update={"items": ("i-paper",), "text_sha256": ()})
    failing("silence", good().model_copy(update={"silences": (silence,)}), "chose what to say")


def test_silence_catches_a_sentence_without_a_search() -> None:
    draft = added("アルバ外務省の発表文には、漁業協定への言及はありません。", "ja", of("c-proposed"))
    failing("silence", draft, "without a search")


def test_silence_is_never_called_that() -> None:
    failing("silence", added("セレト外務省は漁業協定について沈黙しています。", "ja", of("s-pact")), "沈黙")


# ---- both-sides


def test_both_sides_catches_a_side_left_out() -> None:
    failing(
        "both-sides",
        replaced("アルバ外務省は45分と説明、セレト外務省は約30分と説明", "アルバ外務省は45分と説明", "ja"),
        "約30分",
    )


def test_both_sides_catches_a_disagreement_left_out() -> None:
    draft = good().model_copy(update={"disagreements": good().disagreements[:1]})
    failing("both-sides", draft, "d-length")


def test_both_sides_catches_a_verdict() -> None:
    failing("both-sides", added("実際には45分でした。", "ja", of("d-length")), "実際には")


# ---- attribution


def test_attribution_catches_an_account_printed_as_the_others_words() -> None:
    draft = added("レム氏は漁業協定を歓迎しました。", "ja", of("c-welcomed"))
    failing("attribution", draft, "account")


def test_attribution_catches_an_account_of_another_kind() -> None:
    failing(
        "attribution", changed(lambda s: s.model_copy(update={"kind": "fact"}), where=of("c-welcomed")), "established"
    )


def test_attribution_catches_a_dropped_reserve() -> None:
    failing("attribution", replaced("to its knowledge, ", "", "en"), "据其了解")


def test_attribution_catches_a_view_without_its_holder() -> None:
    failing("attribution", replaced("Ko Arend氏の見方", "ある見方", "ja"), "who holds")


def test_attribution_catches_a_view_told_as_a_fact() -> None:
    draft = added("Arend said Seret is ahead.", "en", lambda s: s.kind == "interpretation")
    failing("attribution", draft, "does not say that it is one")


def test_attribution_catches_an_ownerless_guess_and_an_admission() -> None:
    failing("attribution", added("セレトが外相電話を主導したとみられます。", "ja", of("c-alba-who")), "とみられます")
    failing("attribution", replaced("said about 30", "admitted about 30", "en"), "admitted")


def test_attribution_catches_a_quote_without_its_speaker() -> None:
    draft = added("“我们会研究。”（原文中国語・未訳）", "ja", lambda s: "q-study" in s.quotes)
    failing("attribution", draft, "speaker")


def test_attribution_catches_a_quote_given_to_another_speaker() -> None:
    failing("attribution", replaced("（セレト外務省の報道官、原文", "（モラ氏、原文", "ja"), "speaker")


# ---- coverage


def test_coverage_catches_an_item_neither_cited_nor_listed() -> None:
    left = Coverage(used=good().coverage.used, not_used=())
    failing("coverage", good().model_copy(update={"coverage": left}), "i-copy")


def test_coverage_catches_a_reasonless_and_a_false_entry() -> None:
    blank = Coverage(used=good().coverage.used, not_used=(NotUsed(item="i-copy", reason=" "),))
    failing("coverage", good().model_copy(update={"coverage": blank}), "without a reason")
    false = Coverage(used=tuple(m.key for m in alba_packet().members))
    failing("coverage", good().model_copy(update={"coverage": false}), "no sentence cites it")


# ---- style


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("アルバ外務省は、モラ氏が漁業協定を提案したと説明した。", "です・ます"),
        ("アルバ外務省は、ﾓﾗ氏が漁業協定を提案したと説明しています。", "half-width kana"),
        ("アルバ外務省は,モラ氏が漁業協定を提案したと説明しています。", "half-width punctuation"),
        ("アルバ外務省は前日、モラ氏が漁業協定を提案したと説明しています。", "give the date"),
        ("アルバ外務省は３度、モラ氏が漁業協定を提案したと説明しています。", "full-width digits"),
    ],
)
def test_style_catches_what_the_house_does_not_write(text: str, fault: str) -> None:
    failing("style", added(text, "ja", of("c-proposed")), fault)


def test_style_catches_straight_quotes_and_title_case() -> None:
    failing("style", replaced("ministers’ call", "ministers' call", "en"), "straight")
    draft = changed(
        lambda s: s.model_copy(update={"text": "Alba And Seret Accounts Differ Over Fishing Talks"}),
        where=lambda s: s.id == "headline-en",
    )
    failing("style", draft, "sentence case")


def test_style_catches_a_headline_with_a_full_stop() -> None:
    draft = changed(lambda s: s.model_copy(update={"text": s.text + "。"}), where=lambda s: s.id == "headline-ja")
    failing("style", draft, "full stop")


def test_style_catches_more_than_a_quarter_of_foreign_quotation() -> None:
    words = "“" + "we will look at it and we will come back to it, " * 60 + "”"
    failing("style", added(words, "ja", lambda s: "q-study" in s.quotes), "at most a quarter")


# ---- leftovers


@pytest.mark.parametrize(
    ("text", "rendition", "fault"),
    [
        ("The Alba Foreign Ministry said {clause}.", "en", "placeholder"),
        ("```json", "en", "markup"),
        ("As an AI, here is the memo.", "en", "prompt"),
        ("The アルバ ministry said so.", "en", "outside a quotation"),
        (
            "アルバ外務省は、the minister said that he would look at it again、と説明しています。",
            "ja",
            "English outside",
        ),
        ("アルバ外務省は、<b>モラ氏</b>が提案したと説明しています。", "ja", "placeholder"),
    ],
)
def test_leftovers_catches_what_a_writer_leaves_behind(text: str, rendition: str, fault: str) -> None:
    failing("leftovers", added(text, rendition, of("c-proposed")), fault)  # type: ignore[arg-type]


# ---- all of them


def test_an_empty_draft_passes_nothing() -> None:
    empty = good().model_copy(update={"sections": (), "claims": (), "quotes": (), "figures": ()})
    assert {r.passed for r in run_gates(empty, alba(), alba_packet(), lexicon())} == {False}


def test_an_evasive_draft_passes_nothing() -> None:
    kept = tuple(s for s in good().sections if s.id in ("notes", "method"))
    evasive = good().model_copy(update={"sections": kept})
    assert {r.passed for r in run_gates(evasive, alba(), alba_packet(), lexicon())} == {False}


def test_a_gate_with_nothing_to_check_says_so() -> None:
    plain = alba().model_copy(update={"disagreements": ()})
    found = gate("both-sides", good(), plain)
    assert found.passed is None
    assert found.reason == "the comparison found no disagreement"


def test_a_models_draft_goes_through_the_same_gates() -> None:
    model = good().model_copy(update={"engine": Engine(name="model", model="m", prompts=("memo@1",))})
    assert [r.gate for r in run_gates(model, alba(), alba_packet(), lexicon())] == list(GATES)


def test_a_section_left_out_is_noticed() -> None:
    failing("both-sides", without_section("differ-d-length"), "45")


def test_the_fixture_is_what_it_says() -> None:
    assert ALBA.version.published.instant is not None
    assert ALBA.version.first_seen - ALBA.version.published.instant == timedelta(minutes=2)
