"""Records to store: an invented event (two ministries and a ferry line), small but complete."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newsdigest.comparison.record import Comparison
from newsdigest.documents.document import Document
from newsdigest.drafts.draft import (
    BothSentence,
    BothSentences,
    Coverage,
    Draft,
    DraftSentence,
    Engine,
    GateResult,
    Section,
)
from newsdigest.events.event import Event
from newsdigest.items.evidence import Evidence, cite
from newsdigest.items.item import Item, ItemVersion, Statement
from newsdigest.moments import Moment, at
from newsdigest.ports import PollOutcome, SourceState, Validators
from newsdigest.records import digest, short_key
from newsdigest.review.review import User
from newsdigest.sources.source import Language

NOW = datetime(2026, 3, 12, 13, 5, tzinfo=UTC)


def hours(number: float) -> timedelta:
    """A span of hours."""
    return timedelta(hours=number)


def make_version(
    n: int = 1,
    title: str = "Alba proposes ferry talks",
    text: str = "The ministry proposed talks on the ferry line. It gave no date.",
    published: datetime | None = NOW,
    seen: datetime = NOW,
    language: Language = "en",
    document: str | None = None,
) -> ItemVersion:
    """One state of an item's words."""
    return ItemVersion(
        n=n,
        title=title,
        text=text,
        title_sha256=digest(title),
        text_sha256=digest(text),
        language=language,
        published=at(published) if published else Moment(),
        first_seen=seen,
        document=document,
    )


def make_item(
    key: str = "i-alba",
    *versions: ItemVersion,
    source: str = "alba-ministry",
    aliases: tuple[str, ...] | None = None,
    statement: Statement | None = None,
) -> Item:
    """An item; its address is its first alias."""
    address = f"https://{source}.example/{key}"
    return Item(
        key=key,
        source=source,
        lineage=key,
        url=address,
        aliases=aliases if aliases is not None else (address,),
        statement=statement,
        versions=versions or (make_version(),),
    )


def make_document(
    body: bytes = b"<rss/>", address: str = "https://alba.example/feed", received: datetime = NOW
) -> Document:
    """A capture of some bytes."""
    return Document(
        key=short_key("c", address, digest(body)),
        source="alba-ministry",
        address=address,
        final_address=address,
        status=200,
        headers=(("etag", '"a"'),),
        sha256=digest(body),
        size=len(body),
        received=received,
    )


def outcome(*items: Item, documents: tuple[tuple[Document, bytes], ...] = (), etag: str = '"1"') -> PollOutcome:
    """What a poll of the ministry leaves."""
    state = SourceState("alba-ministry", validators=Validators(etag=etag), last_polled=NOW, memory={"seen": [1, 2]})
    return PollOutcome(state, documents, items)


def make_event(key: str, *items: str, first: datetime = NOW, last: datetime = NOW) -> Event:
    """An event of some items."""
    return Event(id=key, items=items, first=first, last=last, encoder="none")


def make_comparison(key: str = "m-1", event: str = "e-1", items: tuple[str, ...] = ("i-alba",)) -> Comparison:
    """A comparison without findings."""
    return Comparison(id=key, event=event, as_of=NOW, items=items, inputs={"lexicon": "x"})


def make_evidence(item: Item | None = None) -> Evidence:
    """The words ``proposed talks`` of the item's text."""
    whole = item or make_item()
    start = whole.latest.text.index("proposed talks")
    return cite(whole.key, whole.latest, "text", start, start + len("proposed talks"))


def make_draft(
    key: str = "d-1",
    version: int = 1,
    event: str = "e-1",
    english: str = "Alba proposed talks, its ministry said.",
    japanese: str = "アルバ外務省は協議を提案したと発表しました。",
    state: str = "queued",
    gates: tuple[GateResult, ...] = (),
    evidence: tuple[Evidence, ...] | None = None,
    used: tuple[str, ...] = ("i-alba",),
    comparison: str = "m-1",
) -> Draft:
    """A draft of one section with one sentence a language."""
    cited = (make_evidence(),) if evidence is None else evidence

    def both(name: str, ja: str, en: str) -> BothSentence:
        return BothSentence(
            ja=DraftSentence(id=f"{name}-ja", text=ja, kind="frame"),
            en=DraftSentence(id=f"{name}-en", text=en, kind="frame"),
        )

    return Draft(
        id=key,
        version=version,
        event=event,
        comparison=comparison,
        state=state,
        as_of=at(NOW),
        engine=Engine(name="template"),
        headline=both("h", "アルバ、航路協議を提案", "Alba proposes ferry talks"),
        sections=(
            Section(
                id="s1",
                heading=both("s1", "アルバ外務省", "Alba Foreign Ministry"),
                sentences=BothSentences(
                    ja=(DraftSentence(id="1-ja", text=japanese, kind="fact", evidence=cited),),
                    en=(DraftSentence(id="1-en", text=english, kind="fact", evidence=cited),),
                ),
            ),
        ),
        coverage=Coverage(used=used),
        gates=gates,
    )


def make_user(name: str = "ito", roles: tuple[str, ...] = ("ja", "en"), active: bool = True) -> User:
    """A person who may decide."""
    return User(name=name, roles=roles, created=NOW, active=active)
