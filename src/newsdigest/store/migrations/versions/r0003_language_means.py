"""The mean vector of each language, by index version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, empty: the trained means hold until there are others."""
    op.create_table(
        "language_means",
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("encoder", "version", "language", name=op.f("pk_language_means")),
    )


def downgrade() -> None:
    """Stores go forward only; go back by restoring the backup made before the migration."""
    raise NotImplementedError
