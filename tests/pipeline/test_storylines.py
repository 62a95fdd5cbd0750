"""Storylines over days, on invented events: what carries on what, what does not, and what is new since the last article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from newsdigest.channels.files import FilesChannel
from newsdigest.desk.app import desk_app
from newsdigest.events.event import Event
from newsdigest.events.reasons import Reasons
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.deciding import decide
from newsdigest.pipeline.explaining import explain
from newsdigest.pipeline.publishing import publish_approved
from newsdigest.pipeline.round import run_round
from newsdigest.pipeline.storylines import published_on, storyline
from newsdigest.review.review import User
from newsdigest.wiring import publication_words
from tests.pipeline.newsroom import MovedClock, Newsroom, bureau_of, served, source

GROUNDED = (
    "The ferry Marigold ran aground near the northern pier of Sole before dawn on Monday, the operator Varlin Lines said.\n"
    "All 42 passengers of the Marigold were taken ashore by boats of Varlin Lines, and no one was hurt."
)
GROUNDED_TOO = (
    "Passengers had to be taken off the ferry Marigold after it hit a sandbank at Sole early on Monday.\n"
    "Varlin Lines, which runs the Marigold, counted 42 people on board and said that nobody was injured."
)
CAPTAIN = (
    "Captain of the ferry Marigold was asleep on the bridge, investigators told a hearing in Sole on Wednesday.\n"
    "Varlin Lines denied that it had known of the long shifts on board the Marigold and will appeal."
)
CAPTAIN_TOO = (
    "An inquiry into the grounding of the ferry Marigold heard on Wednesday that its captain had fallen asleep.\n"
    "Lawyers of Varlin Lines rejected the charge that shifts on the Marigold were too long."
)
# The same kind of happening, another ship, another place; and the same town on another matter.
OTHER_FERRY = (
    "The ferry Hollis ran aground off Brennick early on Wednesday and 30 passengers were taken ashore, Dorne Shipping said.\n"
    "Dorne Shipping said that nobody on the Hollis was hurt and that divers will look at its hull."
)
OTHER_FERRY_TOO = (
    "Thirty people were brought off the ferry Hollis when it stuck on a reef near Brennick on Wednesday.\n"
    "The ship of Dorne Shipping will be towed at high tide; none of the passengers was injured."
)
MARKET = (
    "The fish market of Sole will close for good at the end of the summer, the town council decided on Wednesday.\n"
    "Stall holders in Sole protested before the town hall, and the council offered them places in a new hall."
)
MARKET_TOO = (
    "Sole loses its old fish market: councillors voted on Wednesday to shut it after the summer season.\n"
    "Traders carried empty crates to the town hall of Sole while the council promised a new hall."
)


@pytest.fixture
def two_weeks(tmp_path: Path) -> Iterator[Bureau]:
    """A round on the grounding, its draft approved and published; nine days later a round on three other events."""
    room, clock = Newsroom(), MovedClock()
    room.feed("one", ("aground", "Ferry Marigold runs aground at Sole", GROUNDED))
    room.feed("two", ("sandbank", "Passengers taken off ferry Marigold", GROUNDED_TOO))
    with served(room), bureau_of(room, tmp_path, clock, source("one"), source("two")) as bureau:
        now = clock.now()
        bureau.store.save_user(User(name="tanaka", roles=("ja", "en"), created=now), by="test", at=now)
        (draft,) = run_round(bureau)["drafts"]
        decide(bureau.store, draft, "approve", by="tanaka", at=now, reason="checked by phone")
        publish_approved(bureau.store, [FilesChannel(tmp_path / "site")], publication_words(), now=now)
        clock.pass_time(days=9)
        day = "Wed, 11 Mar 2026 05:00:00 GMT"
        room.feed(
            "one",
            ("asleep", "Captain of ferry Marigold was asleep", CAPTAIN),
            ("hollis", "Ferry Hollis runs aground off Brennick", OTHER_FERRY),
            ("market", "Sole to close its fish market", MARKET),
            published=day,
        )
        room.feed(
            "two",
            ("inquiry", "Marigold captain fell asleep, inquiry hears", CAPTAIN_TOO),
            ("reef", "Thirty brought off ferry Hollis", OTHER_FERRY_TOO),
            ("fish", "Sole loses its old fish market", MARKET_TOO),
            published=day,
        )
        run_round(bureau)
        yield bureau


def _event(bureau: Bureau, title: str) -> Event:
    found = next(e for e in bureau.store.events() if title in _titles(bureau, e))
    assert len(found.items) == 2
    return found


def _titles(bureau: Bureau, event: Event) -> set[str]:
    return {item.latest.title for item in bureau.store.items(event.items).values()}


def test_an_event_carries_on_the_one_of_the_same_names_nine_days_before(two_weeks: Bureau) -> None:
    inquiry = _event(two_weeks, "Captain of ferry Marigold was asleep")
    grounding = _event(two_weeks, "Ferry Marigold runs aground at Sole")
    (link,) = inquiry.follows
    assert link.event == grounding.id
    assert 8.5 < link.days < 9.5
    assert {"marigold", "varlin lines"} <= set(link.names)
    assert storyline(two_weeks.store, inquiry) == [link]


@pytest.mark.parametrize("title", ["Ferry Hollis runs aground off Brennick", "Sole to close its fish market"])
def test_neither_the_like_of_it_elsewhere_nor_its_town_makes_a_storyline(two_weeks: Bureau, title: str) -> None:
    assert _event(two_weeks, title).follows == ()


def test_what_was_published_and_what_is_new_since_are_known(two_weeks: Bureau) -> None:
    inquiry = _event(two_weeks, "Captain of ferry Marigold was asleep")
    found = published_on(two_weeks.store, inquiry)
    assert found is not None
    assert found.event == inquiry.follows[0].event
    assert set(found.new) == set(inquiry.items)
    assert any(reason.startswith("carries on «") for reason in inquiry.reasons)
    hollis = _event(two_weeks, "Ferry Hollis runs aground off Brennick")
    assert published_on(two_weeks.store, hollis) is None
    assert inquiry.score > hollis.score


def test_nothing_is_new_on_what_was_published_itself(two_weeks: Bureau) -> None:
    found = published_on(two_weeks.store, _event(two_weeks, "Ferry Marigold runs aground at Sole"))
    assert found is not None
    assert found.new == ()


@pytest.mark.parametrize(
    ("language", "carried", "new"),
    [
        ("en", "both name Varlin Lines; Marigold", "new since then: «"),
        ("ja", "の続き:いずれもVarlin Lines、Marigold", "その後の新しい記事:「"),
    ],
)
def test_why_tells_the_storyline_in_either_language(two_weeks: Bureau, language: str, carried: str, new: str) -> None:
    reasons = Reasons(two_weeks.lexicon, two_weeks.weights.background, language)
    inquiry = _event(two_weeks, "Captain of ferry Marigold was asleep")
    said = "\n".join(explain(two_weeks.store, inquiry.id, reasons))
    assert carried in said
    assert new in said
    assert "carries on «" not in said or language == "en"


def test_the_desk_shows_what_a_draft_carries_on(two_weeks: Bureau) -> None:
    inquiry = _event(two_weeks, "Captain of ferry Marigold was asleep")
    draft = two_weeks.store.draft_of_event(inquiry.id)
    assert draft is not None
    app = desk_app(two_weeks.store, two_weeks.clock, ZoneInfo("Asia/Tokyo"), {})
    with TestClient(app, base_url="http://127.0.0.1") as client:
        shown = client.get(f"/drafts/{draft.id}?lang=en").text
    (line,) = (line for line in shown.splitlines() if "Carries on:" in line)
    grounding = two_weeks.store.event(inquiry.follows[0].event)
    assert any(title in line.partition("Published:")[0] for title in _titles(two_weeks, grounding))
    assert all(title in line.partition("New since:")[2] for title in _titles(two_weeks, inquiry))
