"""``sources``: whom we follow, and how each of them is."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdigest.cli.place import place

app = typer.Typer(help="Whom we follow, and how each of them is.", no_args_is_help=True)


@app.command("list")
def list_sources(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also those that are switched off.")] = False,
) -> None:
    """List the sources: id, language, country, kind, condition, newest item, name."""
    from newsdigest.wiring import catalogue

    here = place(context)
    states = here.store().source_states()
    for source in catalogue(here.settings()):
        if not source.enabled and not every:
            continue
        state = states.get(source.id)
        condition = "off" if not source.enabled else state.condition if state else "new"
        newest = f"{state.newest_item:%Y-%m-%d}" if state and state.newest_item else "–"
        name = next(iter(source.name.values()), source.id)
        print(f"{source.id}\t{source.language}\t{source.country}\t{source.kind}\t{condition}\t{newest}\t{name}")


@app.command()
def check(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="Only this source.")] = None,
) -> None:
    """Poll each source once and say how it is: fine, frozen, blocked, moved, broken, gone."""

    from newsdigest.errors import CatalogueError
    from newsdigest.pipeline.polling import poll_sources
    from newsdigest.wiring import open_bureau

    with open_bureau(place(context).folder) as bureau:
        if source is not None and source not in bureau.sources:
            raise CatalogueError(f"There is no source «{source}»; newsdigest sources list names them.", about=source)
        bureau.wait(poll_sources(bureau, only=[source] if source else None, force=True))
        states = bureau.store.source_states()
        for key in [source] if source else sorted(bureau.sources):
            state = states.get(key)
            if state is not None:
                print(f"{key}\t{state.condition}\t{state.error or ''}")
