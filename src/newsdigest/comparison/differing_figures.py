"""Contradictions of figures as disagreements of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.figures import (
    FigureAnswer,
    FigureConflict,
    Situation,
    conflicts,
    label,
    say,
    series,
)
from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Answer, Disagreement, Figure, FigureSeries, Name, SeriesPoint
from newsdigest.records import Bilingual, short_key


def number_disagreements(
    figures: Sequence[Figure], packet: Packet, known: Sequence[Situation]
) -> Iterator[Disagreement]:
    """Yield one disagreement a contradiction; ``related`` where it is about another matter than the event's own."""
    for conflict in conflicts(figures, packet, known):
        first = conflict.answers[0].figures[0]
        kind = "date" if first.kind in ("date", "time") else "number"
        yield Disagreement(
            id=short_key(
                "d", kind, packet.event.id, conflict.key, *sorted(f.id for a in conflict.answers for f in a.figures)
            ),
            kind=kind,
            question=conflict.question,
            related=_related(conflict, packet),
            answers=tuple(_answer(answer, packet) for answer in conflict.answers),
        )


def figure_series(
    figures: Sequence[Figure], packet: Packet, cast: Cast, known: Sequence[Situation]
) -> Iterator[FigureSeries]:
    """Yield the counts that changed over time, oldest value first; a value that several give at one time is one point."""
    for found in series(figures, packet, known):
        points: list[list[Figure]] = []
        for figure in found.points:
            if points and points[-1][0].value == figure.value:
                points[-1].append(figure)
            else:
                points.append([figure])
        name = label(found.points[0], packet.lexicon)
        if name is None or len(points) < 2 or len({p[0].value for p in points}) != len(points):
            continue  # a value that comes back after another is no plain course
        yield FigureSeries(
            id=short_key("fs", packet.event.id, found.key),
            of_id=found.key,
            label=name,
            points=tuple(_point(same, packet, cast) for same in points),
        )


def _point(same: Sequence[Figure], packet: Packet, cast: Cast) -> SeriesPoint:
    first = same[0]
    holders: dict[str, Name] = {}
    for figure in same:
        name = figure.holder.holder or cast.carrier(packet.member(figure.evidence.item))
        holders.setdefault(name.id or name.en or name.surface, name)
    return SeriesPoint(
        value=Bilingual(ja=say(first, "ja", packet.lexicon), en=say(first, "en", packet.lexicon)),
        as_of=first.as_of,
        holders=tuple(holders.values()),
        items=tuple(dict.fromkeys(f.evidence.item for f in same)),
        figures=tuple(f.id for f in same),
        evidence=tuple(f.evidence for f in same),
    )


def _related(conflict: FigureConflict, packet: Packet) -> bool:
    members = {m.key for m in packet.members}
    return not conflict.main or not all(set(a.items) <= members for a in conflict.answers)


def _answer(answer: FigureAnswer, packet: Packet) -> Answer:
    items = dict.fromkeys(answer.items)
    holders: dict[str, Name] = {}
    for figure in answer.figures:
        holder = figure.holder.holder
        if holder is not None:
            holders.setdefault(holder.id or holder.en or holder.surface, holder)
    return Answer(
        value=answer.value,
        sources=tuple(dict.fromkeys(packet.member(i).source.id for i in items)),
        voices=len({_voice(f, packet) for f in answer.figures}),
        holders=tuple(holders.values()),
        figures=tuple(f.id for f in answer.figures),
        evidence=tuple(f.evidence for f in answer.figures),
    )


def _voice(figure: Figure, packet: Packet) -> str:
    """Who gave the figure: its holder where the text names one, else the item that speaks."""
    holder = figure.holder.holder
    named = holder is not None and figure.holder.role in ("issuer", "speaker")
    if named and holder is not None:
        return holder.id or holder.en or holder.surface
    return packet.lead_of(figure.evidence.item)
