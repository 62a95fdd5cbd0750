"""Copies: one text in several wrappers, one statement in two languages; never two reports of one event."""

from __future__ import annotations

import pytest

from newsdigest.events.copies import copy_groups
from newsdigest.events.wording import Wording, wording_of
from newsdigest.language.lexicon import Lexicon
from tests.events.builders import document

STORY = (
    "Two cargo ships collided in thick fog off the northern coast of Varda early on Monday, and four sailors are missing, the "
    "coast guard said. The Halden Star was carrying timber when it struck the anchored tanker Mirel shortly after three in the "
    "morning. Rescue boats from two ports searched through the night while helicopters stayed on the ground because of the "
    "weather. The tanker's owner said that none of its oil had leaked. An inquiry by the maritime authority will begin once "
    "the wreck has been towed to harbour, and the minister's office asked shipowners to avoid the strait until Wednesday."
)
OTHER = (
    "Four crew members were unaccounted for after a timber freighter ran into a tanker lying at anchor north of Varda. Visibility "
    "was below fifty metres, according to the harbour master, who closed the strait. Searchers pulled nine people from the sea. "
    "Relatives gathered at the town hall, where a priest read out names as boats came in. Experts doubt that radar failed."
)
JAPANESE = (
    "三日未明、バルダ北方沖で濃霧の中、貨物船とタンカーが衝突し、船員四人が行方不明になった。海上警備隊によると、木材を積んだ貨物船が停泊中の"
    "タンカーに追突した。捜索は夜通し続いたが、悪天候でヘリは飛べなかった。タンカーの船主は油の流出はないとしている。"
)


@pytest.fixture
def wording(lexicon: Lexicon) -> Wording:
    return wording_of(lexicon)


def test_wrappers_do_not_hide_a_copy(wording: Wording) -> None:
    items = [
        document("a", "Ships collide off Varda", f"HALDEN, March 3 (Northbridge) - {STORY}"),
        document("b", "Ships collide", STORY.replace("'", "’"), hours=2),
        document(
            "c", "Four missing", f"Our own lede of the morning says this.\n{STORY}\n(Follow us for more news.)", hours=3
        ),
        document("d", "Four missing after collision", STORY[: len(STORY) // 3], hours=4),
    ]
    (group,) = copy_groups(items, wording)
    assert group.members == (0, 1, 2, 3)
    assert group.kind == "syndicated"


def test_a_japanese_copy_without_its_credit_is_found(wording: Wording) -> None:
    items = [
        document("a", "船衝突", f"（共同）{JAPANESE}", "ja"),
        document("b", "船が衝突、4人不明", f"{JAPANESE}（続きを読む）", "ja", hours=1),
    ]
    (group,) = copy_groups(items, wording)
    assert group.members == (0, 1)
    assert "共同" in group.reason


def test_an_independent_report_is_no_copy(wording: Wording) -> None:
    assert copy_groups([document("a", "Ships collide", STORY), document("b", "Ships collide", OTHER)], wording) == []


def test_a_cut_text_never_leads(wording: Wording) -> None:
    short = document("a", "Ships collide", STORY[: len(STORY) // 3], hours=0)
    long = document("b", "Ships collide", STORY, hours=1)
    (group,) = copy_groups([short, long], wording)
    assert group.members == (1, 0)
    assert group.kind == "cut"


def test_a_report_that_prints_a_whole_statement_is_its_own_voice(wording: Wording) -> None:
    statement = document("s", "Statement on the collision", STORY[: len(STORY) // 2], issuer="body.coast_guard")
    report = document("r", "Coast guard blames fog", f"{OTHER} {STORY[: len(STORY) // 2]} {OTHER[::-1]}", hours=1)
    assert copy_groups([statement, report], wording) == []


@pytest.mark.parametrize(
    ("issuer", "hours", "evidence", "found"),
    [
        ("body.coast_guard", 2, (0.8, 0.9), True),
        ("body.ministry", 2, (0.8, 0.9), False),
        ("body.coast_guard", 60, (0.8, 0.9), False),
        ("body.coast_guard", 2, (0.4, 0.9), False),
        ("body.coast_guard", 2, (0.8, 0.1), False),
    ],
)
def test_one_issuers_two_language_editions_are_one_voice(
    wording: Wording, issuer: str, hours: float, evidence: tuple[float, float], found: bool
) -> None:
    items = [
        document("j", "衝突事故について", JAPANESE, "ja", issuer="body.coast_guard"),
        document("e", "On the collision", STORY, "en", hours=hours, issuer=issuer),
    ]
    groups = copy_groups(items, wording, lambda i, j: evidence)
    assert [group.kind for group in groups] == (["official_translation"] if found else [])


def test_a_translated_newspaper_report_is_no_official_translation(wording: Wording) -> None:
    items = [document("j", "衝突", JAPANESE, "ja"), document("e", "Collision", STORY)]
    assert copy_groups(items, wording, lambda i, j: (0.9, 1.0)) == []
