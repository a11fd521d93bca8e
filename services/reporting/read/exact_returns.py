"""What did departments return, exactly? Asked for an organisation's own HR and the centre's statistics role alone."""

from __future__ import annotations

from sqlalchemy import Connection

from services.reporting.domain.revisions import current
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT, Known, Statement, known_revisions, statements


def own_return(connection: Connection, organisation: str, month: str) -> Statement | None:
    """The organisation's return for the month as it stands, from its own log; None where there is none."""
    known = known_revisions(connection, DEPARTMENT, month, organisation)
    return next(iter(statements(connection, DEPARTMENT, month, _highest(known), known)), None)


def all_returns(connection: Connection, month: str) -> list[Statement]:
    """Every department's return for the month as the centre received it, by organisation."""
    known = known_revisions(connection, CENTRE, month)
    return statements(connection, CENTRE, month, _highest(known), known)


def _highest(known: Known) -> dict[str, int]:
    return {organisation: current(revisions).revision for organisation, revisions in known.items()}
