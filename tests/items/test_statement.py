"""Who speaks officially, by which channel, and whether the body chose what to say. All events and bodies are invented."""

from __future__ import annotations

import pytest

from newsdigest.items.item import Statement
from newsdigest.items.statement import statement_of
from newsdigest.sources.kinds import parse_kinds
from newsdigest.sources.source import Source
from tests.reading import packaged_lexicon


def source(kind_word: str, language: str, **more: object) -> Source:
    kind = parse_kinds(packaged_lexicon().table("kinds")).of(kind_word)
    fields = {
        "id": "s-1",
        "name": {language: "x"},
        "kind": kind.kind,
        "kind_word": kind_word,
        "language": language,
        "country": "AB",
        "address": "https://x.example/",
        "channel": kind.channel,
    }
    return Source.model_validate({**fields, **more})


def read(kind_word: str, language: str, title: str, text: str, **more: object) -> Statement | None:
    return statement_of(source(kind_word, language, **more), title, text, packaged_lexicon())


@pytest.mark.parametrize(
    ("kind", "language", "title", "text"),
    [
        (
            "foreign_ministry",
            "zh",
            "外交部发言人就外长通话答记者问",
            "有记者问：通话是谁提出的？\n发言人说，是对方提出的。",
        ),
        (
            "foreign_ministry",
            "en",
            "Spokesperson's remarks",
            "Asked whether the pact would be extended, the spokesperson declined to comment.",
        ),
        ("foreign_ministry", "en", "Regular press briefing, 12 March", "The spokesperson said the talks went well."),
        ("government", "ja", "官房長官定例会見", "官房長官は、協定について問われ、回答を控えた。"),
        (
            "coast_guard",
            "ja",
            "衝突事案について",
            "海上保安庁の報道官は、乗組員の人数を記者団に問われ、確認中だと説明した。",
        ),
        (
            "company",
            "en",
            "Remarks by the chief executive",
            "At a news conference in Port Alba, the chief executive said the recall covers 40,000 units.",
        ),
        ("foreign_ministry", "zh", "3月12日外交部例行记者会", "答：我们对此表示关切。"),
    ],
)
def test_answers_to_questions_are_a_briefing_and_not_chosen(kind: str, language: str, title: str, text: str) -> None:
    statement = read(kind, language, title, text)
    assert statement is not None
    assert (statement.channel, statement.chosen, statement.occasion) == ("briefing", False, "press_conference")


@pytest.mark.parametrize(
    ("kind", "language", "title", "text", "channel", "occasion"),
    [
        (
            "coast_guard",
            "en",
            "Statement on the collision off Cape Vell",
            "The Alban Coast Guard said a Seretan vessel rammed its patrol boat at 6:15 a.m. Three crew were hurt.",
            "statement",
            "incident",
        ),
        (
            "coast_guard",
            "zh",
            "关于3月12日船只碰撞的通报",
            "阿尔巴海警局通报，塞雷特船只12日上午冲撞我巡逻船。",
            "statement",
            "incident",
        ),
        (
            "fire_agency",
            "ja",
            "倉庫火災について（第3報）",
            "消防庁によると、死者は12人、けが人は40人。",
            "statement",
            "incident",
        ),
        (
            "local_government",
            "ja",
            "避難指示の発令について",
            "港北市は12日午後3時、避難指示を出した。",
            "statement",
            "incident",
        ),
        (
            "company",
            "en",
            "Voluntary recall of the Lumo heater",
            "Lumo Corp. is recalling 40,000 heaters after two fires.",
            "statement",
            "recall",
        ),
        (
            "company",
            "ja",
            "製品の自主回収に関するお知らせ",
            "当社は暖房機4万台を自主回収します。",
            "statement",
            "recall",
        ),
        (
            "foreign_ministry",
            "en",
            "Joint statement of Alba and Seret",
            "The two foreign ministers agreed to extend the pact.",
            "communique",
            None,
        ),
        (
            "foreign_ministry",
            "ja",
            "アルバ国外相との電話会談",
            "12日、外務大臣はアルバ国のモラ外務大臣と電話会談を行い、漁業協定の延長を確認した。",
            "readout",
            "call",
        ),
        (
            "foreign_ministry",
            "zh",
            "外交部发言人就撞船事件发表谈话",
            "外交部发言人表示，阿方对此强烈不满。",
            "statement",
            "incident",
        ),
        (
            "presidency",
            "en",
            "Readout of the President's call with the Premier of Seret",
            "President Mora spoke by phone with Premier Dal. She thanked him for his support.",
            "readout",
            "call",
        ),
    ],
)
def test_a_bodys_own_text_is_chosen(
    kind: str, language: str, title: str, text: str, channel: str, occasion: str | None
) -> None:
    statement = read(kind, language, title, text)
    assert statement is not None
    assert (statement.channel, statement.chosen, statement.occasion) == (channel, True, occasion)
    assert statement.issuer == "s-1"


def test_an_official_post_is_a_post() -> None:
    statement = read(
        "official_social",
        "en",
        "Post about the pact",
        "Had a very good call with the Premier. Asked about fish, I said no!",
    )
    assert statement is not None
    assert (statement.channel, statement.chosen) == ("post", True)


ACCOUNTS = [
    (
        "en",
        "Mora speaks with Dal by phone",
        "PORT ALBA, March 12 -- Alban President Ana Mora spoke by phone with Seretan Premier Ivo Dal on Wednesday.\nMora said ties are steady. She stressed the fishing pact.\nDal expressed thanks.",
    ),
    (
        "zh",
        "莫拉同塞雷特总理达尔通电话",
        "阿尔巴通讯社3月12日电　3月12日，总统莫拉同塞雷特总理达尔通电话。\n莫拉指出，两国关系总体平稳。\n达尔表示，愿加强渔业合作。",
    ),
    (
        "ja",
        "モラ大統領、セレト首相と電話会談",
        "モラ大統領は12日、セレトのダル首相と電話で会談した。\nモラ大統領は、両国関係は安定していると述べた。ダル首相は謝意を伝えた。協力を確認した。",
    ),
]


@pytest.mark.parametrize(("language", "title", "text"), ACCOUNTS)
def test_state_medias_account_of_a_call_is_their_governments_readout(language: str, title: str, text: str) -> None:
    statement = read("state_media", language, title, text)
    assert statement is not None
    assert (statement.channel, statement.chosen, statement.occasion) == ("readout", True, "call")
    assert statement.issuer == "AB"
    assert read("state_media", language, title, text, country="CN", owner="x") is not None


@pytest.mark.parametrize(("language", "title", "text"), ACCOUNTS)
def test_the_same_account_in_a_newspaper_is_news(language: str, title: str, text: str) -> None:
    assert read("newspaper", language, title, text) is None
    assert read("wire", language, title, text) is None


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "en",
            "Experts: call shows resilience",
            "President Mora spoke by phone with Premier Dal. She said ties are steady. Analysts said the call shows resilience.",
        ),
        (
            "zh",
            "国际时评：通话释放积极信号",
            "总统莫拉同总理达尔通电话。莫拉指出合作重要。专家认为这释放了积极信号，表示乐观。",
        ),
        (
            "en",
            "Spring harvest begins in the south",
            "Farmers in the south began the harvest. Officials said yields are good.",
        ),
        ("zh", "外交部发言人答记者问", "有记者问通话情况。发言人表示，总统同总理通电话，双方强调合作。"),
        (
            "en",
            "Mora welcomes king with ceremony",
            "President Mora held a welcoming ceremony for the visiting king. The two exchanged views on fisheries.",
        ),
    ],
)
def test_other_reports_of_state_media_are_news(language: str, title: str, text: str) -> None:
    assert read("state_media", language, title, text) is None


def test_state_medias_account_of_a_call_between_others_is_news() -> None:
    text = "U.S. President Donald Trump spoke by phone with Japanese Prime Minister Sanae Takaichi.\nTrump said ties are good. Takaichi stressed the alliance."
    assert read("state_media", "en", "Trump, Takaichi hold phone talks", text, country="CN") is None
    own = "Chinese President Xi Jinping spoke by phone with French President Emmanuel Macron.\nXi said ties are good. Macron stressed trade."
    statement = read("state_media", "en", "Xi speaks with Macron by phone", own, country="CN")
    assert statement is not None
    assert statement.issuer == "country.cn"
    assert statement.parties == ("country.cn", "country.fr")


def test_an_interview_is_a_statement_only_where_an_official_speaks_throughout() -> None:
    text = (
        'Fisheries Minister Ana Mora told the programme in an interview that the pact stands.\n"We keep it," she said.'
    )
    statement = read("broadcaster_interview", "en", "Mora: the pact stands", text)
    assert statement is not None
    assert (statement.channel, statement.chosen, statement.speaker) == ("interview", False, "Ana Mora")
    assert (
        read("broadcaster_interview", "en", "The pact", text + "\nAnalysts said the minister expected too much.")
        is None
    )
    assert (
        read(
            "broadcaster_interview",
            "en",
            "A singer's new album",
            'Singer Lia Ferro said in an interview that she rests. "I rest," she said.',
        )
        is None
    )
    assert read("broadcaster", "en", "Mora: the pact stands", text) is None


@pytest.mark.parametrize(
    "kind",
    [
        "wire",
        "newspaper",
        "newspaper_syndicated",
        "newspaper_analysis",
        "newspaper_investigative",
        "business_daily",
        "broadcaster",
        "analyst_newsletter",
        "aggregator",
    ],
)
def test_news_is_no_statement(kind: str) -> None:
    assert (
        read(
            kind,
            "en",
            "Alba and Seret ministers talk",
            "The foreign ministers spoke by phone on Monday, both ministries said. Asked about fish, one declined to comment.",
        )
        is None
    )


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("zh", "有记者问：协定是否延长？\n外交部发言人林澄表示，正在研究。", "林澄"),
        ("en", "Ministry spokesperson Ana Ferro told reporters that the text is under study.", "Ana Ferro"),
        ("ja", "記者団の質問に対し、林澄報道官は検討中だと述べた。", "林澄"),
        ("zh", "有记者问：协定是否延长？\n发言人表示，正在研究。", None),
    ],
)
def test_the_spokespersons_name_where_it_is_given(language: str, text: str, name: str | None) -> None:
    statement = read("foreign_ministry", language, "", text)
    assert statement is not None
    assert statement.speaker == name


@pytest.mark.parametrize(
    ("language", "title", "text", "speaker"),
    [
        ("zh", "莫拉部长：协定不变", "渔业部长莫拉12日接受本台专访时说，协定不变。他表示将考虑延长。", "莫拉"),
        (
            "ja",
            "モラ水産相「協定は維持」",
            "アルバのモラ水産相は12日、番組のインタビューで、協定を維持すると述べた。",
            "モラ",
        ),
        (
            "en",
            "Dal: no deal yet",
            'Premier Ivo Dal said on Morning Line that there is no deal yet. "We wait," he said.',
            "Ivo Dal",
        ),
    ],
)
def test_the_guest_of_an_interview(language: str, title: str, text: str, speaker: str) -> None:
    statement = read("broadcaster_interview", language, title, text)
    assert statement is not None
    assert speaker in (statement.speaker or "")
