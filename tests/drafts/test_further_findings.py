"""Editions, changes, plans, headlines, losses, the timeline and reopened findings as the memo says them, in both halves."""

from __future__ import annotations

from dataclasses import replace

from newsdigest.comparison.compare import compare, with_discoveries
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Comparison
from newsdigest.drafts.draft import Draft, Section
from newsdigest.drafts.gates import run_gates
from newsdigest.drafts.writer import write
from tests.comparison.invented import KORSUND, VELDAN, WORDS, document, reported, spoken, with_meanings
from tests.comparison.packets import packet
from tests.comparison.test_courses import BARE, NAMED, edited, other
from tests.comparison.test_editions import EN, ZH


def drafted(made: Packet, *, faults: bool = False) -> Draft:
    """The memo of a packet; every gate has passed it or had nothing to check."""
    made = with_discoveries(made)
    comparison = compare(made)
    draft = write(comparison, made, draft_id="d-further", version=1, as_of=made.as_of)
    assert {g.gate: g.faults for g in run_gates(draft, comparison, made, made.lexicon) if g.passed is False} == {}
    return draft


def section(draft: Draft, identity: str) -> Section:
    return next(s for s in draft.sections if s.id == identity)


def lines(draft: Draft, identity: str) -> tuple[list[str], list[str]]:
    found = section(draft, identity).sentences
    return [s.text for s in found.ja], [s.text for s in found.en]


def pair(zh: list[str], en: list[str], same: list[tuple[str, str]]) -> Packet:
    one = spoken("zh", KORSUND, document("zh", "关于碰撞事件的声明", "".join(zh), "01T01:00"))
    two = spoken("en", KORSUND, document("en", "Statement on the collision", " ".join(en), "01T02:00"))
    return with_meanings(packet([one, two], WORDS), *same)


def test_a_sentence_in_one_edition_only() -> None:
    ja, en = lines(drafted(pair(ZH, [*EN[:2], *EN[3:]], list(zip(ZH, EN, strict=True)))), "editions")
    assert ja == ["コルスンド側の声明で漁場に触れた文は、中国語版だけにあります。"]
    assert len(en) == 1
    assert "fishing grounds" in en[0]
    assert "only in the Chinese version" in en[0]


def test_a_softened_stance_and_another_figure() -> None:
    words = [
        EN[0],
        "Korsund is concerned about what Veldan has done.",
        EN[2],
        "The vessels of Korsund lost 2,000 tons of cargo.",
        EN[4],
    ]
    ja, en = lines(drafted(pair(ZH, words, list(zip(ZH, words, strict=True)))), "editions")
    assert any("中国語版では強い反対、英語版では懸念です" in line for line in ja)
    assert any("strong opposition in the Chinese version and concern in the English version" in line for line in en)
    assert any("3000トン" in line and "2000トン" in line for line in ja)
    assert any("3,000" in line and "2,000" in line for line in en)


def test_a_summary_is_the_shorter_text() -> None:
    long = [*ZH[:3], "科方还谈及联合演习。", "科方还谈及奥尔卡群岛。", *ZH[3:]]
    ja, en = lines(drafted(pair(long, [EN[0], EN[1], EN[4]], list(zip(ZH, EN, strict=True)))), "editions")
    assert ja == ["コルスンド側の声明の英語版は、中国語版より短い文面です。"]
    assert (
        en == ["The English version of the Korsundian statement is a shorter text than the Chinese version."]
        or len(en) == 1
    )


def test_a_change_of_position_and_of_stance() -> None:
    acts = [
        spoken("v1", VELDAN, document("en", "Statement on the collision", "Veldan denied ramming the Korsund Coast Guard vessel.", "01T01:00")),
        spoken("v2", VELDAN, document("en", "Statement on the collision", "Veldan rammed the Korsund Coast Guard vessel, Veldan said.", "01T09:00")),
    ]  # fmt: skip
    ja, en = lines(drafted(packet(acts, WORDS)), "changes")
    assert "否定し" in ja[0]
    assert "denied it as of" in en[0]
    assert "said it was so as of" in en[0]
    now = spoken("now", KORSUND, document("zh", "关于碰撞事件的声明", "科方对联合演习表示关切。", "20T01:00"))
    then = spoken("then", KORSUND, document("zh", "声明", "科方坚决反对联合演习。", "02T01:00"))
    ja, en = lines(drafted(packet([now], WORDS, history=[then])), "changes")
    assert "強い反対" in ja[0]
    assert "懸念" in ja[0]
    assert "strong opposition as of" in en[0]


def test_a_visit_that_was_called_off() -> None:
    words = "Foreign Minister Ilse Marden will {}visit Korsund, Veldan said."
    then = spoken("then", VELDAN, document("en", "Statement on a visit", words.format(""), "01T01:00"))
    now = spoken("now", VELDAN, document("en", "Statement on a visit", words.format("not "), "20T01:00"))
    ja, en = lines(drafted(packet([now], WORDS, history=[then])), "changes")
    assert "否定しました" in ja[0]
    assert "denied it as of" in en[0]


def test_a_plan_with_its_date() -> None:
    for text in ("in April", "by the end of the year"):
        words = f"Foreign Minister Ilse Marden will visit Korsund {text}, Veldan said."
        plan = spoken("v", VELDAN, document("en", "Statement on a visit", words, "10T01:00"))
        ja, en = lines(drafted(packet([plan], WORDS)), "plans")
        assert ("2032年4月" if text == "in April" else "2031年末") in ja[0]
        assert ("April 2032" if text == "in April" else "the end of 2031") in en[0]


BODY = "The Veldan Coast Guard and the Korsund Coast Guard spoke of the collision in the Halden Strait."


def test_words_in_headlines() -> None:
    members = [
        reported("a", document("en", "Korsund Coast Guard rammed Veldan Coast Guard ship", BODY, "01T01:00"), name="Meridian Wire"),
        reported("b", document("en", "Collision of Veldan and Korsund ships", BODY, "01T02:00"), name="Coast Daily"),
    ]  # fmt: skip
    ja, en = lines(drafted(packet(members, WORDS)), "framing")
    assert ja == ["見出しでの船などの接触の呼び方は、体当たり（Meridian Wire）、衝突（Coast Daily）です。"]
    assert en == ["Headlines call the contact by these words: ramming (Meridian Wire); collision (Coast Daily)."]


def test_a_dropped_condition_and_a_dropped_mention() -> None:
    statement = "Veldan would use force in the Halden Strait if Korsund intervened there, Veldan said."
    told = "Veldan said it would use force in the Halden Strait."
    source = spoken("v", VELDAN, document("en", "Statement on the Halden Strait", statement, "01T01:00"))
    paper = reported("p", document("en", "News of the Halden Strait", told, "01T05:00"), name="Coast Daily")
    ja, en = lines(drafted(packet([source, paper], WORDS)), "drift")
    assert "条件" in ja[0]
    assert "condition" in en[0]
    ja, en = lines(drafted(packet([edited(NAMED, BARE), other()], WORDS)), "edits")
    assert any("当初漁場に触れていました" in line for line in ja)
    assert any("mentioned fishing grounds" in line for line in en)


def test_a_timeline_of_three_statements_and_none_of_two() -> None:
    members = [
        spoken("v", VELDAN, document("en", "Statement on the collision", BODY, "01T01:00")),
        spoken("k", KORSUND, document("en", "Statement on the collision", BODY, "01T03:00"), channel="post"),
        spoken("g", "body.korsund_coast_guard", document("en", "Statement on the collision", BODY, "01T05:00")),
    ]  # fmt: skip
    ja, en = lines(drafted(packet(members, WORDS)), "timeline")
    assert ja[0] == "日本時間6月1日10時、ベルダンが声明で説明しました（対照した出典の中で最初）。"
    assert "the first of the sources compared" in en[0]
    assert [line.endswith("in a post.") for line in en] == [False, True, False]
    assert not any(s.id == "timeline" for s in drafted(packet(members[:2], WORDS)).sections)


def before(made: Packet) -> Comparison:
    return compare(replace(made, inputs={m.key: f"{m.version.n}:{m.version.text_sha256[:16]}" for m in made.members}))


def test_a_reopened_finding_is_said_to_be_one() -> None:
    first = before(packet([edited(BARE), other()], WORDS))
    now = packet([edited(BARE, NAMED), other()], WORDS)
    inputs = {m.key: f"{m.version.n}:{m.version.text_sha256[:16]}" for m in now.members}
    ja, en = lines(drafted(replace(now, previous=first, inputs=inputs)), "reopened")
    assert any("漁場" in line and "見直しました" in line for line in ja)
    assert any("fishing grounds was reopened because" in line for line in en)


def test_what_was_removed_is_told_as_a_caveat_without_its_words() -> None:
    paper = reported(
        "p",
        document(
            "en",
            "News of the collision",
            "The Korsund Coast Guard rammed the Veldan Coast Guard, Ilse Marden said.",
            "01T05:00",
        ),
    )
    first = before(packet([edited(BARE), other(), paper], WORDS))
    draft = drafted(
        replace(packet([edited(BARE), other()], WORDS), previous=first, removed={"p": "removed on 2031-06-02"})
    )
    assert "removed_since" in {c.kind for c in draft.caveats}
    assert not any("Marden" in s.text for s in draft.sentences("en"))


def test_the_same_packet_gives_the_same_bytes() -> None:
    made = pair(ZH, [*EN[:2], *EN[3:]], list(zip(ZH, EN, strict=True)))
    assert drafted(made).model_dump_json() == drafted(made).model_dump_json()
