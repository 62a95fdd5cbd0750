"""``newsdigest``: the way in. Errors become one sentence; their cause goes to the log."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsdigest.cli import (
    archive,
    bureau,
    decisions,
    desk,
    events,
    intake,
    play,
    queue,
    removal,
    rounds,
    sources,
    upkeep,
    users,
)
from newsdigest.cli.log import log_to
from newsdigest.cli.place import Place
from newsdigest.errors import CatalogueError, LexiconError, NewsdigestError, SettingsError

app = typer.Typer(
    name="newsdigest",
    help="Watch feeds and official statements in ja / en / zh, compare who says what, queue bilingual drafts for review.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (play, bureau, rounds, queue, decisions, desk, intake, events, upkeep, removal):
    group.register(app)
app.add_typer(sources.app, name="sources")
app.add_typer(users.app, name="user")
app.add_typer(archive.app, name="archive")


@app.callback()
def _bureau_folder(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Option(
            "--folder", "-C", envvar="NEWSDIGEST_HOME", help="The bureau's folder (newsdigest init makes one)."
        ),
    ] = Path(),
) -> None:
    context.obj = Place(folder)
    log_to(folder)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 done, 1 failed, 2 a wrong setting or call."""
    try:
        app(args=arguments, standalone_mode=True)
    except (SettingsError, CatalogueError, LexiconError) as error:
        _say(error, 2)
    except NewsdigestError as error:
        _say(error, 1)
    except BrokenPipeError:
        sys.exit(0)


def _say(error: NewsdigestError, code: int) -> None:
    print(f"newsdigest: {error}", file=sys.stderr)
    logging.getLogger("newsdigest").error(str(error), exc_info=error)
    sys.exit(code)
