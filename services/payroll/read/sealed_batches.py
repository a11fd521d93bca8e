"""Which batches has an organisation sealed?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from services.payroll.read.tables import batches


@dataclass(frozen=True)
class SealedBatch:
    """A batch by its totals. ``quantities``: signed sums by unit; ``sealed_at``: ISO, UTC."""

    batch: str
    employer: str
    pay_group: str
    number: int
    period: str
    lines: int
    quantities: dict[str, str]
    sha256: str
    file_name: str
    sealed_at: str


def sealed_batches(
    connection: Connection, organisation: str, *, limit: int = 100, offset: int = 0
) -> list[SealedBatch]:
    """The organisation's batches, newest first."""
    statement = (
        select(batches)
        .where(batches.c.organisation == organisation)
        .order_by(batches.c.position.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        SealedBatch(
            batch=row.batch,
            employer=row.employer,
            pay_group=row.pay_group,
            number=row.number,
            period=row.period,
            lines=row.lines,
            quantities=json.loads(row.quantities),
            sha256=row.sha256,
            file_name=row.file_name,
            sealed_at=row.sealed_at,
        )
        for row in connection.execute(statement)
    ]
