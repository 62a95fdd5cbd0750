"""Events: ``merge``, ``split``, ``undo`` an editor's word; ``why`` tells the reasons; ``formulae`` an issuer's stock phrases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from newsdigest.cli.place import place

By = Annotated[str, typer.Option("--by", help="Who says so.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(merge)
    app.command()(split)
    app.command()(undo)
    app.command()(why)
    app.command()(formulae)
    app.command()(index)


def merge(
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="An item or event.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    by: By,
) -> None:
    """Keep two items or events together from the next round on."""
    from newsdigest.pipeline import curating
    from newsdigest.wiring import system_clock

    _tell(curating.merge(place(context).store(), first, second, by=by, at=system_clock().now()), "together")


def split(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="The item that does not belong.")],
    event: Annotated[str, typer.Argument(help="The event it is in.")],
    by: By,
) -> None:
    """Keep an item out of an event from the next round on."""
    from newsdigest.pipeline import curating
    from newsdigest.wiring import system_clock

    _tell(curating.split(place(context).store(), item, event, by=by, at=system_clock().now()), "apart")


def undo(context: typer.Context, key: Annotated[str, typer.Argument(help="An item or event.")], by: By) -> None:
    """Take back every merge and split that still holds on an item or event."""
    from newsdigest.pipeline import curating
    from newsdigest.wiring import system_clock

    _tell(curating.undo(place(context).store(), key, by=by, at=system_clock().now()), "taken back")


def why(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="An item, event or draft.")],
    language: Annotated[Literal["en", "ja"], typer.Option("--in", help="The language of the answer.")] = "en",
) -> None:
    """Say why something is, or is not, in today's queue."""
    from newsdigest.events.reasons import Reasons
    from newsdigest.pipeline.explaining import explain
    from newsdigest.wiring import event_weights, lexicon

    here = place(context)
    settings = here.settings()
    reasons = Reasons(lexicon(settings), event_weights().background, language)
    for sentence in explain(here.store(), key, reasons, window_days=settings.round.window_days):
        print(sentence)


def formulae(
    context: typer.Context,
    issuer: Annotated[str, typer.Argument(help="A lexicon id such as body.cn_mfa, or the name a handout was given.")],
    occasion: Annotated[str, typer.Option(help="Only statements of this occasion, such as call or meeting.")] = "",
) -> None:
    """List an issuer's stock phrases over its statements that we hold. Absence alone proves little."""
    from newsdigest.comparison.formula_history import formula_history
    from newsdigest.comparison.packet import Member
    from newsdigest.errors import NotFound
    from newsdigest.pipeline.packets import source_named
    from newsdigest.wiring import catalogue, lexicon, system_clock, with_issuers

    here = place(context)
    items = here.store().statements_of(issuer, occasion or None, system_clock().now())
    if not items:
        raise NotFound(
            f"We hold no statement of «{issuer}»" + (f" on the occasion «{occasion}»." if occasion else "."),
            about=issuer,
        )
    words, sources = with_issuers(lexicon(here.settings()), catalogue(here.settings()))
    named = {source.id: source for source in sources}
    members = [Member(item, item.latest, source_named(named, item.source)) for item in items if item.removed is None]
    rows = formula_history(members, words)
    for row in rows:
        print(
            f"{row.occasion or 'any'}\t{row.phrase}\t{len(row.found)} of {row.of}\t{row.meaning.en} / {row.meaning.ja}"
        )
    if not rows:
        print(f"None of the known stock phrases stands in the {len(items)} statements that we hold.")


def index(
    context: typer.Context,
    renew: Annotated[bool, typer.Option("--renew", help="Make a new version of the means as they are now.")] = False,
) -> None:
    """Show the index version that comparisons are made under: the mean vector of each language, and how far it has moved since."""
    from newsdigest.pipeline import indexing
    from newsdigest.wiring import embedder, event_weights, system_clock

    here = place(context)
    encoder, weights = embedder(here.settings()), event_weights(here.settings().embedding.kind)
    if renew:
        indexing.renew(here.store(), encoder, weights, system_clock().now())
    version, running, moved = indexing.standing(here.store(), encoder, weights)
    print(f"{encoder.identity}: index version {version.number}; its means have moved by {moved:.3f} since")
    for language, mean in sorted(running.items()):
        print(f"  {language}: {mean.documents} document{'' if mean.documents == 1 else 's'} encoded here")
    if renew:
        print("The next round compares the whole window under this version.")


def _tell(links: Sequence[object], how: str) -> None:
    pairs = "1 pair is" if len(links) == 1 else f"{len(links)} pairs are"
    print(f"{pairs} {how}; the next round obeys." if links else "Nothing changed.")
