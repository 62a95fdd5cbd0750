"""Average linkage: what merges, what must not, and that nothing hangs on order."""

from __future__ import annotations

from newsdigest.events.linkage import Bar, average_linkage, components


def strengths(table: dict[tuple[int, int], float], otherwise: float = 0.0):
    return lambda i, j: table.get((min(i, j), max(i, j)), otherwise)


def test_components_are_chains_of_pairs() -> None:
    assert components(range(5), [(3, 1), (1, 0)]) == [[0, 1, 3], [2], [4]]


def test_a_chain_does_not_merge_what_is_far_apart() -> None:
    table = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}
    assert average_linkage([[0], [1], [2], [3]], table, strengths(table), Bar(0.4)) == [[0, 1], [2, 3]]


def test_all_pairs_count_also_those_that_were_no_neighbours() -> None:
    table = {(0, 1): 0.9, (1, 2): 0.5}
    assert average_linkage([[0], [1], [2]], table, strengths(table, 0.4), Bar(0.44)) == [[0, 1, 2]]
    assert average_linkage([[0], [1], [2]], table, strengths(table, 0.3), Bar(0.44)) == [[0, 1], [2]]


def test_what_an_editor_parted_stays_apart_also_through_others() -> None:
    table = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9}
    groups = average_linkage([[0], [1], [2]], table, strengths(table), Bar(0.4), cannot=[(0, 2)])
    assert not any({0, 2} <= set(group) for group in groups)


def test_two_stories_of_one_subject_each_told_by_several_stay_apart() -> None:
    inside = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    table = {(i, j): 0.7 for i in range(6) for j in range(i + 1, 6)} | dict.fromkeys(inside, 0.95)
    start = [[i] for i in range(6)]
    apart = average_linkage(start, table, strengths(table), Bar(0.4, contrast=0.9), languages=["en"] * 6)
    assert apart == [[0, 1, 2], [3, 4, 5]]
    across = average_linkage(start, table, strengths(table), Bar(0.4, contrast=0.9), languages=["en", "ja", "zh"] * 2)
    assert across == [[0, 1, 2, 3, 4, 5]]


def test_two_lone_documents_must_be_surer_than_a_document_and_a_group() -> None:
    table = {(0, 1): 0.45}
    assert average_linkage([[0], [1]], table, strengths(table), Bar(0.4, pair=0.5)) == [[0], [1]]
    more = {(0, 1): 0.9, (1, 2): 0.45, (0, 2): 0.45}
    assert average_linkage([[0], [1], [2]], more, strengths(more), Bar(0.4, pair=0.5)) == [[0, 1, 2]]


def test_two_groups_told_in_the_same_languages_must_be_alike() -> None:
    inside = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    table = {(i, j): 0.5 for i in range(6) for j in range(i + 1, 6)} | dict.fromkeys(inside, 0.95)
    start, bar = [[i] for i in range(6)], Bar(0.4, alike=0.6)
    apart = average_linkage(start, table, strengths(table), bar, languages=["en", "ja", "zh"] * 2)
    assert apart == [[0, 1, 2], [3, 4, 5]]
    # English on one side and Japanese on the other: two outlets seldom put one event in words as alike as that.
    across = average_linkage(start, table, strengths(table), bar, languages=["en"] * 3 + ["ja"] * 3)
    assert across == [[0, 1, 2, 3, 4, 5]]
