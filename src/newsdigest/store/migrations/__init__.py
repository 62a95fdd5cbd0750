"""Alembic migrations, carried in the wheel; appended, never edited.

To change the schema: change ``tables.py``, append ``versions/rNNNN_what.py``, add its number to ``migrate.REVISIONS``,
write the new schema's test data with ``python -m tests.store.released``, and run ``pytest tests/store``.
"""
