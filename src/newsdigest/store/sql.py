"""The store: every repository in one, over SQLite or PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from newsdigest.store.articles import ArticleRows
from newsdigest.store.audit import AuditRows
from newsdigest.store.comparisons import ComparisonRows
from newsdigest.store.database import Database, url_of
from newsdigest.store.documents import DocumentRows
from newsdigest.store.drafts import DraftRows
from newsdigest.store.events import EventRows
from newsdigest.store.items import ItemRows
from newsdigest.store.jobs import JobRows
from newsdigest.store.leases import LeaseRows
from newsdigest.store.migrate import migrate
from newsdigest.store.removal import RemovalRows
from newsdigest.store.retention import RetentionRows
from newsdigest.store.reviews import ReviewRows
from newsdigest.store.runs import RunRows
from newsdigest.store.search import SearchRows
from newsdigest.store.sources import SourceRows
from newsdigest.store.users import UserRows
from newsdigest.store.vectors import VectorRows


class SqlStore(
    SourceRows,
    DocumentRows,
    ItemRows,
    SearchRows,
    RemovalRows,
    RetentionRows,
    VectorRows,
    EventRows,
    ComparisonRows,
    DraftRows,
    ReviewRows,
    UserRows,
    AuditRows,
    ArticleRows,
    JobRows,
    LeaseRows,
    RunRows,
):
    """Implements ``ports.Store``. Instants are UTC; a missing key raises NotFound; writers are short transactions."""

    def close(self) -> None:
        """Let go of the connections."""
        self.database.close()


def open_store(place: str | Path) -> SqlStore:
    """Open the store at a file's path or a database URL, bringing its schema to this release first.

    An existing SQLite file is backed up beside itself before its schema changes.
    """
    database = Database(url_of(place))
    if database.file is not None:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    migrate(database)
    return SqlStore(database)
