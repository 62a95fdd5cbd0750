"""The language of short texts by script, with the source's as prior."""

from __future__ import annotations

import pytest

from newsdigest.language.detect import detect_language


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [
        ("外相が電話会談", "ja", "ja"),
        ("首相、電話会談を実施へ", "zh", "ja"),
        ("外长同塞雷特外长通电话", "zh", "zh"),
        ("两国外长举行会谈", "en", "zh"),
        ("外交部发言人就渔业协定答记者问", "ja", "zh"),
        ("東京株式市場、反落", "ja", "ja"),
        ("日米首脳会談", "ja", "ja"),
        ("日美首脑会谈", "zh", "zh"),
        ("Ministers hold talks", "en", "en"),
        ("Ministers hold talks in 東京", "ja", "en"),
        ("NATO、新戦略を採択", "ja", "ja"),
        ("iPhone 17发布", "zh", "zh"),
        ("AIとIoTのDX", "ja", "ja"),
        ("G20", "ja", "ja"),
        ("", "zh", "zh"),
        ("2025-11-25", "en", "en"),
        ("The Premier said “合作” twice in her speech", "en", "en"),
        ("外交部發言人表示，雙方將繼續溝通", "en", "zh"),
    ],
)
def test_script_decides_and_the_source_where_it_does_not(text: str, prior: str, expected: str) -> None:
    assert detect_language(text, prior) == expected
