"""All that is kept: SQLite by default, PostgreSQL for a team. SQL lives here only."""
