"""figures: every number, date, percentage and sum traces to a cited span or to a moment or count on record; bounds survive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from newsdigest.comparison.figures import Number, same_number
from newsdigest.drafts.draft import GateResult
from newsdigest.drafts.gates.place import Desk, Place, result
from newsdigest.drafts.writer.dates import local
from newsdigest.moments import Moment

_CALENDAR = ("date", "time", "month", "year")
_JAPAN_TIME = ("日本時間", "Japan time")
_JAPAN_OFFSET = timedelta(hours=9)
_LOOSE = {"at_least": "at_least", "at_most": "at_most", "about": "about"}


def check(desk: Desk) -> GateResult:
    """Read the numbers of each sentence and look for each in what the sentence cites."""
    faults: list[str] = []
    checked = 0
    counts = _counts(desk)
    for place in desk.places:
        numbers = _numbers(desk, place)
        if not numbers:
            continue
        cited = list(_cited(desk, place))
        moments = list(_moments(desk, place))
        for number in numbers:
            checked += 1
            fault = _trace(number, cited, moments, counts, place)
            if fault:
                faults.append(place.fault(fault))
        faults.extend(_dropped(desk, place, numbers))
    known = {f.id: f for f in desk.comparison.figures}
    faults += [f"figure {f.id} is not as the comparison has it" for f in desk.draft.figures if known.get(f.id) != f]
    return result("figures", checked, faults)


def _numbers(desk: Desk, place: Place) -> tuple[Number, ...]:
    """The sentence's numbers; where it says what is not mentioned, a topic's name may hold one ("one-year pause")."""
    text = place.sentence.text
    found = desk.numbers(text, place.rendition)
    if place.sentence.kind != "no_mention":
        return found
    named = [(m.start, m.end) for m in desk.mentions(text, place.rendition)]
    return tuple(n for n in found if not any(start < n.end and n.start < end for start, end in named))


def _cited(desk: Desk, place: Place) -> Iterator[Number]:
    for span in place.sentence.evidence:
        item = desk.item(span.item)
        version = next((v for v in item.versions if v.n == span.version), None) if item else None
        if version is not None:
            yield from desk.numbers(span.exact, version.language)


def _trace(
    number: Number, cited: list[Number], moments: list[datetime], counts: set[Decimal], place: Place
) -> str | None:
    same = [other for other in cited if same_number(number, other)]
    if same:
        if number.date or number.kind == "time" or any(other.bound == number.bound for other in same):
            return None
        bound = same[0].bound
        return f"“{number.raw}”: the source says {_LOOSE.get(bound, 'exactly')}, the sentence {_LOOSE.get(number.bound, 'exactly')}"
    if _told(number, moments, place):
        return None
    if place.sentence.kind in ("frame", "caveat", "formula") and number.kind == "count" and number.value in counts:
        return None
    return f"“{number.raw}” stands in no cited span"


def _told(number: Number, moments: list[datetime], place: Place) -> bool:
    """Whether a date or clock time is that of a moment on record, in Japan or where it was said."""
    if number.kind == "time":
        if any(mark in place.sentence.text for mark in _JAPAN_TIME):
            moments = [m for m in moments if m.utcoffset() == _JAPAN_OFFSET]
        return any((Decimal(m.hour * 60 + m.minute) - number.value) % 720 == 0 for m in moments)
    if number.date is None:
        return False
    year, month, day = number.date
    return any(
        (year is None or year == m.year) and (month is None or month == m.month) and (day is None or day == m.day)
        for m in moments
    )


def _moments(desk: Desk, place: Place) -> Iterator[datetime]:
    # A list of sources and a heading tell of one item, the first that they cite; the label tells the memo's own hour.
    listed = place.sentence.kind == "frame" and place.section != "lede" and place.part != "headline"
    held: list[tuple[Moment, str]] = [] if listed else [(desk.draft.as_of, "")]
    claims = {c.id: c for c in desk.comparison.claims}
    held += [(claims[i].said_at, "") for i in place.sentence.claims if i in claims]
    held += [(f.as_of, "") for f in desk.draft.figures if f.id in place.sentence.figures]
    cited = {e.item for e in place.sentence.evidence[: 1 if listed else None]}
    held += [(c.by, "") for c in desk.comparison.commitments if c.claim in place.sentence.claims]
    for member in (*desk.packet.members, *desk.packet.related, *desk.packet.history, *desk.packet.earlier):
        if member.key in cited:
            for version in member.item.versions:
                held += [(m, member.source.zone) for m in (version.published, version.modified) if m is not None]
                held.append((Moment(instant=version.first_seen, precision="minute", zone="UTC"), member.source.zone))
    for moment, zone in held:
        for name in (zone, moment.zone, "Asia/Tokyo"):
            at = local(moment, name or None)
            if at is not None:
                yield at
    if listed:
        return
    as_of = Moment(instant=desk.comparison.as_of, precision="minute", zone="UTC")
    yield from (at for zone in ("UTC", "Asia/Tokyo") if (at := local(as_of, zone)) is not None)


def _counts(desk: Desk) -> set[Decimal]:
    """What we counted ourselves: sources, voices, statements of an issuer's history."""
    sizes = {len(desk.packet.members), len(desk.comparison.voices)}
    sizes |= {n for f in desk.comparison.formulae for n in (f.history.present, f.history.of)}
    return {Decimal(size) for size in sizes}


def _dropped(desk: Desk, place: Place, numbers: tuple[Number, ...]) -> list[str]:
    """A figure that the sentence names must be printed with its value."""
    faults: list[str] = []
    held = {f.id: f for f in desk.draft.figures}
    for identity in place.sentence.figures:
        figure = held.get(identity)
        if figure is None or figure.kind in _CALENDAR or place.part != "body":
            continue
        own = desk.numbers(figure.raw, _language(desk, figure.evidence.item))
        if own and not any(same_number(n, o) for n in numbers for o in own):
            faults.append(place.fault(f"names the figure {figure.raw} but does not print it"))
    return faults


def _language(desk: Desk, key: str) -> str:
    item = desk.item(key)
    return item.latest.language if item is not None else "en"
