"""robots.txt after RFC 9309."""

import pytest

from newsdigest.fetcher.robots import parse_robots

ONE = b"""\
# all
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Crawl-delay: 7

User-Agent: Newsdigest/2.0
User-agent: otherbot
Disallow: /ours
Sitemap: https://example.org/s.xml
Disallow: /also
"""


@pytest.mark.parametrize(
    ("product", "path", "forbidden"),
    [
        ("somebot", "/", False),
        ("somebot", "/private", True),
        ("somebot", "/private/x", True),
        ("somebot", "/private/open/x", False),
        ("somebot", "/a/b.pdf", True),
        ("somebot", "/a/b.pdf?x=1", False),
        ("somebot", "/ours", False),
        ("newsdigest", "/ours/a", True),
        ("newsdigest", "/also", True),
        ("newsdigest", "/private", False),
        ("newsdigest", "/robots.txt", False),
    ],
)
def test_the_group_of_our_name_stands_before_the_one_for_all(product: str, path: str, forbidden: bool) -> None:
    assert parse_robots(ONE, product).forbids(path) is forbidden


def test_the_longest_rule_decides_and_allow_wins_a_tie() -> None:
    robots = parse_robots(b"User-agent: *\nDisallow: /a\nAllow: /a\nDisallow: /b/c\nAllow: /b\nDisallow:\n")
    assert not robots.forbids("/a")
    assert robots.forbids("/b/c/d")
    assert not robots.forbids("/b/x")


def test_octets_are_compared_whatever_their_spelling() -> None:
    robots = parse_robots("User-agent: *\nDisallow: /日本\nDisallow: /%7Ejoe\n".encode())
    assert robots.forbids("/%e6%97%a5%E6%9C%AC/x")
    assert robots.forbids("/~joe/")


def test_groups_of_one_name_are_one_and_delays_are_read() -> None:
    robots = parse_robots(
        b"\xef\xbb\xbfuser-agent: newsdigest\rdisallow: /a\r\n\nUser-agent: NEWSDIGEST\nCrawl-delay: 3\nDisallow: /b"
    )
    assert robots.forbids("/a")
    assert robots.forbids("/b")
    assert robots.crawl_delay == 3
    assert parse_robots(ONE, "somebot").crawl_delay == 7
    assert parse_robots(b"User-agent: *\nCrawl-delay: soon").crawl_delay is None


def test_a_web_page_in_its_place_allows_all_and_is_noted() -> None:
    robots = parse_robots(b"<!DOCTYPE html><html>User-agent: *\nDisallow: /</html>")
    assert not robots.forbids("/x")
    assert robots.note


def test_many_stars_take_no_time() -> None:
    robots = parse_robots(b"User-agent: *\nDisallow: /" + b"a*" * 2000 + b"b$")
    assert not robots.forbids("/" + "a" * 20_000)


def test_only_the_first_500_kib_are_read() -> None:
    robots = parse_robots(b"User-agent: *\n" + b"#" * 600_000 + b"\nDisallow: /late")
    assert not robots.forbids("/late")
