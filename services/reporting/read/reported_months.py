"""For which months is there a return, and whose is missing?

The table has a row for each revision and few months and organisations, so the index is asked for one name after another
instead of being read from end to end.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select

from services.reporting.read.revisions_of import CENTRE, DEPARTMENT


def own_months(connection: Connection, organisation: str) -> list[str]:
    """The months for which the organisation has a return, newest first."""
    chosen = select(DEPARTMENT.c.month).where(DEPARTMENT.c.organisation == organisation)
    return list(connection.execute(chosen.distinct().order_by(DEPARTMENT.c.month.desc())).scalars())


def all_months(connection: Connection) -> list[str]:
    """The months for which the centre has any return, newest first."""
    return sorted((row.value for row in connection.execute(_each_of(CENTRE.c.month))), reverse=True)


def missing(connection: Connection, month: str, before: datetime | None = None) -> list[str]:
    """The organisations that have reported an earlier month and not this one, in the order of their names.

    ``before``: as it stood then, by what had been computed before that instant.
    """
    every = _each_of(CENTRE.c.organisation).subquery()
    its = CENTRE.c.organisation == every.c.value
    if before is not None:
        its &= CENTRE.c.as_known < before.astimezone(UTC).isoformat()
    earlier, here = (select(CENTRE.c.month).where(its, chosen) for chosen in _until(month))
    return sorted(connection.execute(select(every.c.value).where(earlier.exists(), ~here.exists())).scalars())


def reported(connection: Connection, month: str) -> int:
    """How many organisations have reported the month."""
    every = _each_of(CENTRE.c.organisation).subquery()
    here = select(CENTRE.c.month).where(CENTRE.c.organisation == every.c.value, CENTRE.c.month == month)
    return connection.execute(select(func.count()).select_from(every).where(here.exists())).scalar_one()


def first_months(connection: Connection) -> dict[str, str]:
    """By organisation the first month that it has reported."""
    every = _each_of(CENTRE.c.organisation).subquery()
    began = select(func.min(CENTRE.c.month)).where(CENTRE.c.organisation == every.c.value).scalar_subquery()
    return {row.value: row.began for row in connection.execute(select(every.c.value, began.label("began")))}


def _until(month: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CENTRE.c.month < month, CENTRE.c.month == month


def _each_of(column: Column[str]) -> Select[tuple[str]]:
    """Each value of a column that an index begins with, once."""
    least = select(func.min(column).label("value")).cte("each_value", recursive=True)
    following = select(func.min(column)).where(column > least.c.value).scalar_subquery()
    every = least.union_all(select(following).where(least.c.value.is_not(None)))
    return select(every.c.value).where(every.c.value.is_not(None))
