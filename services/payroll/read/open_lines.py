"""Which lines of a pay group are open: changed since they were last sent?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from services.payroll.domain.days import DayTotal
from services.payroll.domain.lines import MOST_LINES, OpenLine, OpenLines, PayLine
from services.payroll.read.tables import batches, ledger_lines

_TOTAL_FIELDS = tuple(field.name for field in fields(DayTotal))


def open_lines(connection: Connection, organisation: str, employer: str, pay_group: str) -> OpenLines:
    """As many open lines as a batch can hold, and the last batch that the lists show: one statement, one moment."""
    named = (organisation, employer, pay_group)
    counted = ledger_lines.alias("counted")
    count = select(func.count()).select_from(counted).where(_of(counted, *named), counted.c.open)
    sealed = select(func.coalesce(func.max(batches.c.number), 0)).where(_of(batches, *named)).scalar_subquery()
    columns = ledger_lines.c
    statement = (
        select(ledger_lines, sealed.label("sealed"), count.scalar_subquery().label("open_count"))
        .where(_of(ledger_lines, *named), columns.open)
        .order_by(columns.staff_number, columns.post, columns.date, columns.line)
        .limit(MOST_LINES)
    )
    rows = connection.execute(statement).mappings().all()
    if not rows:
        return OpenLines(connection.execute(select(sealed)).scalar_one(), ())
    return OpenLines(rows[0]["sealed"], tuple(open_line(row) for row in rows), rows[0]["open_count"] - len(rows))


def open_line(row: Mapping[Any, Any]) -> OpenLine:
    """A row of the ledger's lines as the domain sees it."""
    current = DayTotal(**{name: row[name] for name in _TOTAL_FIELDS})
    standing = PayLine(**json.loads(row["standing"])) if row["standing"] else None
    return OpenLine(current, standing, row["revision"])


def _of(table: FromClause, organisation: str, employer: str, pay_group: str) -> ColumnElement[bool]:
    columns = table.c
    return (columns.organisation == organisation) & (columns.employer == employer) & (columns.pay_group == pay_group)
