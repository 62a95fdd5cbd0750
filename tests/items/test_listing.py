"""Listing pages of official bodies, with the catalogue's selectors and without."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsdigest.errors import ReadError
from newsdigest.items.entry import ParsedFeed
from newsdigest.items.listing import read_listing
from newsdigest.sources.source import Selectors
from tests.reading import NOW, packaged_tables

JANUARY = datetime.fromisoformat("2026-01-06T00:00:00+00:00")


def read(
    html: str, address: str, selectors: Selectors | None = None, zone: str = "Asia/Tokyo", now: datetime = NOW
) -> ParsedFeed:
    return read_listing(
        html.encode(), address=address, selectors=selectors or Selectors(), zone=zone, now=now, tables=packaged_tables()
    )


MINISTRY = """<html><head><title>報道発表</title></head><body><header><a href="/">トップ</a></header>
<nav><a href="/mofaj/kinkyu/2025/index_000001.html">緊急のお知らせ（重要）はこちら</a></nav>
<div id="pressrelease"><dl class="title-list"><dt class="list-title">1月5日</dt><dd><ul class="link-list">
<li><a href="/mofaj/press/release/pressit_000001_01234.html">アルバ国外相との電話会談</a></li>
<li><a href="/mofaj/press/release/pressit_000001_01235.html">アルバ国外相との電話会談</a></li></ul></dd>
<dt class="list-title">12月28日</dt><dd><ul class="link-list"><li><a href="/mofaj/ic/ch/pageit_000001_01200.html">セレト共和国に対する緊急援助</a></li></ul></dd></dl></div>
<footer><a href="/mofaj/legalmatters_0000001.html">法的事項・個人情報保護について</a></footer></body></html>"""
MINISTRY_SELECTORS = Selectors(entry="#pressrelease dl", link="dd ul.link-list li a", date="dt.list-title")


@pytest.mark.parametrize("selectors", [MINISTRY_SELECTORS, Selectors()])
def test_dates_without_year_head_several_links_and_one_title_names_two_pages(selectors: Selectors) -> None:
    feed = read(MINISTRY, "https://www.mofa.example.jp/mofaj/press/release/index.html", selectors, now=JANUARY)
    days = [entry.published.instant.isoformat()[:10] for entry in feed.entries if entry.published.instant]
    assert days == ["2026-01-04", "2026-01-04", "2025-12-27"]  # midnight in Tokyo
    assert [entry.url.rsplit("_", 1)[1] for entry in feed.entries] == ["01234.html", "01235.html", "01200.html"]
    assert feed.entries[0].title == feed.entries[1].title == "アルバ国外相との電話会談"


def test_relative_and_absolute_links_with_a_padded_date_beside_them() -> None:
    html = """<ul><li><h4><a href="./202509/content_7040001.htm">关于加强某项工作的通知全文</a><span class="date">
        2025-09-30
        </span></h4></li><li><h4><a href="http://www.gov.example.cn/zhengce/202509/content_7040002.htm">关于某条例的决定全文发布</a>
        <span class="date"> 2025-09-29 </span></h4></li></ul>"""
    feed = read(html, "http://www.gov.example.cn/zhengce/", zone="Asia/Shanghai")
    assert [entry.url for entry in feed.entries] == [
        f"http://www.gov.example.cn/zhengce/202509/content_704000{n}.htm" for n in (1, 2)
    ]
    assert feed.entries[0].published.instant == datetime.fromisoformat("2025-09-30T00:00:00+08:00")


def test_the_date_may_stand_in_the_address_only() -> None:
    html = '<div id="top"><h3><a href="http://world.example.cn/n1/2025/1103/c1002-40809153.html">中方强调制裁体系要持续完善</a></h3></div>'
    (entry,) = read(html, "http://www.example.cn/", Selectors(entry="#top h3", link="a"), zone="Asia/Shanghai").entries
    assert entry.published.instant == datetime.fromisoformat("2025-11-03T00:00:00+08:00")


@pytest.mark.parametrize(
    "item",
    [
        '<li data-guid="urn:a"><a href="/w/a.html">答问</a> <time>2025-11-25T07:45:00Z</time></li>',
        '<article><a data-guid="urn:a" href="/w/a.html"><h2>答问</h2></a><p>2025-11-25T07:45:00Z</p></article>',
        '<tr><td>2025-11-25T07:45:00Z</td><td><a href="/w/a.html" data-guid="urn:a">答问</a></td></tr>',
        '<div data-guid="urn:a"><span>2025-11-25 07:45 UTC</span><h3><a href="/w/a.html">答问</a></h3></div>',
    ],
)
def test_a_guid_attribute_marks_an_entry_however_short(item: str) -> None:
    inside = f"<table>{item}</table>" if item.startswith("<tr") else item
    (entry,) = read(
        f"<html><body><nav><a href='/'>Home</a></nav>{inside}</body></html>", "https://w.example/", zone="UTC"
    ).entries
    assert (entry.guid, entry.url, entry.title) == ("urn:a", "https://w.example/w/a.html", "答问")
    assert entry.published.instant == datetime.fromisoformat("2025-11-25T07:45:00+00:00")


def test_a_blog_theme_with_selectors() -> None:
    html = """<ul><li class="wp-block-post"><h2 class="wp-block-post-title"><a href="/briefings/2025/11/readout/">Readout of the Call with the Premier of Alba</a></h2>
    <time datetime="2025-11-24T18:00:00-05:00">November 24, 2025</time></li></ul><a class="next" href="/briefings/page/2/">Next</a>"""
    selectors = Selectors(entry="li.wp-block-post", link="h2.wp-block-post-title a", date="time", next_page="a.next")
    feed = read(html, "https://www.office.example/briefings/", selectors, zone="America/New_York")
    assert feed.entries[0].published.instant == datetime.fromisoformat("2025-11-24T23:00:00+00:00")
    assert feed.next_page == "https://www.office.example/briefings/page/2/"


def test_a_page_without_entries_is_a_changed_layout_and_not_no_news() -> None:
    with pytest.raises(ReadError):
        read("<html><body><div id='app'></div></body></html>", "https://x.example/")
    with pytest.raises(ReadError):
        read(MINISTRY, "https://www.mofa.example.jp/", Selectors(entry="#gone li", link="a"))


def test_each_link_has_its_own_date_where_only_links_are_selected() -> None:
    page = (
        "<ul><li><a href='/a/t1.html'>甲の発表について</a> 2026-03-12</li><li><a href='/a/t2.html'>乙の発表について</a> 2026-03-10</li>"
        "<li><a href='http://[::1/a/t3.html'>丙の発表について</a> 2026-03-09</li></ul>"
    )
    found = read_listing(
        page,
        address="https://a.example/l/",
        selectors=Selectors(link="a"),
        zone="UTC",
        now=NOW,
        tables=packaged_tables(),
    )
    assert [(e.url, e.published.instant and e.published.instant.day) for e in found.entries] == [
        ("https://a.example/a/t1.html", 12),
        ("https://a.example/a/t2.html", 10),
    ]
