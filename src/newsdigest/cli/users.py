"""``user``: the people who may decide."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from newsdigest.cli.place import place

app = typer.Typer(help="The people who may decide.", no_args_is_help=True)
ROLES = ("reader", "ja", "en", "chief", "admin")


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A short name, such as tanaka.")],
    role: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(ROLES)}; may be repeated.")] = None,
    password: Annotated[
        bool,
        typer.Option("--password", help="Ask for a password (needed for a desk on another address than loopback)."),
    ] = False,
) -> None:
    """Add a user, or change one's roles."""
    from newsdigest.errors import NotFound, SettingsError
    from newsdigest.review.review import User
    from newsdigest.wiring import password_hash, system_clock

    roles = tuple(role or ("ja", "en"))
    unknown = [r for r in roles if r not in ROLES]
    if unknown:
        raise SettingsError(f"There is no role «{unknown[0]}»; there are {', '.join(ROLES)}.", about=name)
    secret = None
    if password:
        secret = typer.prompt("Password", hide_input=True, confirmation_prompt=sys.stdin.isatty())
    now = system_clock().now()
    user = User(name=name, roles=roles, password_hash=password_hash(secret) if secret else None, created=now)
    store = place(context).store()
    try:
        before = f" (before: {', '.join(store.user(name).roles)})"
    except NotFound:
        before = ""
    store.save_user(user, by="cli", at=now)
    print(f"{name} may decide as {', '.join(roles)}{before}.")


@app.command("list")
def list_users(context: typer.Context) -> None:
    """List the users and their roles."""
    for user in place(context).store().users():
        print(f"{user.name}\t{', '.join(user.roles)}" + ("" if user.active else "\t(inactive)"))
