"""One text in two languages: what is asserted of an edition, and what never is."""

from __future__ import annotations

from newsdigest.comparison.compare import compare
from newsdigest.comparison.record import Edition, EditionGap
from newsdigest.events.event import Copy
from tests.comparison.invented import KORSUND, VELDAN, WORDS, document, reported, spoken, with_meanings
from tests.comparison.packets import packet

ZH = [
    "科尔松外长就哈尔登海峡碰撞事件发表声明。",
    "科方坚决反对韦尔丹的做法。",
    "双方谈及渔场。",
    "科尔松船只共损失3000吨货物。",
    "科方将继续与各方沟通。",
]
EN = [
    "The foreign minister of Korsund made a statement on the collision in the Halden Strait.",
    "Korsund strongly opposes what Veldan has done.",
    "The two sides spoke of the fishing grounds.",
    "The vessels of Korsund lost 3,000 tons of cargo.",
    "Korsund will go on speaking with all sides.",
]


def editions(zh: list[str], en: list[str], *, same: list[tuple[str, str]] | None = None) -> tuple[Edition, ...]:
    """The editions of a statement in Chinese and English; sentences of the full texts mean the same by their place."""
    one = spoken("zh", KORSUND, document("zh", "声明", "".join(zh), "01T01:00"))
    other = spoken("en", KORSUND, document("en", "Statement", " ".join(en), "01T02:00"))
    pairs = same if same is not None else list(zip(ZH, EN, strict=True))
    return compare(with_meanings(packet([one, other], WORDS), *pairs)).editions


def gaps(zh: list[str], en: list[str], **more: list[tuple[str, str]]) -> list[EditionGap]:
    return [g for e in editions(zh, en, **more) for g in e.gaps]


def test_two_whole_editions_have_no_gap() -> None:
    (edition,) = editions(ZH, EN)
    assert edition.gaps == ()
    assert edition.aligned == (5, 5)
    assert edition.shorter is None


def test_a_sentence_on_a_topic_that_the_other_edition_nowhere_names() -> None:
    (gap,) = gaps(ZH, [*EN[:2], *EN[3:]])
    assert (gap.kind, gap.item, gap.other) == ("only_in", "zh", "en")
    assert gap.evidence[0].exact == "双方谈及渔场。"
    assert gap.topics == ("term.fishing_grounds",)


def test_a_sentence_whose_names_stand_elsewhere_in_the_other_edition_is_not_called_missing() -> None:
    shorter = [EN[0], EN[1], "The vessels of Korsund lost 3,000 tons of cargo near the fishing grounds.", EN[4]]
    pairs = [*zip(ZH, EN, strict=True), (ZH[3], shorter[2])]
    assert gaps(ZH, shorter, same=pairs) == []


def test_a_sentence_without_a_name_or_figure_is_unclear_and_not_told() -> None:
    (edition,) = editions(ZH, EN[:4])
    assert edition.gaps == ()
    assert edition.unclear == (1, 0)


def test_a_sentence_near_another_by_its_vector_is_not_called_missing() -> None:
    # The counterpart words the topic in a way that no list of ours has.
    other = [*EN[:2], "They talked about where the boats go for cod.", *EN[3:]]
    pairs = [*zip(ZH, EN, strict=True), (ZH[2], other[2])]
    assert gaps(ZH, other, same=[p for p in pairs if p[1] != EN[2]]) == []


def test_a_figure_that_differs() -> None:
    other = [*EN[:3], "The vessels of Korsund lost 2,000 tons of cargo.", EN[4]]
    pairs = [*zip(ZH[:3], EN[:3], strict=True), (ZH[3], other[3]), (ZH[4], EN[4])]
    (gap,) = gaps(ZH, other, same=pairs)
    assert gap.kind == "figure_changed"
    assert len(gap.figures) == 2


def test_the_same_figure_in_another_unit_or_rounding_is_none() -> None:
    for words in ("3 thousand tons", "3,000 metric tons", "3,010 tons"):
        other = [*EN[:3], f"The vessels of Korsund lost {words} of cargo.", EN[4]]
        pairs = [*zip(ZH[:3], EN[:3], strict=True), (ZH[3], other[3]), (ZH[4], EN[4])]
        assert gaps(ZH, other, same=pairs) == [], words


def test_a_stance_worded_weaker() -> None:
    other = [EN[0], "Korsund is concerned about what Veldan has done.", *EN[2:]]
    pairs = [(ZH[0], EN[0]), (ZH[1], other[1]), *list(zip(ZH, EN, strict=True))[2:]]
    (gap,) = gaps(ZH, other, same=pairs)
    assert (gap.kind, gap.item, gap.other) == ("softened", "zh", "en")
    assert gap.first is not None
    assert gap.second is not None
    assert (gap.first.en, gap.second.en) == ("strong opposition", "concern")


def test_stances_of_one_degree_in_other_words_are_alike() -> None:
    for words in ("firmly opposes", "resolutely opposes", "strongly objects to"):
        other = [EN[0], f"Korsund {words} what Veldan has done.", *EN[2:]]
        pairs = [(ZH[0], EN[0]), (ZH[1], other[1]), *list(zip(ZH, EN, strict=True))[2:]]
        assert gaps(ZH, other, same=pairs) == [], words


def test_a_negated_stance_has_no_degree() -> None:
    other = [EN[0], "Korsund does not oppose what Veldan has done.", *EN[2:]]
    pairs = [(ZH[0], EN[0]), (ZH[1], other[1]), *list(zip(ZH, EN, strict=True))[2:]]
    assert [g for g in gaps(ZH, other, same=pairs) if g.kind == "softened"] == []


def test_an_edition_that_sums_up_is_the_shorter_text_and_lacks_nothing() -> None:
    long = [*ZH[:3], "科方还谈及联合演习。", "科方还谈及奥尔卡群岛。", *ZH[3:]]
    short = [EN[0], EN[1], EN[4]]
    (edition,) = editions(long, short)
    assert edition.shorter == "en"
    assert [g for g in edition.gaps if g.kind == "only_in"] == []


def test_two_statements_of_one_issuer_that_say_other_things_are_no_editions() -> None:
    assert editions(ZH, ["Korsund will hold a joint drill.", "Ships of the Orka Isles will join."]) == ()


def test_texts_of_two_issuers_are_no_editions() -> None:
    one = spoken("zh", KORSUND, document("zh", "声明", "".join(ZH), "01T01:00"))
    other = spoken("en", VELDAN, document("en", "Statement", " ".join(EN), "01T02:00"))
    made = compare(with_meanings(packet([one, other], WORDS), *zip(ZH, EN, strict=True)))
    assert made.editions == ()


def test_without_vectors_nothing_is_said() -> None:
    one = spoken("zh", KORSUND, document("zh", "声明", "".join(ZH), "01T01:00"))
    other = spoken("en", KORSUND, document("en", "Statement", " ".join(EN[:2]), "01T02:00"))
    assert compare(packet([one, other], WORDS)).editions == ()


def test_an_outlets_two_editions_are_found_through_the_event_and_ja_stands_beside_en() -> None:
    ja = [
        "コルスンドの外相はハルデン海峡の衝突事故について声明を出した。",
        "コルスンドはベルダンの行為に強く反対する。",
        "双方は漁場について話した。",
        "コルスンドの船は3000トンの貨物を失った。",
        "コルスンドは各方面と話し合いを続ける。",
    ]
    one = reported("agency-ja", document("ja", "声明", "".join(ja), "01T01:00"), kind="state_media")
    other = reported(
        "agency-en", document("en", "Statement", " ".join([*EN[:2], *EN[3:]]), "01T02:00"), kind="state_media"
    )
    copies = [Copy(items=("agency-ja", "agency-en"), kind="official_translation", reason="one text")]
    made = compare(with_meanings(packet([one, other], WORDS, copies=copies), *zip(ja, EN, strict=True)))
    (gap,) = made.editions[0].gaps
    assert (gap.kind, gap.item, gap.topics) == ("only_in", "agency-ja", ("term.fishing_grounds",))
