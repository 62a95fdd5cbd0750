"""``sources``: whom we follow, how each of them is, and following more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdigest.cli.place import place
from newsdigest.errors import CatalogueError

if TYPE_CHECKING:
    from newsdigest.pipeline.following import FoundFeed
    from newsdigest.sources.source import Source

app = typer.Typer(help="Whom we follow, and how each of them is.", no_args_is_help=True)
TROUBLE = ("blocked", "broken", "gone")


@app.command("list")
def list_sources(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also those that are switched off.")] = False,
) -> None:
    """List the sources: id, language, country, kind, condition, newest item, name."""
    from newsdigest.cli.source_words import list_line
    from newsdigest.wiring import catalogue, system_clock

    here = place(context)
    states = here.store().source_states()
    sources = catalogue(here.settings())
    shown = [source for source in sources if source.enabled or every]
    for source in shown:
        print(list_line(source, states.get(source.id), system_clock().now()))
    if not shown:
        off = f"; --all lists the {len(sources)} that are switched off" if sources else ""
        print(f"No source is followed. newsdigest sources add URL follows one{off}.")


@app.command()
def check(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="Only this source.")] = None,
) -> None:
    """Poll each source once and say how it is: fine, frozen, blocked, moved, broken or gone, and what we know of its terms.

    Exit code 1 where one of them is blocked, broken or gone.
    """
    from newsdigest.cli.source_words import check_line
    from newsdigest.pipeline.polling import poll_sources
    from newsdigest.pipeline.round import LEASE, LEASE_SECONDS
    from newsdigest.wiring import open_bureau

    trouble = False
    with open_bureau(place(context).folder) as bureau:
        if source is not None and source not in bureau.sources:
            raise CatalogueError(f"There is no source «{source}»; newsdigest sources list names them.", about=source)
        with bureau.store.lease(LEASE, bureau.owner, bureau.clock.now(), LEASE_SECONDS):
            bureau.wait(poll_sources(bureau, only=[source] if source else None, force=True))
        states = bureau.store.source_states()
        for key in [source] if source else sorted(bureau.sources):
            if key in states and bureau.sources[key].address:
                print(check_line(bureau.sources[key], states[key], bureau.clock.now()))
                trouble = trouble or states[key].condition in TROUBLE
    if trouble:
        raise typer.Exit(1)


@app.command()
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A feed's address, or a page that offers one.")],
    identity: Annotated[str, typer.Option("--id", help="The source's id (else made from the address).")] = "",
    kind: Annotated[str, typer.Option(help="What it is: newspaper, foreign_ministry, company …")] = "other",
    country: Annotated[str, typer.Option(help="Its country, such as JP.")] = "",
    language: Annotated[str, typer.Option(help="ja, en or zh (else told from the feed).")] = "",
) -> None:
    """Follow a feed, or the feed that a page offers: write its entry into the bureau's sources/ folder and say what to verify."""
    from newsdigest.cli.source_words import to_verify
    from newsdigest.pipeline.following import find_feed
    from newsdigest.wiring import open_bureau

    here = place(context)
    followed = _followed(context)
    _refuse_twice(address, followed)
    with open_bureau(here.folder) as bureau:
        found: FoundFeed = bureau.wait(find_feed(bureau, address))
    _refuse_twice(found.address, followed)
    stated = {"kind": kind, "country": country, "language": language or found.language, "format": found.format}
    path, source = _written(context, found.address, found.title, identity, followed, **stated)
    newest = f", the newest of {found.newest:%Y-%m-%d}" if found.newest else ""
    print(f"{path}: {source.id} follows {found.address} ({found.entries} entries{newest}).")
    for other in found.others:
        print(f"  also offered: {other}")
    for line in to_verify(source, kind_stated=kind != "other"):
        print(f"  to verify: {line}")


@app.command("import")
def import_opml(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="An OPML file, as other readers export it.", exists=True, dir_okay=False)
    ],
) -> None:
    """Follow the feeds of an OPML file: one entry each in the bureau's sources/ folder. Nothing is fetched yet."""
    from newsdigest.language.detect import detect_language
    from newsdigest.sources.opml import read_opml

    followed = _followed(context)
    known = {source.address for source in followed}
    written = left = 0
    for outline in read_opml(file.read_bytes(), str(file)):
        if outline.address in known:
            left += 1
            continue
        language = detect_language(outline.title, outline.language[:2].lower())
        _, source = _written(context, outline.address, outline.title, "", followed, kind="other", language=language)
        followed.append(source)
        known.add(source.address)
        written += 1
    print(f"{written} sources written, {left} were followed already.")
    if written:
        print("To verify in each file: kind, language, country, terms. Then: newsdigest sources check")


@app.command("export")
def export_opml(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write; - prints.")],
) -> None:
    """Write the feeds that are followed as an OPML file. Listings and sitemaps, which no other reader takes, are left out."""
    from newsdigest.sources.opml import write_opml

    followed = [source for source in _followed(context) if source.enabled]
    text = write_opml(followed, "newsdigest")
    if str(file) == "-":
        print(text, end="")
        return
    file.write_text(text, encoding="utf-8")
    feeds = sum(source.format in ("feed", "json_feed") for source in followed)
    print(f"{feeds} feeds written to {file}; {len(followed) - feeds} sources are no feeds and were left out.")


def _followed(context: typer.Context) -> list[Source]:
    from newsdigest.wiring import catalogue

    return list(catalogue(place(context).settings()))


def _refuse_twice(address: str, followed: list[Source]) -> None:
    from newsdigest.documents.address import canonical_address

    for source in followed:
        if canonical_address(source.address) == canonical_address(address):
            raise CatalogueError(f"{address} is followed already, as «{source.id}».", about=source.id)


def _written(
    context: typer.Context, address: str, title: str, identity: str, followed: list[Source], **stated: str
) -> tuple[Path, Source]:
    """Write a source's file, read it back as the catalogue will, and return both."""
    from newsdigest.sources.catalogue import parse_source
    from newsdigest.sources.entry_text import entry_text, id_for
    from newsdigest.sources.source import Source
    from newsdigest.wiring import kinds, packaged_lexicon

    settings = place(context).settings()
    folder = settings.path(settings.sources.folder)
    folder.mkdir(parents=True, exist_ok=True)
    taken = {source.id for source in followed} | {path.stem for path in folder.glob("*.toml")}
    if identity in taken:
        raise CatalogueError(f"There is a source «{identity}» already; choose another --id.", about=identity)
    table = kinds(packaged_lexicon())
    given = {key: value for key, value in stated.items() if value}
    word = given.pop("kind")
    given["zone"] = table.zone_of(given.get("country", ""))
    named = {"name": {given["language"]: title or address}, "address": address}
    key = identity or id_for(address, taken)
    # the kind's word is checked when the file is read back, with the sentence a person would get for any other file
    draft = Source.model_construct(id=key, kind_word=word, kind="other", **named, **given)  # type: ignore[arg-type]
    path = folder / f"{key}.toml"
    content = entry_text(draft)
    source = parse_source(content, str(path), table)
    path.write_text(content, encoding="utf-8")
    return path, source
