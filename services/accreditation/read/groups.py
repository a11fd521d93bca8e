"""Which organisations belong to one group?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from shared.people.tables import organisations
from shared.store.database import Database


class GroupsView:
    """The people view as accreditation's commands ask it."""

    def __init__(self, read: Database) -> None:
        self._read = read

    def group_of(self, organisation: str) -> Sequence[str]:
        """The organisation and all others of its group, by slug; itself alone where it has no group or is unknown."""
        mine = select(organisations.c.group).where(organisations.c.organisation == organisation).scalar_subquery()
        statement = select(organisations.c.organisation).where(
            organisations.c.group == mine, organisations.c.group != ""
        )
        with self._read.reading() as connection:
            return sorted({organisation, *connection.execute(statement).scalars()})
