"""When a page is looked at again: silent edits come early, so the wait grows with the page's age; what a draft cites is watched longer.

Feeds announce most edits; this is for those that they do not. diffengine and newsdiffs visit on a like, age-decaying schedule.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(hours=1)
LONGEST = timedelta(days=7)
WATCHED = timedelta(days=14)
CITED_WATCHED = timedelta(days=60)
# The next look comes after this share of the age at the last one.
SHARE_OF_AGE = 4
# What a draft cites may embarrass us: twice as often.
CITED_SHARE_OF_AGE = 8


def revisit_due(first_seen: datetime, last_seen: datetime, now: datetime, cited: bool) -> bool:
    """Whether to look at a page again; all instants are aware.

    ``first_seen`` is when we first had it, ``last_seen`` when we last looked, ``cited`` whether a draft cites its item. Waits grow from an
    hour to a week; after two weeks (cited: sixty days) nobody looks again. A clock that went backwards makes nothing due.
    """
    age = last_seen - first_seen
    if now - first_seen >= (CITED_WATCHED if cited else WATCHED):
        return False
    return now - last_seen >= wait_after(age, cited)


def wait_after(age: timedelta, cited: bool) -> timedelta:
    """How long to wait after a look at a page of that age."""
    return min(LONGEST, max(FIRST, age / (CITED_SHARE_OF_AGE if cited else SHARE_OF_AGE)))
