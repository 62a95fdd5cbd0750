"""One section a voice that speaks for itself, one for the outlets: what each says, by which channel, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsdigest.comparison.record import Cell, Claim
from newsdigest.drafts.draft import SentenceKind
from newsdigest.drafts.writer import numbers
from newsdigest.drafts.writer.material import Material, claim_key
from newsdigest.drafts.writer.point import (
    Amount,
    Arg,
    Many,
    Nested,
    Outlet,
    Pairs,
    Plan,
    Point,
    Reserved,
    Said,
    Topics,
    Who,
    Word,
    spans,
)
from newsdigest.drafts.writer.retellings import Told, told
from newsdigest.items.evidence import Evidence

_MANNERS = ("denies", "confirms", "plans", "declines", "asks")
_TOPICS = 8


def plans(material: Material) -> Iterator[Plan]:
    """A section for each body and each interview in order of appearance, then one for what outlets report."""
    everything = [t for t in told(material) if not t.claims[0].related]
    homes = list(dict.fromkeys(material.voice_of(v.lead) for v in material.comparison.voices))
    own = [h for h in homes if material.official(h) or material.interview(h)]
    for home in own:
        points = tuple(_voice(material, home, [t for t in everything if t.home == home]))
        if points:
            yield Plan(f"voice-{home}", _heading(material, home, points), points)
    rest = [h for h in homes if h not in own]
    reported = tuple(p for h in rest for p in _reports(material, h, [t for t in everything if t.home == h]))
    if reported:
        yield Plan("reports", Point("frame", "h_reports", evidence=spans(*(p.evidence for p in reported))), reported)


def related(material: Material) -> Iterator[Plan]:
    """What was said of another occasion than the event's own, kept apart so that it is not read as being about this one."""
    things = [t for t in told(material) if t.claims[0].related]
    # First that it took place, then what was said of it.
    things.sort(key=lambda t: t.claims[0].slot not in ("spoke", "met"))
    points: list[Point] = []
    for thing in things:
        point = claim_point(material, thing.claims)
        if point is not None:
            points.append(point)
            points.extend(_also(material, list(thing.repeats), "also") for _ in thing.repeats[:1])
    if points:
        heading = Point("frame", "h_related_claims", evidence=spans(*(p.evidence for p in points)))
        yield Plan("related", heading, tuple(points))


def _heading(material: Material, home: str, points: tuple[Point, ...]) -> Point:
    args: dict[str, Arg] = {"who": Outlet(home), "channel": Word("channels", material.channel(home))}
    when = material.shown(home)
    if when is not None:
        args["when"] = when
    evidence = spans(material.title(home), *(p.evidence for p in points))
    return Point("frame", "h_voice" if when else "h_voice_undated", args, evidence=evidence)


def _voice(material: Material, home: str, things: list[Told]) -> Iterator[Point]:
    spoken: set[str] = set()
    pairs = [
        (t, p) for t in things if not _is_subject(material, t.claims[0]) and (p := claim_point(material, t.claims))
    ]
    carried = {tuple(dict.fromkeys(c.item for c in t.repeats)) for t, _ in pairs}
    together = len(pairs) > 1 and len(carried) == 1
    for thing, point in pairs:
        spoken.update(t for c in thing.claims for t in c.topics)
        yield point
        if thing.repeats and not together:
            yield _also(material, list(thing.repeats), "also")
    if together and carried != {()}:
        yield _also(material, [c for t, _ in pairs for c in t.repeats], "also_all")
    for point in _spoke(material, home):
        spoken.update(t for c in point.claims for t in material.claims[c].topics)
        yield point
    yield from _topics(material, home, spoken)
    yield from _declined(material, home)
    yield from _accounts(material, home)


def _also(material: Material, repeats: list[Claim], frame: str) -> Point:
    args: dict[str, Arg] = {"who": material.outlets(c.item for c in repeats)}
    proof = spans(*(c.evidence for c in repeats))
    # That somebody else carries one side's account, or tells it with a reserve of his own, makes no claim of it.
    plain = tuple(c.id for c in repeats if c.kind != "account" and not material.reserve((c,)))
    return Point("fact", frame, args, plain, evidence=proof)


def _reports(material: Material, home: str, things: list[Told]) -> Iterator[Point]:
    for thing in things:
        point = claim_point(material, thing.claims)
        if point is None or _is_subject(material, thing.claims[0]):
            continue
        yield point
        for claim in thing.repeats:
            beside = _beside(material, claim)
            also = _also(material, [claim], "also_beside" if beside else "also")
            yield replace(also, args={**also.args, "beside": beside}) if beside else also


def _is_subject(material: Material, claim: Claim) -> bool:
    """Whether a claim only says that the event's own occasion took place between its parties: the lede tells it."""
    subject = material.comparison.subject
    if subject is None:
        return False
    if claim_key(claim) == claim_key(subject):
        return True
    entries = material.packet.lexicon.entries
    sides = [
        {e.country if (e := entries.get(i)) and e.country else i for i in ids}
        for ids in (
            [n.id for n in subject.parties if n.id],
            [n.id for n in (claim.actor, claim.object) if n is not None and n.id],
        )
    ]
    return claim.slot in ("spoke", "met") and sides[0] == sides[1]


def claim_point(material: Material, claims: tuple[Claim, ...]) -> Point | None:
    """One thing said as one sentence by its modality; an outlet's report names the outlet beside the holder."""
    claim = claims[0]
    if claim.slot is None:
        return None
    ids = tuple(c.id for c in claims)
    proof = spans(*(c.evidence for c in claims))
    frame, args, kind = _direct(material, claim)
    holder = claim.attribution.holder
    told_by = material.official(claim.item) or material.interview(claim.item)
    if holder is None or told_by or not isinstance(args["who"], Who):
        return Point(kind, frame, args, ids, evidence=proof)
    outlet: dict[str, Arg] = {"outlet": Outlet(claim.item), "inner": Nested(frame, args)}
    if frame == "account":
        return Point(kind, "account_via", {**args, "outlet": Outlet(claim.item)}, ids, evidence=proof)
    return Point(kind, "via_report", outlet, ids, evidence=proof)


def _direct(material: Material, claim: Claim) -> tuple[str, dict[str, Arg], SentenceKind]:
    args: dict[str, Arg] = {"who": material.holder(claim), "clause": Reserved(claim)}
    if claim.attribution.account_of is not None:
        # Whoever tells it has the account: the body of a statement, else the speaker whom an outlet carries.
        own = material.official(claim.item) and not material.interview(claim.item)
        side = Outlet(claim.item) if own else args["who"]
        return "account", {**args, "side": side}, "account"
    if claim.modality == "declines":
        return "declines", {"who": args["who"], "topics": Topics(claim.topics)}, "fact"
    if claim.slot == "denied" and claim.object is None:
        return "denies_topics", {"who": args["who"], "topics": Topics(material.topics(claim))}, "fact"
    if claim.polarity == "negated" and claim.modality != "denies" and not material.negates(claim):
        return "says_negated", args, "fact"
    if claim.modality == "plans" and material.past(claim):
        return "says", args, "fact"
    if claim.modality in _MANNERS:
        return claim.modality, args, "fact"
    beside = _beside(material, claim)
    if beside is not None:
        args["beside"] = beside
    spoken = material.speaks(claim) or isinstance(args["who"], Who)
    if spoken and beside is None and material.reserve((claim,)):
        return "says_reserved", args, "fact"
    return ("says" if spoken else "reports") + ("_beside" if beside is not None else ""), args, "fact"


def _beside(material: Material, claim: Claim) -> Arg | None:
    """Topics of the claim's sentence that its clause does not print, where the act is done to somebody."""
    done = claim.object is not None and claim.object.kind in ("country", "person", "body")
    if not done or claim.slot == "not_mentioned":
        return None
    left = material.beside(claim)
    return Topics(left) if left else None


def _spoke(material: Material, home: str) -> Iterator[Point]:
    """Which topics each speaker of a voice names, and which occasions he lists."""
    groups: dict[str, list[Claim]] = {}
    for claim in material.comparison.claims:
        plain = claim.slot is None or claim.slot == "topics"
        named = claim.attribution.role == "speaker" and claim.attribution.account_of is None
        if not named or claim.related or material.voice_of(claim.item) != home or claim.kind != "statement":
            continue
        if claim.slot == "occasions":
            yield _occasions(material, claim)
        elif plain and material.topics(claim):
            groups.setdefault(material.holder_key(claim), []).append(claim)
    for claims in groups.values():
        topics = tuple(dict.fromkeys(t for c in claims for t in material.topics(c)))
        frame = "spoke_of" if material.interview(home) else "spoke_of_text"
        args: dict[str, Arg] = {
            "who": material.holder(claims[0]),
            "text": material.text_word(home),
            "topics": Topics(topics),
        }
        figures = numbers.in_names(material, claims)
        proof = spans(*(c.evidence for c in claims), (f.evidence for f in figures))
        yield Point("fact", frame, args, tuple(c.id for c in claims), (), tuple(f.id for f in figures), proof)


def _occasions(material: Material, claim: Claim) -> Point:
    args: dict[str, Arg] = {
        "who": material.holder(claim),
        "list": Pairs(claim.topics, material.member(claim.item).language),
    }
    counted = [f for i in claim.figures if (f := material.figures.get(i)) and f.kind in ("count", "times")]
    if counted:
        args["amount"] = Amount(counted[0])
    ids = tuple(f.id for f in counted[:1])
    frame = "occasions_counted" if counted else "occasions"
    return Point("fact", frame, args, (claim.id,), (), ids, spans(claim.evidence, (f.evidence for f in counted[:1])))


def _cells(material: Material, home: str, state: str) -> list[Cell]:
    out: dict[str, Cell] = {}
    for cell in material.comparison.matrix:
        if cell.state == state and cell.evidence and material.voice_of(cell.item) == home:
            out.setdefault(cell.topic_id, cell)
    return list(out.values())


def _listed(cells: list[Cell]) -> tuple[Arg, tuple[Evidence, ...]]:
    kept = cells[:_TOPICS]
    return Many(tuple(Said(c.topic) for c in kept)), spans(*(c.evidence[:1] for c in kept))


def _topics(material: Material, home: str, spoken: set[str]) -> Iterator[Point]:
    cells = [c for c in _cells(material, home, "says") if c.topic_id not in spoken and material.telling(c.topic_id)]
    if cells:
        topics, proof = _listed(cells)
        frame = "topics_also" if spoken else "topics"
        yield Point("fact", frame, {"text": material.text_word(home), "topics": topics}, evidence=proof)


def _declined(material: Material, home: str) -> Iterator[Point]:
    cells = _cells(material, home, "declined")
    if cells:
        topics, proof = _listed(cells)
        yield Point("fact", "declined", {"topics": topics}, evidence=proof)


def _accounts(material: Material, home: str) -> Iterator[Point]:
    """What this side tells of the other without a slot: the topics, marked as this side's account; once an other."""
    groups: dict[str, list[Claim]] = {}
    for identity in material.comparison.accounts:
        claim = material.claims.get(identity)
        if claim is None or claim.related or claim.slot is not None or claim.attribution.account_of is None:
            continue
        if material.voice_of(claim.item) == home:
            other = claim.attribution.account_of
            groups.setdefault(other.id or other.surface, []).append(claim)
    for claims in groups.values():
        told_of = claims[0].attribution.account_of
        assert told_of is not None
        aside = {n.id for c in claims for n in (told_of, c.actor, c.object) if n is not None}
        topics = tuple(dict.fromkeys(t for c in claims for t in c.topics if t not in aside))
        args: dict[str, Arg] = {"other": Who(told_of), "side": Outlet(claims[0].item)}
        if topics:
            args["topics"] = Topics(topics)
        frame = "account_topics" if topics else "account_bare"
        proof = spans(*(c.evidence for c in claims))
        yield Point("account", frame, args, tuple(c.id for c in claims), evidence=proof)
