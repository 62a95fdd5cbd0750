"""When a replay is polled: before each revision, and once at the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from newsdigest.demo.replay_file import ReplayDocument

_JUST_BEFORE = timedelta(seconds=1)


def moments(documents: Iterable[ReplayDocument], until: datetime | None = None) -> list[datetime]:
    """Return the instants (UTC, rising) at which every feed is polled.

    One just before each document that replaces an earlier one of its guid, so that the earlier text is seen; then the end, which is
    ``until`` or the latest moment of the documents (there must be one).
    """
    played = sorted(documents, key=lambda document: document.served)
    end = until.astimezone(UTC) if until else played[-1].served
    before: set[datetime] = set()
    standing: dict[tuple[str, str], datetime] = {}
    for document in played:
        key = (document.feed, document.guid)
        if document.guid and key in standing and standing[key] < document.served <= end:
            before.add(max(document.served - _JUST_BEFORE, standing[key]))
        standing[key] = document.served
    return [*sorted(instant for instant in before if instant < end), end]
