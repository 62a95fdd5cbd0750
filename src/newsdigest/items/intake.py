"""What a person hands in: a pasted text, a text file, a web page or a PDF, read into the same form as a page."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from newsdigest.documents.decode import decode
from newsdigest.errors import ReadError
from newsdigest.items.dates import read_moment
from newsdigest.items.entry import ParsedPage
from newsdigest.items.page import read_page
from newsdigest.items.prose import tidy
from newsdigest.items.tables import ReadingTables
from newsdigest.sources.source import Selectors

MOST_PAGES = 200
_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|p|div)\b", re.IGNORECASE)
_CJK = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"


def _is_no_text(text: str) -> bool:
    """Whether decoded bytes are hardly text: control characters and replaced bytes make more than a twentieth of them."""
    odd = sum(1 for char in text if (char < " " and char not in "\t\n\r\f") or char in "\x7f\ufffd")
    return odd * 20 > len(text)


def read_handout(
    body: bytes,
    *,
    address: str,
    media_type: str,
    language: str,
    zone: str,
    title: str,
    published: str,
    now: datetime,
    tables: ReadingTables,
) -> ParsedPage:
    """Return the text of a handout with its title and time; ``title`` and ``published`` as the person gave them come first.

    Without a title the first line is it, where it is short enough to be a headline. Raises ReadError for a PDF without text.
    """
    when = read_moment(published, zone=zone, now=now, calendars=tables.calendars)
    if published and when.instant is None:
        raise ReadError(
            f"«{published}» is no time such as 2025-11-24T23:40+09:00 or 2025年11月24日 23時40分.",
            about=address or title,
        )
    if body.startswith(b"%PDF-") or "pdf" in media_type.lower():
        page = _titled(ParsedPage(text=_pdf_text(body, address), state="full", method="pdf"), title)
    else:
        decoded = decode(body, media_type=media_type)
        if _is_no_text(decoded.text):
            raise ReadError("This file is no text, HTML or PDF.", about=address or title)
        if "html" in media_type.lower() or _HTML.search(decoded.text[:2000]):
            page = read_page(
                body,
                address=address,
                media_type=media_type,
                selectors=Selectors(),
                language=language,
                zone=zone,
                now=now,
                tables=tables,
            )
            page = replace(page, title=title or page.title)
        else:
            text = tidy(decoded.text)
            page = _titled(
                ParsedPage(text=text, state="full" if text else "empty", method="text", encoding=decoded.encoding),
                title,
            )
    if when.instant is not None:
        page = replace(page, published=when)
    flags = page.flags + (("instruction",) if tables.instruction.found_in(page.text) else ())
    return replace(page, flags=tuple(dict.fromkeys(flags)))


def _titled(page: ParsedPage, title: str) -> ParsedPage:
    """Give a plain text its title: the one handed in, else its first line where that reads like a headline."""
    if title:
        return replace(page, title=title.strip())
    first, _, rest = page.text.partition("\n")
    headline = rest and len(first) <= 120 and not re.search(r"[。．.!?！？]$", first)
    if headline:
        return replace(page, title=first.strip(), text=rest)
    sentence = re.split(r"(?<=[。！？])|(?<=[.!?])\s", first, maxsplit=1)[0]
    return replace(page, title=sentence[:120].strip())


_GLYPHS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
"""What a PDF's fonts name by their shape: radicals and compatibility forms in place of ideographs, ligatures in place of letters."""


def _pdf_text(body: bytes, address: str) -> str:
    try:
        reader = PdfReader(io.BytesIO(body))
        pages = [page.extract_text() or "" for page in reader.pages[:MOST_PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        raise ReadError("The PDF cannot be read.", about=address) from error
    text = "\n".join(_paragraphs(page) for page in pages)
    if not text.strip():
        raise ReadError("The PDF holds pictures only; its text has to be pasted.", about=address)
    return tidy(letters(text))


def letters(text: str) -> str:
    """Return the text of a PDF with letters where its fonts named glyphs: radicals and ligatures; wide digits stay."""
    return _GLYPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def _paragraphs(page: str) -> str:
    """Join the lines of a PDF page into paragraphs: a line that ends in the middle of a sentence goes on in the next."""
    lines = [line.strip() for line in page.splitlines()]
    widest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    joining = False
    for line in lines:
        if not line:
            joining = False
            continue
        if joining and out:
            gap = "" if re.search(f"[{_CJK}]$", out[-1]) or re.match(f"[{_CJK}]", line) else " "
            out[-1] = f"{out[-1]}{gap}{line}"
        else:
            out.append(line)
        ended = re.search(r"[。．.!?！？」』:：]$", line)
        joining = not ended and len(line) >= 0.7 * widest
    return "\n".join(out)
