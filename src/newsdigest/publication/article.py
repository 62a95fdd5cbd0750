"""What went out: the approved renditions of one draft version."""

from __future__ import annotations

from pydantic import AwareDatetime

from newsdigest.drafts.draft import Rendition
from newsdigest.records import Record


class Article(Record):
    """One rendition as published: bound to the version hash a person approved."""

    key: str
    draft: str
    version: int
    rendition: Rendition
    version_hash: str
    channel: str
    address: str
    approved_by: str
    published: AwareDatetime
    state: str = "published"
    note: str = ""
