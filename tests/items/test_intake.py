"""What a person hands in."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsdigest.errors import ReadError
from newsdigest.items.entry import ParsedPage
from newsdigest.items.intake import letters, read_handout
from tests.reading import NOW, packaged_tables


def read(
    body: bytes, media_type: str = "text/plain", title: str = "", published: str = "", language: str = "ja"
) -> ParsedPage:
    return read_handout(
        body,
        address="",
        media_type=media_type,
        language=language,
        zone="Asia/Tokyo",
        title=title,
        published=published,
        now=NOW,
        tables=packaged_tables(),
    )


def pdf(*lines: str) -> bytes:
    """A PDF of one page in Helvetica, written by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_a_pasted_text_with_a_headline() -> None:
    page = read(
        "外相電話会談について\n外務大臣は12日、アルバ国外相と電話会談を行った。\n約20分間であった。".encode(),
        published="3月12日 午後9時",
    )
    assert page.title == "外相電話会談について"
    assert page.text == "外務大臣は12日、アルバ国外相と電話会談を行った。\n約20分間であった。"
    assert page.published.instant == datetime.fromisoformat("2025-03-12T21:00:00+09:00")
    assert page.state == "full"


def test_the_given_title_wins_and_the_text_stays_whole() -> None:
    page = read("一行目\n二行目です。".encode(), title="取材メモ")
    assert (page.title, page.text) == ("取材メモ", "一行目\n二行目です。")


def test_a_text_without_headline_takes_its_first_sentence() -> None:
    page = read(b"The minister called back at nine. She declined to give details.", language="en")
    assert page.title == "The minister called back at nine."
    assert page.text.startswith("The minister called back")


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-8", "utf-16"])
def test_text_files_of_any_encoding(codec: str) -> None:
    text = "会見要旨について\n報道官は会見で、協定の延長については検討中だと説明した。"
    assert read(text.encode(codec)).title == "会見要旨について"


def test_a_web_page() -> None:
    html = "<html><head><title>x</title></head><body><nav>menu</nav><article><h1>Statement</h1><p>The pact stands.</p><p>Talks go on.</p></article></body></html>"
    page = read(html.encode(), "text/html", language="en")
    assert (page.title, page.text) == ("Statement", "The pact stands.\nTalks go on.")


def test_a_pdf() -> None:
    page = read(
        pdf(
            "Statement on the pact",
            "The foreign ministers of Alba and Seret agreed to extend",
            "the fishing pact by two years.",
        ),
        "application/pdf",
        language="en",
    )
    assert page.title == "Statement on the pact"
    assert page.text == "The foreign ministers of Alba and Seret agreed to extend the fishing pact by two years."


def test_glyphs_that_a_pdf_names_by_their_shape_are_letters() -> None:
    assert letters("⽇本政府は⼤臣の見解を公表した。") == "日本政府は大臣の見解を公表した。"
    assert letters("The oﬃce ﬁled it. 第３号") == "The office filed it. 第３号"


def test_a_pdf_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ReadError):
        read(b"%PDF-1.4 broken", "application/pdf")
    with pytest.raises(ReadError):
        read(pdf(), "application/pdf")
