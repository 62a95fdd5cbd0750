"""The newsroom's words for kinds of source."""

import tomllib
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from newsdigest.errors import LexiconError
from newsdigest.sources.kinds import Kinds, parse_kinds
from newsdigest.sources.source import SOURCE_KINDS


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return parse_kinds(tomllib.loads(files("newsdigest.language").joinpath("data", "kinds.toml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("word", "kind", "official", "channel"),
    [
        ("foreign_ministry", "government", True, "briefing"),
        ("Foreign Ministry", "government", True, "briefing"),
        ("coast_guard", "government", True, "statement"),
        ("fire_agency", "government", True, "statement"),
        ("local_government", "government", True, "statement"),
        ("company", "company", True, "statement"),
        ("official_social", "social", True, "post"),
        ("state_media", "state_media", False, None),
        ("wire", "wire", False, None),
        ("newspaper_syndicated", "newspaper", False, None),
        ("business_daily", "newspaper", False, None),
        ("broadcaster_interview", "broadcaster", False, "interview"),
        ("analyst_newsletter", "analyst", False, None),
        ("aggregator", "other", False, None),
        ("fisheries_ministry", "government", True, "statement"),
        ("national-coast-guard", "government", True, "statement"),
        ("ministry_of_fisheries", "government", True, "statement"),
        ("Ministry of Foreign Affairs", "government", True, "briefing"),
        ("regional_news_agency", "wire", False, None),
    ],
)
def test_a_word_says_kind_office_and_channel(
    kinds: Kinds, word: str, kind: str, official: bool, channel: str | None
) -> None:
    found = kinds.of(word)
    assert (found.kind, found.official, found.channel, found.known) == (kind, official, channel, True)


def test_every_kind_of_the_catalogue_is_a_word_and_every_official_body_has_its_names(kinds: Kinds) -> None:
    assert {kinds.of(kind).kind for kind in SOURCE_KINDS} == set(SOURCE_KINDS)
    for word in kinds.words.values():
        assert not word.official or (word.channel and word.body_words("ja") and word.body_words("en"))


def test_an_unknown_word_is_other_with_a_warning(kinds: Kinds) -> None:
    found = kinds.of("soothsayer")
    assert (found.kind, found.official, found.known) == ("other", False, False)
    assert "soothsayer" in found.warning


def test_zones_exist_and_a_fictional_country_has_utc(kinds: Kinds) -> None:
    assert all(ZoneInfo(zone) for zone in kinds.zones.values())
    assert kinds.zone_of("jp") == "Asia/Tokyo"
    assert kinds.zone_of("Alba") == "UTC"


@pytest.mark.parametrize(
    "table",
    [
        {"word": {"x": {"is": "prophet"}}},
        {"word": {"x": {"is": "wire", "channel": "song"}}},
        {"word": {"x": {"is": "wire", "colour": "red"}}},
        {"word": {}, "ending": [{"ends": "x", "as": "y"}]},
        {"word": {"y": {"is": "wire"}}, "ending": [{"as": "y"}]},
    ],
)
def test_a_wrong_table_is_refused_with_its_word(table: dict[str, object]) -> None:
    with pytest.raises(LexiconError, match=r"kinds\.toml"):
        parse_kinds(table)
