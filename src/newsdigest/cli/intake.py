"""``add``: manual intake of a pasted text, a file or an address."""

from __future__ import annotations

import mimetypes
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsdigest.cli.place import place

TYPES = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
}


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(add)


def add(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="A file (text, HTML, PDF), an address, or - for standard input.")],
    source: Annotated[str, typer.Option(help="A source of the catalogue it belongs to.")] = "",
    issuer: Annotated[
        str, typer.Option(help="Who issued it, where no source of the catalogue did: a lexicon id or a plain name.")
    ] = "",
    kind: Annotated[
        str, typer.Option(help="What the issuer is: government, company, wire, newspaper, …, or memo (取材メモ).")
    ] = "",
    channel: Annotated[str, typer.Option(help="readout, briefing, post, interview, communique, statement.")] = "",
    language: Annotated[str, typer.Option(help="ja, en or zh.")] = "",
    title: Annotated[str, typer.Option(help="Its title, where the text has none.")] = "",
    time: Annotated[str, typer.Option(help="When it was issued, such as 2025-11-24T23:40+09:00.")] = "",
) -> None:
    """Take in a press-club handout, a page that refuses robots, a 取材メモ: stored with its bytes like any document."""
    from newsdigest.errors import CatalogueError
    from newsdigest.pipeline.intake import Handout, add_address, add_handout
    from newsdigest.sources.manual import manual_source
    from newsdigest.wiring import open_bureau

    with open_bureau(place(context).folder) as bureau:
        own = manual_source(
            bureau.sources,
            source=source,
            issuer=issuer,
            kind=kind,
            channel=channel,
            language=language,
            zone=bureau.policy.zone,
        )
        if re.match(r"https?://", what):
            item = bureau.wait(add_address(bureau, what, own))
        else:
            body, media_type = _read(what)
            if own is None:
                raise CatalogueError(
                    "Say whose words these are: --issuer NAME --kind government, --source ID, "
                    "or --kind memo for the bureau's own notes (取材メモ).",
                    about=what,
                )
            item = bureau.wait(add_handout(bureau, Handout(body, media_type, own, title=title, published=time)))
    print(f"{item.key}\tversion {item.latest.n}\t{item.latest.title}")


def _read(what: str) -> tuple[bytes, str]:
    from newsdigest.errors import ReadError

    if what == "-":
        return sys.stdin.buffer.read(), "text/plain; charset=utf-8"
    path = Path(what)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", about=what) from error
    return body, TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "text/plain"
