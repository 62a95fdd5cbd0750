"""``desk`` serves the review desk."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdigest.cli.place import place


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(desk)


def desk(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Another address than the settings' (loopback by default).")] = None,
    port: Annotated[int | None, typer.Option(help="Another port than the settings'.")] = None,
) -> None:
    """Serve the review desk: the queue, ja | en | evidence, approve or spike with a reason."""
    from newsdigest.wiring import serve_desk

    here = place(context)
    settings = here.settings()
    chosen = settings.desk.port if port is None else port
    serve_desk(here.store(), settings, host or settings.desk.host, chosen)
