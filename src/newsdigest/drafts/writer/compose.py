"""From plans to renditions: a point is kept where both halves can say it, and quotations within the house's share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Voice
from newsdigest.drafts.draft import RENDITIONS, BothSentence, BothSentences, DraftSentence, Rendition, Section
from newsdigest.drafts.writer.point import Plan, Point, Words
from newsdigest.drafts.writer.speaker import Speaker

FOREIGN_SHARE = 0.22
"""Kept a little below the gate's quarter, since a caveat or a heading may still go."""


@dataclass(slots=True)
class Composer:
    """Says points in both languages, numbering sentences as it goes."""

    packet: Packet
    voices: Sequence[Voice] = ()
    speakers: dict[Rendition, Speaker] = field(init=False)
    characters: dict[Rendition, int] = field(init=False)
    frames: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.speakers = {language: Speaker(language, self.packet, self.voices) for language in RENDITIONS}
        self.characters = dict.fromkeys(RENDITIONS, 0)

    def both(self, point: Point, identity: str) -> BothSentence | None:
        """A point as a sentence of each half with one id, or None where a half cannot say it."""
        said = {language: speaker.say(point) for language, speaker in self.speakers.items()}
        out: dict[str, DraftSentence] = {}
        for language, result in said.items():
            if result is None:
                return None
            out[language] = DraftSentence(
                id=f"{identity}-{language}",
                text=result[0],
                kind=point.kind,
                claims=tuple(dict.fromkeys(point.claims)),
                quotes=point.quotes,
                figures=point.figures,
                evidence=point.evidence,
            )
        self.frames[identity] = point.frame
        for language, result in said.items():
            if result is not None:
                self.speakers[language].keep(point, result[1])
                self.characters[language] += len(result[0])
        return BothSentence(ja=out["ja"], en=out["en"])

    def headline(self, points: Iterable[Point]) -> BothSentence:
        """The first headline that both halves can print within the house's length; the last is taken as it is."""
        best: BothSentence | None = None
        for point in points:
            said = {language: speaker.say(point) for language, speaker in self.speakers.items()}
            if any(result is None for result in said.values()):
                continue
            sentence = {
                language: DraftSentence(
                    id=f"headline-{language}",
                    text=self._title(language, result[0]) if result else "",
                    kind=point.kind,
                    claims=point.claims,
                    figures=point.figures,
                    evidence=point.evidence,
                )
                for language, result in said.items()
            }
            best = BothSentence(ja=sentence["ja"], en=sentence["en"])
            if all(len(sentence[lang].text) <= self.speakers[lang].style["headline"]["length"] for lang in RENDITIONS):
                return best
        if best is None:
            raise ValueError("no headline can be printed in both languages")
        return best

    def _title(self, language: Rendition, text: str) -> str:
        return text.rstrip("。.")

    def section(self, plan: Plan) -> Section | None:
        """A section with the points that both halves can say; None where there is none."""
        heading = self.both(plan.heading, f"{plan.id}-h")
        if heading is None:
            return None
        pairs = []
        told = False
        for number, point in enumerate(plan.points, 1):
            # Who else carries it is said only behind what he carries.
            follows = point.frame.startswith("also")
            pair = self.both(point, f"{plan.id}-{number}") if told or not follows else None
            told = told if follows else pair is not None
            if pair is not None:
                pairs.append(pair)
        if not pairs:
            return None
        sentences = BothSentences(ja=tuple(p.ja for p in pairs), en=tuple(p.en for p in pairs))
        return Section(id=plan.id, heading=heading, sentences=sentences)


def within_share(packet: Packet, plans: Sequence[Plan], voices: Sequence[Voice] = ()) -> tuple[Plan, ...]:
    """Drop quotations of least weight until foreign words are within the share of each half."""
    trial = Composer(packet, voices)
    for plan in plans:
        trial.section(plan)
    quoted = sorted((point for plan in plans for point in plan.points if point.quotes), key=lambda p: -p.priority)
    plain = {lang: trial.characters[lang] - sum(_length(p) for p in quoted) for lang in RENDITIONS}
    kept: list[Point] = []
    foreign: dict[Rendition, int] = dict.fromkeys(RENDITIONS, 0)
    own: dict[Rendition, int] = dict.fromkeys(RENDITIONS, 0)
    for point in quoted:
        more = {lang: _length(point, foreign_to=lang) for lang in RENDITIONS}
        total = {lang: plain[lang] + foreign[lang] + own[lang] + _length(point) for lang in RENDITIONS}
        if all(foreign[lang] + more[lang] <= FOREIGN_SHARE * total[lang] for lang in RENDITIONS):
            kept.append(point)
            for lang in RENDITIONS:
                foreign[lang] += more[lang]
                own[lang] += _length(point) - more[lang]
    return tuple(
        Plan(plan.id, plan.heading, tuple(p for p in plan.points if not p.quotes or p in kept)) for plan in plans
    )


def _length(point: Point, foreign_to: Rendition | None = None) -> int:
    quotes = [arg.quote for arg in point.args.values() if isinstance(arg, Words)]
    return sum(len(q.text) for q in quotes if foreign_to is None or q.lang != foreign_to)
