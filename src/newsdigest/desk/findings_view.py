"""The comparison's further findings as the desk lists them: wording, editions, changes, plans, the timeline, what was reopened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsdigest.comparison.record import Comparison, Drift, EditionGap
from newsdigest.items.evidence import Evidence
from newsdigest.items.item import Item
from newsdigest.moments import Moment

Half = Literal["ja", "en"]
_LABELLED = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what kind of finding (a key of the desk's words), a text of ours, and the words that it rests on."""

    kind: str
    text: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading (a key of the desk's words) with its rows."""

    heading: str
    rows: tuple[Row, ...]


def groups(
    comparison: Comparison,
    items: Mapping[str, Item],
    names: Mapping[str, str],
    half: Half,
    local: Callable[[datetime], str],
) -> list[Group]:
    """Every group that has rows, in the order in which an editor reads them. Words of removed items are not shown."""
    view = _View(comparison, items, names, half, local)
    made = [
        Group("reopened", tuple(view.reopened())),
        Group("versions", tuple(view.drifts("edited", "dropped_mention"))),
        Group("drift", tuple(view.drifts("paraphrase", "condition_dropped", "hedge_dropped", "position_changed", "wording"))),
        Group("changes", tuple(view.changes())),
        Group("editions", tuple(view.editions())),
        Group("plans", tuple(view.plans())),
        Group("wording", tuple(view.wording())),
        Group("timeline", tuple(view.timeline())),
    ]  # fmt: skip
    return [group for group in made if group.rows]


@dataclass(frozen=True, slots=True)
class _View:
    comparison: Comparison
    items: Mapping[str, Item]
    names: Mapping[str, str]
    half: Half
    local: Callable[[datetime], str]

    def reopened(self) -> Iterator[Row]:
        for held in self.comparison.reopened:
            state = "finding_stands" if held.stands else "finding_gone"
            yield Row(f"reopened_{held.reason}", getattr(held.what, self.half), self._words(*held.lost))
            yield Row(state, "")

    def drifts(self, *kinds: str) -> Iterator[Row]:
        for drift in self.comparison.drifts:
            if drift.kind in kinds:
                note = getattr(drift.topic or drift.note, self.half)
                yield Row(f"drift_{drift.kind}", note, self._words(*self._chain(drift)))

    @staticmethod
    def _chain(drift: Drift) -> tuple[Evidence, ...]:
        return drift.chain or tuple(e for e in (drift.first, drift.second) if e is not None)

    def changes(self) -> Iterator[Row]:
        for change in self.comparison.changes:
            issuer = getattr(change.issuer, self.half) or change.issuer.surface
            degrees = f"{getattr(change.before.label, self.half)} → {getattr(change.now.label, self.half)}"
            yield Row("change", f"{issuer}: {degrees}", self._words(change.before.evidence, change.now.evidence))

    def editions(self) -> Iterator[Row]:
        for edition in self.comparison.editions:
            pair = " / ".join(f"{lang} {done} ({of})" for lang, done, of in zip(edition.languages, edition.aligned, edition.sentences, strict=True))  # fmt: skip
            yield Row("edition_shorter" if edition.shorter else "edition_pair", pair)
            yield from (self._gap(gap) for gap in edition.gaps)

    def _gap(self, gap: EditionGap) -> Row:
        degrees = [getattr(label, self.half) for label in (gap.first, gap.second) if label is not None]
        return Row(f"edition_{gap.kind}", " / ".join(degrees), self._words(*gap.evidence, *gap.counterpart))

    def plans(self) -> Iterator[Row]:
        for held in self.comparison.commitments:
            yield Row("plan_until" if held.until else "plan", self._moment(held.by), self._words(held.evidence))

    def wording(self) -> Iterator[Row]:
        for contrast in self.comparison.headline_words:
            for word in contrast.words:
                where = ", ".join((*word.countries, *word.kinds))
                text = f"{getattr(contrast.label, self.half)}: {getattr(word.label, self.half)} ({where})"
                yield Row("headline_word", text, self._words(*word.evidence))

    def timeline(self) -> Iterator[Row]:
        for entry in self.comparison.timeline:
            who = self.names.get(entry.source, entry.source)
            kind = "first" if entry.first else entry.basis
            yield Row(
                f"time_{kind}",
                f"{self._moment(entry.at)} {who}",
                self._words(*((entry.evidence,) if entry.evidence else ())),
            )

    def _moment(self, moment: Moment) -> str:
        if moment.instant is None:
            return "–"
        if moment.precision in ("day", "month", "year"):
            width = {"day": 10, "month": 7, "year": 4}[moment.precision]
            return moment.instant.isoformat()[:width] if moment.zone in (None, "UTC") else moment.raw
        return self.local(moment.instant)

    def _words(self, *evidence: Evidence) -> tuple[tuple[str, str], ...]:
        """Source and words of each piece of evidence; of a removed item nothing."""
        out = []
        for piece in evidence:
            item = self.items.get(piece.item)
            if item is not None and item.removed is None:
                words = piece.exact if len(piece.exact) <= _LABELLED * 3 else f"{piece.exact[: _LABELLED * 3]}…"
                out.append((self.names.get(item.source, item.source), words))
        return tuple(out)
