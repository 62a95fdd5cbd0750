"""Average linkage: what merges, what must not, and that nothing hangs on order."""

from __future__ import annotations

from newsdigest.events.linkage import attached, average_linkage, components


def strengths(table: dict[tuple[int, int], float], otherwise: float = 0.0):
    return lambda i, j: table.get((min(i, j), max(i, j)), otherwise)


def test_components_are_chains_of_pairs() -> None:
    assert components(range(5), [(3, 1), (1, 0)]) == [[0, 1, 3], [2], [4]]


def test_a_chain_does_not_merge_what_is_far_apart() -> None:
    table = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}
    assert average_linkage([[0], [1], [2], [3]], table, strengths(table), 0.4) == [[0, 1], [2, 3]]


def test_all_pairs_count_also_those_that_were_no_neighbours() -> None:
    table = {(0, 1): 0.9, (1, 2): 0.5}
    assert average_linkage([[0], [1], [2]], table, strengths(table, 0.4), 0.44) == [[0, 1, 2]]
    assert average_linkage([[0], [1], [2]], table, strengths(table, 0.3), 0.44) == [[0, 1], [2]]


def test_what_an_editor_parted_stays_apart_also_through_others() -> None:
    table = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9}
    groups = average_linkage([[0], [1], [2]], table, strengths(table), 0.4, cannot=[(0, 2)])
    assert not any({0, 2} <= set(group) for group in groups)


def test_two_stories_of_one_subject_each_told_by_several_stay_apart() -> None:
    inside = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    table = {(i, j): 0.7 for i in range(6) for j in range(i + 1, 6)} | dict.fromkeys(inside, 0.95)
    start = [[i] for i in range(6)]
    apart = average_linkage(start, table, strengths(table), 0.4, languages=["en"] * 6, contrast=0.9)
    assert apart == [[0, 1, 2], [3, 4, 5]]
    across = average_linkage(start, table, strengths(table), 0.4, languages=["en", "ja", "zh"] * 2, contrast=0.9)
    assert across == [[0, 1, 2, 3, 4, 5]]


def test_commentary_joins_the_one_large_group_it_belongs_to() -> None:
    groups = [[0, 1, 2, 3], [4, 5], [6]]
    near = {(0, 6): 0.7, (1, 6): 0.3, (2, 6): 0.3, (3, 6): 0.3}
    assert attached(groups, strengths(near), mean=0.3, best=0.5) == [[0, 1, 2, 3, 6], [4, 5]]
    torn = near | {(4, 6): 0.4, (5, 6): 0.4}
    assert [6] in attached(groups, strengths(torn), mean=0.3, best=0.5)
    assert [6] in attached(groups, strengths(near), mean=0.3, best=0.5, cannot=[(3, 6)])
    assert [6] in attached(groups, strengths(dict.fromkeys(near, 0.45)), mean=0.3, best=0.5)
