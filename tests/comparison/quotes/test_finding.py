"""Quotations: their exact words, who speaks them, and of what kind they are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdigest.comparison import quotes
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Quote
from newsdigest.items.item import Statement
from tests.evals._members import lexicon, member_of


def _member(language: str, text: str, title: str = "", **more: Any) -> Member:
    return member_of(
        {
            "id": "i-1",
            "source": "s",
            "lang": language,
            "published": "2031-03-12T09:00:00Z",
            "title": title,
            "text": text,
            **more,
        }
    )


def _quotes(language: str, text: str, title: str = "", **more: Any) -> tuple[Quote, ...]:
    return quotes.extract(_member(language, text, title, **more), lexicon())


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "“We will study it,” the foreign minister, Ana Mora, said.", "Ana Mora"),
        ("en", '"We will study it," said Coast Guard Capt. Ruth Okafor, who led the search.', "Ruth Okafor"),
        ("en", 'Ruth Okafor, speaking on the pier, said the crew was "calm and well".', "Ruth Okafor"),
        ("en", 'Ruth Okafor led the search. "Nobody is missing," she said.', "Ruth Okafor"),
        ("en", '"Nobody is missing," Ruth Okafor said. "We counted twice."', "Ruth Okafor"),
        ("en", 'The order, he said when pressed, was "unchanged".', None),
        ("en", '"Why now?" Okafor asked.', "Okafor"),
        ("en", 'A coast guard official said the boat "ignored every call".', "a coast guard official"),
        ("ja", "モラ外相は12日、「検討する」と述べた。", "モラ"),
        ("ja", "「検討する」とモラ外相は述べた。", "モラ"),
        ("ja", "専門家の一人は「国内向けではないか」と話している。", "専門家の一人"),
        ("ja", "佐々木市長は会見を開いた。「逃げ遅れた人はいない」と説明した。", "佐々木"),
        ("zh", "外交部发言人表示:“我们注意到有关报道。”", "外交部发言人"),
        ("zh", "“我们会研究。”王毅说。", "Wang Yi"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_or_left_open(language: str, text: str, speaker: str | None) -> None:
    assert _quotes(language, text)[0].speaker == speaker


def test_a_quote_parted_by_its_speaker_is_two_quotes_of_one() -> None:
    first, second = _quotes("en", '"It was dark," Okafor said, "and the sea was high."')
    assert (first.text, second.text) == ("It was dark", "and the sea was high.")
    assert first.speaker == second.speaker == "Okafor"


def test_words_are_exact_and_without_their_marks() -> None:
    text = "モラ外相は「『静かな海』を守る」と述べた。"
    (quote,) = _quotes("ja", text)
    assert quote.text == "『静かな海』を守る"
    assert text[quote.evidence.start : quote.evidence.end] == quote.text


def test_kinds() -> None:
    (gist,) = _quotes("ja", "モラ外相が「海は秩序の一部だ」という趣旨の発言をした。")
    assert gist.kind == "gist"
    (work,) = _quotes("ja", "同国は「静かな海」と題する報告書を出した。")
    assert (work.kind, work.speaker) == ("title", None)
    (scare,) = _quotes("en", 'The so-called "safe lane" was closed.')
    assert (scare.kind, scare.speaker) == ("scare", None)
    headline = _quotes("ja", "本文。", title="米財務長官「約束は守る」 市場は反応せず")[0]
    assert (headline.kind, headline.evidence.field) == ("headline", "title")


def test_a_japanese_outlets_quote_of_an_american_is_its_translation() -> None:
    text = "ルビオ国務長官は「同盟は揺るがない」と述べた。高市早苗首相は「歓迎する」と述べた。"
    foreign, own = _quotes("ja", text, country="jp")
    assert (foreign.kind, foreign.speaker_name.id if foreign.speaker_name else None) == (
        "translation",
        "person.marco_rubio",
    )
    assert own.kind == "original"


def test_a_post_told_in_the_third_person_is_its_authors() -> None:
    member = _member(
        "en",
        'The president writes that his talk with President Xi was "very long". He calls the mood "warm".',
        country="us",
    )
    posted = member.item.model_copy(
        update={"statement": Statement(issuer="person.donald_trump", channel="post", chosen=True)}
    )
    first, second = quotes.extract(Member(posted, member.version, member.source), lexicon())
    assert first.speaker == second.speaker == "Donald Trump"
    assert (first.kind, second.kind) == ("original", "original")


def test_another_person_of_the_same_surname_is_not_taken_for_the_known_one() -> None:
    (quote,) = _quotes("en", 'Press secretary Jay Carney took questions. "Nothing has changed," Carney said.')
    assert quote.speaker == "Jay Carney"
    assert quote.speaker_name is not None
    assert quote.speaker_name.id is None


def test_a_country_beside_a_pronoun_is_nobody() -> None:
    (quote,) = _quotes("en", 'They spoke about Norway and Chile. He said it was "very good indeed, sir".')
    assert quote.speaker is None


def test_the_same_words_credited_to_two_are_a_disagreement() -> None:
    said = '"The bridge was never inspected," {} said.'
    first = _member("en", said.format("Ruth Okafor"))
    second = member_of(
        {
            "id": "i-2",
            "source": "t",
            "lang": "en",
            "published": "2031-03-12T10:00:00Z",
            "title": "",
            "text": said.format("Ana Mora"),
        }
    )
    third = member_of(
        {
            "id": "i-3",
            "source": "u",
            "lang": "en",
            "published": "2031-03-12T10:00:00Z",
            "title": "",
            "text": said.format("Okafor"),
        }
    )
    found = [q for m in (first, second, third) for q in quotes.extract(m, lexicon())]
    (clash,) = quotes.misattributed(found)
    assert [[q.carrier for q in group] for group in clash.groups] == [["i-1", "i-3"], ["i-2"]]
    assert quotes.misattributed([found[0], found[2]]) == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .,\n\"'“”‘’「」『』«»とはがAB。、>", max_size=60), st.sampled_from(["ja", "en", "zh"]))
def test_no_quote_is_ever_outside_its_text(text: str, language: str) -> None:
    member = _member(language, text)
    for quote in quotes.extract(member, lexicon()):
        assert member.text[quote.evidence.start : quote.evidence.end] == quote.text != ""


def test_a_topic_that_cannot_be_read_is_not_replaced_by_an_earlier_speaker() -> None:
    first, second = _quotes("ja", "モラ外相は「検討する」と述べた。黒い帽子の人物は「反対だ」と叫んだと話した。")
    assert first.speaker == "モラ"
    assert second.speaker is None


def test_a_theme_is_no_topic() -> None:
    first, second = _quotes("ja", "モラ外相は「検討する」と述べた。漁業協定については「変わらない」と述べた。")
    assert first.speaker == second.speaker == "モラ"


def test_words_of_a_question_are_not_those_of_the_one_who_answers() -> None:
    asked, answered = quotes.extract(
        _member(
            "en",
            'Spokesperson Ana Mora met the press. Asked whether Tarn "respects" the border, she said: "We never said so."',
        ),
        lexicon(),
    )
    assert asked.speaker is None
    assert (answered.speaker_name.en if answered.speaker_name else None) == "Ana Mora"
