"""The invented collision: who hit whom, a denial, a refusal, silences and hostile text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Comparison
from newsdigest.records import digest
from tests.comparison.collision import collision_packet


@pytest.fixture(scope="module")
def packet() -> Packet:
    return collision_packet()


@pytest.fixture(scope="module")
def comparison(packet: Packet) -> Comparison:
    return compare(packet)


def states(comparison: Comparison) -> dict[tuple[str, str], str]:
    return {(c.topic_id, c.item): c.state for c in comparison.matrix}


def test_each_side_says_the_other_hit(comparison: Comparison) -> None:
    (dispute,) = [d for d in comparison.disagreements if d.slot == "hit"]
    answers = {a.value.en: a for a in dispute.answers}
    assert set(answers) == {"Korsund", "Veldan"}
    assert answers["Veldan"].voices == 1
    assert "korsund-cg" in answers["Veldan"].sources
    # the coast guard and a newspaper's unnamed officials; the wire, its copy and the two other reports only repeat it
    assert answers["Korsund"].voices == 2


def test_a_guess_is_no_answer(comparison: Comparison) -> None:
    (dispute,) = [d for d in comparison.disagreements if d.slot == "hit"]
    assert "tide" not in {s for a in dispute.answers for s in a.sources}


def test_a_denial_stands_against_the_claim(comparison: Comparison) -> None:
    (dispute,) = [d for d in comparison.disagreements if d.slot == "water_cannon"]
    said, denied = dispute.answers
    assert said.sources == ("veldan-cg",)
    assert set(denied.sources) == {"korsund-mfa", "kaiyo"}
    assert denied.voices == 1


def test_asked_and_declined(comparison: Comparison) -> None:
    assert states(comparison)["term.drill", "ks-2"] == "declined"


def test_silence_only_of_chosen_texts_after_the_matter_was_public(comparison: Comparison) -> None:
    found = states(comparison)
    assert found["slot.water_cannon", "ks-1"] == "no_mention"
    assert found["slot.caused", "vd-1"] == "not_yet"
    silent = {item for s in comparison.silences for item in s.items}
    assert silent <= {"vd-1", "ks-1", "vd-2"}


def test_a_silence_falls_when_the_word_is_said(packet: Packet) -> None:
    changed = [_with_text(m, m.text + "\n\n科方未使用水炮。") if m.key == "ks-1" else m for m in packet.members]
    after = states(compare(replace(packet, members=tuple(changed))))
    assert after["slot.water_cannon", "ks-1"] != "no_mention"


def test_swapping_the_actor_swaps_the_answer(packet: Packet) -> None:
    swapped = "A Veldanese patrol ship rammed a Korsundian coast guard vessel in the Halden Strait on March 4."
    changed = [
        _with_text(m, m.text.replace("A Korsundian coast guard vessel rammed a Veldanese patrol ship in the Halden Strait on March 4.", swapped))
        if m.key == "vd-1" else m
        for m in packet.members
    ]  # fmt: skip
    comparison = compare(replace(packet, members=tuple(changed)))
    (dispute,) = [d for d in comparison.disagreements if d.slot == "hit"]
    assert "veldan-cg" in {s for a in dispute.answers if a.value.en == "Veldan" for s in a.sources}


def test_instructions_to_the_reader_are_flagged_and_mute(comparison: Comparison) -> None:
    assert [(f.item, f.kind) for f in comparison.flags] == [("tide-1", "instruction")]
    assert not [c for c in comparison.claims if c.slot == "apologised"]


def test_a_professors_view_is_his(comparison: Comparison) -> None:
    views = [c for c in comparison.claims if c.id in comparison.interpretations and c.item == "ja-2"]
    assert [c.attribution.holder.en for c in views if c.attribution.holder] == ["Tor Aske"]


def _with_text(member, text):  # type: ignore[no-untyped-def]
    version = member.version.model_copy(update={"text": text, "text_sha256": digest(text)})
    item = member.item.model_copy(update={"versions": (version,)})
    return replace(member, item=item, version=version)
