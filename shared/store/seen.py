"""What people have marked as seen, in the log database: it is restored together with the positions that it names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from shared.store.database import Database
from shared.store.rows import Rows
from shared.store.tables import head, seen

EVERYBODY = ""
"""In place of a person: what everybody counts as having seen."""


@dataclass(frozen=True)
class SeenSoFar:
    """Positions in a service's log: all up to ``through``, and these after it."""

    through: int = 0
    positions: frozenset[int] = frozenset()


class Seen:
    """Who has seen what of one service."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, person: str) -> SeenSoFar:
        """What a person has seen."""
        statement = select(seen.c.position, seen.c.through).where(seen.c.person.in_((person, EVERYBODY)))
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        through = max((row.position for row in rows if row.through), default=0)
        return SeenSoFar(through, frozenset(row.position for row in rows if row.position > through))

    def mark(self, person: str, position: int) -> None:
        """The person has seen what happened at a position; nothing where nothing happened there yet."""
        with self._database.writing() as connection:
            if position > connection.execute(select(head.c.position)).scalar_one():
                return
            row = {"person": person, "position": position, "through": False}
            Rows(connection).insert_missing(seen, [row])

    def mark_through(self, person: str, position: int) -> None:
        """The person (or ``EVERYBODY``) has seen all up to a position; nothing that is not recorded yet."""
        with self._database.writing() as connection:
            reached = connection.execute(select(head.c.position)).scalar_one()
            own = seen.c.person == person
            known = connection.execute(select(func.max(seen.c.position)).where(own, seen.c.through)).scalar()
            through = max(min(position, reached), known or 0)
            connection.execute(delete(seen).where(own, seen.c.position <= through))
            connection.execute(insert(seen).values(person=person, position=through, through=True))

    def forget(self, *persons: str) -> None:
        """Nothing is kept of these persons."""
        with self._database.writing() as connection:
            connection.execute(delete(seen).where(seen.c.person.in_(persons)))
