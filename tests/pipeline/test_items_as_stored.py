"""What whole polls over loopback leave in the store: one item for one thing said, each edit a version, a changed page no news."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from newsdigest.events.copies import copy_groups
from newsdigest.events.wording import wording_of
from newsdigest.items.difference import difference
from newsdigest.items.item import Item
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.packets import packet_of
from newsdigest.pipeline.poll_report import SourceReport
from newsdigest.pipeline.polling import poll_sources
from newsdigest.pipeline.round import run_round
from newsdigest.sources.source import Source
from tests.events.builders import document
from tests.pipeline.newsroom import START, MovedClock, Newsroom, bureau_of, served, source
from tests.pipeline.test_revisited_pages import OTHER
from tests.pipeline.test_revisited_pages import STORY as FERRY
from tests.reading import packaged_lexicon

ROOT = "https://town.replay.invalid"
BODY = "The council of Sole agreed on Monday to rebuild the bridge over the Arn, which a flood destroyed in January."


def row(guid: str, slug: str, title: str, text: str, day: str = "Mon, 02 Mar 2026 05:00:00 GMT") -> str:
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{ROOT}/{slug}</link><title>{title}</title>"
        f"<pubDate>{day}</pubDate><content:encoded>{text}</content:encoded></item>"
    )


def serve(room: Newsroom, *rows: str, host: str = "town") -> None:
    top = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Town</title>"
    room.serve(host, "/feed", f"{top}{''.join(rows)}</channel></rss>", "application/rss+xml")


def poll(bureau: Bureau) -> SourceReport:
    return bureau.wait(poll_sources(bureau, force=True)).sources["town"]  # type: ignore[no-any-return]


def held(bureau: Bureau) -> list[Item]:
    return bureau.store.items_between(START - timedelta(days=30), START + timedelta(days=90))


def test_fresh_guids_for_the_same_items_double_nothing(tmp_path: Path) -> None:
    room = Newsroom()
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for turn in range(4):
            serve(
                room,
                *(
                    row(f"turn{turn}-{n}", f"plan{n}", f"Plan number {n} of Sole", f"{BODY} Plan {n}.")
                    for n in range(9)
                ),
            )
            assert poll(bureau).new == (9 if turn == 0 else 0)
            clock.pass_time(hours=2)
        assert len(held(bureau)) == 9


def test_one_guid_for_two_stories_keeps_both(tmp_path: Path) -> None:
    room = Newsroom()
    serve(
        room,
        row("tag:town,2026:notice", "bridge", "Council agrees to rebuild bridge", BODY),
        row(
            "tag:town,2026:notice",
            "market",
            "Market opens an hour later",
            "The market of Sole opens at eight on Tuesdays from April on.",
        ),
    )
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        assert poll(bureau).new == 2
        clock.pass_time(hours=26)
        again = poll(bureau)
        assert (again.new, again.changed) == (0, 0)
        assert {item.url for item in held(bureau)} == {f"{ROOT}/bridge", f"{ROOT}/market"}


def test_a_date_of_the_future_is_kept_shown_as_doubtful_and_ordered_by_when_it_was_seen(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, row("a", "ferry", "Ferry runs aground near Sole pier", FERRY, "Sat, 05 Dec 2026 05:00:00 GMT"))
    room.feed(
        "courier",
        ("ferry", "Ferry with 42 aboard runs aground off Sole", OTHER),
        published="Mon, 02 Mar 2026 07:30:00 GMT",
    )
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town"), source("courier")) as bureau:
        poll(bureau)
        clock.pass_time(hours=2)
        record = run_round(bureau)
        (item,) = [item for item in held(bureau) if item.source == "town"]
        assert item.latest.published.instant is not None
        assert item.latest.published.instant.month == 12  # kept as it stands
        assert item.latest.published.raw == "Sat, 05 Dec 2026 05:00:00 GMT"
        assert "future_date" in item.latest.flags
        event = bureau.store.event_of_item(item.key)
        assert event is not None
        assert event.last <= clock.now()  # it does not stay the newest for months
        packet = packet_of(bureau, event, clock.now())
        assert [member.item.source for member in packet.members] == ["town", "courier"]
        (draft,) = record["drafts"]
        comparison = bureau.store.comparison(bureau.store.draft(draft).comparison)
        assert [(flag.item, flag.kind) for flag in comparison.flags] == [(item.key, "future_date")]
        assert "doubtful" in comparison.flags[0].note.en
        assert bureau.store.source_state("town").newest_item is None  # it hides no frozen source


def test_an_edit_is_a_version_and_the_first_is_kept(tmp_path: Path) -> None:
    room = Newsroom()
    serve(room, row("a", "bridge", "Council agrees to rebuild bridge", f"{BODY} It costs 4 million crowns."))
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        poll(bureau)
        clock.pass_time(hours=2)
        note = "Correction: an earlier version of this report gave a wrong sum."
        serve(room, row("a", "bridge", "Council agrees to rebuild bridge", f"{BODY} It costs 6 million crowns. {note}"))
        assert poll(bureau).changed == 1
        (item,) = held(bureau)
        first, second = item.versions
        assert "4 million" in first.text
        assert "6 million" in second.text
        assert {"number"} <= set(second.changes)
        assert "correction" in second.flags
        assert any(step.operation != "same" for step in difference(first.text, second.text))


def test_a_page_that_only_counts_is_not_stored_for_ever(tmp_path: Path) -> None:
    room = Newsroom()
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), source("town")) as bureau:
        for turn in range(32):
            serve(
                room, row("a", "bridge", "Council agrees to rebuild bridge", f"{BODY} Read {1000 + turn} times so far.")
            )
            poll(bureau)
            clock.pass_time(hours=2)
        (item,) = held(bureau)
        assert len(item.versions) == 25  # the first, and 24 that only moved a number
        serve(room, row("a", "bridge", "Council takes back its decision on bridge", f"{BODY} Read 2000 times so far."))
        assert poll(bureau).changed == 1  # a headline is no counter


STORY = (
    "Two cargo ships collided in thick fog off the northern coast of Varda early on Monday, and four sailors are missing, the coast "
    "guard said. The Halden Star was carrying timber when it struck the anchored tanker Mirel shortly after three in the morning. "
    "Rescue boats from two ports searched through the night while helicopters stayed on the ground because of the weather. "
    "The tanker's owner said that none of its oil had leaked. An inquiry by the maritime authority will begin once the wreck has "
    "been towed to harbour, and the minister's office asked shipowners to avoid the strait until Wednesday."
)
WORDS = [
    "harbour",
    "evening",
    "council",
    "report",
    "morning",
    "later",
    "several",
    "officials",
    "local",
    "further",
    "around",
    "nearly",
    "seven",
    "mostly",
    "before",
]


def edited(text: str, share: float, seed: int) -> str:
    """The text with a share of its words dropped, changed or added, in runs as an editor would."""
    chance = random.Random(seed)
    words = text.split()
    left = round(share * len(words))
    while left > 0:
        run = min(left, chance.randint(2, 6))
        place = chance.randrange(0, len(words) - run)
        deed = chance.choice(("drop", "change", "add"))
        new = [] if deed == "drop" else [chance.choice(WORDS) for _ in range(run)]
        words[place : place + (0 if deed == "add" else run)] = new
        left -= run
    return " ".join(words)


def other(seed: int) -> str:
    """A report of its own on the same event: the same names, no common sentence."""
    chance = random.Random(seed)
    places = ["off Varda", "north of Varda", "in the strait of Varda"]
    parts = [
        f"A timber freighter ran into a tanker {chance.choice(places)}, and {chance.choice(['four', 'several'])} of its crew are lost.",
        f"Fog as thick as {chance.choice(['wool', 'milk', 'smoke'])} lay over the water, the harbour master told this paper.",
        f"“We heard a {chance.choice(['bang', 'crash', 'roar'])} and then nothing,” a fisherman of the village remembered.",
        f"The Mirel had been at anchor for {chance.randint(2, 9)} days with {chance.randint(10, 90)} thousand tonnes aboard.",
        f"Families gathered in the {chance.choice(['church', 'school', 'town hall'])} to wait for word from the boats.",
    ]
    return " ".join(chance.sample(parts, 4))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.3])
def test_an_agencys_text_is_told_from_a_report_of_its_own(share: float) -> None:
    wording, right, found, wanted = wording_of(packaged_lexicon()), 0, 0, 0
    for seed in range(60):
        twin = document("copy", "Ships collide", f"(AP) {edited(STORY, share, seed)}", hours=1)
        own = document("own", "Four lost off Varda", other(seed), hours=2)
        groups = copy_groups([document("lead", "Ships collide", f"HALDEN (AP) - {STORY}"), twin, own], wording)
        pairs = {pair for group in groups for pair in _pairs(group.members)}
        right, found, wanted = right + ((0, 1) in pairs), found + len(pairs), wanted + 1
    assert 2 * right / (found + wanted) >= 0.95


def _pairs(members: Sequence[int]) -> set[tuple[int, int]]:
    return {(a, b) for a in members for b in members if a < b}


def test_an_agencys_text_on_three_sites_is_one_voice(tmp_path: Path) -> None:
    room = Newsroom()
    names = ("harbour", "courier", "herald")
    for name in names:
        room.feed(name, ("ships", "Ships collide off Varda", f"HALDEN (AP) - {STORY}"))
    with served(room), bureau_of(room, tmp_path, MovedClock(), *map(source, names)) as bureau:
        record = run_round(bureau)
        assert record["drafts"] == []
        ((_, reason),) = [left.values() for left in record["left_out"]]
        assert "one voice, 2 needed" in reason
        (event,) = bureau.store.events()
        assert [len(copy.items) for copy in event.copies] == [3]


def listing(**more: object) -> Source:
    selectors = {"entry": "ul.news li", "link": "a", "page_body": "div.body"}
    return source("town", format="listing", address=f"{ROOT}/list", selectors=selectors, kind="government", **more)


def list_page(*slugs: str) -> str:
    rows = "".join(f"<li><a href='/{slug}'>Statement on the {slug} of Sole</a> 2026-03-02</li>" for slug in slugs)
    return f"<html><body><ul class='news'>{rows}</ul></body></html>"


def statement(text: str) -> str:
    return f"<html><body><h1>Statement</h1><div class='body'><p>{text}</p></div></body></html>"


def test_a_listing_without_entries_is_a_changed_layout_and_the_last_good_stays(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/list", list_page("bridge", "market"))
    for slug in ("bridge", "market"):
        room.serve("town", f"/{slug}", statement(f"{BODY} This is on the {slug}."))
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), listing()) as bureau:
        assert poll(bureau).new == 2
        good, before = bureau.store.source_state("town"), held(bureau)
        clock.pass_time(hours=26)
        room.serve(
            "town", "/list", "<html><body><div class='tiles'><p>Welcome to our new pages.</p></div></body></html>"
        )
        row = poll(bureau)
        assert "layout" in row.error
        state = bureau.store.source_state("town")
        assert (state.condition, state.last_good, state.body_sha256) == ("broken", good.last_good, good.body_sha256)
        assert held(bureau) == before


@pytest.mark.parametrize("page", ["<html><body><h1>System</h1><p>Please wait.</p></body></html>", statement("Soon.")])
def test_an_official_page_of_a_few_words_is_a_changed_layout_and_no_statement(page: str, tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/list", list_page("bridge", "market"))
    room.serve("town", "/bridge", statement(BODY))
    room.serve("town", "/market", page)
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), listing()) as bureau:
        first = poll(bureau)
        assert first.new == 1
        assert any("/market" in note and "layout" in note for note in first.notes)
        clock.pass_time(hours=2)
        room.serve("town", "/bridge", page)
        poll(bureau)
        (item,) = held(bureau)
        assert (len(item.versions), item.latest.text) == (1, BODY)  # the last good is kept


def test_a_source_none_of_whose_pages_holds_a_statement_is_broken(tmp_path: Path) -> None:
    room = Newsroom()
    room.serve("town", "/list", list_page("bridge", "market"))
    with served(room), bureau_of(room, tmp_path, clock := MovedClock(), listing()) as bureau:
        for slug in ("bridge", "market"):
            room.serve("town", f"/{slug}", statement("Soon."))
        assert "layout has changed" in poll(bureau).error
        assert bureau.store.source_state("town").condition == "broken"
        assert held(bureau) == []
        clock.pass_time(hours=3)
        for slug in ("bridge", "market"):
            room.serve("town", f"/{slug}", statement(f"{BODY} This is on the {slug}."))
        assert poll(bureau).new == 2
        assert bureau.store.source_state("town").condition == "fine"
