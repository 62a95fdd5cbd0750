"""Progress for people (bars on a terminal) and for machines (one JSON line a finished step)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsdigest.pipeline.bureau import Progress

LABELS = {
    "poll": "Polling sources",
    "relate": "Finding events",
    "choose": "Choosing",
    "draft": "Drafting",
    "close": "Queued",
}


@contextmanager
def shown() -> Iterator[Callable[[Progress], None]]:
    """Yield the listener that suits standard error: rich bars on a terminal, JSON lines otherwise."""
    if sys.stderr.isatty():
        with _bars() as listener:
            yield listener
    else:
        yield _line


def _line(progress: Progress) -> None:
    if progress.finished:
        print(
            json.dumps({"step": progress.step, **progress.facts}, ensure_ascii=False, default=str),
            file=sys.stderr,
            flush=True,
        )


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description:<16}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", style="dim"),
        console=Console(stderr=True),
    )
    tasks: dict[str, TaskID] = {}

    def listen(progress: Progress) -> None:
        label = LABELS.get(progress.step, progress.step)
        if progress.step not in tasks:
            tasks[progress.step] = bars.add_task(label, total=progress.total or None, note="")
        task = tasks[progress.step]
        if progress.finished:
            note = "  ".join(
                f"{name} {value}" for name, value in progress.facts.items() if isinstance(value, int | float | str)
            )
            total = progress.total or max(progress.done, 1)
            bars.update(task, total=total, completed=total, note=note)
        else:
            bars.update(task, total=progress.total or None, completed=progress.done)

    with bars:
        yield listen
