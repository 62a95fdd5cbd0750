"""What went out."""

from __future__ import annotations

from sqlalchemy import select

from newsdigest.publication.article import Article
from newsdigest.store.coding import decode, encode
from newsdigest.store.rows import Rows, upsert
from newsdigest.store.tables import articles


class ArticleRows(Rows):
    """Articles."""

    def save_article(self, article: Article) -> None:
        """Store what went out, in place of what that key held before (a correction, a withdrawal)."""
        values = {"draft": article.draft, "published": article.published, "record": encode(article)}
        with self.database.writing() as connection:
            upsert(connection, articles, "key", key=article.key, **values)

    def articles(self, draft: str | None = None) -> list[Article]:
        """Return the articles (of one draft), oldest first."""
        query = select(articles.c.record)
        if draft is not None:
            query = query.where(articles.c.draft == draft)
        with self.database.reading() as connection:
            records = connection.scalars(query.order_by(articles.c.published, articles.c.key)).all()
        return [decode(Article, record) for record in records]
