"""Figures in words: idiomatic in both languages, and read again as what they were."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdigest.comparison.figures import numbers_in, say
from newsdigest.comparison.figures.vocabulary import vocabulary
from newsdigest.comparison.record import Attribution, Bound, Figure
from newsdigest.items.evidence import Evidence
from newsdigest.moments import Moment
from tests.evals._members import lexicon

_EVIDENCE = Evidence(item="i", version=1, field="text", start=0, end=1, exact="x", sha256="")


def _figure(value: str, unit: str, kind: str, bound: Bound = "exact", raw: str = "") -> Figure:
    return Figure(id="f", raw=raw, value=value, unit=unit, kind=kind, bound=bound, as_of=Moment(), holder=Attribution(via="i"), evidence=_EVIDENCE)  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "language", "ja", "en"),
    [
        ("at least 87.5 million metric tons", "en", "少なくとも8750万トン", "at least 87.5 million metric tons"),
        ("three and a half years", "en", "3年半", "three and a half years"),
        ("約25分間", "ja", "約25分", "about 25 minutes"),
        ("最大4回", "ja", "最大4回", "as many as four"),
        ("一个半小时", "zh", "1時間半", "one and a half hours"),
        ("1億2000万円", "ja", "1億2000万円", "120 million yen"),
        ("$3.5 billion", "en", "35億ドル", "$3.5 billion"),
        ("20カ国", "ja", "20カ国", "20 countries"),
        ("1時間20分", "ja", "1時間20分", "one hour and 20 minutes"),
        ("約1000戸", "ja", "約1000戸", "about 1,000 households"),
        ("31ドル20セント", "ja", "31.2ドル", "$31.20"),
        ("12艘", "zh", "12隻", "12 vessels"),
        ("8%", "en", "8%", "8%"),
        ("3割", "ja", "3割", "30%"),
        ("20 nautical miles", "en", "20カイリ", "20 nautical miles"),
        ("one-year", "en", "1年", "one year"),
        ("70人以上", "ja", "少なくとも70人", "at least 70 people"),
    ],
)
def test_figures_are_said_as_the_house_says_them(raw: str, language: str, ja: str, en: str) -> None:
    (number,) = numbers_in(raw, language, lexicon())
    figure = _figure(f"{number.value:f}", number.unit, number.kind, number.bound, raw)
    assert (say(figure, "ja", lexicon()), say(figure, "en", lexicon())) == (ja, en)


_UNITS = sorted(
    (u.base, u.kind)
    for u in vocabulary(lexicon()).units.values()
    if u.factor == 1 and u.kind not in ("ordinal", "age") and not u.hidden and not u.loose
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(_UNITS),
    st.one_of(
        st.integers(1, 10**13), st.integers(1, 400), st.decimals(Decimal("0.1"), Decimal(9999), places=1), st.integers(1, 9).map(lambda n: n + Decimal("0.5")),
    ),
    st.sampled_from(["exact", "at_least", "at_most", "about"]),
    st.sampled_from(["ja", "en"]),
)  # fmt: skip
def test_what_is_said_is_read_again_as_the_same_value_and_bound(
    unit: tuple[str, str], value: int | Decimal, bound: Bound, language: str
) -> None:
    figure = _figure(f"{Decimal(value):f}", unit[0], unit[1], bound)
    said = say(figure, language, lexicon())
    read = [n for n in numbers_in(f"[{said}]", language, lexicon()) if n.date is None]
    pronoun = said in ("one",)
    assert pronoun or [(n.value, n.bound) for n in read] == [(Decimal(figure.value), bound)], said
