"""What did departments return, exactly? Asked for an organisation's own HR and the centre's statistics role alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Table

from services.reporting.domain.revisions import current
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT, Known, Statement, known_revisions, statements


def own_return(
    connection: Connection, organisation: str, month: str, before: datetime | None = None
) -> Statement | None:
    """The organisation's return for the month as it stands, from its own log; None where there is none.

    ``before``: as it stood then, by what had been computed before that instant.
    """
    return _one(connection, DEPARTMENT, organisation, month, before)


def all_returns(connection: Connection, month: str, before: datetime | None = None) -> list[Statement]:
    """Every department's return for the month as the centre received it, by organisation; ``before`` as above."""
    known = known_revisions(connection, CENTRE, month, before=before)
    return statements(connection, CENTRE, month, _highest(known), known)


def own_series(connection: Connection, organisation: str, months: Iterable[str]) -> list[Statement]:
    """The organisation's returns for those of the months that have one, from its own log."""
    return _series(connection, DEPARTMENT, organisation, months)


def received_series(connection: Connection, organisation: str, months: Iterable[str]) -> list[Statement]:
    """The same as the centre received them."""
    return _series(connection, CENTRE, organisation, months)


def _series(connection: Connection, half: Table, organisation: str, months: Iterable[str]) -> list[Statement]:
    found = (_one(connection, half, organisation, month) for month in months)
    return [statement for statement in found if statement]


def _one(
    connection: Connection, half: Table, organisation: str, month: str, before: datetime | None = None
) -> Statement | None:
    known = known_revisions(connection, half, month, organisation, before)
    return next(iter(statements(connection, half, month, _highest(known), known)), None)


def _highest(known: Known) -> dict[str, int]:
    return {organisation: current(revisions).revision for organisation, revisions in known.items()}
