"""Which lines were sent: in a batch, for a person?"""

from __future__ import annotations

from sqlalchemy import Connection, Row, select

from services.payroll.domain.lines import LINE_FIELDS, PayLine
from services.payroll.read.open_lines import open_line
from services.payroll.read.tables import ledger_lines, sent_lines


def lines_of_batch(connection: Connection, batch: str, *, limit: int = 100, offset: int = 0) -> list[PayLine]:
    """The lines of a batch in the order of its file."""
    statement = (
        select(sent_lines)
        .where(sent_lines.c.batch_id == batch)
        .order_by(sent_lines.c.place)
        .limit(limit)
        .offset(offset)
    )
    return [_line(row) for row in connection.execute(statement)]


def lines_of_person(connection: Connection, person: str, *, limit: int = 100, offset: int = 0) -> list[PayLine]:
    """The lines sent for a person, latest date first, a line's revisions in their order."""
    columns = sent_lines.c
    statement = (
        select(sent_lines)
        .where(columns.person == person)
        .order_by(columns.date.desc(), columns.line, columns.revision)
        .limit(limit)
        .offset(offset)
    )
    return [_line(row) for row in connection.execute(statement)]


def lines_waiting_for_person(connection: Connection, person: str) -> list[PayLine]:
    """What the next batches would send for a person, by date; ``batch`` is 0."""
    statement = (
        select(ledger_lines)
        .where(ledger_lines.c.person == person, ledger_lines.c.open)
        .order_by(ledger_lines.c.date, ledger_lines.c.line)
    )
    rows = connection.execute(statement).mappings().all()
    return [line for row in rows for line in open_line(row).changes(0)]


def _line(row: Row[object]) -> PayLine:
    return PayLine(**{name: getattr(row, name) for name in LINE_FIELDS})
