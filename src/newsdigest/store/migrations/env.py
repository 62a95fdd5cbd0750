"""Alembic's environment: always online, on the connection that ``migrate.py`` hands over inside its transaction."""

from __future__ import annotations

from alembic import context

from newsdigest.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
