"""The decider: one item for one thing said, a version for each edit, an alias for each name it goes by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newsdigest.items.decide import decide, in_order
from newsdigest.items.entry import ParsedEntry, ParsedPage
from newsdigest.items.evidence import cite, resolves
from newsdigest.items.item import Item
from newsdigest.items.withdrawal import withdrawn_target
from newsdigest.moments import Moment, at
from newsdigest.records import digest
from newsdigest.sources.source import Source
from tests.reading import NOW, packaged_lexicon, packaged_tables

SOURCE = Source(
    id="harbour", name={"en": "Harbour News"}, kind="newspaper", language="en", address="https://x.example/feed"
)
TEXT = "Two ships collided off Alba on Monday, the coast guard said.\nThree people were hurt in the collision."
ENTRY = ParsedEntry(
    guid="urn:1",
    url="https://x.example/1?utm_source=rss",
    title="Ships collide",
    summary="Two ships collided.",
    published=at(NOW - timedelta(hours=2)),
)
PAGE = ParsedPage(title="Ships collide off Alba", text=TEXT, state="full", canonical="https://x.example/1")


def run(
    entry: ParsedEntry,
    page: ParsedPage | None = PAGE,
    existing: list[Item] | None = None,
    document: str = "d-1",
    source: Source = SOURCE,
) -> Item | None:
    return decide(source, entry, page, existing or [], document, NOW, packaged_lexicon())


def first(entry: ParsedEntry = ENTRY, page: ParsedPage | None = PAGE, source: Source = SOURCE) -> Item:
    item = run(entry, page, source=source)
    assert item is not None
    return item


def test_a_new_entry_is_an_item_with_the_pages_text_and_the_feeds_title() -> None:
    item = first()
    version = item.latest
    assert (version.title, version.text, version.state, version.n) == ("Ships collide", TEXT, "full", 1)
    assert version.text_sha256 == digest(TEXT)
    assert item.lineage == "guid:urn:1"
    assert set(item.aliases) == {"guid:urn:1", "address:https://x.example/1"}
    assert resolves(cite(item.key, version, "text", 4, 9), item)


def test_the_same_again_is_nothing() -> None:
    assert run(ENTRY, existing=[first()]) is None


def test_new_words_under_the_same_guid_are_a_version_of_the_same_item() -> None:
    item = first()
    edited = run(
        replace(ENTRY, url="https://x.example/1-r2"),
        replace(PAGE, text=TEXT.replace("Three", "Four") + "\nA search goes on.", canonical="https://x.example/1-r2"),
        [item],
        "d-2",
    )
    assert edited is not None
    assert edited.key == item.key
    assert [v.n for v in edited.versions] == [1, 2]
    assert "addition" in edited.latest.changes
    assert edited.versions[0] == item.versions[0]
    assert "address:https://x.example/1-r2" in edited.aliases
    assert edited.url == "https://x.example/1-r2"


def test_churning_guids_make_no_duplicate() -> None:
    items = [first()]
    for n in range(3):
        again = run(replace(ENTRY, guid=f"churn-{n}"), existing=items)
        assert again is not None
        assert again.key == items[0].key
        assert len(again.versions) == 1
        items = [again]
    assert {"guid:churn-0", "guid:churn-2"} <= set(items[0].aliases)


def test_entries_that_share_the_front_page_as_link_are_different_items() -> None:
    item = first(replace(ENTRY, url="https://x.example/"), None)
    other = run(
        ParsedEntry(
            guid="urn:2", url="https://x.example/", title="Market opens higher", summary="Shares rose at the opening."
        ),
        None,
        [item],
    )
    assert other is not None
    assert other.key != item.key


def test_a_repeated_or_generic_guid_identifies_nothing() -> None:
    one = first(replace(ENTRY, flags=("guid_repeated",)))
    assert one.lineage == "address:https://x.example/1"
    assert first(replace(ENTRY, guid="null")).lineage == "address:https://x.example/1"
    assert first(ParsedEntry(title="T", summary="Words without any address."), None).lineage.startswith("content:")


def test_without_a_page_the_summary_is_kept_as_a_summary_and_the_full_text_completes_it() -> None:
    item = first(page=None)
    assert (item.latest.state, item.latest.complete) == ("summary", False)
    whole = run(ENTRY, PAGE, [item], "d-2")
    assert whole is not None
    assert (whole.latest.state, whole.latest.text) == ("full", TEXT)


def test_a_page_that_cannot_be_had_this_time_does_not_replace_what_we_hold() -> None:
    item = first()
    assert run(ENTRY, None, [item], "d-2") is None
    renamed = run(replace(ENTRY, title="Ships collide; three hurt"), None, [item], "d-2")
    assert renamed is not None
    assert renamed.latest.text == TEXT
    assert renamed.latest.changes == ("headline",)


@pytest.mark.parametrize("flag", ["captcha", "soft_404"])
def test_a_captcha_or_a_page_that_is_gone_is_never_news(flag: str) -> None:
    empty = ParsedPage(title="Just a moment...", state="empty", flags=(flag,))
    assert run(ParsedEntry(url="https://x.example/9"), empty) is None
    item = first()
    assert run(ENTRY, empty, [item], "d-2") is None
    fallback = run(replace(ENTRY, guid="urn:5", url="https://x.example/5"), empty)
    assert fallback is not None
    assert (fallback.latest.text, fallback.latest.state) == ("Two ships collided.", "summary")


def test_a_feed_that_carries_everything_needs_no_page() -> None:
    item = first(replace(ENTRY, content=TEXT), None)
    assert (item.latest.text, item.latest.state) == (TEXT, "full")
    assert first(ENTRY, None, SOURCE.model_copy(update={"full_text": True})).latest.complete


def test_a_feed_with_both_states_of_an_item_ends_with_the_later_one() -> None:
    older = replace(ENTRY, summary="Two ships collided.", published=at(NOW - timedelta(hours=5)))
    newer = replace(ENTRY, summary="Two ships collided; three hurt.", published=at(NOW - timedelta(hours=1)))
    assert in_order([newer, older]) == [older, newer]
    item = first(newer, None)
    assert run(older, None, [item], "d-1") is None


def test_an_item_that_only_counts_stops_after_24_versions() -> None:
    item = first()
    for n in range(40):
        edited = run(
            ENTRY,
            replace(PAGE, text=f"{TEXT}\nThis page was viewed {1000 + n} times today by readers."),
            [item],
            f"d-{n}",
        )
        item = edited or item
    assert len(item.versions) <= 26


def test_a_correction_and_a_withdrawal_are_flagged() -> None:
    corrected = first(
        page=replace(
            PAGE, text=TEXT + "\nCorrection: An earlier version of this story gave a wrong number of people hurt."
        )
    )
    assert "correction" in corrected.latest.flags
    item = first()
    notice = "This story has been withdrawn. It relied on a document that could not be verified."
    withdrawn = run(ENTRY, replace(PAGE, text=notice), [item], "d-2")
    assert withdrawn is not None
    assert withdrawn.latest.withdrawn
    assert not item.latest.withdrawn


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Advisory: story withdrawn",
            'Harbour News has withdrawn its story headlined "Ships collide". The account could not be confirmed.',
        ),
        ("Withdrawal", "The report at https://x.example/1 has been retracted."),
        ("記事の取り消し", "「Ships collide」の記事を取り消します。確認が不十分でした。"),
        ("撤稿声明", "本社撤回《Ships collide》一文，特此声明。"),
    ],
)
def test_an_item_that_withdraws_another_names_it(title: str, text: str) -> None:
    item = first()
    notice = first(
        ParsedEntry(guid="urn:w", url="https://x.example/w", title=title, summary=text),
        ParsedPage(text=text, state="full"),
    )
    assert "withdrawal" in notice.latest.flags
    target = withdrawn_target(notice, [item])
    assert target is not None
    assert target.key == item.key
    assert target.latest.withdrawn
    assert target.latest.text == TEXT
    assert withdrawn_target(notice, [target]) is None


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Alba withdrew its ambassador from Seret on Monday.",
        "The company withdrew the product from sale.",
        "政府は提案を撤回した。",
        "Troops have withdrawn from the town, residents said.",
    ],
)
def test_ordinary_news_of_withdrawals_is_no_notice(text: str) -> None:
    assert not {"withdrawal", "correction"} & set(first(page=replace(PAGE, text=text)).latest.flags)


def test_a_cut_headline_is_completed_by_the_page() -> None:
    item = first(replace(ENTRY, title="Ships collide off…"))
    assert item.latest.title == "Ships collide off Alba"


def test_a_finer_time_of_the_page_completes_a_bare_day() -> None:
    day = Moment(instant=NOW.replace(hour=0), precision="day", zone="UTC", zone_origin="source", raw="2025-11-26")
    exact = Moment(instant=NOW.replace(hour=1), precision="minute", zone="UTC", zone_origin="stated", raw="01:00")
    assert first(replace(ENTRY, published=day), replace(PAGE, published=exact)).latest.published == exact


def test_a_removed_item_takes_no_new_words() -> None:
    item = first().model_copy(update={"removed": "court order"})
    assert run(ENTRY, replace(PAGE, text="New words."), [item], "d-2") is None


def test_statement_is_set_for_an_official_source() -> None:
    ministry = SOURCE.model_copy(
        update={"kind": "government", "kind_word": "coast_guard", "issuer": "Alban Coast Guard"}
    )
    statement = first(source=ministry).statement
    assert statement is not None
    assert (statement.issuer, statement.chosen, statement.occasion) == ("Alban Coast Guard", True, "incident")
    assert packaged_tables() is packaged_tables()


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("PORT ALBA, March 12 (Vell Wire) -- Two ships collided.", "Vell Wire"),
        ("阿尔巴通讯社港口城3月12日电　两船相撞。", "阿尔巴通讯社"),
        ("2隻の船が衝突した。\n（海港通信）", "海港通信"),
        ("2隻の船が衝突した。（海港）", "海港"),
        ("Two ships collided.\n(VWA)", "VWA"),
        ("Two ships collided (one sank).", ""),
        ("2隻の船（漁船と貨物船）が衝突した。", ""),
    ],
)
def test_the_agency_whose_text_it_is(text: str, credit: str) -> None:
    assert first(page=replace(PAGE, text=text)).latest.credit == credit
