"""What somebody says will be done, with the date he gives: absolute, with the precision stated, a limit told from a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsdigest.comparison.cast import Cast
from newsdigest.comparison.packet import Member
from newsdigest.comparison.patterns import Pattern, PatternBook
from newsdigest.comparison.reading import Reading
from newsdigest.comparison.record import Claim, Commitment, Figure
from newsdigest.items.evidence import Evidence, cite
from newsdigest.language.lexicon import LANGUAGES
from newsdigest.moments import Moment, Precision
from newsdigest.records import short_key

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_STOP = re.compile(r"[,;、，；:：]| and | but | while ")
# Slots that tell of a thing to come by themselves; any other must be told as a plan.
_COMING = ("visit", "committed")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way to give a date from the day of speaking."""

    pattern: Pattern
    years: int
    until: bool
    named: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """A date given in a text: its parts, where it stands (offsets of the field), whether it is a limit."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int
    until: bool = False


class CommitmentFinder:
    """Reads the dates of what is to come; holds the compiled patterns of one lexicon."""

    def __init__(self, cast: Cast) -> None:
        table = cast.lexicon.table("commitments")
        self._lexicon = cast.lexicon
        self._done = frozenset(table.get("slots", {}).get("done", ()))
        self._book: PatternBook = cast.vocabulary.book
        compile_ = self._book.compile
        self._future = {lang: [compile_(p, lang) for p in table["future"].get(lang, ())] for lang in LANGUAGES}
        self._past = {lang: [compile_(p, lang) for p in table.get("past", {}).get(lang, ())] for lang in LANGUAGES}
        self._rules = {
            lang: [
                _Rule(compile_(row[lang], lang), row.get("years", 0), row.get("until", False), row.get("named", False))
                for row in table.get("date", ())
                if lang in row
            ]
            for lang in LANGUAGES
        }
        conditions = cast.lexicon.table("drifting").get("condition", {})
        self._condition = {lang: [compile_(p, lang) for p in conditions.get(lang, ())] for lang in LANGUAGES}

    def commitments(
        self, readings: Sequence[Reading], claims: Sequence[Claim], figures: Mapping[str, Sequence[Figure]]
    ) -> Iterator[Commitment]:
        """Yield a commitment for each claim of a plan whose sentence gives one date to come, and no other, beside the plan's object.

        Claims that others only repeat are left out, as is whatever is denied.
        """
        members = {r.member.key: r.member for r in readings}
        for claim in claims:
            if not self._is_plan(claim):
                continue
            member, evidence = members[claim.item], claim.evidence[0]
            text = self._book.fold(evidence.exact)
            if not any(p.search(text) for p in self._future[member.language]):
                continue
            spoken = _local(claim.said_at, member)
            given = self._given(text, evidence, member, figures.get(member.key, ()), spoken) if spoken else []
            if spoken is None or len(given) != 1:
                continue
            date = given[0]
            if not self._of_claim(date, claim, text):
                continue
            yield Commitment(
                id=short_key("cm", claim.id, str(date.start)),
                claim=claim.id,
                by=_moment(date, member, evidence),
                until=date.until,
                condition=self._conditional(text, evidence, member),
                date=_cite(member, evidence, date.start, date.end),
                item=claim.item,
                evidence=evidence,
            )

    def _of_claim(self, date: _Given, claim: Claim, text: str) -> bool:
        """Whether a date stands with what the claim is about: in the part of the sentence that names its object."""
        if claim.object is None or claim.object.id is None:
            return False
        start = max((m.end() for m in _STOP.finditer(text, 0, date.start)), default=0)
        after = _STOP.search(text, date.end)
        part = text[start : after.start() if after else len(text)]
        named = {i for m in self._lexicon.find(part) for i in (m.entry, *m.others)}
        return claim.object.id in named

    def _is_plan(self, claim: Claim) -> bool:
        told = claim.attribution.role in ("issuer", "speaker", "carrier") and not claim.attribution.second_hand
        coming = claim.modality == "plans" or (
            claim.slot in _COMING and claim.modality in ("says", "reports", "confirms")
        )
        plain = claim.kind == "slot" and claim.polarity == "affirmed" and not claim.related
        return told and coming and plain and claim.slot is not None and claim.slot not in self._done

    def _given(
        self, text: str, evidence: Evidence, member: Member, figures: Sequence[Figure], spoken: datetime
    ) -> list[_Given]:
        """The dates of a sentence that lie after the hour of speaking; a day and the month it stands in are one."""
        found = [g for rule in self._rules[member.language] for g in self._by_rule(rule, text, spoken, member.language)]
        for figure in figures:
            here = figure.evidence.field == evidence.field
            if figure.kind == "date" and here and evidence.start <= figure.evidence.start < evidence.end:
                stated = _stated(figure, evidence)
                if stated is not None and not any(_meet(stated, g) for g in found):
                    found.append(stated)
        kept: list[_Given] = []
        for one in sorted(found, key=lambda g: (g.start, -g.end)):
            if not any(_meet(one, other) for other in kept):
                kept.append(one)
        return [g for g in kept if _after(g, spoken)] if all(_after(g, spoken) for g in kept) else []

    def _by_rule(self, rule: _Rule, text: str, spoken: datetime, language: str) -> Iterator[_Given]:
        for match in rule.pattern.finditer(text):
            if any(p.search(text[: match.start()]) for p in self._past[language]):
                continue
            name = match.groupdict().get("month")
            month = (int(name) if name.isdigit() else _MONTHS.index(name.lower()) + 1) if name else None
            year = spoken.year + rule.years
            if rule.named and month is not None and month <= spoken.month:
                # "In April", said in April, may be this one or the next.
                if month == spoken.month:
                    continue
                year += 1
            yield _Given(year, month, None, match.start(), match.end(), rule.until)

    def _conditional(self, text: str, evidence: Evidence, member: Member) -> Evidence | None:
        for pattern in self._condition[member.language]:
            if (match := pattern.search(text)) and match.end() > match.start():
                return _cite(member, evidence, match.start(), match.end())
        return None


def _stated(figure: Figure, evidence: Evidence) -> _Given | None:
    """A date of the figures, whose year the text states or the reader settled."""
    parts = figure.value[:10].split("-")
    start = figure.evidence.start - evidence.start
    try:
        year, *rest = (int(p) for p in parts)
    except ValueError:
        return None
    month = rest[0] if rest else None
    day = rest[1] if len(rest) > 1 else None
    return _Given(year, month, day, start, start + len(figure.evidence.exact)) if year >= 1000 else None


def _meet(one: _Given, other: _Given) -> bool:
    return one.start < other.end and other.start < one.end


def _after(given: _Given, spoken: datetime) -> bool:
    if given.month is None:
        return given.year > spoken.year or (given.until and given.year == spoken.year)
    if given.day is None:
        return (given.year, given.month) > (spoken.year, spoken.month)
    return (given.year, given.month, given.day) > (spoken.year, spoken.month, spoken.day)


def _zone(member: Member) -> ZoneInfo:
    try:
        return ZoneInfo(member.source.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _local(moment: Moment, member: Member) -> datetime | None:
    return moment.instant.astimezone(_zone(member)) if moment.instant is not None else None


def _moment(date: _Given, member: Member, evidence: Evidence) -> Moment:
    precision: Precision = "day" if date.day else "month" if date.month else "year"
    begins = datetime(date.year, date.month or 1, date.day or 1, tzinfo=_zone(member))
    raw = evidence.exact[date.start : date.end]
    return Moment(
        instant=begins.astimezone(UTC), precision=precision, zone=member.source.zone, zone_origin="source", raw=raw
    )


def _cite(member: Member, evidence: Evidence, start: int, end: int) -> Evidence:
    version = next(v for v in member.item.versions if v.n == evidence.version)
    return cite(member.key, version, evidence.field, evidence.start + start, evidence.start + end)
