"""An editor's word on items, as constraints that every grouping keeps: together (must) and apart (cannot)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsdigest.events.event import Link

Pair = tuple[int, int]


def constraints(links: Iterable[Link], index: Mapping[str, int]) -> tuple[list[list[int]], set[Pair]]:
    """Return the groups that must stay together and the pairs that must stay apart, as numbers of ``index``.

    Of two words on the same items the later one holds. Where a chain of "together" would join what is to stay apart, "apart"
    holds and the latest link of the chain gives way: a false merge misleads readers, a false split only costs work.
    """
    latest: dict[Pair, Link] = {}
    for link in sorted(links, key=lambda link: (link.at, link.kind)):
        if link.undone or link.first not in index or link.second not in index or link.first == link.second:
            continue
        i, j = index[link.first], index[link.second]
        latest[min(i, j), max(i, j)] = link
    cannot = {pair for pair, link in latest.items() if link.kind == "cannot"}
    home = {i: {i} for pair in latest for i in pair}
    musts = sorted((link.at, pair) for pair, link in latest.items() if link.kind == "must")
    for _, (i, j) in musts:
        together = home[i] | home[j]
        if any(a in together and b in together for a, b in cannot):
            continue
        for member in together:
            home[member] = together
    groups = {min(group): sorted(group) for group in home.values() if len(group) > 1}
    return [groups[k] for k in sorted(groups)], cannot
