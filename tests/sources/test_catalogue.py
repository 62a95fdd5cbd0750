"""Catalogue files: the packaged ones, and what is said of wrong ones."""

import csv
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from newsdigest.errors import CatalogueError
from newsdigest.fetcher.address import parse_target
from newsdigest.sources.catalogue import check_together, parse_source
from newsdigest.sources.kinds import Kinds, parse_kinds
from tests.shared import shared

GOOD = """\
name = { en = "Alba Foreign Ministry", ja = "アルバ外務省" }
kind = "foreign_ministry"
language = "en"
country = "JP"
address = "https://mfa.alba.example/feed"

[expected]
usual_gap_hours = 24

[terms]
checked = 2026-03-01
"""


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return parse_kinds(tomllib.loads(files("newsdigest.language").joinpath("data", "kinds.toml").read_text("utf-8")))


def test_an_entry_becomes_a_source_with_what_its_kind_implies(kinds: Kinds) -> None:
    source = parse_source(GOOD, "catalogue/alba-mfa.toml", kinds)
    assert (source.id, source.kind, source.kind_word) == ("alba-mfa", "government", "foreign_ministry")
    assert (source.issuer, source.channel, source.zone) == ("alba-mfa", "briefing", "Asia/Tokyo")
    assert source.official
    assert source.terms.model == "unknown"
    stated = parse_source(
        GOOD.replace("country", 'issuer = "body.x"\nchannel = "readout"\ncountry'), "alba-mfa.toml", kinds
    )
    assert (stated.issuer, stated.channel) == ("body.x", "readout")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "foreign_ministry"', 'kind = "oracle"', 2, ["oracle", "foreign_ministry"]),
        ('language = "en"', 'language = "fr"', 3, ["language", "'ja'"]),
        ('language = "en"\n', "", None, ["language", "missing"]),
        ('"https://mfa.alba.example/feed"', '"mfa.alba.example/feed"', 5, ["address", "http"]),
        ('"https://mfa.alba.example/feed"', '"https://a@alba.example/feed"', 5, ["address", "user name"]),
        ('country = "JP"', 'country = "JP"\nzone = "Asia/Edo"', 5, ["Asia/Edo", "IANA"]),
        ('country = "JP"', 'country = "Japan"', 4, ["country", "capital"]),
        ('country = "JP"', 'country = "JP"\ncolour = "red"', 5, ["colour", "no key"]),
        ('country = "JP"', 'country = "JP"\ninterval_minutes = 5', 5, ["interval_minutes", "15"]),
        ('country = "JP"', 'country = "JP"\nformat = "gopher"', 5, ["gopher", "'feed'"]),
        ("usual_gap_hours = 24", 'usual_gap_hours = "often"', 8, ["usual_gap_hours", "number"]),
        ("checked = 2026-03-01", "checked = 2026-03-01\nmodel = true", 12, ["model", "'yes'"]),
        ("[expected]", "[expected", 7, ["not TOML"]),
        ('name = { en = "Alba', 'name = { fr = "X", en = "Alba', 1, ["fr", "ja, en or zh"]),
        ('country = "JP"', 'id = "other"', 4, ["other", "alba-mfa"]),
    ],
)
def test_a_fault_names_file_line_and_what_would_be_right(
    kinds: Kinds, old: str, new: str, line: int | None, words: list[str]
) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as caught:
        parse_source(GOOD.replace(old, new), "catalogue/alba-mfa.toml", kinds)
    sentence = str(caught.value)
    place = f"catalogue/alba-mfa.toml, line {line}: " if line else "catalogue/alba-mfa.toml: "
    assert sentence.startswith(place)
    assert all(word in sentence for word in words), sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_two_files_for_one_source_are_a_fault(kinds: Kinds) -> None:
    one = parse_source(GOOD, "a/alba-mfa.toml", kinds)
    with pytest.raises(CatalogueError, match=r"b/alba-mfa\.toml"):
        check_together({"a/alba-mfa.toml": one, "b/alba-mfa.toml": one})


def test_every_packaged_entry_is_right(kinds: Kinds) -> None:
    folder = Path(str(files("newsdigest.sources"))) / "catalogue"
    sources = {str(path): parse_source(path.read_text("utf-8"), str(path), kinds) for path in folder.glob("*.toml")}
    assert len(sources) >= 47
    check_together(sources)
    for source in sources.values():
        parse_target(source.address)
        assert source.owner
        assert source.note
        assert source.expected.usual_gap_hours
        # No permission is assumed, and none that was refused is used.
        assert source.terms.model == "unknown"
        assert not (source.enabled and source.terms.robots == "no")
        if source.kind == "government":
            assert source.issuer
            assert source.issuer.startswith("body.")


def test_every_candidate_of_the_shared_list_is_stated(kinds: Kinds) -> None:
    rows = list(csv.DictReader(shared("ingest/sources.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
    folder = Path(str(files("newsdigest.sources"))) / "catalogue"
    entries = [parse_source(path.read_text("utf-8"), path.name, kinds) for path in folder.glob("*.toml")]
    stated = {entry.address: entry for entry in entries}
    assert {row["url"] for row in rows} <= set(stated)
    for row in rows:
        entry = stated[row["url"]]
        assert (entry.language, entry.country) == (row["lang"], row["country"])
        # Off stays off; what is on there may be off here only where its host refuses us.
        assert not entry.enabled or row["default"] == "on"
        assert entry.enabled or row["default"] != "on" or entry.terms.robots == "no"
