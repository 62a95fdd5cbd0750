"""Stock phrases as bodies print them: found in every wording, and the lead's only where the occasion is told."""

from __future__ import annotations

import pytest

from newsdigest.comparison.formulae import occurrence, stock_phrases
from newsdigest.comparison.reading import read
from newsdigest.comparison.vocabulary import Vocabulary
from tests.comparison.packets import lexicon
from tests.evals.matrix import statement_member


def stands(formula: str, language: str, text: str) -> str | None:
    vocabulary = Vocabulary(lexicon())
    phrase = next(p for p in stock_phrases(vocabulary) if p.id == formula)
    row = {"id": "d", "lang": language, "source": "x", "title": "", "text": text, "published": "2031-05-02"}
    member = statement_member(row)
    found = occurrence(phrase, read(member, vocabulary), vocabulary)
    assert found is None or member.text[found.start : found.end] == found.exact
    return found.exact if found else None


@pytest.mark.parametrize(
    ("formula", "language", "text"),
    [
        (
            "at_request",
            "en",
            "The President spoke by phone with his Ostrel counterpart at the Ostrel side’s initiative.",
        ),
        ("at_request", "en", "The ministers spoke by phone at the latter's request."),
        ("at_request", "en", "The Prime Minister received a telephone call from the President of Ostrel."),
        ("at_request", "en", "The ministers held a call. The call took place at the request of the Ostrel side."),
        ("at_request", "ja", "外務大臣は、先方からの申出により、外相と電話会談を行いました。"),
        ("at_request", "ja", "首相は、大統領からの申入れを受け、電話会談を行いました。"),
        ("at_request", "zh", "3月2日，外交部长应约同对方外长通电话。"),
        ("at_invitation", "en", "The Prime Minister visited the capital on the invitation of His Majesty."),
        ("at_invitation", "ja", "首相は、大統領の招きにより首都を訪問する。"),
        ("stern_representations", "en", "The Department has lodged a strong diplomatic protest."),
        ("stern_representations", "ja", "外務省は大使を呼び、厳重に抗議した。"),
        ("stern_representations", "zh", "我们已提出严正交涉。"),
        ("one_china", "en", "The Prime Minister reiterated adherence to the One China policy."),
        ("one_china", "zh", "该国恪守一个中国原则。"),
        ("apology", "zh", "我们就此向消费者诚挚道歉。"),
        ("deeply_concerned", "ja", "外相らは現状を深刻に懸念していると表明した。"),
        ("deeply_concerned", "zh", "我们对局势深感担忧。"),
        ("frank", "ja", "両外相は率直かつ建設的な議論を行った。"),
        ("unchanged", "ja", "我が国の立場に変更はありません。"),
        ("condolences", "ja", "亡くなられた方々のご冥福をお祈りします。"),
    ],
)
def test_a_formula_is_found_in_its_wordings(formula: str, language: str, text: str) -> None:
    assert stands(formula, language, text)


@pytest.mark.parametrize(
    ("formula", "language", "text"),
    [
        ("at_request", "en", "The leaders spoke today. At the request of farmers, the rules will be reviewed."),
        (
            "at_request",
            "en",
            "The leaders held a call. They discussed fish. The next call will be at the request of either side.",
        ),
        ("at_request", "zh", "双方举行会谈，希望今后应约定定期会晤。"),
        ("at_invitation", "en", "The Prime Minister arrived in the capital for talks."),
        ("stern_representations", "ja", "外務省は大使と面会し、意見を交わした。"),
        ("regret", "en", "The Ministry takes note of the decision."),
        ("unchanged", "ja", "我が国の立場は変わる。"),
    ],
)
def test_other_words_are_no_formula(formula: str, language: str, text: str) -> None:
    assert stands(formula, language, text) is None
