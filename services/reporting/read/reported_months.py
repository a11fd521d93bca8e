"""For which months is there a return, and whose is missing?

The table has a row for each revision and few months and organisations, so the index is asked for one name after another
instead of being read from end to end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, func, select

from services.reporting.domain.months import release_days
from services.reporting.domain.revisions import held_by_release
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT, known_revisions


def own_months(connection: Connection, organisation: str) -> list[str]:
    """The months for which the organisation has a return, newest first."""
    chosen = select(DEPARTMENT.c.month).where(DEPARTMENT.c.organisation == organisation)
    return list(connection.execute(chosen.distinct().order_by(DEPARTMENT.c.month.desc())).scalars())


def all_months(connection: Connection) -> list[str]:
    """The months for which the centre has any return, newest first."""
    return sorted((row.value for row in connection.execute(_each_of(CENTRE.c.month))), reverse=True)


def newest_complete(
    connection: Connection, half: Table, months: Iterable[str], organisation: str | None = None
) -> str | None:
    """The first of these months that has a complete return, of the organisation where one is named."""
    for month in months:
        chosen = (half.c.month == month) & half.c.complete
        if organisation is not None:
            chosen &= half.c.organisation == organisation
        if connection.execute(select(half.c.month).where(chosen).limit(1)).first():
            return month
    return None


def newest_released(
    connection: Connection, half: Table, months: Iterable[str], today: date, organisation: str | None = None
) -> str | None:
    """The first of these months of which a release holds any return, of the organisation where one is named."""
    only: Collection[str] | None = None if organisation is None else [organisation]
    for month in months:
        if next(release_days(month, today), None) is not None:
            known = known_revisions(connection, half, month, only)
            if any(held_by_release(revisions, month, today) for revisions in known.values()):
                return month
    return None


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
