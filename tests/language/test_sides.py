"""Short names that several countries share are given to the one that the text names, or to nobody."""

from __future__ import annotations

import pytest

from newsdigest.language.sides import settled
from tests.shipped import names_lexicon


def sides(title: str, text: str) -> list[str]:
    lexicon = names_lexicon()
    parts = settled([lexicon.find(title, "zh"), lexicon.find(text, "zh")], lexicon)
    return [m.entry for part in parts for m in part if m.surface.endswith("方")]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("外长同巴西外长通电话", "巴方愿同各方保持沟通。", ["country.br"]),
        ("外长会见巴基斯坦客人", "双方谈及贸易。巴方表示支持。", ["country.pk"]),
        ("部长会谈", "会谈在伊斯兰堡举行。巴方提出三点建议。", ["country.pk"]),
        ("部长会谈", "巴方提出三点建议。", []),
        ("三国会谈", "巴西与巴基斯坦代表出席。巴方提出三点建议。", []),
        ("外长会谈", "印度尼西亚外长出席，印方提出新方案。", ["country.id"]),
        ("外长会谈", "日本外长出席，日方提出意见。", ["country.jp"]),
    ],
)
def test_a_shared_short_name_is_the_one_country_that_the_text_names(title: str, text: str, expected: list[str]) -> None:
    assert sides(title, text) == expected
