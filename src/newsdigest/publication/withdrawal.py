"""What stays where an article was: never nothing, always the reason and the date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from newsdigest.publication.article import Article
from newsdigest.records import canonical_json

ZONE = ZoneInfo("Asia/Tokyo")


def withdrawn(article: Article, reason: str) -> Article:
    """Return the record of a withdrawn article."""
    return article.model_copy(update={"state": "withdrawn", "note": reason})


def withdrawal_pages(
    article: Article, headline: str, reason: str, at: datetime, words: Mapping[str, str]
) -> dict[str, str]:
    """Return the page that takes the article's place, as ``md``, ``html`` and ``json``.

    ``words`` are those of the rendition's language in ``words.toml``: ``title``, ``body`` (with ``{date}`` and ``{reason}``).
    """
    local = at.astimezone(ZONE)
    date = words["date"].format(year=local.year, month=local.month, day=local.day, month_name=f"{local:%B}")
    title = words["title"].format(headline=headline)
    body = words["body"].format(date=date, reason=reason)
    page = (
        f'<!doctype html>\n<html lang="{article.rendition}">\n<meta charset="utf-8">\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(title)}</title>\n'
        f"<article>\n<h1>{escape(title)}</h1>\n<p>{escape(body)}</p>\n</article>\n</html>\n"
    )
    record = withdrawn(article, reason).model_dump(mode="json")
    return {
        "md": f"# {_literal(title)}\n\n{_literal(body)}\n",
        "html": page,
        "json": canonical_json({**record, "headline": headline, "withdrawn": at.isoformat()}).decode() + "\n",
    }


def _literal(text: str) -> str:
    """Markdown that shows the text as it is."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>#|!" else char for char in " ".join(text.split()))
