"""``run`` is the daily round, ``breaking`` a draft on demand, ``schedule`` the standing schedule."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from newsdigest.cli.place import place
from newsdigest.errors import SettingsError


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(run)
    app.command()(breaking)
    app.command()(schedule)


def run(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Also write the run's records to this folder.")] = None,
) -> None:
    """Run the daily round: poll what is due, find the events, compare, draft, queue."""
    from newsdigest.cli.output import ready_for
    from newsdigest.cli.progress import shown
    from newsdigest.pipeline.round import run_round
    from newsdigest.wiring import open_bureau

    here = place(context)
    here.settings()
    if out is not None:
        ready_for(out)
    with shown() as listener, open_bureau(here.folder, progress=listener) as bureau:
        record = run_round(bureau)
        if out is not None:
            from newsdigest.cli.output import write_run

            write_run(bureau.store, record, out)
    tell(record)


def breaking(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="A page's address, or words in ja, en or zh.")],
) -> None:
    """Draft one event at once, from one voice on: poll every source once, find it, compare, draft, queue."""
    from newsdigest.cli.progress import shown
    from newsdigest.pipeline.breaking import breaking as draft_now
    from newsdigest.wiring import open_bureau

    if not what.strip():
        raise SettingsError(
            'breaking needs an address or words, such as newsdigest breaking "台湾 電話".', about="breaking"
        )
    here = place(context)
    here.settings()
    with shown() as listener, open_bureau(here.folder, progress=listener) as bureau:
        result = draft_now(bureau, what)
    for group in result["words"]:
        print("looked for: " + " / ".join(group))
    for error in result["errors"]:
        print(f"  {error.get('source', '')}: {error['sentence']}", file=sys.stderr)
    if result["draft"] is None:
        raise typer.Exit(1)
    print(f"Queued {result['draft']} for event {result['event']}. Read it: newsdigest show {result['draft']}")


def schedule(context: typer.Context) -> None:
    """Serve the flows on a Prefect server (PREFECT_API_URL): the daily round by cron in the bureau's zone."""
    from newsdigest.errors import SettingsError
    from newsdigest.wiring import flows_parent

    settings = place(context).settings()
    if not os.environ.get("PREFECT_API_URL"):
        raise SettingsError(
            "PREFECT_API_URL is not set: start a server with `prefect server start` and set it to http://127.0.0.1:4200/api.",
            about="PREFECT_API_URL",
        )
    environment = {**os.environ, "PYTHONPATH": str(flows_parent())}
    folder = str(place(context).folder.resolve())
    call = [sys.executable, "-m", "flows.serve", "--folder", folder]
    call += ["--cron", settings.schedule.cron, "--zone", settings.schedule.zone]
    raise typer.Exit(subprocess.run(call, env=environment, check=False).returncode)


def tell(
    record: dict[str, Any], hint: str = "Read them: newsdigest queue, newsdigest show ID, or newsdigest desk"
) -> None:
    """Print a run's outcome: a few lines for a person, one JSON line where nobody watches. Exit 1 where every source failed."""
    failed = [error for error in record["errors"] if "source" in error]
    if sys.stdout.isatty():
        counts = (("item", record["items"]), ("event", len(record["events"])), ("draft", len(record["drafts"])))
        print(", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts))
        for error in record["errors"]:
            print(f"  {error.get('source') or error.get('event')}: {error['sentence']}")
        capped = [row for row in record["left_out"] if "cap" in row["reason"]]
        for row in capped:
            print(f"  not drafted: {row['event']} ({row['reason']})")
        if record["drafts"] and hint:
            print(hint)
    else:
        brief = {key: record[key] for key in ("id", "items", "drafts", "errors", "left_out", "seconds")}
        print(json.dumps({**brief, "events": len(record["events"])}, ensure_ascii=False))
    if failed and len(failed) == len(record["sources"]):
        raise typer.Exit(1)
