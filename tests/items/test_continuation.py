"""Articles that go on over several pages: found, never mistaken for the next article, joined to one text."""

from __future__ import annotations

import lxml.html
import pytest

from newsdigest.items.continuation import join_pages, next_article_page, next_list_page
from newsdigest.items.entry import ParsedPage


def page(*links: str, script: str = "") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(
        f"<html><head>{links[0] if links and links[0].startswith('<link') else ''}</head><body><p>text</p>"
        + "".join(links)
        + f"<script>{script}</script></body></html>"
    )


@pytest.mark.parametrize(
    ("address", "link", "expected"),
    [
        ("https://a.example/x/123.html", '<a href="123_2.html">下一页</a>', "https://a.example/x/123_2.html"),
        ("https://a.example/x/123_2.html", '<a href="./123_3.html">3</a>', "https://a.example/x/123_3.html"),
        ("https://a.example/talks/", '<a rel="next" href="/talks/2/">Next</a>', "https://a.example/talks/2/"),
        ("https://a.example/a.html", '<link rel="next" href="/a.html?page=2">', "https://a.example/a.html?page=2"),
        # the next article, not the next page
        ("https://a.example/x/123.html", '<a rel="next" href="/x/124.html">Next post</a>', ""),
        ("https://a.example/talks/", '<a rel="next" href="/other/2/">Next</a>', ""),
        ("https://a.example/2025/11/04/", '<a rel="next" href="/2025/11/05/">Tomorrow</a>', ""),
        ("https://a.example/news_11.html", '<a href="news_12.html">次の記事</a>', ""),
        ("https://a.example/x/123_2.html", '<a href="123.html">1</a>', ""),
        ("https://a.example/x/123.html", '<a href="https://b.example/x/123_2.html">2</a>', ""),
        ("https://a.example/x/123.html", '<a href="http://[bad">2</a>', ""),
    ],
)
def test_the_next_page_of_an_article(address: str, link: str, expected: str) -> None:
    assert next_article_page(page(link), address) == expected


@pytest.mark.parametrize(
    ("address", "script", "expected"),
    [
        ("https://a.example/l/", "var countPage = 29;//\nvar currentPage = 0;", "https://a.example/l/index_1.shtml"),
        ("https://a.example/eng/l/", "var countPage = 9; var currentPage = 0", "https://a.example/eng/l/index_1.html"),
        (
            "https://a.example/l/index_1.html",
            'createPageHTML(4, 1, "index", "html");',
            "https://a.example/l/index_2.html",
        ),
        ("https://a.example/l/index_3.html", 'createPageHTML(4, 3, "index", "html");', ""),
        ("https://a.example/l/", "var pages = 3;", ""),
    ],
)
def test_the_next_page_of_a_list_that_only_a_script_knows(address: str, script: str, expected: str) -> None:
    assert next_list_page(page(script=script), address) == expected


def part(text: str, following: str = "", state: str = "full", *flags: str) -> ParsedPage:
    return ParsedPage(title="記者会見", text=text, state=state, next_page=following, flags=flags)  # type: ignore[arg-type]


def test_joined_pages_are_whole_only_where_the_last_is_held() -> None:
    first, second, third = part("一", "b", "cut", "continues"), part("二", "c", "cut", "continues"), part("三")
    whole = join_pages([first, second, third])
    assert (whole.text, whole.state, whole.flags, whole.next_page) == ("一\n二\n三", "full", (), "")
    halved = join_pages([first, second])
    assert (halved.text, halved.state, halved.next_page) == ("一\n二", "cut", "c")
    missing = join_pages([first, part("", "", "empty", "no_text"), third])
    assert (missing.text, missing.state) == ("一", "cut")
    assert join_pages([first, part("二", "", "paywall", "paywall")]).state == "paywall"
    assert join_pages([third]) == third
