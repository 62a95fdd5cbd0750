"""Who said what when, through which item: first publications, statements, and the happening itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.reading import Clause, Reading
from newsdigest.comparison.record import Claim, Figure, TimelineEntry
from newsdigest.comparison.speaking import is_interview, speaks_itself
from newsdigest.moments import Moment

_FAR = datetime(9999, 1, 1, tzinfo=UTC)
# How long a moment of each precision may last.
_ROUGH = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


def happened(clause: Clause | None, figures: Mapping[str, Sequence[Figure]]) -> Moment | None:
    """The day that a clause gives for the happening, in the zone of its source; None where it gives none."""
    if clause is None:
        return None
    member = clause.member
    for figure in figures.get(member.key, ()):
        inside = figure.evidence.field == clause.field and clause.start <= figure.evidence.start < clause.end
        if figure.kind != "date" or not inside:
            continue
        try:
            day = datetime.fromisoformat(figure.value[:10])
            zone = ZoneInfo(member.source.zone)
        except (ValueError, ZoneInfoNotFoundError):
            continue
        return Moment(
            instant=day.replace(tzinfo=zone).astimezone(UTC),
            precision="day",
            zone=member.source.zone,
            zone_origin="source",
            raw=figure.raw,
        )
    return None


def subject_day(readings: Sequence[Reading], figures: Mapping[str, Sequence[Figure]]) -> tuple[Moment, Clause] | None:
    """The day of the happening as the earliest lead that states it has it, official texts first."""
    ordered = sorted(readings, key=lambda r: not speaks_itself(r.member))
    for reading in ordered:
        for clause in reading.lead:
            moment = happened(clause, figures)
            if moment is not None:
                return moment, clause
    return None


def timeline(
    readings: Sequence[Reading], subject: Claim | None, claims: Sequence[Claim], cast: Cast
) -> Iterator[TimelineEntry]:
    """Yield the entries in order of time; equal times in order of item."""
    entries: list[TimelineEntry] = []
    if subject is not None and subject.said_at.precision != "unknown" and subject.evidence:
        evidence = subject.evidence[0]
        source = next((r.member.source.id for r in readings if r.member.key == subject.item), "")
        entries.append(
            TimelineEntry(
                at=subject.said_at,
                basis="happened",
                item=subject.item,
                source=source,
                claim=subject.id,
                evidence=evidence,
            )
        )
    first_claim: dict[str, Claim] = {}
    for claim in claims:
        first_claim.setdefault(claim.item, claim)
    for reading in readings:
        member = reading.member
        said = speaks_itself(member) or is_interview(member)
        issuer = cast.issuer(member) if said else None
        known = first_claim.get(member.key)
        head = next(iter(reading.clauses), None)
        entries.append(
            TimelineEntry(
                at=member.item.versions[0].published,
                basis="said" if said else "published",
                who=issuer.name if issuer else (known.attribution.holder if said and known else cast.carrier(member)),
                item=member.key,
                source=member.source.id,
                claim=known.id if known else None,
                channel=member.item.statement.channel if member.item.statement else member.source.channel,
                evidence=head.cite() if head else None,
            )
        )
    ordered = sorted(entries, key=lambda e: (e.at.instant or _FAR, e.basis != "happened", e.item))
    first = _first(ordered)
    yield from (e.model_copy(update={"first": True}) if e is first else e for e in ordered)


def _first(entries: Sequence[TimelineEntry]) -> TimelineEntry | None:
    """The publication that came before all others; None where the times, as far as they are known, leave it open."""
    out = [e for e in entries if e.basis != "happened"]
    if len(out) < 2 or any(e.at.instant is None or e.at.precision not in _ROUGH for e in out):
        return None
    first, *rest = out
    ends = latest(first.at)
    return first if all(e.at.instant is not None and ends is not None and ends <= e.at.instant for e in rest) else None


def latest(moment: Moment) -> datetime | None:
    """The end of the stretch in which a moment lies at its precision; None where nothing is known of it."""
    span = _ROUGH.get(moment.precision)
    return moment.instant + span if moment.instant is not None and span is not None else None
