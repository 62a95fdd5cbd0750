"""All gates over one draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from newsdigest.comparison.packet import Packet
from newsdigest.comparison.record import Comparison
from newsdigest.drafts.draft import Draft, GateResult
from newsdigest.drafts.gates import (
    attribution,
    both_sides,
    coverage,
    evidence,
    figures,
    leftovers,
    names,
    parity,
    silence,
    style,
    support,
    verbatim,
)
from newsdigest.drafts.gates.place import Desk, speaks
from newsdigest.language.lexicon import Lexicon

GATES: Mapping[str, Callable[[Desk], GateResult]] = MappingProxyType(
    {
        "verbatim": verbatim.check,
        "figures": figures.check,
        "names": names.check,
        "evidence": evidence.check,
        "support": support.check,
        "parity": parity.check,
        "silence": silence.check,
        "both-sides": both_sides.check,
        "attribution": attribution.check,
        "coverage": coverage.check,
        "style": style.check,
        "leftovers": leftovers.check,
    }
)


def run_gates(draft: Draft, comparison: Comparison, packet: Packet, lexicon: Lexicon) -> tuple[GateResult, ...]:
    """Return what each gate found. A draft that states nothing beside frames and caveats passes no gate."""
    desk = Desk(draft, comparison, packet, lexicon)
    results = tuple(gate(desk) for gate in GATES.values())
    if speaks(draft):
        return results
    return tuple(
        GateResult(gate=r.gate, checked=0, passed=False, faults=("the draft states nothing", *r.faults))
        for r in results
    )
