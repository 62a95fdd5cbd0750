"""The memo of an invented event: what it says in both halves, what it never says."""

from __future__ import annotations

from newsdigest.drafts.draft import Draft
from newsdigest.drafts.gates import GATES, run_gates
from newsdigest.drafts.rendering import markdown
from newsdigest.drafts.writer import write
from newsdigest.records import canonical_json
from tests.drafts.events import AS_OF, alba, alba_packet, lexicon


def memo() -> Draft:
    return write(alba(), alba_packet(), draft_id="d-alba", version=1, as_of=AS_OF)


def half(draft: Draft, language: str) -> str:
    return "\n".join(s.text for s in draft.sentences(language))  # type: ignore[arg-type]


def test_every_gate_passes_and_none_is_missing() -> None:
    results = run_gates(memo(), alba(), alba_packet(), lexicon())
    assert [r.gate for r in results] == list(GATES)
    assert {r.gate: r.faults for r in results if r.passed is not True} == {}


def test_both_halves_tell_both_sides_with_their_figures() -> None:
    draft = memo()
    assert "アルバ外務省は45分と説明、セレト外務省は約30分と説明" in half(draft, "ja")
    assert "45 minutes" in half(draft, "en")
    assert "about 30 minutes" in half(draft, "en")


def test_the_reserve_of_a_source_is_kept_in_both_halves() -> None:
    draft = memo()
    assert "把握している限りではアルバが" in half(draft, "ja")
    assert "to its knowledge, Alba initiated" in half(draft, "en")


def test_an_account_is_marked_as_that_sides() -> None:
    draft = memo()
    accounts = [s for s in draft.sentences("ja") if s.kind == "account"]
    assert accounts
    assert all("側の説明です" in s.text for s in accounts)
    assert all("account" in s.text for s in draft.sentences("en") if s.kind == "account")


def test_a_name_known_only_in_latin_stays_latin_in_japanese() -> None:
    assert "Ko Arend氏" in half(memo(), "ja")


def test_a_source_known_only_in_japanese_is_described_in_english() -> None:
    draft = memo()
    english = half(draft, "en")
    assert "a Japanese newspaper" in english
    listed = [s.text for x in draft.sections if x.id in ("sources", "unused") for s in x.sentences.en]
    said = [s.text for s in draft.sentences("en") if s.text not in listed]
    # The list of sources calls it as it is called, so that an editor finds it; no sentence does.
    assert any("北浜日報" in text for text in listed)
    assert not any("北浜日報" in text for text in said)


def test_a_headline_has_no_full_stop_and_fits() -> None:
    draft = memo()
    assert not draft.headline.ja.text.endswith("。")
    assert len(draft.headline.ja.text) <= 40


def test_the_same_input_gives_the_same_bytes() -> None:
    assert canonical_json(memo()) == canonical_json(memo())
    assert markdown(memo(), "ja") == markdown(memo(), "ja")


def test_a_denial_and_a_negation_are_said_as_such() -> None:
    comparison = alba()
    claims = tuple(
        c.model_copy(update={"modality": "denies"})
        if c.id == "c-proposed"
        else c.model_copy(update={"polarity": "negated"})
        if c.id == "c-alba-who"
        else c
        for c in comparison.claims
    )
    changed = comparison.model_copy(update={"claims": claims, "disagreements": comparison.disagreements[1:]})
    draft = write(changed, alba_packet(), draft_id="d", version=1, as_of=AS_OF)
    assert "提案したことを否定しています" in half(draft, "ja")
    assert "denied that Mora proposed" in half(draft, "en")
    assert "持ちかけた事実はない" in half(draft, "ja")
    assert "Seret did not initiate" in half(draft, "en")
    assert {r.gate for r in run_gates(draft, changed, alba_packet(), lexicon()) if r.passed is False} == set()


def test_the_copy_is_listed_as_not_used_unless_cited() -> None:
    draft = memo()
    assert set(draft.coverage.used) | {n.item for n in draft.coverage.not_used} == {
        m.key for m in alba_packet().members
    }
