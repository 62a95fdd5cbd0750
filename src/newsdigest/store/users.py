"""The people who may decide."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from newsdigest.errors import NotFound
from newsdigest.review.review import User
from newsdigest.store.audit import write_audit
from newsdigest.store.coding import decode, encode
from newsdigest.store.rows import Rows, upsert
from newsdigest.store.tables import users


class UserRows(Rows):
    """Users."""

    def users(self) -> list[User]:
        """Return every user, active or not, by name."""
        with self.database.reading() as connection:
            records = connection.scalars(select(users.c.record).order_by(users.c.name)).all()
        return [decode(User, record) for record in records]

    def user(self, name: str) -> User:
        """Return a user."""
        with self.database.reading() as connection:
            record = connection.scalar(select(users.c.record).where(users.c.name == name))
        if record is None:
            raise NotFound(f"There is no user {name}.", about=name)
        return decode(User, record)

    def save_user(self, user: User, by: str, at: datetime) -> None:
        """Add or change a user; the audit says who did it (never the password's hash)."""
        with self.database.writing() as connection:
            upsert(connection, users, "name", name=user.name, record=encode(user))
            detail = {"roles": list(user.roles), "active": user.active}
            write_audit(connection, at, by, "save_user", user.name, detail)
