"""Whom we follow: an outlet or an issuing body, as its catalogue entry states it."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from newsdigest.records import Record

Language = Literal["ja", "en", "zh"]
SourceKind = Literal[
    "government", "company", "state_media", "wire", "newspaper", "broadcaster", "analyst", "social", "other"
]
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
Channel = Literal["readout", "briefing", "post", "interview", "communique", "statement"]
Format = Literal["feed", "json_feed", "sitemap", "listing"]
Permission = Literal["yes", "no", "unknown"]


class Terms(Record):
    """What the source allows, with the date somebody checked it. Unknown means no."""

    robots: Permission = "unknown"
    quotation: Permission = "unknown"
    model: Permission = "unknown"
    checked: date | None = None
    note: str = ""


class Yield(Record):
    """What the source normally gives: silence beyond it is an alarm."""

    items_per_day: float | None = None
    usual_gap_hours: float | None = None


class Selectors(Record):
    """CSS selectors of a listing page and of the pages it links to. Empty means: read without."""

    entry: str = ""
    link: str = ""
    title: str = ""
    date: str = ""
    guid_attribute: str = "data-guid"
    page_title: str = ""
    page_body: str = ""
    page_date: str = ""
    next_page: str = ""


class Source(Record):
    """One source: one file of the catalogue.

    ``name`` maps language to the printable name; ``issuer`` is the lexicon id (or plain name) of the body that
    speaks here where the source is official; ``channel`` is its usual channel. ``zone`` (IANA) is what a
    time without zone means.
    """

    id: str
    name: dict[str, str]
    kind: SourceKind
    kind_word: str = ""
    language: Language
    country: str = ""
    owner: str = ""
    zone: str = "UTC"
    address: str
    format: Format = "feed"
    issuer: str | None = None
    channel: Channel | None = None
    selectors: Selectors = Field(default_factory=Selectors)
    full_text: bool = False
    mirror_of: str | None = None
    enabled: bool = True
    interval_minutes: int = 60
    expected: Yield = Field(default_factory=Yield)
    terms: Terms = Field(default_factory=Terms)
    note: str = ""

    @property
    def official(self) -> bool:
        """Whether a body speaks here in its own name."""
        return self.kind == "government" or self.issuer is not None
