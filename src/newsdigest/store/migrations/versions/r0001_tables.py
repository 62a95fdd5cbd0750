"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "articles",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_draft"), "articles", ["draft"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "bodies",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_bodies")),
    )
    op.create_table(
        "comparisons",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_comparisons")),
    )
    op.create_index(op.f("ix_comparisons_event"), "comparisons", ["event"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_draft"), "decisions", ["draft"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ja", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("headline_ja", sa.Text(), nullable=False),
        sa.Column("headline_en", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_created"), "drafts", ["created"], unique=False)
    op.create_index(op.f("ix_drafts_event"), "drafts", ["event"], unique=False)
    op.create_index(op.f("ix_drafts_state"), "drafts", ["state"], unique=False)
    op.create_table(
        "events",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redirect", sa.String(), nullable=True),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["redirect"], ["events.key"], name=op.f("fk_events_redirect")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_last"), "events", ["last"], unique=False)
    op.create_index(op.f("ix_events_redirect"), "events", ["redirect"], unique=False)
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("occasion", sa.String(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("key", name=op.f("uq_items_key")),
    )
    op.create_index(op.f("ix_items_issuer_moment"), "items", ["issuer", "moment"], unique=False)
    op.create_index(op.f("ix_items_moment"), "items", ["moment"], unique=False)
    op.create_index(op.f("ix_items_source"), "items", ["source"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_state_kind"), "jobs", ["state", "kind"], unique=False)
    op.create_index(
        "uq_jobs_active",
        "jobs",
        ["kind", "key"],
        unique=True,
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("born", sa.String(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_table(
        "runs",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_started"), "runs", ["started"], unique=False)
    op.create_table(
        "source_states",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_states")),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )
    op.create_table(
        "vectors",
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("encoder", "sha256", name=op.f("pk_vectors")),
    )
    op.create_table(
        "documents",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("last_received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["bodies.sha256"], name=op.f("fk_documents_sha256")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_address_last_received"), "documents", ["address", "last_received"], unique=False)
    op.create_index(op.f("ix_documents_sha256"), "documents", ["sha256"], unique=False)
    op.create_index(op.f("ix_documents_source"), "documents", ["source"], unique=False)
    op.create_table(
        "draft_versions",
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("comparison", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("ja", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("hash_ja", sa.String(), nullable=False),
        sa.Column("hash_en", sa.String(), nullable=False),
        sa.Column("proposal", sa.Boolean(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.key"], name=op.f("fk_draft_versions_draft")),
        sa.PrimaryKeyConstraint("draft", "version", name=op.f("pk_draft_versions")),
    )
    op.create_table(
        "event_items",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.key"], name=op.f("fk_event_items_event")),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_event_items")),
    )
    op.create_index(op.f("ix_event_items_event"), "event_items", ["event"], unique=False)
    op.create_table(
        "item_aliases",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name=op.f("fk_item_aliases_item")),
        sa.PrimaryKeyConstraint("source", "alias", name=op.f("pk_item_aliases")),
    )
    op.create_index(op.f("ix_item_aliases_item"), "item_aliases", ["item"], unique=False)
    op.create_table(
        "item_versions",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title_sha256", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name=op.f("fk_item_versions_item")),
        sa.PrimaryKeyConstraint("item", "n", name=op.f("pk_item_versions")),
    )
    op.create_index(op.f("ix_item_versions_document"), "item_versions", ["document"], unique=False)


def downgrade() -> None:
    """Stores go forward only; go back by restoring the backup made before the migration."""
    raise NotImplementedError
