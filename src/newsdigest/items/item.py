"""What one source said, once; each edit is a new version."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from newsdigest.moments import Moment
from newsdigest.records import Record
from newsdigest.sources.source import Channel, Language

Change = Literal["first", "wording", "headline", "number", "quote", "attribution", "removal", "addition"]
TextState = Literal["full", "summary", "paywall", "cut", "empty"]


class Statement(Record):
    """Marks an item in which an official body speaks.

    ``issuer`` is a lexicon id or a plain name; ``speaker`` who voiced it, where named. ``chosen`` says that the body chose
    what to say (readout, post, prepared statement): only such a text can be silent. ``history`` keys the issuer's
    statements of the same occasion (``call``, ``meeting``, …) for formulae.
    """

    issuer: str
    channel: Channel
    chosen: bool
    speaker: str | None = None
    occasion: str | None = None
    parties: tuple[str, ...] = ()


class ItemVersion(Record):
    """One state of an item's words. Offsets of evidence count Unicode code points of ``title`` and ``text``.

    ``document`` is the capture it was read from, ``further`` those of the pages that the article goes on over, in their order.
    """

    n: int
    title: str
    text: str
    title_sha256: str
    text_sha256: str
    language: Language
    published: Moment
    modified: Moment | None = None
    first_seen: AwareDatetime
    document: str | None = None
    further: tuple[str, ...] = ()
    state: TextState = "full"
    changes: tuple[Change, ...] = ("first",)
    byline: str = ""
    credit: str = ""
    flags: tuple[str, ...] = ()
    withdrawn: bool = False

    @property
    def complete(self) -> bool:
        """Whether the whole text is held: no silence may rest on less."""
        return self.state == "full"


class Item(Record):
    """One item: (source, lineage) with every address and guid it ever had as an alias."""

    key: str
    source: str
    lineage: str
    url: str
    guid: str = ""
    aliases: tuple[str, ...] = ()
    statement: Statement | None = None
    versions: tuple[ItemVersion, ...] = Field(min_length=1)
    removed: str | None = None

    @property
    def latest(self) -> ItemVersion:
        """The newest version."""
        return self.versions[-1]
