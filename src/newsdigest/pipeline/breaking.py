"""On demand: a page's address or words become one draft at once, from one voice on, with the caveat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsdigest.errors import NotFound
from newsdigest.events.event import Event
from newsdigest.items.item import Item
from newsdigest.language.folding import fold
from newsdigest.language.lexicon import Lexicon
from newsdigest.language.matcher import is_latin
from newsdigest.pipeline.bureau import Bureau
from newsdigest.pipeline.intake import add_address
from newsdigest.pipeline.round import close_step, draft_step, open_run, poll_step, relate_step

# How many stored items a word may call back.
MOST_HELD = 20
# Characters of a word in Han or kana from which it may stand for a longer one.
LEAST = 2
_SLIGHT = re.compile(r"[a-z]{1,3}")


def breaking(bureau: Bureau, what: str) -> dict[str, Any]:
    """Draft the event of an address or of words: poll every source once, find the event, compare and draft it.

    Returns ``{"draft", "event", "words", "run"}``; ``words`` shows how the words were expanded to ja / en / zh.
    Raises NotFound where no item of the last days speaks of it.
    """
    address = what.strip() if re.match(r"https?://", what.strip()) else ""
    words = [] if address else expand(what, bureau.lexicon)
    with open_run(bureau, "breaking") as run:
        item = bureau.wait(add_address(bureau, address)) if address else None
        poll_step(bureau, run, force=True)
        relate_step(bureau, run, also=[item.key] if item else _held(bureau, words))
        event = _event_of(bureau, item) if item else _event_about(bureau, words, what)
        drafts = draft_step(bureau, run, [event.id])
        record = close_step(bureau, run)
    return {
        "draft": drafts[0] if drafts else None,
        "event": event.id,
        "words": words,
        "run": run,
        "errors": record["errors"],
    }


def _held(bureau: Bureau, groups: Sequence[Sequence[str]]) -> list[str]:
    """Stored items that speak of one of the words, also those older than a round's window (a handout of last month)."""
    return list(
        dict.fromkeys(i.key for group in groups for form in group for i in bureau.store.search_items(form, MOST_HELD))
    )


def expand(words: str, lexicon: Lexicon) -> list[list[str]]:
    """Return one group of equal words a word given, in ja, en and zh: a name or term of the lexicon in all its forms; a word that
    an occasion's name contains (電話 in 電話会談) with all that the occasion is called; else the word itself. A short word without
    a capital (in, of, the) is left out where another remains: no other language has it."""
    groups: list[list[str]] = []
    position = 0
    for mention in lexicon.find(words):
        groups.extend(_with_occasions(word, lexicon) for word in words[position : mention.start].split())
        entry = lexicon.entries[mention.entry]
        groups.append(list(dict.fromkeys([mention.surface, *entry.aliases()])))
        position = mention.end
    groups.extend(_with_occasions(word, lexicon) for word in words[position:].split())
    telling = [group for group in groups if not (len(group) == 1 and _SLIGHT.fullmatch(group[0]))]
    return telling or groups


def _with_occasions(word: str, lexicon: Lexicon) -> list[str]:
    """A word, and the forms of the occasion of which the shortest form contains it: between boundaries in an alphabet, else anywhere."""
    plain = fold(word).text
    if _SLIGHT.fullmatch(word):
        return [word]
    if is_latin(plain):
        shape = re.compile(rf"\b{re.escape(plain)}\b")
    elif len(plain) >= LEAST:
        shape = re.compile(re.escape(plain))
    else:
        return [word]
    occasions = [entry for entry in lexicon.entries.values() if entry.kind == "occasion"]
    found = [(len(form), entry) for entry in occasions for form in entry.aliases() if shape.search(fold(form).text)]
    shortest = min((length for length, _ in found), default=0)
    met = [entry for length, entry in found if length == shortest]
    return list(dict.fromkeys([word, *(form for entry in met for form in entry.aliases())]))


def _event_of(bureau: Bureau, item: Item) -> Event:
    event = bureau.store.event_of_item(item.key)
    if event is None:
        raise NotFound(
            f"The page «{item.latest.title}» is older than the window of {bureau.policy.window_days} days.",
            about=item.key,
        )
    return event


def _event_about(bureau: Bureau, groups: Sequence[Sequence[str]], what: str) -> Event:
    """The event whose items speak of every word, most items first; the newest among equals."""
    best: tuple[int, float, str] | None = None
    found: Event | None = None
    folded = [[fold(form).text for form in group] for group in groups]
    events = bureau.store.events()
    items = bureau.store.items({key for event in events for key in event.items})
    for event in events:
        hits = sum(_speaks_of(items[key], folded) for key in event.items if key in items)
        rank = (hits, event.last.timestamp(), event.id)
        if hits and (best is None or rank > best):
            best, found = rank, event
    if found is None:
        shown = "; ".join(" / ".join(group[:4]) for group in groups)
        raise NotFound(f"No item of the last days speaks of «{what}» (looked for: {shown}).", about=what)
    return found


def _speaks_of(item: Item, folded: Sequence[Sequence[str]]) -> bool:
    text = fold(f"{item.latest.title}\n{item.latest.text}").text
    return bool(folded) and all(any(form in text for form in group) for group in folded)
