"""``remove``: a lawful deletion of one item's words."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdigest.cli.place import place


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(remove)


def remove(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="The item's key, as add prints it and items.json lists it.")],
    reason: Annotated[str, typer.Option(help="Why: it stands wherever the item was cited.")],
    by: Annotated[str, typer.Option("--by", help="Who removes it (newsdigest user add makes users).")],
) -> None:
    """Take an item's words out of the store for good; hashes, address and times stay, and what cited it says so."""
    from newsdigest.pipeline.removal import remove_item
    from newsdigest.wiring import system_clock

    store = place(context).store()
    removal = remove_item(store, item, reason=reason, by=by, at=system_clock().now())
    print(f"{item}: {removal.tombstone}")
    for draft in removal.drafts:
        found = store.draft(draft)
        print(f"  cited by {draft} ({found.state}): its sentences rest on words that are gone")
