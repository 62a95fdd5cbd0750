"""``queue`` lists the drafts that wait for a person; ``show`` prints one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newsdigest.cli.place import place

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from newsdigest.ports import QueueRow


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(queue)
    app.command()(show)


def queue(
    context: typer.Context,
    state: Annotated[
        list[str] | None, typer.Option("--state", help="Only these states, such as queued or approved.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a draft.")] = False,
) -> None:
    """List the drafts, those that wait for a person first."""
    rows = place(context).store().queue(state)
    if as_json:
        for row in rows:
            fields = {name: getattr(row, name) for name in row.__slots__}
            print(json.dumps(fields, ensure_ascii=False, default=str))
        return
    if not rows:
        print("The queue is empty.  未着手の原稿はありません。")
        return
    zone = place(context).settings().zone
    print("\n\n".join(listed(row, zone) for row in rows))


def listed(row: QueueRow, zone: ZoneInfo) -> str:
    """One draft as a person reads it in a narrow terminal: its state on one line, its two headlines below."""
    from newsdigest.language.clock import local_short

    states = f"ja {row.ja}, en {row.en}"
    counted = [f"{row.sources} source" + ("s" if row.sources != 1 else "")]
    if row.faults:
        counted.append(f"{row.faults} fault" + ("s" if row.faults != 1 else ""))
    lines = [f"{row.draft}  {local_short(row.as_of, zone)}  {states}  ({', '.join(counted)})"]
    if row.proposed is not None:
        lines.append(
            f"    version {row.proposed} is proposed beside version {row.version}: newsdigest adopt {row.draft}"
        )
    return "\n".join([*lines, f"    {row.headline_ja}", f"    {row.headline_en}"])


def show(
    context: typer.Context,
    draft: Annotated[str, typer.Argument(help="The draft's id, as queue lists it.")],
    version: Annotated[int | None, typer.Option(help="An earlier version.")] = None,
    form: Annotated[Literal["text", "json", "html"], typer.Option("--as", help="text, json or html.")] = "text",
    rendition: Annotated[Literal["ja", "en"] | None, typer.Option("--only", help="Only one language.")] = None,
) -> None:
    """Print a draft: both renditions, its gates, its decisions."""
    from newsdigest.drafts.rendering import html, markdown
    from newsdigest.pipeline.removal import cited_items, removed_evidence

    store = place(context).store()
    found = store.draft(draft, version)
    if form == "json":
        print(json.dumps(found.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1))
        return
    if form == "html":
        print(html(found))
        return
    for language in ("ja", "en"):
        if rendition in (None, language):
            print(markdown(found, language))
            print()
    if rendition is not None:
        return
    for item, tombstone in removed_evidence(found, store.items(cited_items(found))).items():
        print(f"  evidence {item}: {tombstone}")
    for held in store.comparison(found.comparison).reopened:
        state = "found again" if held.stands else "not found again"
        print(f"  reopened {held.kind} ({held.what.en}): {held.item} was {held.reason}; {state} in what we hold now")
    review = store.review(draft, found.version)
    print(f"{found.id} version {found.version}: ja {review.ja}, en {review.en}")
    for sentence in _storyline(context, found.event):
        print(f"  {sentence}")
    for gate in found.gates:
        if gate.passed is False:
            print(f"  gate {gate.gate}: {len(gate.faults)} of {gate.checked}")
            for fault in gate.faults:
                print(f"    {fault}")
    for decision in review.decisions:
        reason = f": {decision.reason}" if decision.reason else ""
        print(f"  {decision.at:%Y-%m-%d %H:%M}Z {decision.by} {decision.action} {decision.rendition}{reason}")


def _storyline(context: typer.Context, key: str) -> list[str]:
    """What the event carries on and what is new since the last article; the lexicon is read only where there is something to say."""
    store = place(context).store()
    event = store.event(key)
    if not event.follows:
        return []
    from newsdigest.events.reasons import Reasons
    from newsdigest.pipeline.storylines import storyline_of
    from newsdigest.wiring import event_weights, lexicon

    reasons = Reasons(lexicon(place(context).settings()), event_weights().background)
    return storyline_of(store, event, reasons)
