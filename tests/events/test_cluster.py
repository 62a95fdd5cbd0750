"""Clustering as a whole: order, links, ids, kinds of item, and that strangers change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsdigest.events.cluster import cluster
from newsdigest.events.event import Event, Link
from newsdigest.events.live import LiveEvents
from newsdigest.events.profile import EventDocument
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon
from tests.events.builders import START, directions, document

GROUPS = [0, 0, 0, 1, 1, 2, 2, 2]
TITLES = ["Fire in Varda harbour", "Mirel recalls its brakes", "Halden and Seret sign a treaty"]
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def three_events() -> tuple[list[EventDocument], np.ndarray]:
    documents = [
        document(f"d{n}", f"{TITLES[group]}, report {n}", f"{TITLES[group]}. Told by outlet {n}.", hours=n)
        for n, group in enumerate(GROUPS)
    ]
    return documents, directions(GROUPS, noise=0.3)


def sets_of(events: tuple[Event, ...] | list[Event]) -> set[frozenset[str]]:
    return {frozenset(event.items) for event in events}


def link(first: str, second: str, kind: str, minute: int = 0, **more: bool) -> Link:
    at = datetime(2031, 3, 4, 8, minute, tzinfo=UTC)
    return Link(first=first, second=second, kind=kind, by="desk", at=at, **more)  # type: ignore[arg-type]


def test_documents_of_one_direction_are_one_event(lexicon: Lexicon, weights: Weights) -> None:
    documents, vectors = three_events()
    found = cluster(documents, vectors, lexicon=lexicon, weights=weights)
    assert sets_of(found.events) == {
        frozenset({"d0", "d1", "d2"}),
        frozenset({"d3", "d4"}),
        frozenset({"d5", "d6", "d7"}),
    }
    first = found.events[0]
    assert first.items == ("d0", "d1", "d2")
    assert first.first == START
    assert {m.item for m in first.memberships} == set(first.items)
    assert all(m.nearest in first.items and m.features for m in first.memberships)


@QUICK
@given(order=st.permutations(range(len(GROUPS))))
def test_the_order_of_arrival_does_not_matter(order: list[int], lexicon: Lexicon, weights: Weights) -> None:
    documents, vectors = three_events()
    straight = cluster(documents, vectors, lexicon=lexicon, weights=weights)
    shuffled = cluster([documents[i] for i in order], vectors[order], lexicon=lexicon, weights=weights)
    assert shuffled.events == straight.events


@QUICK
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from(["must", "cannot"])), min_size=1, max_size=6
    )
)
def test_an_editors_links_hold(pairs: list[tuple[int, int, str]], lexicon: Lexicon, weights: Weights) -> None:
    documents, vectors = three_events()
    links = [link(f"d{i}", f"d{j}", kind, minute) for minute, (i, j, kind) in enumerate(pairs) if i != j]
    events = cluster(documents, vectors, lexicon=lexicon, weights=weights, links=links).events
    home = {key: event.id for event in events for key in event.items}
    latest = {frozenset((one.first, one.second)): one for one in links}
    apart = [tuple(pair) for pair, one in latest.items() if one.kind == "cannot"]
    assert all(home[a] != home[b] for a, b in apart)
    if not apart:
        assert all(home[one.first] == home[one.second] for one in latest.values())


@QUICK
@given(
    title=st.text(alphabet="ぬねのqxzj馬鹿 ", min_size=1, max_size=40),
    language=st.sampled_from(["ja", "en", "zh"]),
    hours=st.floats(0, 100),
)
def test_an_unrelated_item_changes_no_event(
    title: str, language: str, hours: float, lexicon: Lexicon, weights: Weights
) -> None:
    documents, vectors = three_events()
    before = cluster(documents, vectors, lexicon=lexicon, weights=weights).events
    stranger = document("x", title, language=language, hours=hours)
    rows = np.vstack([vectors, directions([9])[-1:]])
    after = cluster([*documents, stranger], rows, lexicon=lexicon, weights=weights).events
    assert [event for event in after if "x" not in event.items] == list(before)


def test_an_undone_link_no_longer_holds(lexicon: Lexicon, weights: Weights) -> None:
    documents, vectors = three_events()
    parted = cluster(documents, vectors, lexicon=lexicon, weights=weights, links=[link("d3", "d4", "cannot")])
    undone = cluster(
        documents, vectors, lexicon=lexicon, weights=weights, links=[link("d3", "d4", "cannot", undone=True)]
    )
    assert frozenset({"d3", "d4"}) not in sets_of(parted.events)
    assert frozenset({"d3", "d4"}) in sets_of(undone.events)


def test_ids_are_inherited_and_merged_ids_redirect(lexicon: Lexicon, weights: Weights) -> None:
    documents, vectors = three_events()
    before = cluster(documents, vectors, lexicon=lexicon, weights=weights).events
    together = [link("d0", other, "must") for other in ("d1", "d2", "d3", "d4")]
    merged = cluster(documents, vectors, lexicon=lexicon, weights=weights, links=together, previous=before)
    kept = {event.id for event in merged.events}
    assert kept < {event.id for event in before}
    assert merged.redirects == {before[1].id: before[0].id}
    split = cluster(
        documents,
        vectors,
        lexicon=lexicon,
        weights=weights,
        links=[link("d0", "d1", "cannot"), link("d0", "d2", "cannot")],
        previous=before,
    )
    assert before[0].id in {event.id for event in split.events if "d1" in event.items}
    assert split.redirects == {}


def test_the_same_words_a_month_later_are_another_event(lexicon: Lexicon, weights: Weights) -> None:
    texts = [document("a", TITLES[0], hours=0), document("b", TITLES[0], hours=24 * 30)]
    assert len(cluster(texts, directions([0, 0]), lexicon=lexicon, weights=weights).events) == 2
    near = [texts[0], replace(texts[1], published=START)]
    assert len(cluster(near, directions([0, 0]), lexicon=lexicon, weights=weights).events) == 1


@pytest.mark.parametrize(
    "title",
    [
        "World news in brief: fire in Varda harbour",
        "LIVE: Fire in Varda harbour",
        "Fire in Varda harbour: live updates",
        "Ten years on: the fire in Varda harbour",
        "きょうのニュース バルダ港で火災",
        "【随時更新】バルダ港で火災",
        "一周要闻:瓦尔达港火灾",
    ],
)
def test_collections_running_reports_and_anniversaries_stay_out(title: str, lexicon: Lexicon, weights: Weights) -> None:
    documents = [document("a", TITLES[0]), document("b", TITLES[0] + " kills two"), document("c", title)]
    events = cluster(documents, directions([0, 0, 0]), lexicon=lexicon, weights=weights).events
    assert sets_of(events) == {frozenset({"a", "b"}), frozenset({"c"})}


def test_nothing_gives_nothing(lexicon: Lexicon, weights: Weights) -> None:
    found = cluster([], np.zeros((0, 512), dtype=np.float32), lexicon=lexicon, weights=weights)
    assert found.events == ()


def test_a_document_without_words_is_its_own_event(lexicon: Lexicon, weights: Weights) -> None:
    documents = [document("a", ""), document("b", "")]
    events = cluster(documents, np.zeros((2, 512), dtype=np.float32), lexicon=lexicon, weights=weights).events
    assert len(events) == 2


@QUICK
@given(order=st.permutations(range(len(GROUPS))))
def test_items_one_by_one_come_to_the_same_events(order: list[int], lexicon: Lexicon, weights: Weights) -> None:
    documents, vectors = three_events()
    live = LiveEvents(lexicon, weights)
    ids = [live.assign(documents[i], vectors[i]).event for i in order]
    assert sets_of(live.events()) == sets_of(cluster(documents, vectors, lexicon=lexicon, weights=weights).events)
    assert {live.resolve(identity) for identity in ids} == {event.id for event in live.events()}
