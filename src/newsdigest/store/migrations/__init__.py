"""Alembic migrations, carried in the wheel; appended, never edited."""
