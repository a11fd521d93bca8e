"""Which pay groups does an organisation have, and what waits in each?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Integer, cast, func, select

from services.payroll.read.tables import batches, ledger_lines


@dataclass(frozen=True)
class PayGroupState:
    """A pay group. ``open``: lines that have changed since they were sent; ``sealed``: the number of the last batch."""

    employer: str
    pay_group: str
    open: int
    sealed: int


def pay_groups(connection: Connection, organisation: str) -> list[PayGroupState]:
    """The organisation's pay groups, by employer and name."""
    lines = ledger_lines.c
    last = (
        select(func.coalesce(func.max(batches.c.number), 0))
        .where(
            batches.c.organisation == organisation,
            batches.c.employer == lines.employer,
            batches.c.pay_group == lines.pay_group,
        )
        .correlate(ledger_lines)
        .scalar_subquery()
    )
    statement = (
        select(lines.employer, lines.pay_group, func.sum(cast(lines.open, Integer)).label("open"), last.label("sealed"))
        .where(lines.organisation == organisation)
        .group_by(lines.employer, lines.pay_group)
        .order_by(lines.employer, lines.pay_group)
    )
    return [
        PayGroupState(row.employer, row.pay_group, int(row.open), int(row.sealed))
        for row in connection.execute(statement)
    ]
