"""What a person decides: ``approve``, ``changes``, ``spike``, ``publish``."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from newsdigest.cli.place import place

Draft = Annotated[str, typer.Argument(help="The draft's id, as queue lists it.")]
By = Annotated[str, typer.Option("--by", help="Who decides (newsdigest user add makes users).")]
Only = Annotated[Literal["ja", "en"] | None, typer.Option("--only", help="Only one rendition.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(approve)
    app.command()(changes)
    app.command()(spike)
    app.command()(adopt)
    app.command()(publish)


def approve(
    context: typer.Context,
    draft: Draft,
    by: By,
    only: Only = None,
    reason: Annotated[str, typer.Option(help="Needed where a gate has a fault: why it is approved all the same.")] = "",
) -> None:
    """Approve a draft's renditions as they stand: the approval binds exactly these words."""
    _decide(context, draft, "approve", by, only, reason)


def changes(
    context: typer.Context,
    draft: Draft,
    by: By,
    reason: Annotated[str, typer.Option(help="What has to change.")],
    only: Only = None,
) -> None:
    """Send a draft back with what has to change."""
    _decide(context, draft, "request_changes", by, only, reason)


def spike(
    context: typer.Context,
    draft: Draft,
    by: By,
    reason: Annotated[str, typer.Option(help="Why it will not run.")],
    only: Only = None,
) -> None:
    """Drop a draft with a reason; nothing is lost."""
    _decide(context, draft, "spike", by, only, reason)


def _decide(context: typer.Context, draft: str, action: str, by: str, only: str | None, reason: str) -> None:
    from newsdigest.pipeline.deciding import decide
    from newsdigest.wiring import system_clock

    review = decide(place(context).store(), draft, action, by=by, only=only, reason=reason, at=system_clock().now())
    print(f"{draft} version {review.version}: ja {review.ja}, en {review.en}")


def adopt(context: typer.Context, draft: Draft, by: By) -> None:
    """Take the machine's newer proposal over: it becomes the draft in force, and its review starts anew."""
    from newsdigest.pipeline.deciding import adopt as take_over
    from newsdigest.wiring import system_clock

    version = take_over(place(context).store(), draft, by=by, at=system_clock().now())
    print(f"{draft} version {version} is in force now; it waits for review.")


def publish(context: typer.Context) -> None:
    """Carry what is approved to the channels (files, for now). Nothing else ever goes out."""
    from newsdigest.pipeline.publishing import publish_approved
    from newsdigest.pipeline.removal import was_marked
    from newsdigest.wiring import channels, publication_words, system_clock

    here = place(context)
    store = here.store()
    published = publish_approved(store, channels(here.settings()), publication_words(), now=system_clock().now())
    for article in published:
        print(f"{article.draft} {article.rendition} → {article.address}")
    held = [row.draft for row in store.queue(["approved"]) if was_marked(store, row.draft)]
    for draft in held:
        print(f"{draft} is held back: it cites words that were removed since. Send it back or spike it.")
    if not published and not held:
        print("Nothing is approved and waiting.")
