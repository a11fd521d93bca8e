"""What did departments return, exactly? Asked for an organisation's own HR and the centre's statistics role alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from services.reporting.domain.revisions import highest
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT, Statement, known_revisions, statements


def own_return(
    connection: Connection, organisation: str, month: str, before: datetime | None = None
) -> Statement | None:
    """The organisation's return for the month as it stands, from its own log; None where there is none.

    ``before``: as it stood then, by what had been computed before that instant.
    """
    known = known_revisions(connection, DEPARTMENT, month, [organisation], before)
    return next(iter(statements(connection, DEPARTMENT, month, highest(known), known)), None)


def all_returns(connection: Connection, month: str, before: datetime | None = None) -> list[Statement]:
    """Every department's return for the month as the centre received it, by organisation; ``before`` as above."""
    known = known_revisions(connection, CENTRE, month, before=before)
    return statements(connection, CENTRE, month, highest(known), known)


def own_series(connection: Connection, organisation: str, months: Iterable[str]) -> list[Statement]:
    """The organisation's returns for those of the months that have one, from its own log."""
    found = (own_return(connection, organisation, month) for month in months)
    return [statement for statement in found if statement]
