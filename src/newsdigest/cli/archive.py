"""``archive export`` and ``archive verify``: captures as a WARC file, to prove later what stood where and when."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from newsdigest.cli.place import place

app = typer.Typer(help="Captures as a WARC file, to prove later what stood where and when.", no_args_is_help=True)

Since = Annotated[str, typer.Option(help="Received at or after, such as 2025-11-24 or 2025-11-24T23:40+09:00.")]
Until = Annotated[str, typer.Option(help="Received before.")]


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file; .gz compresses it record by record.")],
    since: Since = "",
    until: Until = "",
    source: Annotated[str, typer.Option(help="Only this source's captures.")] = "",
) -> None:
    """Write captures with their bytes, headers and times of receipt to a WARC file; print what was written as JSON."""
    from newsdigest.store.archive import export as write
    from newsdigest.wiring import software, system_clock

    here = place(context)
    store, now = here.store(), system_clock().now()
    begin, end = (_instant(given, here.settings().bureau.zone, now) for given in (since, until))
    done = write(store, file, now=now, software=software(), since=begin, until=end, source=source)
    store.record(now, "archive", "archive_export", done.sha256, {"file": done.file, "captures": done.records})
    print(json.dumps({name: getattr(done, name) for name in done.__slots__}))


@app.command()
def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that archive export wrote.")],
    alone: Annotated[bool, typer.Option("--alone", help="Do not compare with this bureau's store.")] = False,
) -> None:
    """Read an archive again, recompute every digest, compare with the store; exit 1 where anything does not fit."""
    from newsdigest.settings import load
    from newsdigest.store.archive_check import verify as check
    from newsdigest.wiring import store_exists

    here = place(context)
    # Anybody may verify an archive, also where there is no bureau to compare it with.
    store = here.store() if not alone and store_exists(load(here.folder)) else None
    found = check(file, store)
    for problem in found.problems:
        print(problem)
    known = store is not None and any(line.action == "archive_export" for line in store.audit(found.sha256))
    print(json.dumps({**vars(found), "problems": len(found.problems), "exported_here": known}))
    if found.problems:
        raise typer.Exit(1)


def _instant(given: str, zone: str, now: datetime) -> datetime | None:
    """An instant as a person writes it, in the bureau's zone unless it says one."""
    from newsdigest.errors import SettingsError
    from newsdigest.items.dates import read_moment
    from newsdigest.items.tables import ReadingTables
    from newsdigest.wiring import packaged_lexicon

    if not given:
        return None
    tables = ReadingTables.of(packaged_lexicon().tables)
    moment = read_moment(given, zone=zone, now=now, calendars=tables.calendars)
    if moment.instant is None:
        raise SettingsError(f"«{given}» is no time; write 2025-11-24 or 2025-11-24T23:40+09:00.", about=given)
    return moment.instant
