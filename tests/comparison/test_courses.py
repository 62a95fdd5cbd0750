"""What headlines call a thing, who spoke first, what an edit took out, and which findings an edit or removal reopens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Comparison, TimelineEntry
from newsdigest.events.event import Copy
from tests.comparison.collision import collision_packet
from tests.comparison.invented import KORSUND, VELDAN, WORDS, document, reported, spoken
from tests.comparison.packets import packet

# ---- words in headlines

BODY = "The Veldan Coast Guard and the Korsund Coast Guard spoke of the Halden Strait."


def headline(key: str, language: str, title: str, country: str = "GB") -> Member:
    return reported(key, document(language, title, BODY, "01T01:00"), country=country)  # type: ignore[arg-type]


def words(*members: Member, copies: tuple[Copy, ...] = ()) -> dict[str, dict[str, tuple[str, ...]]]:
    found = compare(packet(members, WORDS, copies=copies)).headline_words
    return {c.group: {w.id: w.items for w in c.words} for c in found}


def test_headlines_that_name_one_thing_by_words_of_different_kinds_across_languages() -> None:
    found = words(
        headline("a", "en", "Korsund ship rammed Veldan boat"),
        headline("b", "zh", "科尔松与韦尔丹船只在哈尔登海峡碰撞"),
        headline("c", "ja", "ハルデン海峡で両国の船が衝突"),
        headline("d", "zh", "韦尔丹船只冲撞科尔松海警船"),
    )
    assert found == {"collision": {"ramming": ("a", "d"), "collision": ("b", "c")}}


@pytest.mark.parametrize(
    "titles",
    [
        [("a", "en", "Ships collide in Halden Strait"), ("b", "ja", "ハルデン海峡で船が衝突")],  # one kind
        [("a", "en", "Korsund ship rammed Veldan boat"), ("b", "en", "Ministers speak by phone")],  # one headline only
        [("a", "en", "Ramming or collision? Two tales of one night"), ("b", "en", "Ships collide in Halden Strait")],  # one uses both
        [("a", "en", "World War II ship found"), ("b", "en", "Conflict over ship")],
        [("a", "en", "Veldan warns Korsund"), ("b", "ja", "ベルダン、コルスンド大使を呼び出し")],  # two acts
        [("a", "en", "Twelve dead in Halden Strait"), ("b", "zh", "哈尔登海峡十二人遇难")],
    ],
)  # fmt: skip
def test_no_contrast_of_headlines(titles: list[tuple[str, str, str]]) -> None:
    assert words(*(headline(*t) for t in titles)) == {}


def test_a_copy_is_no_headline_of_its_own() -> None:
    members = (
        headline("a", "en", "Korsund ship rammed Veldan boat"),
        headline("b", "en", "Ships collide in Halden Strait"),
    )
    copies = (Copy(items=("a", "b"), kind="syndicated", reason="same text"),)
    assert words(*members, copies=copies) == {}


def test_the_words_for_a_territory_stand_apart_by_kind() -> None:
    found = words(
        headline("a", "zh", "台湾回归祖国纪念日将至"),
        headline("b", "ja", "諸島の返還を求める声明"),
        headline("c", "en", "Minister speaks of reunification"),
    )
    assert found == {"return_of_territory": {"reunification": ("c",), "reversion": ("a",), "return": ("b",)}}


# ---- first


def entries(*members: Member) -> list[TimelineEntry]:
    return [e for e in compare(packet(members, WORDS)).timeline if e.basis != "happened"]


def at(member: Member, precision: str) -> Member:
    version = member.version
    moment = version.published.model_copy(update={"precision": precision})
    version = version.model_copy(update={"published": moment})
    return Member(member.item.model_copy(update={"versions": (version,)}), version, member.source)


def test_the_first_is_named_where_the_times_allow_it() -> None:
    one = spoken("v", VELDAN, document("en", "Statement", BODY, "01T01:00"))
    other = spoken("k", KORSUND, document("en", "Statement", BODY, "01T03:00"))
    assert [(e.item, e.first) for e in entries(one, other)] == [("v", True), ("k", False)]


@pytest.mark.parametrize(("precision", "hour"), [("day", "01T23:00"), ("unknown", "01T23:00"), ("hour", "01T01:30")])
def test_nobody_is_first_below_the_precision_known(precision: str, hour: str) -> None:
    one = at(spoken("v", VELDAN, document("en", "Statement", BODY, "01T01:00")), precision)
    other = spoken("k", KORSUND, document("en", "Statement", BODY, hour))
    assert not any(e.first for e in entries(one, other))


# ---- edited statements

NAMED = "Veldan said the collision was near the fishing grounds. Veldan asked for an inquiry."
BARE = "Veldan said the collision was at sea. Veldan asked for an inquiry."
OTHER = "Korsund said the collision was near the fishing grounds."


def edited(*texts: str, issuer: str = VELDAN, key: str = "v") -> Member:
    return spoken(
        key, issuer, *(document("en", "Statement on the collision", t, f"01T0{n}:00") for n, t in enumerate(texts, 1))
    )


def other() -> Member:
    return spoken("k", KORSUND, document("en", "Statement on the collision", OTHER, "01T00:30"))


def test_a_name_that_was_edited_away_is_no_plain_silence() -> None:
    made = compare(packet([edited(NAMED, BARE), other()], WORDS))
    states = {c.item: c.state for c in made.matrix if c.topic_id == "term.fishing_grounds"}
    assert states["v"] == "edited_out"
    assert not [s for s in made.silences if s.topic_id == "term.fishing_grounds"]
    (dropped,) = [d for d in made.drifts if d.kind == "dropped_mention"]
    assert (dropped.first.version, dropped.first.exact, dropped.topic_id) == (
        1,
        "fishing grounds",
        "term.fishing_grounds",
    )


def test_who_denies_a_thing_is_not_silent_on_it() -> None:
    denial = edited("Veldan denied the report about the fishing grounds.", issuer=VELDAN)
    made = compare(packet([denial, other()], WORDS))
    states = {c.item: c.state for c in made.matrix if c.topic_id == "term.fishing_grounds"}
    assert states["v"] != "no_mention"
    assert not [s for s in made.silences if s.topic_id == "term.fishing_grounds"]


def test_a_text_that_never_had_the_name_is_silent_though_it_was_edited() -> None:
    made = compare(packet([edited(BARE, BARE.replace("inquiry", "full inquiry")), other()], WORDS))
    assert [s.items for s in made.silences if s.topic_id == "term.fishing_grounds"] == [("v",)]
    assert [d for d in made.drifts if d.kind == "dropped_mention"] == []


# ---- reopened


def again(before: Comparison, *members: Member, removed: dict[str, str] | None = None) -> Comparison:
    made = packet(members, WORDS)
    inputs = {m.key: f"{m.version.n}:{m.version.text_sha256[:16]}" for m in members}
    return compare(replace(made, previous=before, removed=removed or {}, inputs=inputs))


def first(*members: Member) -> Comparison:
    made = packet(members, WORDS)
    return compare(replace(made, inputs={m.key: f"{m.version.n}:{m.version.text_sha256[:16]}" for m in members}))


def test_a_silence_is_reopened_by_a_later_version_and_says_whether_it_stands() -> None:
    before = first(edited(BARE), other())
    (silence,) = [s for s in before.silences if s.topic_id == "term.fishing_grounds"]
    now = again(before, edited(BARE, NAMED), other())
    (held,) = [r for r in now.reopened if r.finding == silence.id]
    assert (held.kind, held.reason, held.item, held.stands) == ("silence", "edited", "v", False)
    assert now.previous == before.id
    same = again(before, edited(BARE, BARE.replace("inquiry", "full inquiry")), other())
    assert [r.stands for r in same.reopened if r.finding == silence.id] == [True]


def test_nothing_is_reopened_where_nothing_changed_or_other_words_did() -> None:
    before = first(edited(BARE), other())
    assert again(before, edited(BARE), other()).reopened == ()
    further = again(before, edited(BARE), other(), reported("paper", document("en", "News", BODY, "01T09:00")))
    assert further.reopened == ()


def test_a_disagreement_whose_words_were_edited_or_removed() -> None:
    members = collision_packet().members
    before = compare(collision_packet())
    (dispute,) = [d for d in before.disagreements if d.slot == "hit"]
    loser = next(m for m in members if m.key == dispute.answers[0].evidence[0].item)
    version = loser.version.model_copy(update={"n": 2, "title": "Statement", "text": "The ships are back in port."})
    item = loser.item.model_copy(update={"versions": (*loser.item.versions, version)})
    changed = [Member(item, version, m.source) if m.key == loser.key else m for m in members]
    after = compare(replace(collision_packet(), members=tuple(changed), previous=before, inputs={"x": "2"}))
    assert {r.reason for r in after.reopened if r.finding == dispute.id} == {"edited"}
    left = tuple(m for m in members if m.key != loser.key)
    gone = compare(
        replace(collision_packet(), members=left, previous=before, removed={loser.key: "removed"}, inputs={"x": "3"})
    )
    reopened = [r for r in gone.reopened if r.finding == dispute.id]
    assert {(r.reason, r.lost) for r in reopened} == {("removed", ())}
