"""Pages are looked at again on a schedule that decays with their age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.sources.revisits import CITED_WATCHED, FIRST, LONGEST, WATCHED, revisit_due, wait_after

FIRST_SEEN = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def looks(cited: bool, step: timedelta = timedelta(minutes=15)) -> list[timedelta]:
    """The ages at which a page is looked at, polled every quarter of an hour for a hundred days."""
    found: list[timedelta] = []
    last = FIRST_SEEN
    for n in range(1, int(timedelta(days=100) / step)):
        now = FIRST_SEEN + n * step
        if revisit_due(FIRST_SEEN, last, now, cited):
            found.append(now - FIRST_SEEN)
            last = now
    return found


@pytest.mark.parametrize(
    ("age_at_last", "waited", "cited", "due"),
    [
        (0 * HOUR, 0.9 * HOUR, False, False),
        (0 * HOUR, 1 * HOUR, False, True),
        (0 * HOUR, 0.9 * HOUR, True, False),
        (40 * HOUR, 9 * HOUR, False, False),
        (40 * HOUR, 10 * HOUR, False, True),
        (40 * HOUR, 5 * HOUR, True, True),
        (15 * 24 * HOUR, 100 * HOUR, False, False),
        (15 * 24 * HOUR, 100 * HOUR, True, True),
        (60 * 24 * HOUR, 200 * HOUR, True, False),
    ],
)
def test_the_wait_grows_with_age_and_is_shorter_for_what_is_cited(
    age_at_last: timedelta, waited: timedelta, cited: bool, due: bool
) -> None:
    last = FIRST_SEEN + age_at_last
    assert revisit_due(FIRST_SEEN, last, last + waited, cited) is due


def test_a_page_costs_few_looks_in_all() -> None:
    plain, cited = looks(cited=False), looks(cited=True)
    assert 15 <= len(plain) <= 30
    assert plain[0] == HOUR
    assert plain[-1] < WATCHED
    assert len(plain) < len(cited) <= 60
    assert WATCHED < cited[-1] < CITED_WATCHED


@given(st.timedeltas(timedelta(0), timedelta(days=90)), st.timedeltas(timedelta(0), timedelta(days=90)), st.booleans())
def test_waits_never_shrink_and_stay_in_bounds(age: timedelta, older: timedelta, cited: bool) -> None:
    assert FIRST <= wait_after(age, cited) <= wait_after(age + older, cited) <= LONGEST
    assert wait_after(age, True) <= wait_after(age, False)


def test_a_clock_that_went_backwards_makes_nothing_due() -> None:
    assert not revisit_due(FIRST_SEEN, FIRST_SEEN + HOUR, FIRST_SEEN - HOUR, cited=True)
