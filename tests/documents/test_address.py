"""Canonical addresses: one article, one address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsdigest.documents.address import canonical_address, registrable_domain, same_article, trusted_canonical


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://News.Example.COM:443/a/b?utm_source=rss&id=7#top", "https://news.example.com/a/b?id=7"),
        ("http://example.com:80", "http://example.com/"),
        ("http://example.com:8080/x", "http://example.com:8080/x"),
        ("https://example.com/a?fbclid=1&gclid=2&mtm_campaign=x&at_medium=RSS&iref=com_rss", "https://example.com/a"),
        ("https://m.example.com/news/1", "https://example.com/news/1"),
        ("https://sp.example.co.jp/news/1", "https://example.co.jp/news/1"),
        ("https://example.com/news/story/amp/", "https://example.com/news/story"),
        ("https://example.com/news/story.amp.html", "https://example.com/news/story.html"),
        ("https://example.com/news/story?outputType=amp", "https://example.com/news/story"),
        ("https://www.google.com/amp/s/example.com/news/1.html", "https://example.com/news/1.html"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/news/1", "https://example.com/news/1"),
        ("https://example.com/a b", "https://example.com/a b"),
        ("urn:guid:1", "urn:guid:1"),
        ("mailto:x@example.com", "mailto:x@example.com"),
    ],
)
def test_folds_what_does_not_name_the_article(address: str, expected: str) -> None:
    assert canonical_address(address) == expected


PAIRS = json.loads((Path(__file__).parent / "address_pairs.json").read_text("utf-8"))


def test_the_table_of_200_pairs_each_with_its_reason() -> None:
    wrong = {address: canonical_address(address) for address, one, _ in PAIRS if canonical_address(address) != one}
    assert wrong == {}
    assert len({address for address, _, reason in PAIRS if reason}) >= 200


@pytest.mark.parametrize("kept", ["id=7", "p=12", "page=2", "article=9&lang=ja", "q=%E4%BC%9A"])
def test_keeps_what_names_it(kept: str) -> None:
    assert canonical_address(f"https://example.com/?{kept}&utm_medium=feed").endswith(kept)


def test_relative_addresses_are_resolved() -> None:
    assert (
        canonical_address("./202509/t_1.html", "https://gov.example.cn/zhengce/index.html")
        == "https://gov.example.cn/zhengce/202509/t_1.html"
    )


def test_a_canonical_link_is_believed_on_the_same_registrable_domain_only() -> None:
    page = "https://www.example.co.jp/news/1?x=1"
    assert trusted_canonical(page, "https://example.co.jp/news/1") == "https://example.co.jp/news/1"
    assert trusted_canonical(page, "/news/1") == "https://www.example.co.jp/news/1"
    assert trusted_canonical(page, "https://evil.co.jp/news/1") == page
    assert trusted_canonical(page, "https://www.example.co.jp/") == page
    assert trusted_canonical("https://a.github.io/1", "https://b.github.io/1") == "https://a.github.io/1"


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.mofa.go.jp/x", "mofa.go.jp"),
        ("https://news.bbc.co.uk/", "bbc.co.uk"),
        ("https://www.gov.cn/", "www.gov.cn"),
        ("https://a.b.example.com/", "example.com"),
        ("http://192.0.2.7/x", "192.0.2.7"),
        ("not an address", ""),
    ],
)
def test_registrable_domain(address: str, domain: str) -> None:
    assert registrable_domain(address) == domain


def test_scheme_and_www_do_not_make_another_article() -> None:
    assert same_article("http://www.example.com/a/", "https://example.com/a")
    assert not same_article("https://example.com/a", "https://example.com/b")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
@example(" #")
@example(" /#x")
def test_it_is_idempotent_and_never_raises(path: str) -> None:
    once = canonical_address(f"https://m.example.com/{path}")
    assert canonical_address(once) == once
