"""Keeping the store: ``backup``, ``restore``, ``doctor``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsdigest.cli.place import place


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)


def backup(context: typer.Context, file: Annotated[Path, typer.Argument(help="Where the copy goes.")]) -> None:
    """Copy the whole store while it may be in use, and verify the copy."""
    from newsdigest.store.backup import backup as copy

    copy(place(context).store(), file)
    print(f"The store is copied to {file}.")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A copy that backup made.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the store that is there (a copy of it is kept).")
    ] = False,
) -> None:
    """Put a backup in the place of the store."""
    from newsdigest.store.backup import restore as put_back
    from newsdigest.wiring import store_address

    address = store_address(place(context).settings())
    kept = put_back(file, address, force=force)
    print(f"The store is restored from {file}.")
    if kept is not None:
        print(f"What was there before is kept as {kept}.")


def doctor(context: typer.Context) -> None:
    """Look for damage: integrity, evidence that no longer resolves, leases left behind."""
    from newsdigest.store.doctor import doctor as examine
    from newsdigest.wiring import system_clock

    findings = examine(place(context).store(), system_clock().now())
    for finding in findings:
        print(f"{finding.level}\t{finding.what}")
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)
    if not findings:
        print("The store is sound.")
