"""What do departments' returns say of the board's indicators, exactly? Asked for the centre's statistics role alone.

Of each return only what the board adds up is read, not all its figures, and only the revision that counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from services.reporting.domain.board import Parts, parse_parts
from services.reporting.domain.markers import markers_of
from services.reporting.domain.revisions import is_later_day
from services.reporting.read.revisions_of import instant
from services.reporting.read.tables import centre_returns


@dataclass(frozen=True)
class Reported:
    """One organisation's exact parts of the board, and the markers that each of its figures carries."""

    organisation: str
    parts: Parts
    markers: tuple[str, ...]


def reported_parts(connection: Connection, month: str, before: datetime | None = None) -> list[Reported]:
    """Every department's return for the month as it stands, by organisation; ``before``: as it stood then."""
    return reported_series(connection, [month], None, before)[month]


def reported_series(
    connection: Connection,
    months: Collection[str],
    members: Collection[str] | None,
    before: datetime | None = None,
    only: str = "",
) -> dict[str, list[Reported]]:
    """By month the returns of these organisations, or of every one where it is None; ``before`` as above.

    ``only``: the number of the one indicator that is asked for, of years of returns.
    """
    rows = connection.execute(_counting(months, members, before))
    counting = {(row.month, row.organisation): row for row in rows}  # of a revision said twice, the later place
    found: dict[str, list[Reported]] = {month: [] for month in months}
    for month, organisation in sorted(counting):
        found[month].append(_reported(counting[month, organisation], only))
    return found


def _counting(months: Collection[str], members: Collection[str] | None, before: datetime | None) -> Select[object]:
    """The highest revision of each return, and when its first complete one had been computed."""
    known = centre_returns.c
    chosen: list[ColumnElement[bool]] = [known.month.in_(sorted(months))]
    if members is not None:
        chosen.append(known.organisation.in_(sorted(members)))
    if before is not None:
        chosen.append(known.as_known < before.astimezone(UTC).isoformat())
    best = (
        select(
            known.month,
            known.organisation,
            func.max(known.revision).label("revision"),
            func.min(case((known.complete, known.revision))).label("first"),
        )
        .where(*chosen)
        .group_by(known.month, known.organisation)
        .subquery()
    )
    first = centre_returns.alias("first_complete")
    same_return = and_(first.c.month == best.c.month, first.c.organisation == best.c.organisation)
    return (
        select(
            known.month,
            known.organisation,
            known.complete,
            known.as_known,
            known.board,
            first.c.as_known.label("first_known"),
        )
        .join(
            best,
            and_(
                known.month == best.c.month,
                known.organisation == best.c.organisation,
                known.revision == best.c.revision,
            ),
        )
        .outerjoin(first, and_(same_return, first.c.revision == best.c.first))
        .order_by(known.position)
    )


def _reported(row: Any, only: str) -> Reported:
    first, last = row.first_known, row.as_known
    revised = first is not None and first != last and is_later_day(instant(first), instant(last))
    parts = parse_parts(msgspec.json.decode(row.board), only)
    return Reported(row.organisation, parts, markers_of(revised=revised, complete=row.complete))
