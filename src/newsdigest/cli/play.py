"""``demo`` plays a recorded event from loopback: the whole way on a fresh machine."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from newsdigest.errors import SettingsError


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(demo)


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after queueing instead of serving the desk.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the run's records to this folder.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Play another file of the format.")] = None,
    until: Annotated[
        str, typer.Option(help="Play only what was served by this time, such as 2025-11-24T20:30:00Z.")
    ] = "",
    extended: Annotated[bool, typer.Option("--extended", help="Play the late documents too.")] = False,
    port: Annotated[int, typer.Option(help="The desk's port.")] = 8600,
) -> None:
    """Play a recorded event from loopback: poll, compare, draft, queue, then open the desk."""
    from newsdigest.cli.output import ready_for, write_run
    from newsdigest.cli.progress import shown
    from newsdigest.cli.rounds import tell
    from newsdigest.demo.play import played
    from newsdigest.settings import Settings

    end = _instant(until) if until else None
    if out is not None:
        ready_for(out)
    with tempfile.TemporaryDirectory(prefix="newsdigest-demo-") as folder:
        settings = Settings(root=Path(folder))
        with ExitStack() as bars:
            listener = bars.enter_context(shown())
            with played(settings, replay, until=end, extended=extended, progress=listener) as (bureau, record):
                bars.close()
                if out is not None:
                    write_run(bureau.store, record, out)
                tell(record, hint=f"Read them in {out}/" if out else "")
                if not once:
                    from newsdigest.demo.desk import serve_demo_desk

                    serve_demo_desk(bureau, settings, port)


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"--until {text!r} is no ISO time such as 2025-11-24T20:30:00Z.", about=text) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
