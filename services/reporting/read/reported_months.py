"""For which months is there a return, and whose is missing?"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from services.reporting.read.revisions_of import CENTRE, DEPARTMENT


def own_months(connection: Connection, organisation: str) -> list[str]:
    """The months for which the organisation has a return, newest first."""
    chosen = select(DEPARTMENT.c.month).where(DEPARTMENT.c.organisation == organisation)
    return list(connection.execute(chosen.distinct().order_by(DEPARTMENT.c.month.desc())).scalars())


def all_months(connection: Connection) -> list[str]:
    """The months for which the centre has any return, newest first."""
    return list(connection.execute(select(CENTRE.c.month).distinct().order_by(CENTRE.c.month.desc())).scalars())


def missing(connection: Connection, month: str) -> list[str]:
    """The organisations that have reported an earlier month and not this one, in the order of their names."""
    organisation = CENTRE.c.organisation
    reporting = select(organisation).group_by(organisation).having(func.min(CENTRE.c.month) <= month)
    reported = select(organisation).where(CENTRE.c.month == month)
    return sorted(connection.execute(reporting.except_(reported)).scalars())
