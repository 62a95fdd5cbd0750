"""The decider between read and stored: what an entry and its page mean for the items we hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdigest.items.entry import ParsedEntry, ParsedPage
from newsdigest.items.identity import Identity, identity_of, key_of, same_item
from newsdigest.items.item import Item, ItemVersion, TextState
from newsdigest.items.statement import statement_of
from newsdigest.items.tables import ReadingTables, credit_of
from newsdigest.items.versions import FLAPPING_LIMIT, changes_between
from newsdigest.items.withdrawal import notices
from newsdigest.language.detect import detect_language
from newsdigest.language.lexicon import Lexicon
from newsdigest.moments import Moment
from newsdigest.records import digest
from newsdigest.sources.source import Source

_RANK: dict[TextState, int] = {"full": 4, "cut": 3, "paywall": 3, "summary": 2, "empty": 1}
_tables: dict[str, ReadingTables] = {}
# Nobody's headline or report is longer; the bytes are kept whole.
MOST_TITLE = 400
MOST_TEXT = 100_000
_NOT_NEWS = frozenset({"captcha", "soft_404"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The words an entry and its page come down to."""

    title: str
    text: str
    state: TextState
    published: Moment
    modified: Moment | None
    byline: str
    flags: tuple[str, ...]


def decide(
    source: Source,
    entry: ParsedEntry,
    page: ParsedPage | None,
    existing: Sequence[Item],
    document_key: str | None,
    now: datetime,
    lexicon: Lexicon,
) -> Item | None:
    """Return the item to store: a new one, or a stored one with a new version or alias; None where nothing is to be stored.

    ``existing`` are the source's items that share an alias with the entry (``lookup_aliases``). Entries of one feed must come oldest first
    (``in_order``).
    """
    tables = tables_of(lexicon)
    words = _words(source, entry, page)
    refused = page is not None and bool(_NOT_NEWS & set(page.flags))
    if not words.text and (refused or not words.title):
        return None
    identity = identity_of(entry, page.canonical if page else "", words.text)
    known = same_item(entry, identity, words.text, list(existing))
    flags = tuple(dict.fromkeys((*words.flags, *notices(words.title, words.text, tables))))
    if known is None:
        return _new_item(source, entry, words, flags, identity, document_key, now, lexicon)
    return _next_version(source, known, entry, words, flags, identity, document_key, now, lexicon)


def tables_of(lexicon: Lexicon) -> ReadingTables:
    """The reading tables of a lexicon, made once for each digest."""
    if lexicon.digest not in _tables:
        _tables.clear()
        _tables[lexicon.digest] = ReadingTables.of(lexicon.tables)
    return _tables[lexicon.digest]


def in_order(entries: Iterable[ParsedEntry]) -> list[ParsedEntry]:
    """Return entries oldest first, so that a later text replaces an earlier one; undated ones keep their place at the end."""
    listed = list(entries)
    dated = [entry for entry in listed if entry.published.instant is not None]
    dated.sort(key=lambda entry: (entry.modified or entry.published).instant or entry.published.instant)  # type: ignore[arg-type,return-value]
    return dated + [entry for entry in listed if entry.published.instant is None]


def _words(source: Source, entry: ParsedEntry, page: ParsedPage | None) -> _Words:
    flags = list(entry.flags)
    whole = entry.content or (entry.summary if source.full_text or source.kind == "social" else "")
    text, state = (whole, "full") if whole else (entry.summary, "summary" if entry.summary else "empty")
    if "cut" in entry.flags and state == "full":
        state = "cut"
    if page is not None:
        flags += page.flags
        if page.text and not _page_is_less(page, text, state):  # type: ignore[arg-type]
            text, state = page.text, page.state
    if page is not None and _NOT_NEWS & set(page.flags):
        flags = [flag for flag in flags if flag not in _NOT_NEWS] + ["page_refused"]
    published, modified = _when(entry, page)
    title = entry.title
    if page is not None and page.state != "empty" and page.title and (not title or _is_cut_title(title, page.title)):
        title = page.title
    if len(title) > MOST_TITLE:
        title = title[:MOST_TITLE].rstrip() + "…"
        flags.append("long_title")
    if len(text) > MOST_TEXT:
        text, state = text[:MOST_TEXT], "cut"
    kept = tuple(dict.fromkeys(flag for flag in flags if flag not in ("guid_from_link", "guid_repeated", "no_text")))
    return _Words(title, text, state, published, modified, entry.author or (page.author if page else ""), kept)  # type: ignore[arg-type]


def _page_is_less(page: ParsedPage, text: str, state: TextState) -> bool:
    """Whether the feed's own text is the better copy: whole, and clearly longer than what the page gave."""
    if page.method == "selector":
        return False
    return state == "full" and (page.state != "full" or len(page.text) < 0.7 * len(text))


def _is_cut_title(title: str, full: str) -> bool:
    stem = title.rstrip("….． ").rstrip()
    return title != stem and len(stem) >= 6 and full.startswith(stem)


def _when(entry: ParsedEntry, page: ParsedPage | None) -> tuple[Moment, Moment | None]:
    stated = entry.published
    other = page.published if page is not None else Moment()
    modified = entry.modified or (page.modified if page is not None else None)
    if stated.instant is None:
        return (other if other.instant else stated), modified
    if stated.precision == "day" and other.instant is not None and other.precision in ("minute", "second"):
        hours = (other.instant - stated.instant).total_seconds() / 3600
        if 0 <= hours < 24:
            return other, modified
    return stated, modified


def _new_item(
    source: Source,
    entry: ParsedEntry,
    words: _Words,
    flags: tuple[str, ...],
    identity: Identity,
    document_key: str | None,
    now: datetime,
    lexicon: Lexicon,
) -> Item:
    version = _version(
        1, source, words, flags, document_key, now, ("first",), lexicon, words.title, words.text, words.state
    )
    return Item(
        key=key_of(source.id, identity.lineage),
        source=source.id,
        lineage=identity.lineage,
        url=entry.url or source.address,
        guid=entry.guid,
        aliases=identity.aliases,
        statement=statement_of(source, words.title, words.text, lexicon),
        versions=(version,),
    )


def _next_version(
    source: Source,
    known: Item,
    entry: ParsedEntry,
    words: _Words,
    flags: tuple[str, ...],
    identity: Identity,
    document_key: str | None,
    now: datetime,
    lexicon: Lexicon,
) -> Item | None:
    aliases = tuple(dict.fromkeys((*known.aliases, *identity.aliases)))
    with_aliases = known.model_copy(update={"aliases": aliases}) if aliases != known.aliases else None
    latest = known.latest
    if known.removed or _is_older(words, latest, document_key):
        return with_aliases
    title = words.title or latest.title
    text, state = words.text, words.state
    if _RANK[state] < _RANK[latest.state]:
        # the page could not be had this time: what we hold is the better copy, but a new headline counts
        text, state = latest.text, latest.state
    elif state != "full" and latest.text.startswith(text):
        # fewer of its pages could be had than last time: that takes nothing back
        text, state = latest.text, latest.state
    changes = changes_between(
        (latest.title, latest.text), (title, text), latest.language, lexicon.tables.get("readouts", {})
    )
    if not changes or _flapping(known, changes):
        return with_aliases
    version = _version(latest.n + 1, source, words, flags, document_key, now, changes, lexicon, title, text, state)
    version = version.model_copy(update={"withdrawn": latest.withdrawn or "withdrawal" in flags})
    return known.model_copy(
        update={
            "aliases": aliases,
            "url": entry.url or known.url,
            "versions": (*known.versions, version),
            "statement": statement_of(source, title, text, lexicon) or known.statement,
        }
    )


def _is_older(words: _Words, latest: ItemVersion, document_key: str | None) -> bool:
    """Whether this is an earlier state of what we hold: stated to be older, and from the same capture."""
    mine, held = (words.modified or words.published).instant, (latest.modified or latest.published).instant
    if mine is None or held is None or mine >= held:
        return False
    return document_key is not None and document_key == latest.document


def _flapping(known: Item, changes: tuple[str, ...]) -> bool:
    """Whether a text that only moves in words or numbers has been stored often enough (it carries a counter or a clock)."""
    if set(changes) - {"wording", "number"}:
        return False
    run = 0
    for version in reversed(known.versions):
        if set(version.changes) - {"wording", "number"}:
            break
        run += 1
    return run >= FLAPPING_LIMIT


def _version(
    n: int,
    source: Source,
    words: _Words,
    flags: tuple[str, ...],
    document_key: str | None,
    now: datetime,
    changes: tuple[str, ...],
    lexicon: Lexicon,
    title: str,
    text: str,
    state: TextState,
) -> ItemVersion:
    return ItemVersion(
        n=n,
        title=title,
        text=text,
        title_sha256=digest(title),
        text_sha256=digest(text),
        language=detect_language(f"{title}\n{text[:2000]}", source.language),
        published=words.published,
        modified=words.modified,
        first_seen=now,
        document=document_key,
        state=state,
        changes=changes,
        byline=words.byline,
        credit=credit_of(text, tables_of(lexicon)),
        flags=flags,
    )
