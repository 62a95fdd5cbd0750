"""How headlines name the actors, the act and the object. Shown, never scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.claims import SlotReader
from newsdigest.comparison.reading import Reading
from newsdigest.comparison.record import Framing, Name


def framing(readings: Sequence[Reading], cast: Cast) -> Iterator[Framing]:
    """Yield one entry a headline."""
    reader = SlotReader(cast)
    for reading in readings:
        member = reading.member
        clauses = [c for c in reading.clauses if c.field == "title"]
        if not member.title.strip() or not clauses:
            continue
        actors: dict[str, Name] = {}
        objects: dict[str, Name] = {}
        acts: dict[str, None] = {}
        for clause in clauses:
            for found in reader.read(clause, ()):
                acts.setdefault(found.slot.id)
                if found.object:
                    objects.setdefault(found.object.key, found.object.name)
            for position in sorted(clause.groups):
                group = clause.groups[position]
                if group.kind == "occasion" and group.entry:
                    acts.setdefault(group.entry)
                    continue
                actor = cast.resolve(group, clause)
                if actor is not None:
                    actors.setdefault(actor.key, actor.name)
        yield Framing(
            item=member.key,
            source=member.source.id,
            country=member.source.country,
            kind=member.source.kind,
            lang=member.language,
            actors=tuple(n for k, n in actors.items() if k not in objects),
            acts=tuple(acts),
            objects=tuple(objects.values()),
            evidence=member.cite(0, len(member.title), "title"),
        )
