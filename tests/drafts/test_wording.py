"""What the memo says of flagged, edited and half-supported material, and how it sets countries' possessives."""

from __future__ import annotations

import pytest

from newsdigest.comparison.record import Agreement, Comparison, Flag
from newsdigest.drafts.draft import Draft
from newsdigest.drafts.gates import run_gates
from newsdigest.drafts.writer import write
from newsdigest.drafts.writer.contrasts import agreements
from newsdigest.drafts.writer.material import Material
from newsdigest.drafts.writer.names import Namer
from newsdigest.records import Bilingual
from tests.drafts.events import AS_OF, READOUT, alba, alba_packet, lexicon


def drafted(comparison: Comparison) -> tuple[Draft, set[str]]:
    draft = write(comparison, alba_packet(), draft_id="d", version=1, as_of=AS_OF)
    results = run_gates(draft, comparison, alba_packet(), lexicon())
    return draft, {r.gate for r in results if r.passed is False}


@pytest.mark.parametrize("kind", ["instruction", "bidi", "zero_width", "hidden", "hidden_style", "withdrawn", "odd"])
def test_a_flagged_item_is_told_of_in_words_that_pass(kind: str) -> None:
    note = Bilingual(ja="指示とみられる文がある。結果には影響しない", en="It has no effect")
    flag = Flag(item=READOUT.key, kind=kind, note=note)
    draft, failed = drafted(alba().model_copy(update={"flags": (flag,)}))
    assert failed == set()
    (caveat,) = [c for c in draft.caveats if c.kind == "flag"]
    assert "影響" not in caveat.ja
    assert "effect" not in caveat.en


def test_a_topic_that_the_span_lacks_is_not_printed_beside_a_claim() -> None:
    claim = next(c for c in alba().claims if c.id == "c-proposed")
    more = claim.model_copy(update={"topics": (*claim.topics, "term.postwar_order")})
    material = Material(alba(), alba_packet())
    assert material.topics(more) == material.topics(claim)
    assert "term.postwar_order" not in material.beside(more)


@pytest.mark.parametrize(
    ("said", "set_so"),
    [
        ("the China's government", "China’s government"),
        ("The Japan’s fire agency said so.", "Japan’s fire agency said so."),
        ("the Zembla’s Foreign Ministry", "Zembla’s Foreign Ministry"),
        ("the United States’s government", "the United States’s government"),
        ("the Alba Foreign Ministry’s post", "the Alba Foreign Ministry’s post"),
    ],
)
def test_no_article_stands_before_a_countrys_possessive(said: str, set_so: str) -> None:
    assert Namer("en", lexicon(), lexicon().table("style/en")).possessives(said) == set_so


def test_a_commitment_to_a_bare_thing_is_left_unsaid() -> None:
    claim = next(c for c in alba().claims if c.id == "c-proposed")
    bare = claim.model_copy(update={"slot": "committed"})
    material = Material(alba(), alba_packet())
    assert not material.sayable(bare)
    span = bare.evidence[0].model_copy(update={"exact": "agreed to buy soybeans"})
    assert material.sayable(bare.model_copy(update={"evidence": (span,)}))


def test_an_edited_item_shows_the_hour_of_the_version_compared() -> None:
    draft, failed = drafted(alba())
    rows = [s for x in draft.sections if x.id in ("sources", "unused") for s in x.sentences.en]
    edited = [s.text for s in rows if s.evidence[0].version > 1]
    assert failed == set()
    assert edited
    assert all(", edited " in text for text in edited)


def test_nobody_agrees_alone() -> None:
    comparison = alba()
    who = next(d for d in comparison.disagreements if d.id == "d-who")
    answer = who.answers[0]
    alone = Agreement(id="a-who", slot="initiated", question=who.question, answer=answer, silent=(READOUT.key,))
    both = tuple(h for a in who.answers for h in a.holders)
    shared = alone.model_copy(update={"answer": answer.model_copy(update={"voices": 2, "holders": both})})
    for agreement, told in ((alone, False), (shared, True)):
        plans = list(agreements(Material(comparison.model_copy(update={"agreements": (agreement,)}), alba_packet())))
        assert bool(plans) is told
