"""Claims that say the same by the same holder, gathered: told once where they were made, with who else carries them."""

from __future__ import annotations

from dataclasses import dataclass

from newsdigest.comparison.record import Claim
from newsdigest.drafts.writer.material import Material, claim_key


@dataclass(frozen=True, slots=True)
class Told:
    """One thing said: the claims of its home, which speaks first-hand where anybody does, and those of outlets that repeat it."""

    home: str
    claims: tuple[Claim, ...]
    repeats: tuple[Claim, ...]


def told(material: Material) -> tuple[Told, ...]:
    """Every claim with a slot once, in the comparison's order."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in material.comparison.claims:
        if _tellable(material, claim):
            # What a side tells of the other stays apart from what it says itself.
            manner = f"{claim.related} {claim.attribution.account_of is not None}"
            groups.setdefault((*claim_key(claim), manner, _holder(material, claim)), []).append(claim)
    for key in [k for k in groups if k[-1] == _OUTLETS]:
        spoken = [k for k in groups if k[:-1] == key[:-1] and k[-1] != _OUTLETS]
        if len(spoken) == 1:
            groups[spoken[0]] += groups.pop(key)
    return tuple(_of_group(material, claims) for claims in groups.values())


_OUTLETS = ""


def _holder(material: Material, claim: Claim) -> str:
    """One key for all outlets that tell something in their own voice: the same report by several is told once."""
    outlet = claim.attribution.role in ("carrier", "editorial") and not material.official(claim.item)
    return _OUTLETS if outlet else material.holder_key(claim)


def _tellable(material: Material, claim: Claim) -> bool:
    lead = material.packet.lead_of(claim.item) == claim.item
    told = claim.slot is not None and claim.slot not in material.listing
    told = told and (claim.modality == "declines" or material.sayable(claim))
    return told and lead and claim.kind not in ("interpretation", "background")


def _of_group(material: Material, claims: list[Claim]) -> Told:
    first = min(claims, key=lambda c: (not material.speaks(c), -len(material.beside(c)), claims.index(c)))
    home = material.voice_of(first.item)
    own = [c for c in claims if material.voice_of(c.item) == home]
    # The words of a text say more than the compression of its title.
    own.sort(key=lambda c: all(e.field == "title" for e in c.evidence))
    others = [c for c in claims if material.voice_of(c.item) != home]
    return Told(home, tuple(own), tuple(others))
