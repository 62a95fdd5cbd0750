"""One section a voice: what it says, by which channel, when; what it tells of the other side stays its account."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.comparison.record import Claim, Voice
from newsdigest.drafts.writer.material import Material, claim_key
from newsdigest.drafts.writer.point import Arg, Outlet, Plan, Point, Reserved, Topics, Who, Word, spans


def plans(material: Material) -> Iterator[Plan]:
    """A section for each voice, official ones first, then in order of appearance."""
    told: set[tuple[str, ...]] = set()
    voices = sorted(material.comparison.voices, key=lambda v: (not v.official, _position(material, v.lead)))
    for voice in voices:
        points = tuple(_points(material, voice, told))
        if points:
            yield Plan(f"voice-{voice.lead}", _heading(material, voice, points), points)


def _position(material: Material, key: str) -> int:
    items = material.comparison.items
    return items.index(key) if key in items else len(items)


def _heading(material: Material, voice: Voice, points: tuple[Point, ...]) -> Point:
    channel = Word("channels", material.channel(voice.lead))
    if not material.official(voice.lead):
        channel = Word("kinds", material.member(voice.lead).source.kind)
    args: dict[str, Arg] = {"who": Outlet(voice.lead), "channel": channel}
    when = material.when(voice.lead, clock=True)
    if when is not None:
        args["when"] = when
    evidence = spans(material.title(voice.lead), *(p.evidence for p in points))
    return Point("frame", "h_voice" if when else "h_voice_undated", args, evidence=evidence)


def _points(material: Material, voice: Voice, told: set[tuple[str, ...]]) -> Iterator[Point]:
    items = set(voice.items) | {voice.lead}
    claims = [
        c for c in material.comparison.claims if c.item in items and c.kind not in ("interpretation", "background")
    ]
    subject = material.comparison.subject
    spoken: set[str] = set()
    for claim in claims:
        key = (voice.lead, *claim_key(claim), material.holder_key(claim))
        if key in told or (subject is not None and claim_key(claim) == claim_key(subject)):
            continue
        point = claim_point(material, claim)
        if point is not None:
            told.add(key)
            spoken.update(claim.topics)
            yield point
    yield from _topics(material, voice, spoken)
    yield from _declined(material, voice)
    yield from _accounts(material, voice)


def claim_point(material: Material, claim: Claim) -> Point | None:
    """A claim with a slot as one sentence, by its modality; None for a claim without one."""
    if claim.slot is None:
        return None
    holder = material.holder(claim)
    args: dict[str, Arg] = {"who": holder, "clause": Reserved(claim)}
    frame, kind = _frame(material, claim)
    if claim.attribution.account_of is not None:
        return Point("account", "account", {**args, "side": Outlet(claim.item)}, (claim.id,), evidence=claim.evidence)
    if claim.modality == "declines":
        args = {"who": holder, "topics": Topics(claim.topics)}
    elif frame == "reports_of" and claim.attribution.holder is not None:
        args = {"who": Outlet(claim.item), "holder": Who(claim.attribution.holder), "clause": Reserved(claim)}
    elif frame == "says_channel":
        args["channel"] = Word("by_channel", material.channel(claim.item))
    return Point(kind, frame, args, (claim.id,), evidence=claim.evidence)  # type: ignore[arg-type]


def _frame(material: Material, claim: Claim) -> tuple[str, str]:
    if claim.modality in ("denies", "confirms", "plans", "declines", "asks"):
        return claim.modality, "fact"
    held = claim.attribution.holder is not None and claim.attribution.role in ("speaker", "unnamed", "analyst")
    if held and not material.official(claim.item):
        return "reports_of", "fact"
    return ("says" if material.official(claim.item) else "reports"), "fact"


def _topics(material: Material, voice: Voice, spoken: set[str]) -> Iterator[Point]:
    cells = [c for c in material.comparison.matrix if c.item == voice.lead and c.state == "says" and c.evidence]
    left = [c for c in cells if c.topic_id not in spoken]
    if not left:
        return
    args: dict[str, Arg] = {
        "text": material.text_word(voice.lead),
        "topics": Topics(tuple(c.topic_id for c in left)),
    }
    yield Point("fact", "topics", args, evidence=spans(*(c.evidence[:1] for c in left)))


def _declined(material: Material, voice: Voice) -> Iterator[Point]:
    cells = [c for c in material.comparison.matrix if c.item == voice.lead and c.state == "declined" and c.evidence]
    if cells:
        topics = Topics(tuple(c.topic_id for c in cells))
        yield Point("fact", "declined", {"topics": topics}, evidence=spans(*(c.evidence[:1] for c in cells)))


def _accounts(material: Material, voice: Voice) -> Iterator[Point]:
    """What this side tells of the other without a slot: the topics, marked as this side's account."""
    for identity in material.comparison.accounts:
        claim = material.claims.get(identity)
        if claim is None or claim.item != voice.lead or claim.slot is not None:
            continue
        other = claim.attribution.account_of
        if other is None:
            continue
        aside = {n.id for n in (other, claim.actor, claim.object) if n is not None}
        topics = tuple(t for t in claim.topics if t not in aside)
        args: dict[str, Arg] = {"other": Who(other), "side": Outlet(voice.lead)}
        if topics:
            args["topics"] = Topics(topics)
        frame = "account_topics" if topics else "account_bare"
        yield Point("account", frame, args, (claim.id,), evidence=claim.evidence)
