"""The audit of reads: a line in the log database before anybody is shown what is another's. Who cannot be noted sees
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, exc, func, insert, select

from shared.kernel.errors import UnavailableError
from shared.kernel.ids import new_id
from shared.store.database import Database
from shared.store.tables import read_audit

LONGEST_ROLE = 40
LONGEST_WHAT = 100


@dataclass(frozen=True)
class Reading:
    """Somebody was shown something of somebody else's.

    ``reader`` and ``subject`` are persons; ``role``: in which capacity, up to 40 characters; ``what``: which parts and
    what for, in the service's own short names and up to 100 characters, never a word of the content.
    """

    at: datetime
    reader: str
    role: str
    subject: str
    what: str


class ReadAudit:
    """The lines of one service, in its log database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, reading: Reading) -> None:
        """Write the line down, for good, before the answer is made.

        Raises ``UnavailableError`` where it cannot be written: the caller then shows nothing.
        """
        line = {
            "id": str(new_id()),
            "at": reading.at.isoformat(),
            "reader": reading.reader,
            "role": reading.role,
            "subject": reading.subject,
            "what": reading.what,
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(read_audit).values(line))
        except exc.SQLAlchemyError as error:
            raise UnavailableError(
                "This can be shown only once the reading is noted, and that is not possible just now. Try again in a "
                "minute."
            ) from error

    def of(self, subject: str, *, limit: int, offset: int = 0) -> list[Reading]:
        """Who was shown what of a person's, newest first."""
        statement = (
            select(read_audit)
            .where(read_audit.c.subject == subject)
            .order_by(read_audit.c.at.desc(), read_audit.c.id)
            .limit(limit)
            .offset(offset)
        )
        with self._database.reading() as connection:
            return [_reading(row) for row in connection.execute(statement)]

    def count(self, subject: str, roles: Sequence[str], since: datetime) -> int:
        """How many readings there were in these roles since an instant."""
        statement = (
            select(func.count())
            .select_from(read_audit)
            .where(read_audit.c.subject == subject, read_audit.c.role.in_(roles))
            .where(read_audit.c.at >= since.isoformat())
        )
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one()


def _reading(row: Row[tuple[str, ...]]) -> Reading:
    return Reading(datetime.fromisoformat(row.at), row.reader, row.role, row.subject, row.what)
