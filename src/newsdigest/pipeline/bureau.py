"""Everything a step needs, in one value: the ports, the sources, the language data, the bureau's rules."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon
from newsdigest.ports import Clock, Embedder, Fetcher, Reader, Store
from newsdigest.sources.source import Source


@dataclass(frozen=True, slots=True)
class Policy:
    """The bureau's rules for a round, from its settings; see ``settings.RoundSettings``, ``BeatsSettings``, ``RetentionSettings``."""

    window_days: int = 7
    daily_cap: int = 12
    independent_voices: int = 2
    pages_per_source: int = 40
    beat_topics: tuple[str, ...] = ()
    beat_names: tuple[str, ...] = ()
    beat_sources: tuple[str, ...] = ()
    beats_only: bool = False
    zone: str = "Asia/Tokyo"
    documents_days: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A step's news: ``done`` of ``total`` (0: unknown), or ``finished`` with what it found in ``facts``."""

    step: str
    done: int = 0
    total: int = 0
    finished: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


def unheard(progress: Progress) -> None:
    """Listen to no progress."""


@dataclass(frozen=True)
class Bureau:
    """The ports and the rules of one newsroom.

    ``embedder`` is called once encoding is needed: its weights take a third of a second to load. ``owner`` names this process
    (host:pid) in leases. ``wait`` runs a coroutine to its end in the bureau's one event loop, where the fetcher's connections live.
    """

    store: Store
    fetcher: Fetcher
    reader: Reader
    embedder: Callable[[], Embedder]
    weights: Weights
    clock: Clock
    lexicon: Lexicon
    sources: Mapping[str, Source]
    owner: str
    wait: Callable[[Coroutine[Any, Any, Any]], Any]
    policy: Policy = Policy()
    progress: Callable[[Progress], None] = unheard
