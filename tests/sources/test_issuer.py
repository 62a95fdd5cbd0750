"""An official source's issuer is nameable in both halves where that is known, and never made more than its name says."""

from __future__ import annotations

import pytest

from newsdigest.sources.issuer import issuer_of
from newsdigest.sources.source import Source
from newsdigest.wiring import kinds, packaged_lexicon

LEXICON = packaged_lexicon()
KINDS = kinds(LEXICON)


def _source(word: str, country: str, language: str, title: str, identity: str = "s") -> Source:
    kind = KINDS.of(word)
    return Source.model_validate(
        {
            "id": identity,
            "name": {language: title},
            "kind": kind.kind,
            "kind_word": word,
            "language": language,
            "country": country,
            "address": "",
            "issuer": identity if kind.official else None,
            "channel": kind.channel,
        }
    )


@pytest.mark.parametrize(
    ("source", "ja", "en"),
    [
        (
            _source("foreign_ministry", "FR", "en", "Foreign Ministry briefings"),
            "フランス外務省",
            "French Foreign Ministry",
        ),
        (
            _source("coast_guard", "PH", "en", "Coast Guard statements (sample)"),
            "フィリピン沿岸警備隊",
            "Philippine Coast Guard",
        ),
        (
            _source("official_social", "KR", "en", "President of South Korea, posts"),
            "韓国大統領",
            "South Korea's president",
        ),
        # A country that no gazetteer knows: only the source's own name is printed.
        (_source("coast_guard", "ZZ", "en", "Seret Coast Guard"), None, "Seret Coast Guard"),
        # A city's body is not its country's.
        (_source("fire_agency", "JP", "ja", "港北市消防局（見本）"), "港北市消防局", None),
    ],
)
def test_the_issuer_is_named_in_both_languages_where_known(source: Source, ja: str | None, en: str | None) -> None:
    entry = issuer_of(source, KINDS.of(source.kind_word), LEXICON)
    assert entry is not None
    assert entry.form("ja") == ja
    assert entry.form("en") == en


def test_an_outlet_issues_nothing() -> None:
    source = _source("newspaper", "JP", "ja", "港北新聞")
    assert issuer_of(source, KINDS.of("newspaper"), LEXICON) is None
