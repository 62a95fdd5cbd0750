"""Which findings of the last comparison rested on words that were since edited, removed or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import Claim, Comparison, Reopened
from newsdigest.items.evidence import Evidence
from newsdigest.language.folding import fold
from newsdigest.records import Bilingual, short_key

Reason = Literal["edited", "removed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding of a comparison: how it reads, what it rests on, and what makes another comparison's finding the same."""

    id: str
    kind: str
    what: Bilingual
    evidence: tuple[Evidence, ...]
    same: tuple[str, ...]
    items: tuple[str, ...] = ()


def reopened(packet: Packet, now: Comparison) -> Iterator[Reopened]:
    """Yield each finding of the packet's previous comparison that lost words it rested on, one a finding and item.

    A silence rests on the whole text: any later version of it reopens the silence. What a comparison reopened stays reopened for those
    after it only where it is a finding of theirs as well.
    """
    before = packet.previous
    if before is None or before.id == now.id or before.event != now.event:
        return
    members = {m.key: m for m in (*packet.members, *packet.related)}
    held = {f.same for f in _findings(now)}
    for finding in _findings(before):
        for item in dict.fromkeys((*(e.item for e in finding.evidence), *finding.items)):
            reason, lost = _lost(finding, item, members, packet.removed, before)
            if reason is None:
                continue
            member = members.get(item)
            yield Reopened(
                id=short_key("ro", finding.id, item, reason),
                finding=finding.id,
                kind=finding.kind,
                what=finding.what,
                reason=reason,
                item=item,
                source=member.source.id if member else "",
                lost=() if reason == "removed" else lost,
                stands=finding.same in held,
            )


def _lost(
    finding: _Finding, item: str, members: Mapping[str, Member], removed: Mapping[str, str], before: Comparison
) -> tuple[Reason | None, tuple[Evidence, ...]]:
    own = tuple(e for e in finding.evidence if e.item == item)
    if item in removed:
        return "removed", own
    member = members.get(item)
    if member is None or item not in before.items:
        return None, ()
    if member.version.withdrawn:
        return "withdrawn", own
    if finding.kind == "silence":
        # The search was made in one text; another text has to be searched again.
        changed = item in finding.items and before.inputs.get(item) != _state(member)
        return ("edited", own) if changed and item in before.inputs else (None, ())
    gone = tuple(e for e in own if e.version < member.version.n and not _stands(e, member))
    return ("edited", gone) if gone else (None, ())


def _state(member: Member) -> str:
    return f"{member.version.n}:{member.version.text_sha256[:16]}"


def _stands(evidence: Evidence, member: Member) -> bool:
    """Whether words of an earlier version stand in the present one as well (white space and width aside)."""
    text = member.title if evidence.field == "title" else member.text
    return _plain(evidence.exact) in _plain(text)


def _plain(text: str) -> str:
    return "".join(fold(text).text.split())


def _findings(comparison: Comparison) -> Iterator[_Finding]:
    """Everything a comparison found that a draft may say, with what identifies it from one comparison to the next."""
    for d in comparison.disagreements:
        evidence = tuple(e for a in d.answers for e in a.evidence)
        answers = tuple(sorted(a.value.en for a in d.answers))
        yield _Finding(d.id, "disagreement", d.question, evidence, ("d", d.slot or "", d.question.en, *answers))
    for a in comparison.agreements:
        same = ("a", a.slot, a.question.en, a.answer.value.en)
        yield _Finding(a.id, "agreement", a.question, a.answer.evidence, same)
    for s in comparison.silences:
        yield _Finding(s.id, "silence", s.topic, (), ("s", s.topic_id, *s.items), s.items)
    for f in comparison.formulae:
        what = f.meaning or Bilingual(ja=f.phrase, en=f.phrase)
        evidence = f.evidence if f.present else ()
        yield _Finding(f.id, "formula", what, evidence, ("f", f.formula, f.item, str(f.present)))
    for q in comparison.quotes:
        if q.speaker_name is not None and q.kind == "original":
            yield _Finding(
                q.id,
                "quote",
                _named(q.speaker_name.ja, q.speaker_name.en, q.text),
                (q.evidence,),
                ("q", _plain(q.text)),
            )
    for c in comparison.commitments:
        yield _Finding(c.id, "commitment", Bilingual(ja=c.by.raw, en=c.by.raw), (c.evidence,), ("c", c.item, c.by.raw))
    topics = {cell.topic_id: cell.topic for cell in comparison.matrix}
    for claim in _told(comparison.claims):
        holder = claim.attribution.holder
        topic = next((topics[t] for t in claim.topics if t in topics), None)
        if topic is None and holder is not None:
            topic = _named(holder.ja, holder.en, holder.surface)
        if topic is not None:
            yield _Finding(claim.id, claim.kind, topic, claim.evidence, _claim_key(claim))


def _told(claims: Sequence[Claim]) -> Iterator[Claim]:
    return (c for c in claims if c.kind in ("slot", "account", "interpretation") and not c.related)


def _claim_key(claim: Claim) -> tuple[str, ...]:
    names = (claim.attribution.holder, claim.actor, claim.object)
    said = (n.id or n.en or n.surface if n else "" for n in names)
    topics = claim.topics if claim.slot is None else ()
    return ("claim", claim.item, claim.slot or "", claim.polarity, claim.modality, *said, *topics)


def _named(ja: str | None, en: str | None, text: str) -> Bilingual:
    return Bilingual(ja=ja or en or text, en=en or ja or text)
