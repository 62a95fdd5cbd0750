"""Full text over items, and triggers that keep the audit and the decisions append-only."""

from __future__ import annotations

from alembic import op

from newsdigest.store.search_index import reindex

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit", "decisions")


def upgrade() -> None:
    """Create the index from the items that are there; forbid changes of the record."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE item_search USING fts5("
            "words, detail = none, tokenize = 'unicode61 remove_diacritics 0')"
        )
        for table in APPEND_ONLY:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
    else:
        op.execute("CREATE TABLE item_search (item INTEGER PRIMARY KEY REFERENCES items (id), words TEXT[] NOT NULL)")
        op.execute("CREATE INDEX ix_item_search_words ON item_search USING gin (words)")
        op.execute(
            "CREATE FUNCTION newsdigest_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION newsdigest_append_only()"
            )
    reindex(connection)


def downgrade() -> None:
    """Stores go forward only; go back by restoring the backup made before the migration."""
    raise NotImplementedError
